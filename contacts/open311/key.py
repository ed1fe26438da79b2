"""The key of a caller of Open311, found before anything else of what was sent is taken apart: strangers cost nothing but a look."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, cast

from django.core.exceptions import BadRequest, RequestDataTooBig
from django.http.request import UnreadablePostError

if TYPE_CHECKING:
    from django.http import HttpRequest

LOOKED_AT: Final = 65_536
"""Bytes of a form with files: the key stands before the files."""
_FIELD: Final = re.compile(rb'name="?api_key"?[^\r\n]{0,200}\r\n(?:[^\r\n]{1,200}\r\n){0,5}\r\n([^\r\n]{1,200})\r\n')
"""Each part has an end: a stranger's bytes are searched in time that grows with their number, not with its square."""


class _Again:
    """What was looked at already, and then the rest of the body."""

    def __init__(self, begin: bytes, rest: Any) -> None:
        self._begin, self._rest = begin, rest

    def read(self, size: int = -1, /) -> bytes:
        if not self._begin:
            return cast(bytes, self._rest.read() if size < 0 else self._rest.read(size))
        if size < 0:
            found, self._begin = self._begin + self._rest.read(), b""
            return found
        found, self._begin = self._begin[:size], self._begin[size:]
        return found

    def readline(self, *size: int) -> bytes:
        if not self._begin:
            return cast(bytes, self._rest.readline(*size))
        found, line, self._begin = self._begin.partition(b"\n")
        return found + line if line else found + cast(bytes, self._rest.readline(*size))


def key_of_body(request: HttpRequest) -> str:
    """Of the header or the address, else of the first fields; empty when there is none. A large body is not read for it."""
    given = request.headers.get("Api-Key", "") or request.GET.get("api_key", "")
    if given:
        return given
    try:
        if request.content_type != "multipart/form-data":
            return request.POST.get("api_key", "")  # at most a megabyte
        begin = request.read(LOOKED_AT)
        while len(begin) < LOOKED_AT and (more := request.read(LOOKED_AT - len(begin))):
            begin += more
    except (RequestDataTooBig, BadRequest, UnreadablePostError):
        return ""
    request._read_started = False
    request._stream = _Again(begin, request._stream)  # type: ignore[attr-defined]
    found = _FIELD.search(begin)
    return found[1].decode("utf-8", "replace").strip() if found else ""
