"""One line on the overview of the management area, and what waits in the rail."""

from __future__ import annotations

from django.utils.translation import ngettext

from organisation.manage import NEWS
from organisation.models import User
from privacy.models import PersonRequest
from privacy.pages.requests import requests_for


def to_approve(user: User) -> int:
    """Requests that this person may decide about: not what somebody asked oneself."""
    return requests_for(user).filter(state=PersonRequest.State.ASKED).exclude(asked_by=user).count()


def requests_news(user: User) -> tuple[str, bool]:
    waits = to_approve(user)
    if not waits:
        return "", False
    return ngettext("%(n)s waits for you", "%(n)s wait for you", waits) % {"n": waits}, True


def tell_news() -> None:
    NEWS["privacy:requests"] = requests_news
