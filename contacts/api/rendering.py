"""Answers as JSON; what a view wrote by itself goes out as it is."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

JSON = "application/json"


class Negotiation(DefaultContentNegotiation):
    """Django REST framework's own; what nearly every caller asks for is seen without weighing it."""

    def select_renderer(
        self, request: Request, renderers: Sequence[BaseRenderer], format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        is_plain = request.META.get("HTTP_ACCEPT", "*/*") in ("*/*", JSON) and renderers[0].media_type == JSON
        if is_plain and not (format_suffix or self.settings.URL_FORMAT_OVERRIDE in request.query_params):
            return renderers[0], JSON
        chosen: tuple[BaseRenderer, str] = super().select_renderer(request, renderers, format_suffix)
        return chosen


class Written(str):
    """JSON that is text already, for instance put together from rows that were kept."""

    __slots__ = ()


class Renderer(JSONRenderer):
    """Django REST framework's own, also for `Written`; whoever asks for indented JSON gets that."""

    def render(
        self, data: Any, accepted_media_type: str | None = None, renderer_context: Mapping[str, Any] | None = None
    ) -> bytes:
        if isinstance(data, Written):
            if not self.get_indent(accepted_media_type or "", renderer_context or {}):
                return data.encode()
            data = json.loads(data)
        try:
            rendered: bytes = super().render(data, accepted_media_type, renderer_context)
        except UnicodeEncodeError:  # an error that repeats half a character which a client sent: told as an escape
            rendered = json.dumps(data, cls=self.encoder_class).encode()
        return rendered


def link_to_next(answer: Response, request: Request, cursor: str | None) -> Response:
    """The address of the following page as a header (RFC 8288), for who follows links."""
    if cursor is not None:
        query = request.query_params.copy()
        query["cursor"] = cursor
        answer["Link"] = f'<{settings.SITE_URL}{request.path}?{query.urlencode()}>; rel="next"'
    return answer


def written(data: Any) -> str:
    """As an answer would say it."""
    return Renderer().render(data).decode() if data is not None else "null"
