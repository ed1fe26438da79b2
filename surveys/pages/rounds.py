"""Questionnaires that are held: when, how, and whom they went to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Case, Count, F, IntegerField, Q, When
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from organisation import wording
from surveys.actions.draw_sample import population
from surveys.batching import FEWEST
from surveys.models import Invitation, SurveyRound
from surveys.pages.places import drawn_code, link_of
from surveys.pages.response import Asked, asked_words, parts_words, tens

State, Way = SurveyRound.State, SurveyRound.Way
STATE_CSS = {
    State.DRAFT: ("inactive", "pencil"),
    State.PLANNED: ("warning", "calendar-event"),
    State.RUNNING: ("success", "circle-check"),
    State.ENDED: ("inactive", "flag"),
    State.STOPPED: ("inactive", "x"),
}
AGES = (31, 92, 183)
"""Days since the contact, up to and including: a month, three and six."""


@dataclass(frozen=True)
class RoundRow:
    pk: int
    name: str
    survey: str
    way: str
    when: str
    state: str
    css: str
    icon: str
    has_results: bool
    is_example: bool


@dataclass(frozen=True)
class Cut:
    """Who was asked and who answered, cut in one way."""

    title: str
    rows: list[Asked]
    note: str


@dataclass(frozen=True)
class RoundPage:
    round: SurveyRound
    state: str
    css: str
    icon: str
    when: str
    facts: list[tuple[str, str]]
    left_out: list[tuple[str, str]]
    link: str
    qr: SafeString | str


def round_rows() -> list[RoundRow]:
    """One query."""
    return [
        RoundRow(
            pk=one.pk,
            name=one.name,
            survey=one.survey.name,
            way=_("sample") if one.way == Way.SAMPLE else _("open link"),
            when=days_of(one),
            state=str(State(one.state).label),
            css=STATE_CSS[State(one.state)][0],
            icon=STATE_CSS[State(one.state)][1],
            has_results=one.began_at is not None,
            is_example=one.is_example,
        )
        for one in SurveyRound.objects.select_related("survey")
    ]


def days_of(one: SurveyRound) -> str:
    """`ma 1 mrt t/m vr 26 mrt 2027`."""
    return _("%(first)s to %(last)s") % {"first": wording.day(one.starts_on), "last": wording.day(one.ends_on)}


def round_page(one: SurveyRound, at: datetime, *, counts: bool = False) -> RoundPage:
    """`counts`: also works out who could be asked now, before it begins."""
    place = getattr(one, "place", None) if one.way == Way.LINK else None
    found = population(one, at) if counts and one.way == Way.SAMPLE and one.began_at is None else None
    left_out = dict(found.left_out) if found is not None else one.left_out
    size = len(found.people) if found is not None else one.population
    drawn = len(found.sample(one)) if found is not None else one.drawn
    return RoundPage(
        round=one,
        state=str(State(one.state).label),
        css=STATE_CSS[State(one.state)][0],
        icon=STATE_CSS[State(one.state)][1],
        when=days_of(one),
        facts=_facts(one, size, drawn),
        left_out=[(_why(reason), wording.number(count)) for reason, count in sorted(left_out.items())],
        link=link_of(place) if place is not None else "",
        qr=drawn_code(place) if place is not None else "",
    )


def _facts(one: SurveyRound, size: int | None, drawn: int | None) -> list[tuple[str, str]]:
    facts = []
    if one.way == Way.SAMPLE and one.contacts_from and one.contacts_until:
        period = _("%(first)s to %(last)s") % {
            "first": wording.day(one.contacts_from),
            "last": wording.day(one.contacts_until),
        }
        share = one.size_kind == SurveyRound.SizeKind.SHARE
        wanted = f"{one.size}{wording.percent_sign()}" if share else wording.number(one.size)
        facts += [(_("Had contact"), period), (_("Size of the sample"), wanted)]
        if one.reminder_days:
            after = ngettext("after %(count)s day", "after %(count)s days", one.reminder_days)
            facts.append((_("Reminder"), after % {"count": one.reminder_days}))
    if size is not None:
        facts.append((_("Could be asked"), wording.number(size)))
    if drawn is not None:
        facts.append((_("Drawn"), wording.number(drawn)))
    if one.began_at is not None and one.way == Way.SAMPLE:
        facts.append((_("Mark of the draw"), one.seed))
    return facts


def _why(reason: str) -> str:
    return {
        "no_address": _("Without an e-mail address that works"),
        "opted_out": _("Wants no surveys"),
        "asked_before": _("Was asked lately"),
        "same_address": _("Same address as another customer"),
    }.get(reason, reason)


def cuts_of(one: SurveyRound) -> tuple[Asked | None, list[Cut]]:
    """The response of a sample: altogether, by channel and by how long ago the contact was. Two queries."""
    rows = Invitation.objects.filter(round=one, is_undelivered=False)
    by_channel = _counted(rows, "channel")
    asked, answered = sum(row[1] for row in by_channel), sum(row[2] for row in by_channel)
    if asked < FEWEST:
        return None, []
    since = [When(contact_on__gte=F("invited_on") - timedelta(days=most), then=n) for n, most in enumerate(AGES)]
    old = rows.annotate(age=Case(*since, default=len(AGES), output_field=IntegerField()))
    names = [_("up to a month"), _("1 to 3 months"), _("3 to 6 months"), _("longer")]
    return asked_words(_("Everybody"), asked, answered), [
        _cut(_("Channel"), [(str(wording.channel_name(code)), *rest) for code, *rest in by_channel], asked, answered),
        _cut(_("How long ago"), [(names[code], *rest) for code, *rest in _counted(old, "age")], asked, answered),
    ]


def _counted(rows: object, name: str) -> list[tuple[object, int, int]]:
    counted = (
        rows.order_by()  # type: ignore[attr-defined]
        .values_list(name)
        .annotate(asked=Count("pk"), answered=Count("pk", filter=Q(is_answered=True)))
    )
    return sorted(counted, key=lambda row: str(row[0]))


def _cut(title: str, found: list[tuple[str, int, int]], asked: int, answered: int) -> Cut:
    """Which group weighs more among the answers than among who was asked; said when it is 5 points or more."""
    note = ""
    if answered >= FEWEST:
        weights = [(tens(of) / tens(answered) - count / asked, name) for name, count, of in found if of >= FEWEST]
        most = max(weights, default=(0.0, ""))
        note = _("Who answered is like who was asked.")
        if most[0] >= 0.05:
            note = _("Mind: “%(group)s” answered more often, so it weighs more in the results.") % {"group": most[1]}
    return Cut(title, parts_words(found), note)
