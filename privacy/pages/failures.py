"""What does not succeed in erasing and destroying, in words: on the page of the request or list, on *Beheer* and on the health page."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from organisation import wording
from organisation.health import LINES, Line
from privacy.failures import FILES, lasting

if TYPE_CHECKING:
    from privacy.failures import Failure

CAUSES: Final[dict[str, Promise]] = {
    "OperationalError": lazy("the data are in use all the time, or there is too little time for it"),
    "SoftTimeLimitExceeded": lazy("it takes more than an hour"),
    "OSError": lazy("a file on the disk cannot be removed"),
    "PermissionError": lazy("a file on the disk cannot be removed"),
    "IntegrityError": lazy("the database refuses a change"),
    "DataError": lazy("the database refuses a change"),
    "ProgrammingError": lazy("the application may not change something in the database"),
}


def failure_sentence(failure: Failure | None) -> str:
    """Why, since when and what to do; empty without a failure."""
    if failure is None:
        return ""
    return _(
        "This does not succeed since %(moment)s: %(cause)s (%(error)s). It is tried again every minute. Does it stay so? Have the log of the worker looked at: it tells more under %(number)s."
    ) % {
        "moment": wording.moment_long(failure.since),
        "cause": CAUSES.get(failure.error, lazy("something went wrong in the application")),
        "error": failure.error,
        "number": failure.number,
    }


def number_words(number: str) -> str:
    """Of a request or list, or of what has no number."""
    return _("Removing files") if number == FILES else number


def line(at: datetime) -> list[Line]:
    """For the health page: numbers and moments, nobody's data."""
    found = lasting(at)
    text = _("What was decided is carried out.")
    if found:
        parts = [
            _("%(number)s since %(moment)s")
            % {
                "number": number_words(one.number),
                "moment": wording.moment(one.since),
            }
            for one in found.values()
        ]
        text = _("Does not succeed: %(what)s. The log of the worker says why.") % {"what": ", ".join(parts)}
    since = min((one.since for one in found.values()), default=None)
    facts: dict[str, object] = {"failing": sorted(found), "since": since}
    return [Line("erasing", _("Erasing and destroying"), not found, text, since or at, facts)]


LINES.append(line)
