"""The alarm for mail that the mail server does not take."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from channels_app.not_taken import not_taken
from organisation import wording


def not_taken_alarms(at: datetime) -> list[tuple[str, str]]:
    """How many, since when, and what the mail server said of the oldest. One query."""
    found = not_taken(at)
    if found is None:
        return []
    told = _("The oldest waits since %(moment)s: %(why)s We keep trying for seven days.")
    return [(found.words, told % {"moment": wording.moment(found.since), "why": found.why})]
