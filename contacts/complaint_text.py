"""What a customer reads when a complaint takes more time (Awb 9:11); a person may change it before it leaves."""

from __future__ import annotations

from django.utils import translation
from django.utils.translation import gettext as _


def extension_text(*, hello: str, received: str, last: str) -> str:
    """In Dutch; `{reden}` is filled in by the act itself."""
    with translation.override("nl"):
        return _(
            "%(hello)s\n\nWe received your complaint on %(received)s. We need more time to deal with it. You will have our answer by %(last)s.\n\n"
            "The reason: {reden}.\n\nArticle 9:11 of the General Administrative Law Act says that we may do this once."
        ) % {"hello": hello, "received": received, "last": last}
