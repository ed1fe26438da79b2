"""The invariants once a night, with the result on the health page: red when one is violated or nobody looked for 26 hours."""

from __future__ import annotations

import logging
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contacts.invariants import check_all
from organisation import nightly
from organisation.health import LINES, Line, is_new
from organisation.models import Heartbeat

log = logging.getLogger(__name__)
NAME = "invariants"


def check_nightly(*, at: datetime) -> bool:
    """Checks when it is due; gives whether it did. A second worker that looks at the same time does nothing."""
    if not nightly.is_due(NAME, at):
        return False
    with nightly.alone(NAME) as is_ours:
        if not is_ours or not nightly.is_due(NAME, at):
            return False
        found = [one.as_dict() for one in check_all() if one.violations]
        violations = sum(int(str(one["violations"])) for one in found)
        nightly.done(NAME, at, violations=violations, found=found)
    if violations:
        log.error("invariants violated", extra={"violations": violations})
    return True


def line(at: datetime) -> list[Line]:
    row = Heartbeat.objects.filter(name=NAME).first()
    name = _("Check of the database")
    if row is None:
        text, may_be_late = _("Has not run yet; it does by itself within ten minutes."), is_new(at)
        return [Line(NAME, name, may_be_late, text, None, is_starting=may_be_late)]
    violations = int(row.detail.get("violations", 0))
    if violations:
        text = ngettext(
            "%(count)s row breaks a rule. Run check_invariants and call your supplier.",
            "%(count)s rows break a rule. Run check_invariants and call your supplier.",
            violations,
        ) % {"count": violations}
    else:
        text = _("Nothing wrong.")
    is_old = at - row.beat_at > nightly.TOO_OLD
    if is_old:
        text = _("Has not run for more than 26 hours.") + " " + text
    return [Line(NAME, name, not violations and not is_old, text, row.beat_at, row.detail)]


LINES.append(line)
