"""Pages of ours within a page of another website: only on the websites that the municipality named."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from csp.utils import build_policy

from organisation.snapshot import organisation

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

ORIGIN: Final = re.compile(r"https?://[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*(:[0-9]{2,5})?")


def is_framed(request: HttpRequest) -> bool:
    """Whether the browser shows this answer within another page."""
    return request.headers.get("Sec-Fetch-Dest") == "iframe"


def framed(response: HttpResponse) -> HttpResponse:
    """May be shown by the named websites; without any by nobody, as every page."""
    sites = [one for one in organisation().municipality.framing_sites if ORIGIN.fullmatch(one)]
    if sites:
        allowed = " ".join(["'self'", *sites])
        response["Content-Security-Policy"] = build_policy(replace={"frame-ancestors": allowed})
        response.xframe_options_exempt = True  # type: ignore[attr-defined]
    return response
