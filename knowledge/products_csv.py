"""Reads a CSV of products: names, uniform addresses, descriptions, links and audiences. Pure; nothing is used when something is wrong."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass, field
from typing import Final

from knowledge.markup import link_of
from organisation.words import plain

MOST_BYTES: Final = 2_000_000
MOST_ROWS: Final = 1_000
MOST_WRONG: Final = 50
NAME, TEXT, ADDRESS = 120, 5_000, 380

COLUMNS: Final = {
    "name": ("naam", "name", "titel", "title", "product", "productnaam", "uniformeproductnaam", "uniforme productnaam", "upl naam"),
    "uri": ("uri", "upl uri", "upl", "upl-uri", "resourceidentifier", "uniformeproductnaam uri", "identificatie"),
    "text": ("omschrijving", "beschrijving", "description", "abstract", "samenvatting", "toelichting", "tekst"),
    "link": ("link", "url", "website", "adres", "productpagina", "webadres", "identifier"),
    "audience": ("doelgroep", "audience", "voor wie"),
}  # fmt: skip
DUTCH: Final = {"name": "naam", "uri": "uri", "text": "omschrijving", "link": "link", "audience": "doelgroep"}
"""What a column is called towards the person who reads the file in."""
AUDIENCES: Final = {
    "": (), "burger": ("person",), "inwoner": ("person",), "particulier": ("person",), "person": ("person",),
    "bedrijf": ("business",), "ondernemer": ("business",), "ondernemer/bedrijf": ("business",), "organisatie": ("business",), "business": ("business",),
}  # fmt: skip
_URI: Final = re.compile(r"https?://[A-Za-z0-9.-]{1,200}(?::[0-9]{1,5})?/[^\s<>\"'\\]{1,300}")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


@dataclass(frozen=True)
class Wrong:
    """What cannot be used: the line of the file (0: the file as a whole), the column, and a code that the page has words for."""

    line: int
    column: str
    code: str
    detail: str = ""


@dataclass
class Products:
    rows: list[dict[str, object]] = field(default_factory=list)
    wrong: list[Wrong] = field(default_factory=list)
    unused: list[str] = field(default_factory=list)


def key_of(name: str, uri: str) -> str:
    """By what a product is known again."""
    return uri.rstrip("/").lower() if uri else f"naam:{plain(name)}"


def read_products(raw: bytes) -> Products:
    """All rows, or what is wrong with them; never a part."""
    found = Products()
    text = _decoded(raw)
    if text is None or len(raw) > MOST_BYTES or not text.strip():
        code = "too_large" if len(raw) > MOST_BYTES else "not_text" if text is None else "empty"
        found.wrong.append(Wrong(0, "", code))
        return found
    text = text.lstrip("\ufeff\r\n ")
    first = text.split("\n", 1)[0]
    csv.field_size_limit(10_000)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(";,\t", key=first.count))
    try:
        places = _places(next(reader, []), found)
        if "name" not in places:
            found.wrong.append(Wrong(1, "naam", "no_column"))
            return found
        _rows(reader, places, found)
    except csv.Error:
        found.wrong.append(Wrong(reader.line_num, "", "not_csv"))
    if not found.rows and not found.wrong:
        found.wrong.append(Wrong(0, "", "empty"))
    if found.wrong:
        found.rows = []
    return found


def _rows(reader: object, places: dict[str, int], found: Products) -> None:
    seen: dict[str, int] = {}
    for cells in reader:  # type: ignore[attr-defined]
        line = reader.line_num  # type: ignore[attr-defined]
        if not any(cell.strip() for cell in cells):
            continue
        if len(found.rows) >= MOST_ROWS:
            found.wrong.append(Wrong(line, "", "too_many"))
            return
        row = {column: _cell(cells, place) for column, place in places.items()}
        wrong = list(_wrong(row, line))
        key = key_of(row["name"], row.get("uri", ""))
        if not wrong and key in seen:
            wrong.append(Wrong(line, DUTCH["uri" if row.get("uri") else "name"], "twice", str(seen[key])))
        seen.setdefault(key, line)
        found.wrong += wrong[: max(0, MOST_WRONG - len(found.wrong))]
        audience = _audience(row.get("audience", "")) or ()
        kept = {column: row.get(column, "") for column in ("name", "uri", "text", "link")}
        found.rows.append({**kept, "audience": list(audience), "line": line, "key": key})


def _wrong(row: dict[str, str], line: int) -> list[Wrong]:
    found = []
    lengths = {"name": NAME, "uri": ADDRESS, "text": TEXT, "link": ADDRESS}
    for column, most in lengths.items():
        value = row.get(column, "")
        if _CONTROL.search(value):
            found.append(Wrong(line, DUTCH[column], "bad_text"))
        elif len(value) > most:
            found.append(Wrong(line, DUTCH[column], "too_long", str(most)))
    if not row["name"]:
        found.append(Wrong(line, DUTCH["name"], "missing"))
    if row.get("uri") and not _URI.fullmatch(row["uri"]):
        found.append(Wrong(line, DUTCH["uri"], "no_uri", row["uri"][:60]))
    if row.get("link") and link_of(f"x | {row['link']}")[1] != row["link"]:
        found.append(Wrong(line, DUTCH["link"], "no_link", row["link"][:60]))
    if _audience(row.get("audience", "")) is None:
        found.append(Wrong(line, DUTCH["audience"], "no_audience", row["audience"][:60]))
    return found


def _audience(text: str) -> tuple[str, ...] | None:
    found: list[str] = []
    for part in re.split(r"[,;/|]| en ", text.lower().replace("ondernemer/bedrijf", "bedrijf")):
        kinds = AUDIENCES.get(part.strip())
        if kinds is None:
            return None
        found += kinds
    return tuple(dict.fromkeys(found))


def _cell(cells: list[str], place: int) -> str:
    text = cells[place].strip() if place < len(cells) else ""
    return text.removeprefix("'") if text[:2] in ("'+", "'=", "'-", "'@") else text


def _places(heads: list[str], found: Products) -> dict[str, int]:
    places: dict[str, int] = {}
    for index, head in enumerate(heads[:60]):
        word = " ".join(head.strip().lower().replace("_", " ").split())
        column = next((name for name, words in COLUMNS.items() if word in words), None)
        if column is None or column in places:
            if word:
                found.unused.append(head.strip()[:40])
        else:
            places[column] = index
    return places


def _decoded(raw: bytes) -> str | None:
    if b"\x00" in raw and not raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return None
    for encoding in ("utf-16",) if raw.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "cp1252"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None
