"""Which subjects are asked most and which rise: the same for the dashboard and for a report (no queries)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kpi import words
from kpi.measures.base import Tally
from kpi.periods import DAY, MONTH, QUARTER, WEEK, YEAR, Period
from kpi.reach import SMALL
from kpi.reading import Answer
from organisation import wording
from organisation.snapshot import Organisation

if TYPE_CHECKING:
    from organisation.models import Subject

PERIODS: Final = {DAY: 15, MONTH: 5, QUARTER: 2, YEAR: 2}
"""This period and those before it that are read; of weeks and dates five."""
DAYS_BACK: Final = (7, 14)
"""A day is measured against the same weekday: beside a weekend every Monday would rise."""
RISING: Final = 5


@dataclass(frozen=True)
class Rise:
    """A subject in this period; `more` than usual, also as a part. For who sees aggregates only that would sometimes tell of a few: then it
    is the least that it can be, or None."""

    subject: Subject
    count: int
    more: int | None
    part: str
    is_least: bool = False


def line(period: Period) -> tuple[Period, ...]:
    """The periods to ask for, this one last."""
    return period.run_up(PERIODS.get(period.kind, 5))


def known(answer: Answer, last: int, kind: str) -> list[int]:
    """The places of the earlier periods that this one is measured against, as far as they say something: since the first in which anything was
    asked. In the first weeks of an installation these are fewer, and none in its first."""
    asked = (bucket for (_code, bucket, _key), one in answer.items() if bucket < last and not one.is_empty)
    first = min(asked, default=last)
    places = [last - back for back in DAYS_BACK] if kind == DAY else range(last)
    return [place for place in places if place >= first]


def rises(answer: Answer, last: int, house: Organisation, least: int, kind: str) -> list[Rise]:
    """Every subject that was asked `least` times or more; `last` is the place of this period in the line. Ten or more: for who sees
    aggregates only, to whom no subject may tell what its neighbours hide."""
    now = with_below({key: one for (_code, bucket, key), one in answer.items() if bucket == last}, house)
    counts = {pk: one.denominator for pk, one in now.items() if one.denominator >= least}
    told = told_apart(counts, house) if least >= SMALL else counts.keys()
    periods = known(answer, last, kind)
    earlier: dict[str, Tally] = {}
    for (_code, bucket, key), one in answer.items():
        if bucket in periods:
            earlier[key] = earlier.get(key, Tally()) + one
    before = {pk: one.denominator for pk, one in with_below(earlier, house, now).items()}
    apart = told_apart({pk: count for pk, count in before.items() if count >= SMALL}, house)
    return [
        _rise(house.subjects[pk], count, before.get(pk, 0), len(periods), least < SMALL or pk in apart)
        for pk, count in counts.items()
        if pk in told
    ]


def _rise(subject: Subject, count: int, before: int, periods: int, may_tell: bool) -> Rise:
    """`before`: how often it was asked in so many earlier periods together; when these may not be told, few of them say "at least"."""
    if not periods:  # there is nothing to compare with
        return Rise(subject, count, None, "")
    if before and not may_tell:
        least = count - round((SMALL - 1) / periods) if before < SMALL else None
        return Rise(subject, count, least, _("at least"), is_least=True)
    usual = before / periods
    more = count - round(usual)
    return Rise(subject, count, more, wording.percent(more / usual, 0) if usual >= 1 else _("new"))


def told_apart(counts: Mapping[int, int], house: Organisation) -> set[int]:
    """The subjects that may stand in one table with those below them: what each has beyond these is none, or ten or more (pure)."""
    below: Counter[int] = Counter()
    told = set()
    for pk in sorted(counts, key=lambda one: -len(house.subject_line(one))):  # the lowest first
        rest = counts[pk] - below[pk]
        if not 0 < rest < SMALL:
            told.add(pk)
            below.update({subject.pk: rest for subject in house.subject_line(pk)})
    return told


def with_below(
    by_key: Mapping[str, Tally], house: Organisation, asked: Collection[int] | None = None
) -> dict[int, Tally]:
    """Subject → its rows with those of every subject below it, as its own page and list count them. Of `asked`, else of the subjects
    that have rows of their own."""
    known = {int(key): one for key, one in by_key.items() if key and int(key) in house.subjects}
    found: dict[int, Tally] = {}
    for pk, one in known.items():
        for subject in house.subject_line(pk):
            if subject.pk in (known if asked is None else asked):
                found[subject.pk] = found.get(subject.pk, Tally()) + one
    return found


def rising(rows: Sequence[Rise]) -> list[Rise]:
    """Those with more than usual, the strongest first."""
    up = [(row.more, row) for row in rows if row.more is not None and row.more > 0]
    return [
        row for _more, row in sorted(up, key=lambda pair: (-pair[0], -pair[1].count, pair[1].subject.name))[:RISING]
    ]


def most(rows: Sequence[Rise], count: int) -> list[Rise]:
    """Those that were asked most."""
    return sorted(rows, key=lambda row: (-row.count, row.subject.name))[:count]


def against(kind: str, count: int) -> str:
    """`vergeleken met het kwartaal ervoor`, `vergeleken met de 4 weken ervoor`; empty with nothing to compare with."""
    if not count:
        return ""
    if kind == DAY:
        return ngettext(
            "compared with the same day a week before",
            "compared with the same day of the %(count)s weeks before",
            count,
        ) % {"count": count}
    if count != 1:
        return _("compared with the %(periods)s before") % {"periods": words.some_periods(kind, count)}
    alone = {
        WEEK: _("compared with the week before"),
        MONTH: _("compared with the month before"),
        QUARTER: _("compared with the quarter before"),
        YEAR: _("compared with the year before"),
    }
    return alone.get(kind, _("compared with the period before"))
