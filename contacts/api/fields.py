"""Input of the API: listed field by field, an unknown field or parameter is refused (quality rule 26)."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

PAGE = 50
MAX_PAGE = 100


class StrictSerializer(serializers.Serializer):
    """Refuses what it does not know, NUL and lone surrogates."""

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, Mapping):
            unknown = sorted(set(data) - set(self.fields))
            if unknown:
                raise serializers.ValidationError(
                    {str(name)[:60]: [_("This field is not known.")] for name in unknown[:20]}
                )
        return super().to_internal_value(data)


class Text(serializers.CharField):
    """Text without NUL; a number or a list is no text."""

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        if any("\ud800" <= c <= "\udfff" for c in data):
            self.fail("invalid")
        return super().to_internal_value(data)


class Moment(serializers.DateTimeField):
    """An ISO 8601 moment with a time zone or `Z`; without one it is refused. Answers are in UTC."""

    default_error_messages = {"naive": _("Give the moment with its time zone, for example 2026-03-02T09:00:00+01:00.")}

    def to_internal_value(self, value: Any) -> datetime:
        if not isinstance(value, str) or len(value) > 40:
            self.fail("invalid", format="ISO 8601")
        try:
            moment = datetime.fromisoformat(value.strip())
        except ValueError:
            self.fail("invalid", format="ISO 8601")
        if moment.tzinfo is None:
            self.fail("naive")
        try:
            moment = moment.astimezone(UTC)
        except OverflowError:
            self.fail("invalid", format="ISO 8601")
        if not 1900 <= moment.year <= 9000:
            self.fail("invalid", format="ISO 8601")
        return moment


def as_moment(value: datetime | None) -> str | None:
    """`2026-03-02T08:00:00Z`."""
    return None if value is None else value.astimezone(UTC).isoformat().replace("+00:00", "Z")


class BadCursor(ValueError):
    """The cursor was not made by this API."""


def encode_cursor(moment: datetime, pk: int) -> str:
    """The key of the last row, opaque to the caller."""
    return base64.urlsafe_b64encode(f"{moment.astimezone(UTC).isoformat()}|{pk}".encode()).decode().rstrip("=")


def decode_cursor(text: str) -> tuple[datetime, int]:
    """The key in a cursor; raises `BadCursor`."""
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True).decode("ascii")
        moment, _bar, pk = raw.partition("|")
        at = datetime.fromisoformat(moment)
        key = int(pk)
    except (ValueError, binascii.Error, UnicodeDecodeError) as error:
        raise BadCursor from error
    if at.tzinfo is None or not 0 < key < 2**63:
        raise BadCursor
    return at, key
