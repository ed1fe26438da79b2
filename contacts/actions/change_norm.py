"""Changes a norm: a new version from a day on, for everybody or narrowed to a team or subject (norms-and-kpis §1)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contacts import normalize
from contacts.actions.recompute import Impact, impact_of_norm, recompute_norm
from contacts.models import ServiceNorm
from contacts.norms.clock import MAX_LENGTH, TIME_UNITS
from contacts.norms.promises import VISIT
from organisation import audit
from organisation.clock import local_day
from organisation.errors import Refused, Stale
from organisation.history import sign
from organisation.roles import Right
from organisation.snapshot import organisation
from organisation.transact import one_transaction

if TYPE_CHECKING:
    from organisation.models import User

FIXED_UNIT = frozenset({"phone.pickup", "phone.direct", VISIT})
"""Figures are computed in the unit that these have; a visitor waits by the clock on the wall."""


@dataclass(frozen=True)
class NormTerms:
    """What the coordinator fills in."""

    length: int | None
    unit: str
    target: Decimal
    may_pause: bool
    valid_from: date
    team_id: int | None = None
    subject_id: int | None = None


@dataclass(frozen=True)
class Changed:
    """The version that holds from its day on, and how many clocks were computed again."""

    norm: ServiceNorm
    recomputed: int


def preview_norm(*, norm: ServiceNorm, terms: NormTerms, by: User, at: datetime) -> Impact:
    """What these terms do to the clocks that run now; writes nothing."""
    _check(norm, terms, by=by, at=at)
    candidate, others = _placed(norm, terms)
    return impact_of_norm(candidate, others, at=at)


@one_transaction
def change_norm(
    *,
    norm: ServiceNorm,
    terms: NormTerms,
    by: User,
    at: datetime,
    reason: str,
    version: int | None = None,
    recompute: bool = False,
    seen: str = "",
) -> Changed:
    """Writes the version and ends the one before it. `recompute` asks for the seal of the impact the person has `seen`.

    A version that begins on the same day is changed in place: clocks hold the terms that they started with.
    """
    _check(norm, terms, by=by, at=at)
    reason = normalize.clean_line(reason, 200)
    if not reason:
        raise Refused(_("Write down why the norm changes."), "reason")
    family = list(ServiceNorm.objects.select_for_update().filter(code=norm.code).order_by("pk"))
    fresh = next((row for row in family if row.pk == norm.pk), None)
    if fresh is None or (version is not None and fresh.version != version):
        raise Stale(_("A colleague changed this norm in the meantime."), fresh or norm)
    new, others = _placed(fresh, terms)
    if new.pk is not None and new.pk != fresh.pk:
        raise Refused(_("From that day on there is already a version. Change that one."), "valid_from")
    if recompute and impact_of_norm(new, others, at=at).seal != seen:
        raise Refused(_("Look first at what this does to the deadlines that run now, then save again."), "recompute")
    if _is_other_promise(fresh, terms):
        new.is_choice = True
    for row in others:
        if _same_scope(row, new) and _holds_on(row, new.valid_from):
            row.valid_until = new.valid_from
            _save(row, by=by, at=at, reason=reason)
    _save(new, by=by, at=at, reason=reason)
    audit.record(
        by=by, action="norm.changed", obj=new, code=new.code, valid_from=new.valid_from.isoformat(), reason=reason
    )
    count = recompute_norm(norm=new, norms=others, by=by, at=at, reason=reason) if recompute else 0
    return Changed(new, count)


@one_transaction
def end_norm(
    *, norm: ServiceNorm, by: User, at: datetime, valid_until: date, version: int | None = None
) -> ServiceNorm:
    """Ends a version that holds for one team or subject; from that day on the wider norm holds for new questions."""
    if not by.may(Right.NORMS_WRITE):
        raise PermissionDenied
    fresh = ServiceNorm.objects.select_for_update().get(pk=norm.pk)
    if version is not None and fresh.version != version:
        raise Stale(_("A colleague changed this norm in the meantime."), fresh)
    if fresh.team_id is None and fresh.subject_id is None:
        raise Refused(_("A norm for everybody is changed, not ended."))
    if valid_until <= local_day(at) - timedelta(days=1) or valid_until <= fresh.valid_from:
        raise Refused(_("Choose a day after the norm began, from today on."), "valid_until")
    fresh.valid_until = valid_until
    _save(fresh, by=by, at=at, reason=_("ended"))
    audit.record(by=by, action="norm.ended", obj=fresh, code=fresh.code, valid_until=valid_until.isoformat())
    return fresh


def _check(norm: ServiceNorm, terms: NormTerms, *, by: User, at: datetime) -> None:
    if not by.may(Right.NORMS_WRITE):
        raise PermissionDenied
    is_timed = norm.unit in TIME_UNITS
    if (terms.unit in TIME_UNITS) != is_timed or (norm.code in FIXED_UNIT and terms.unit != norm.unit):
        raise Refused(_("This norm cannot be measured in that unit."), "unit")
    if is_timed:
        most = MAX_LENGTH[terms.unit]
        if terms.length is None or not 1 <= terms.length <= most:
            raise Refused(_("Choose a term of 1 to %(most)s.") % {"most": length_words(terms.unit, most)}, "length")
    elif terms.length is not None:
        raise Refused(_("This norm has no term, only a target."), "length")
    if norm.unit == "score" and not 1 <= terms.target <= 10:
        raise Refused(_("Choose a mark from 1 to 10."), "target")
    if norm.unit != "score" and not 0 < terms.target <= 100:
        raise Refused(_("Choose a target from 1 to 100 percent."), "target")
    today = local_day(at)
    if terms.valid_from < today:
        raise Refused(
            _("That day lies in a finished period, whose figures stay as they are. Choose today or later."),
            "valid_from",
        )
    if terms.valid_from > today + timedelta(days=3 * 366):
        raise Refused(_("That is more than three years ahead. Is the year right?"), "valid_from")
    house = organisation()
    if terms.team_id is not None and (terms.team_id not in house.teams or not house.teams[terms.team_id].is_active):
        raise Refused(_("Choose a team that is in use."), "team")
    if terms.subject_id is not None and terms.subject_id not in house.subjects:
        raise Refused(_("Choose a subject from the list."), "subject")


def _placed(norm: ServiceNorm, terms: NormTerms) -> tuple[ServiceNorm, list[ServiceNorm]]:
    """The version with these terms (a saved row when one begins that day, else a new one) and the other norms of the code."""
    family = list(ServiceNorm.objects.filter(code=norm.code).order_by("valid_from", "pk"))
    name = renamed(norm.name, (norm.unit, norm.length), (terms.unit, terms.length))
    new = ServiceNorm(
        code=norm.code,
        channel=norm.channel,
        unit=terms.unit,
        team_id=terms.team_id,
        subject_id=terms.subject_id,
        valid_from=terms.valid_from,
        source=norm.source,
        is_choice=norm.is_choice,
        version=0,
    )
    relatives = [row for row in family if _same_scope(row, new)]
    for row in relatives:
        if row.valid_from == terms.valid_from:
            new = row
    later = [row.valid_from for row in relatives if row.valid_from > terms.valid_from]
    new.valid_until = min(later) if later else None
    new.unit, new.length, new.target, new.may_pause = terms.unit, terms.length, terms.target, terms.may_pause
    new.name = name
    return new, [row for row in family if row is not new]


def _same_scope(one: ServiceNorm, other: ServiceNorm) -> bool:
    return (one.channel, one.team_id, one.subject_id) == (other.channel, other.team_id, other.subject_id)


def _holds_on(norm: ServiceNorm, day: date) -> bool:
    return norm.valid_from <= day and (norm.valid_until is None or day < norm.valid_until)


def _is_other_promise(norm: ServiceNorm, terms: NormTerms) -> bool:
    return (norm.unit, norm.length, norm.target) != (terms.unit, terms.length, terms.target)


def _save(norm: ServiceNorm, *, by: User, at: datetime, reason: str) -> None:
    norm.version += 1
    sign(norm, by=by, at=at, reason=reason)
    norm.save()


def length_words(unit: str, length: int) -> str:
    """`3 werkdagen`, `30 seconden`, `5 minuten`, `15 minuten openingstijd`."""
    if unit == "seconds" and length >= 60 and length % 60 == 0:
        return ngettext("%(count)s minute", "%(count)s minutes", length // 60) % {"count": length // 60}
    words = {
        "seconds": ngettext("%(count)s second", "%(count)s seconds", length),
        "opening_minutes": ngettext("%(count)s minute of opening time", "%(count)s minutes of opening time", length),
        "working_days": ngettext("%(count)s working day", "%(count)s working days", length),
        "calendar_days": ngettext("%(count)s day", "%(count)s days", length),
    }
    return words[unit] % {"count": length}


def renamed(name: str, was: tuple[str, int | None], will: tuple[str, int | None]) -> str:
    """A name that tells the term ("E-mail beantwoord binnen 3 werkdagen") tells the new one; another name stays."""
    (old_unit, old), (new_unit, new) = was, will
    if old is None or new is None:
        return name
    with translation.override(settings.LANGUAGE_CODE):  # names are data, written in the language of the house
        for tells in (_weeks, length_words):
            words = tells(old_unit, old)
            said = re.compile(rf"(?<![\d.,]){re.escape(words)}(?!\w)")  # "2 werkdagen" is not said by "12 werkdagen"
            if words and said.search(name):
                now = tells(new_unit, new) or length_words(new_unit, new)
                return said.sub(now, name)
    return name


def _weeks(unit: str, length: int) -> str:
    """`6 weken`, as the law says it; nothing when it is no whole number of weeks."""
    if unit != "calendar_days" or length % 7:
        return ""
    return ngettext("%(count)s week", "%(count)s weeks", length // 7) % {"count": length // 7}
