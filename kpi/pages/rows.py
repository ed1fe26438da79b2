"""The list behind a figure: the rows of its population, paged by key, as far as this person may see them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Case, Count, F, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from contacts import keyset
from contacts.keyset import Slice
from contacts.models import Question, QuestionContact
from kpi import words
from kpi.built import marked_scope, rows_of_scope
from kpi.measures.base import SHARE, Measure, Tally
from kpi.pages.newest import newest
from kpi.pages.row_words import WAITS, shown, verdict_word
from kpi.reach import QUESTIONS, led_shape, rows_for, sees_every_call
from kpi.scope import Asked, Scope
from organisation import wording
from organisation.addresses import address
from organisation.kept import Kept
from organisation.prepared import marked_user
from organisation.snapshot import Organisation
from organisation.workdays import local_day

if TYPE_CHECKING:
    from organisation.models import User

PAGE = 50
COUNTED_UP_TO = 2_000
"""Figures of at most this many rows also say how many of them this person may see."""
ROWS: Final[Kept[SafeString]] = Kept(800)
"""The markup of rows that were shown, under every value that they are made from (ADR 15)."""
PARTS = ("niet", "wel", "alles")
NOTHING: Final = Slice([], has_before=False, has_after=False)


@dataclass(frozen=True)
class Part:
    """Not in the norm, in the norm, or everything; with its count."""

    words: str
    href: str
    is_chosen: bool


@dataclass(frozen=True)
class RowList:
    """One page of the list."""

    title: str
    parts: list[Part]
    rows: list[SafeString]
    is_calls: bool
    wait_word: str
    """Head of the column with how long it took; empty without one."""
    verdict_word: str
    """Head of the column that says whether a row is a hit; empty without one."""
    seen: str
    """`12 van 59 zichtbaar voor u`; empty when nothing is hidden."""
    part: str
    next_href: str
    previous_href: str


def chosen_part(measure: Measure, params: Mapping[str, str]) -> str:
    if measure.kind != SHARE:
        return "alles"
    return params.get("deel", "") if params.get("deel") in PARTS else "alles"


def rows_of(
    measure: Measure, scope: Scope, part: str, at: datetime, among: Iterable[int] | None = None
) -> QuerySet[Any]:
    """The rows of one part: exactly those that the figure counted."""
    if part == "wel":
        return measure.hits(scope, at, among=among)
    return (measure.misses if part == "niet" else measure.population)(scope, at, among=among)


def row_list(
    measure: Measure,
    scope: Scope,
    asked: Asked,
    user: User,
    house: Organisation,
    at: datetime,
    now: Tally,
    params: Mapping[str, str],
) -> RowList:
    part = chosen_part(measure, params)
    sizes = {"niet": now.misses, "wel": now.numerator, "alles": now.denominator}
    source = measure.source
    found = (
        newest(
            measure,
            scope,
            at,
            user,
            params,
            PAGE,
            of=sizes[part],
            name=part,
            counted=lambda its, when, among: rows_of(measure, its, part, when, among),
            columns=lambda rows, one: columns(measure, rows, one),
        )
        if sizes[part]
        else NOTHING  # the figure counted the same rows: nothing to look for
    )
    base = f"{address('kpi:figure', measure.code)}?{asked.query()}"
    here = f"{base}&deel={part}" if measure.kind == SHARE else base

    def to(name: str, row: dict[str, Any]) -> str:
        return f"{here}&{name}={keyset.Cursor(row['its_moment'], row['id'])}#lijst"

    names = (
        (_("Not in the norm"), _("In the norm"))
        if measure.has_norm
        else (_("Not counted above the line"), _("Counted above the line"))
    )
    return RowList(
        title=_("The %(rows)s") % {"rows": words.counted(measure.noun, now.denominator)}
        if now.denominator != 1
        else words.counted(measure.noun, 1),
        parts=[
            Part(f"{name} ({wording.number(sizes[key])})", f"{base}&deel={key}#lijst", key == part)
            for key, name in (("niet", names[0]), ("wel", names[1]), ("alles", _("Everything")))
        ]
        if measure.kind == SHARE
        else [],
        rows=_markup(measure, found.rows, house, at),
        is_calls=source.name == "call",
        wait_word=str(WAITS.get(source.name, "")),
        verdict_word=verdict_word(measure),
        seen=_seen(user, measure, scope, part, at, sizes[part], found),
        part=part,
        next_href=to("na", found.rows[-1]) if found.has_after and found.rows else "",
        previous_href=to("voor", found.rows[0]) if found.has_before and found.rows else "",
    )


def _seen(user: User, measure: Measure, scope: Scope, part: str, at: datetime, size: int, found: Slice) -> str:
    """How many of the counted rows this person sees, when it is not all of them."""
    if not size or (measure.source.name == "call" and sees_every_call(user)):
        return ""
    is_whole = not found.has_before and not found.has_after
    is_long = scope.subject_ids is not None and measure.source.finds_by_question()
    if not is_whole and (is_long or size > COUNTED_UP_TO):
        return _("Rows that are confidential or outside your reach are not in this list.")
    count = len(found.rows) if is_whole else _count(user, measure, scope, part, at)
    if count == size:
        return ""
    return _("%(seen)s of %(all)s visible to you. The others are confidential or outside your reach.") % {
        "seen": wording.number(count),
        "all": wording.number(size),
    }


def _count(user: User, measure: Measure, scope: Scope, part: str, at: datetime) -> int:
    """How many of the rows of this part this person sees."""

    def counted(one: User, its: Scope, when: datetime) -> QuerySet[Any]:
        rows = rows_for(one, measure, rows_of(measure, its, part, when))
        return rows.order_by().values(every=Value(1)).annotate(count=Count("pk")).values("count")

    def build(marks: Mapping[str, Any]) -> QuerySet[Any]:
        return counted(marked_user(user, marks), marked_scope(scope, marks), marks["at"])

    found = rows_of_scope(("count", measure.code, part, led_shape(user)), build, user, scope, {"at": at})
    return int(found[0]["count"]) if found else 0


def _markup(measure: Measure, rows: list[dict[str, Any]], house: Organisation, at: datetime) -> list[SafeString]:
    """The rows as the table shows them."""
    look = (measure.source.name, measure.kind, measure.has_norm, house.version, wording.language(), local_day(at))

    def made(row: dict[str, Any]) -> SafeString:
        context = {
            "row": shown(measure, row, house, at),
            "wait_word": WAITS.get(measure.source.name, ""),
            "is_calls": measure.source.name == "call",
            "has_verdict": measure.kind == SHARE,
            "is_judged": measure.has_norm,
        }
        return mark_safe(render_to_string("kpi/figure_row.html", context))  # noqa: S308 - a rendered template

    return [ROWS.get((look, *row.items()), lambda row=row: made(row)) for row in rows]  # type: ignore[misc]


def columns(measure: Measure, rows: QuerySet[Any], user: User) -> QuerySet[Any]:
    """What the list shows of each row, in one query; a call or contact under its first question that this person may see."""
    name = measure.source.name
    if measure.kind == SHARE:
        rows = rows.annotate(is_hit=Case(When(measure.hit, then=Value(True)), default=Value(False)))
    else:
        rows = rows.annotate(is_hit=F("id"))
    if name == "clock":
        return rows.values(
            "id", "its_moment", "is_hit", "team_id", "channel", number=F("question__number"), title=F("question__title")
        )
    if name == "text":
        return rows.values(
            "id",
            "its_moment",
            "is_hit",
            "team_id",
            "channel",
            "level",
            number=F("question__number"),
            title=Coalesce(F("question__title"), F("page_title")),
        )
    if name == "held":
        return rows.values(
            "id",
            "its_moment",
            "is_hit",
            "team_id",
            "held_seconds",
            channel=F("question__channel"),
            number=F("question__number"),
            title=F("question__title"),
        )
    if name in QUESTIONS:
        return rows.values("id", "its_moment", "is_hit", "team_id", "channel", "number", "title")
    link = "contact__call" if name == "call" else "contact"
    first = (
        QuestionContact.objects.filter(
            **{link: OuterRef("pk"), "question__in": Question.objects.visible_to(user).values("pk")}
        )
        .exclude(question__status="cancelled")
        .order_by("question_id")
    )
    rows = rows.annotate(
        first_number=Subquery(first.values("question__number")[:1]),
        first_team=Subquery(first.values("question__team_id")[:1]),
        first_title=Subquery(first.values("question__title")[:1]),
    )
    shared = ["id", "its_moment", "is_hit", "first_number", "first_team", "first_title"]
    if name == "call":
        return rows.values(*shared, "wait_seconds", "outcome", "caller")
    return rows.values(*shared, "channel")
