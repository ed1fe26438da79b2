"""The way of a question: at the right team at once, how long teams have it, and subjects that could come by form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from kpi import words
from kpi.measures.base import Tally
from kpi.pages.cuts import value_words
from kpi.periods import Period
from kpi.reach import SMALL
from kpi.reading import Answer
from kpi.registry import MEASURES
from kpi.risers import told_apart, with_below
from kpi.scope import Asked
from kpi.shares import instead_of
from kpi.target import value_of
from organisation import wording
from organisation.addresses import address
from organisation.snapshot import Organisation

WAY = ("transfers.none", "transfers.per_question", "phone.repeat", "teams.held")
SHOWN = 6


@dataclass(frozen=True)
class WayItem:
    """A name that leads to the figure, its value, and a few words beside it."""

    name: str
    value: str
    note: str
    href: str
    before: str = ""


def way_items(
    answer: Answer, period: Period, query: str, today: date, is_small: bool, codes: Sequence[str]
) -> list[WayItem]:
    """`answer`: the period before (bucket 0) and this one; `codes`: what says anything about who is asked for."""
    items = []
    for code in codes:
        measure = MEASURES[code]
        before, now = (answer.get((code, bucket, ""), Tally()) for bucket in (0, 1))
        is_hidden = is_small and 0 < now.denominator < SMALL
        value = None if is_hidden else value_of(measure, now)
        then = None if is_small and before.denominator < SMALL else value_of(measure, before)
        note = _("fewer than %(count)s") % {"count": SMALL} if is_hidden else words.hits_of(measure, now)
        items.append(
            WayItem(
                name=str(measure.name),
                value=value_words(measure, value),
                note=_("no data") if now.is_empty else note,
                href=f"{address('kpi:figure', code)}?{query}",
                before=f"{words.previous_name(period, today)}: {value_words(measure, then)}"
                if then is not None and value is not None
                else "",
            )
        )
    return items


def held_rows(answer: Answer, house: Organisation, asked: Asked, hides_small: bool) -> list[WayItem]:
    """Per team how many questions it had and how long, the longest first; what is hidden stands last, in the order of the names. Nothing
    when all of it is hidden: the time of all teams together stands on the same screen."""
    measure = MEASURES["teams.held"]
    known = [(house.teams[int(key)], one) for (_code, _bucket, key), one in answer.items() if _is_team(key, house)]
    said = instead_of(measure, [one for _team, one in known]) if hides_small else [""] * len(known)
    rows = []
    for (team, one), instead in zip(known, said, strict=True) if said is not None else ():
        value = None if instead else value_of(measure, one)
        href = f"{address('kpi:figure', measure.code)}?{asked.query(team=team.code)}"
        row = WayItem(team.name, value_words(measure, value), instead or wording.number(one.denominator), href)
        rows.append((bool(instead), -(value or 0), team.name, row))
    return [row for *_order, row in sorted(rows, key=lambda row: row[:3])]


def _is_team(key: str, house: Organisation) -> bool:
    return bool(key) and int(key) in house.teams


def steering_rows(digital: Answer, form: Answer, house: Organisation, asked: Asked, hides_small: bool) -> list[WayItem]:
    """Subjects for which a form is used, with what came by phone, at the counter or by letter nevertheless; the most first.

    For who sees aggregates only neither these nor the others may be few: how often a subject was asked stands on the same screen.
    """
    with_form = {key for (_code, _bucket, key), one in form.items() if key and one.numerator}
    rows = with_below({key: one for (_code, _bucket, key), one in digital.items()}, house)
    counts = {pk: one.misses for pk, one in rows.items() if str(pk) in with_form and one.misses}
    told = counts.keys()
    if hides_small:
        counts = {pk: count for pk, count in counts.items() if count >= SMALL and not 0 < rows[pk].numerator < SMALL}
        told = told_apart(counts, house) & told_apart({pk: rows[pk].numerator for pk in counts}, house)
    found = [(-count, house.subjects[pk].name, pk, rows[pk]) for pk, count in counts.items() if pk in told]
    return [
        _steering_row(house.subjects[pk].code, name, one, asked)
        for _misses, name, pk, one in sorted(found, key=lambda row: row[:3])[:SHOWN]
    ]


def _steering_row(code: str, name: str, one: Tally, asked: Asked) -> WayItem:
    href = f"{address('kpi:figure', 'questions.digital')}?{asked.query(subject=code)}&deel=niet"
    return WayItem(name, wording.number(one.misses), wording.percent(one.share or 0, 0), href)
