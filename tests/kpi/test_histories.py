"""Sum of the roll-ups = recomputation = length of the list, over random histories, with days of 23 and 25 hours and changing norms."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction
from django.db.models import F
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from contacts.models import Assignment, Contact, Customer, NormClock, Question, ServiceNorm, TextLevel
from contacts.rulebook import PICKUP, RULEBOOK, rulebook
from kpi.models import ChangedDay
from kpi.periods import between, period_of
from kpi.reading import _rolled_up
from kpi.registry import MEASURES
from kpi.rollups import rebuild, roll_up
from kpi.scope import Scope
from kpi.target import norm_of
from organisation.models import Municipality, Team
from organisation.snapshot import ORGANISATION, organisation
from organisation.workdays import day_start, local_day
from tests.cast import Cast
from tests.kpi.history import add_contact, call, clock, local, question, rows_of_figures, text_level
from tests.kpi.recount import agree

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
LENGTH = timedelta(days=16)
NORM = "email.answer"
WORLDS = (
    (date(2026, 11, 9), date(2026, 11, 16)),
    (date(2026, 10, 18), date(2026, 10, 25)),  # 25 hours
    (date(2026, 3, 16), date(2026, 3, 29)),  # 23 hours
    (date(2026, 12, 18), date(2027, 1, 1)),
)
"""First day, and the day at whose edges much happens. Each lasts 16 days, and it is noon."""
EDGES = (-1, 0, 1, 90, 150, 210, 1439)
"""Minutes from the start of that day."""


@dataclass
class Played:
    """What was made, for later acts to change."""

    cast: Cast
    first: date
    now: datetime
    questions: list[Question] = field(default_factory=list)
    clocks: list[NormClock] = field(default_factory=list)

    @property
    def scopes(self) -> list[Scope]:
        """A quarter (whole months and days that are not over) of a team, weeks, a subject of a month, today of a team and channel."""
        last = local_day(self.now)
        quarter, month = period_of("quarter", self.first), period_of("month", self.first)
        waste = frozenset({self.cast.afval.pk, self.cast.grofvuil.pk})
        return [
            Scope(quarter, team_ids=frozenset({self.cast.openbare_ruimte.pk})),
            Scope(period_of("week", last - timedelta(days=7)), channel="email"),
            Scope(period_of("week", last)),
            Scope(month, subject_ids=waste),
            Scope(period_of("day", last), team_ids=frozenset({self.cast.burgerzaken.pk}), channel="phone"),
        ]

    def any(self, dial: int) -> Question:
        return self.questions[dial % len(self.questions)]

    def moment(self, special: date, minutes: int, edge: int | None) -> datetime:
        if edge is not None:
            return day_start(special) + timedelta(minutes=EDGES[edge])
        return day_start(self.first) + timedelta(minutes=minutes)

    def norm(self, team: Team, day: date) -> ServiceNorm:
        """The narrowest that holds on the day, said in other words than the rulebook does."""
        fitting = ServiceNorm.objects.filter(code=NORM, subject=None, valid_from__lte=day).exclude(valid_until__lte=day)
        return fitting.filter(team=team).last() or fitting.filter(team=None).last()


def asks(it: Played, act: str, at: datetime, dial: int, team: Team, more: dict[str, object]) -> None:
    direct = {"status": "closed", "close_reason": "direct", "is_direct": True} if act == "direct" else {}
    channel = "email" if act == "email" else "phone"
    it.questions.append(question(it.cast, received=at, channel=channel, team=team, **more, **direct))


def promises(it: Played, act: str, at: datetime, dial: int, team: Team, more: dict[str, object]) -> None:
    """Under the norm of its own day and team."""
    row = question(it.cast, received=at, channel="email", team=team, **more)
    norm = it.norm(team, local_day(at))
    due = min(at + timedelta(days=norm.length or 1), it.now)
    stopped = at + (due - at) / 2 if act == "met" else None
    state = "running" if act == "running" else ""
    it.questions.append(row)
    it.clocks.append(clock(row, NORM, started=at, due=due, stopped=stopped, state=state, norm=norm))


def letter_late(it: Played, act: str, at: datetime, dial: int, team: Team, more: dict[str, object]) -> None:
    row = question(it.cast, received=at - timedelta(days=dial), channel="letter", team=team, **more)
    it.clocks.append(clock(row, "letter.respond", started=row.received_at, due=min(at, it.now)))
    it.questions.append(row)


def rings(it: Played, act: str, at: datetime, dial: int, team: Team, more: dict[str, object]) -> None:
    """A call keeps the limit of its own day."""
    limit = rulebook(organisation()).pickup_seconds(local_day(at), organisation())
    ring = call(
        at, wait=dial * 15, pickup_limit_seconds=limit, outcome="abandoned" if act == "given up" else "answered"
    )
    if dial == 3 and it.questions:
        Contact.objects.filter(pk=add_contact(it.any(dial), received=at).pk).update(call=ring)


def writes(it: Played, act: str, at: datetime, dial: int, team: Team, more: dict[str, object]) -> None:
    """A text left: plain, hard, or too short to say; later its row may go, with its contact."""
    if act == "forget text":
        TextLevel.objects.filter(question=it.any(dial)).delete()
        return
    text_level(it.any(dial), left=at, level=("A2", "B1", "C1", "")[dial], channel=("email", "letter")[dial % 2])


def hands_over(it: Played, act: str, at: datetime, dial: int, team: Team, more: dict[str, object]) -> None:
    row = it.any(dial)
    current = row.assignments.filter(until_at=None)
    since = max(at, current.values_list("from_at", flat=True)[0])
    current.update(until_at=since)
    Assignment.objects.create(question=row, team=team, reason="door", from_at=since)
    Question.objects.filter(pk=row.pk).update(team=team, transfer_count=F("transfer_count") + 1)


def closes(it: Played, act: str, at: datetime, dial: int, team: Team, more: dict[str, object]) -> None:
    changes: dict[str, object] = {"status": "closed", "closed_at": at, "closed_on": local_day(at)}
    if act == "reopen":
        changes = {"status": "in_progress", "closed_at": None, "closed_on": None}
    Question.objects.filter(pk=it.any(dial).pk).exclude(status="cancelled").update(**changes)


def comes_back(it: Played, act: str, at: datetime, dial: int, team: Team, more: dict[str, object]) -> None:
    row = it.any(dial)
    later = min(row.received_at + timedelta(days=2 + 3 * dial), it.now)
    it.questions.append(question(it.cast, received=later, customer=row.customer, subject=row.subject, team=team))


def is_corrected(it: Played, act: str, at: datetime, dial: int, team: Team, more: dict[str, object]) -> None:
    """The day of receipt, the team or the subject was wrong; or it was spam; or a double."""
    rows = Question.objects.filter(pk=it.any(dial).pk)
    if act == "move":
        rows.update(team=team, subject=more["subject"])
    elif act == "other day":
        rows.update(received_at=at)
        it.any(dial).contacts.update(received_at=at)
    elif act == "spam":
        rows.update(status="cancelled", close_reason="spam", closed_at=at)
    elif act == "merge" and len(it.questions) > 1 and it.any(dial).pk != it.questions[0].pk:
        rows.update(merged_into=it.questions[0])
    elif act == "second":
        add_contact(it.any(dial), received=at)
    elif act == "correct clock" and len(it.clocks) > 1 and it.clocks[0].replaced_by_id is None:
        NormClock.objects.filter(pk=it.clocks[0].pk).update(replaced_by=it.clocks[-1])


def settings_change(it: Played, act: str, at: datetime, dial: int, team: Team, more: dict[str, object]) -> None:
    """A norm from a day on (for all, or for one team), the limit of the phone, the days of repeat traffic."""
    if act == "days":
        town = Municipality.objects.get(pk=1)
        town.repeat_days = (1, 3, 7, 10)[dial]
        town.save()
        return
    code, day = (NORM if act == "norm" else PICKUP), local_day(at)
    only = None if dial == 0 or act == "pickup" else team
    first = ServiceNorm.objects.filter(code=code, team=None).earliest("valid_from")
    versions = ServiceNorm.objects.filter(code=code, team=only, subject=None)
    later = versions.filter(valid_from__gt=day).order_by("valid_from").first()
    versions.filter(valid_from__lt=day).exclude(valid_until__lte=day).update(valid_until=day)
    terms = {"length": 1 + dial if act == "norm" else 10 + 15 * dial, "target": 60 + 10 * dial}
    if not versions.filter(valid_from=day).update(**terms):
        ends = later.valid_from if later else None
        same = {"name": first.name, "channel": first.channel, "unit": first.unit}
        ServiceNorm.objects.create(code=code, team=only, valid_from=day, valid_until=ends, **same, **terms)
    RULEBOOK.forget()


def rolls(it: Played, act: str, at: datetime, dial: int, team: Team, more: dict[str, object]) -> None:
    roll_up(at=it.now - timedelta(days=dial))


ACTS = {
    **dict.fromkeys(("phone", "direct", "email"), asks),
    **dict.fromkeys(("met", "missed", "running"), promises),
    **dict.fromkeys(("call", "given up"), rings),
    "letter late": letter_late,
    "roll": rolls,
    **dict.fromkeys(("norm", "pickup"), settings_change),
}
LATER = {
    "hand over": hands_over,
    **dict.fromkeys(("close", "reopen"), closes),
    "again": comes_back,
    **dict.fromkeys(("move", "other day", "spam", "merge", "second", "correct clock"), is_corrected),
    **dict.fromkeys(("text", "forget text"), writes),
    "days": settings_change,
}
"""These change what is there."""
histories = st.lists(
    st.tuples(
        st.sampled_from([*ACTS, *LATER, "roll", "roll"]),
        st.integers(0, int((LENGTH - timedelta(hours=1)).total_seconds() // 60)),
        st.none() | st.integers(0, len(EDGES) - 1),
        st.integers(0, 3),
    ),
    min_size=3,
    max_size=14,
)


def play(
    it: Played,
    special: date,
    history: list[tuple[str, int, int | None, int]],
    after_each: Callable[[], None] = lambda: None,
) -> None:
    people = [Customer.objects.create(name=name, created_at=it.now) for name in ("Ans", "Bas")]
    cast = it.cast
    for act, minutes, edge, dial in history:
        team = (cast.burgerzaken, cast.openbare_ruimte, cast.servicecentrum, cast.burgerzaken)[dial]
        subject = (cast.paspoort, cast.grofvuil, None, cast.afval)[dial]
        if act in LATER and not it.questions:
            continue
        more: dict[str, object] = {"subject": subject, "customer": people[dial % 2]}
        (ACTS | LATER)[act](it, act, it.moment(special, minutes, edge), dial, team, more)
        after_each()


def norms_agree(it: Played) -> None:
    """The norm beside a figure is the one that holds on the last day of its period, narrowed to the one team that is asked for."""
    for team in (it.cast.burgerzaken, it.cast.openbare_ruimte):
        for day in (it.first, it.first + timedelta(days=8), local_day(it.now)):
            scope = Scope(between(day, day), team_ids=frozenset({team.pk}))
            assert norm_of(MEASURES[NORM], scope, organisation(), rulebook(organisation()), day) == it.norm(team, day)


EVERYTHING = [
    (act, 700 + 900 * place, place % len(EDGES) if place % 2 else None, place % 4)
    for place, act in enumerate(["given up", *ACTS, *LATER])
]
"""Half of it after the roll-up ran."""
ALONE = [("phone", 0, None, 0), ("roll", 0, None, 0), ("email", 0, 2, 0), ("call", 0, 6, 1), ("given up", 0, 2, 2)]
"""One finished day changes, by rows of its first and last minute."""


@settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(world=st.sampled_from(WORLDS), history=histories)
@example(world=WORLDS[1], history=EVERYTHING)
@example(world=WORLDS[3], history=EVERYTHING)
@example(world=WORLDS[1], history=ALONE)
@example(world=WORLDS[2], history=ALONE)
@example(world=WORLDS[3], history=ALONE)
def test_roll_ups_rows_and_lists_agree_over_any_history(
    cast: Cast, world: tuple[date, date], history: list[tuple[str, int, int | None, int]]
) -> None:
    first, special = world
    now = local(f"{(first + LENGTH).isoformat()} 12:00").astimezone(UTC)
    it = Played(cast, first, now)
    with transaction.atomic():
        _rolled_up.cache_clear()
        play(it, special, history)
        norms_agree(it)
        agree(it.scopes, now)
        roll_up(at=now)
        _rolled_up.cache_clear()  # one transaction: the revision stays the same here
        agree(it.scopes, now)
        before = rows_of_figures()
        rebuild(at=now)
        assert rows_of_figures() == before
        transaction.set_rollback(True)
    ORGANISATION.forget()
    RULEBOOK.forget()


def test_a_changed_norm_rewrites_no_finished_day(cast: Cast) -> None:
    """For all or for one team: what was counted stays, and only days from then on are held against it."""
    it = Played(cast, date(2026, 11, 9), local("2026-11-25 12:00"))
    play(it, date(2026, 11, 16), [("met", 60, None, 0), ("missed", 3000, None, 1), ("call", 4000, None, 1)])
    roll_up(at=it.now)
    before = rows_of_figures()
    changed = date(2026, 11, 18)
    minutes = int((day_start(changed) - day_start(it.first)).total_seconds() // 60)
    play(it, changed, [("norm", minutes, None, 0), ("norm", minutes + 1, None, 1), ("pickup", 0, None, 3)])
    assert not ChangedDay.objects.exists()
    roll_up(at=it.now)
    assert rows_of_figures() == before
    agree(it.scopes, it.now)
    measure, whole, team = MEASURES[NORM], None, frozenset({cast.openbare_ruimte.pk})
    targets = {
        (teams, day): norm_of(
            measure, Scope(between(day, day), team_ids=teams), organisation(), rulebook(organisation()), day
        ).target
        for teams in (whole, team)
        for day in (changed - timedelta(days=1), changed)
    }
    old = targets[whole, changed - timedelta(days=1)]
    assert targets == {
        (whole, changed - timedelta(days=1)): old,
        (team, changed - timedelta(days=1)): old,
        (whole, changed): 60,
        (team, changed): 70,
    }
    assert old not in (60, 70)
    norms_agree(it)
