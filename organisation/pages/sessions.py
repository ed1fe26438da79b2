"""Where a person is signed in, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from django.utils.translation import gettext as _

from organisation import wording
from organisation.models import User
from organisation.sessions import open_sessions


@dataclass(frozen=True)
class SessionRow:
    browser: str
    since: str
    seen: str
    is_here: bool


def sessions_page(user: User, here: str | None) -> list[SessionRow]:
    return [
        SessionRow(
            browser=one.browser or _("Unknown browser"),
            since=_("since %(moment)s") % {"moment": _moment(one.begun)},
            seen=_("last used %(moment)s") % {"moment": _moment(one.seen)},
            is_here=one.key == here,
        )
        for one in open_sessions(user.pk)
    ]


def _moment(seconds: int) -> str:
    return wording.moment(datetime.fromtimestamp(seconds, UTC))
