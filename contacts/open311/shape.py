"""Answers in the shapes of Open311 GeoReport v2: JSON, and XML with the same names (pure; wiki.open311.org/GeoReport_v2)."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final
from xml.etree import ElementTree as Xml  # written, never read

TYPES: Final = {"json": "application/json; charset=utf-8", "xml": "text/xml; charset=utf-8"}
_NO_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
Row = Mapping[str, Any]


def moment(value: datetime | None) -> str:
    """`2026-03-02T08:00:00Z`; empty without one."""
    return "" if value is None else value.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def rows(kind: str, outer: str, inner: str, found: Sequence[Row]) -> bytes:
    """A list: `[{…}]`, or `<outer><inner>…</inner></outer>`."""
    if kind == "json":
        return _json(list(found))
    root = Xml.Element(outer)
    for row in found:
        _fill(Xml.SubElement(root, inner), row)
    return _xml(root)


def definition(kind: str, code: str, attributes: Sequence[Row]) -> bytes:
    """What is asked about one service."""
    if kind == "json":
        return _json({"service_code": code, "attributes": list(attributes)})
    root = Xml.Element("service_definition")
    Xml.SubElement(root, "service_code").text = code
    listed = Xml.SubElement(root, "attributes")
    for row in attributes:
        _fill(Xml.SubElement(listed, "attribute"), row)
    return _xml(root)


def errors(kind: str, status: int, sentences: Sequence[str]) -> bytes:
    """Every error with its status and a sentence."""
    return rows(kind, "errors", "error", [{"code": status, "description": one} for one in sentences])


def _fill(element: Xml.Element, row: Row) -> None:
    for name, value in row.items():
        text = "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
        Xml.SubElement(element, name).text = _NO_XML.sub("", text)


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "replace")


def _xml(root: Xml.Element) -> bytes:
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + Xml.tostring(root, encoding="utf-8")
