"""Pages of ours within a page of another website: only on the websites that the municipality named."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from csp.utils import build_policy

from organisation.snapshot import organisation

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from organisation.snapshot import Organisation

ORIGIN: Final = re.compile(r"https?://[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*(:[0-9]{2,5})?")


def is_framed(request: HttpRequest) -> bool:
    """Whether the browser shows this answer within another page. An old one (Safari before 16.4) does not say: where it may be, it perhaps is."""
    where = request.headers.get("Sec-Fetch-Dest")
    return where == "iframe" or (where is None and bool(_sites(organisation())))


def framed(response: HttpResponse, house: Organisation | None = None) -> HttpResponse:
    """May be shown by the named websites; without any by nobody, as every page. `house`: as it is held, where nothing may be asked."""
    sites = _sites(house or organisation())
    if sites:
        allowed = " ".join(["'self'", *sites])
        response["Content-Security-Policy"] = build_policy(replace={"frame-ancestors": allowed})
        response.xframe_options_exempt = True  # type: ignore[attr-defined]
    return response


def _sites(house: Organisation) -> list[str]:
    return [one for one in house.municipality.framing_sites if ORIGIN.fullmatch(one)]
