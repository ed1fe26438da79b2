"""Who lacks a right gets nothing from the inner functions either: they refuse before they ask the database, which these tests do not have.

A condition that `script/mutants` takes away goes on to the database, or answers what it should not (docs/mutants.md).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any, cast

import pytest
from django.core.exceptions import EmptyResultSet, PermissionDenied
from django.test import RequestFactory

from channels_app.models import LiveCall
from contacts.actions.assign import _may_give
from contacts.actions.notify_news import may_hear
from contacts.actions.receive_letter import _title
from contacts.actions.remind import may_remind
from contacts.actions.unpost_letter import may_unpost
from contacts.calls.live import _is_theirs
from contacts.finding import customers as find
from contacts.finding.questions import find_questions
from contacts.letters import scans
from contacts.mail.rules import title_of
from contacts.models import OutgoingLetter, Question
from contacts.news import unread_notices, unread_roles
from contacts.pages.callbacks import _reach
from contacts.pages.missed_calls import missed_rows
from contacts.pages.question_may import may_do
from contacts.queue_filters import QueueFilters, within
from knowledge.pages.article import _use_href
from knowledge.pages.news import news_line
from kpi.actions.issue_report import may_report_on
from kpi.exports import row_lines
from kpi.measures.backlog import open_questions
from kpi.measures.base import Scope
from kpi.models import FiguresView
from kpi.pages.signals import strip
from kpi.pages.waiting import _acts
from opmeer_kcc.views import home
from organisation.models import User
from organisation.roles import Right as R
from privacy.models import DestructionList
from privacy.news import terms_news
from privacy.pages.requests import requests_for
from privacy.pages.retention import _waits_for
from surveys.masking import mask
from tests.test_reach_rules import MINE, NOBODY, THEIRS, somebody

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
HOUSE = cast(Any, SimpleNamespace(municipality=SimpleNamespace(number_prefix="OPM"), teams={}))


@pytest.mark.parametrize(
    ("act", "nothing"),
    [
        (lambda: find.find_customers(NOBODY, "van Dam", house=HOUSE), []),
        (lambda: find.customers_with_number(NOBODY, "31612345678"), []),
        (lambda: find.customer_for(NOBODY, 1), None),
        (lambda: find_questions(NOBODY, "grofvuil", house=HOUSE), []),
        (lambda: scans.scan_of(NOBODY, 1), None),
        (lambda: missed_rows(somebody(R.CUSTOMERS_READ), HOUSE, AT), []),
        (lambda: missed_rows(somebody(R.QUESTIONS_ALL_TEAMS), HOUSE, AT), []),
        (lambda: strip(NOBODY, AT), None),
        (lambda: terms_news(NOBODY), ("", False)),
        (lambda: news_line(NOBODY), None),
        (lambda: _use_href(NOBODY, 1), ""),
        (lambda: _acts(NOBODY, {"number": "OPM-1", "team_id": MINE, "assignee_id": 9}), dict.fromkeys(("assign", "forward", "remind"), "")),
    ],
)  # fmt: skip
def test_without_the_right_nothing_is_asked(act: Callable[[], object], nothing: object) -> None:
    assert act() == nothing


@pytest.mark.parametrize("user", [somebody(R.LISTS_EXPORT), somebody(R.FIGURES_DRILL)])
def test_a_list_leaves_only_with_both_rights(user: User) -> None:
    with pytest.raises(PermissionDenied):
        row_lines(cast(Any, None), cast(Any, None), "", "a good reason", by=user, at=AT, house=HOUSE, limit=1)


OTHERS, OURS = Question(team_id=THEIRS, status="new"), Question(team_id=MINE, status="new")
RINGING, THEIR_CALL = LiveCall(state="ringing", agent="x"), LiveCall(state="answered", agent="x")
POSTED = OutgoingLetter(settled_by_id=3, settled_at=AT)
ANSWERS: list[tuple[str, Callable[[], object], object]] = [
    ("give a question of another team", lambda: _may_give(NOBODY, OTHERS), False),
    ("give one of one's own", lambda: _may_give(NOBODY, OURS), True),
    ("give as a lead", lambda: _may_give(somebody(R.QUESTIONS_ASSIGN_TEAM), OTHERS), True),
    ("give anything", lambda: _may_give(somebody(R.QUESTIONS_FORWARD_ANY), OTHERS), True),
    ("remind another team", lambda: may_remind(NOBODY, THEIRS), False),
    ("remind one's own", lambda: may_remind(NOBODY, MINE), True),
    ("undo one's own posting in time", lambda: may_unpost(NOBODY, POSTED, AT + timedelta(seconds=30)), True),
    ("undo it later", lambda: may_unpost(NOBODY, POSTED, AT + timedelta(hours=1)), False),
    ("undo what another posted", lambda: may_unpost(somebody(pk=4), POSTED, AT), False),
    ("undo by right", lambda: may_unpost(somebody(R.CLOCK_CORRECT, pk=4), POSTED, AT + timedelta(hours=1)), True),
    ("hear of news", lambda: may_hear(NOBODY), False),
    ("a call of somebody else", lambda: _is_theirs(NOBODY, THEIR_CALL), False),
    ("a call for who works for every team", lambda: _is_theirs(somebody(R.QUESTIONS_ALL_TEAMS), THEIR_CALL), True),
    ("reports without the right", lambda: may_report_on(somebody(R.FIGURES_DRILL), MINE), False),
    ("buttons", lambda: any(may_do(OURS, NOBODY, {"callbacks_": []}).values()), False),
]  # fmt: skip


def test_each_answer() -> None:
    wrong = [what for what, asked, expected in ANSWERS if asked() != expected]
    assert wrong == []


@pytest.mark.parametrize(
    ("rights", "address"),
    [
        ((R.QUESTIONS_ALL_TEAMS, R.QUESTIONS_READ), "/werkplek/"),
        ((R.QUESTIONS_ALL_TEAMS, R.NORMS_WRITE, R.QUESTIONS_ASSIGN_TEAM), "/cijfers/"),
        ((R.QUESTIONS_READ,), "/werkvoorraad/"),
        ((R.FIGURES_READ,), "/cijfers/"),
        ((R.VISITS_WRITE,), "/receptie/"),
        ((), "/beheer/"),
    ],
)
def test_everybody_begins_at_the_screen_of_their_work(rights: tuple[R, ...], address: str) -> None:
    request = RequestFactory().get("/")
    request.user = somebody(*rights)
    assert home(request)["Location"] == address


def where(found: Any) -> str:
    try:
        return str(found.query).partition(" WHERE ")[2]
    except EmptyResultSet:
        return "nothing"


def test_lists_are_of_this_person_or_their_teams() -> None:
    user = somebody(R.QUESTIONS_READ, R.QUESTIONS_ALL_TEAMS)
    mine, team = f'"assignee_id" = {user.pk}', f'"team_id" = {MINE}'
    assert mine in where(within(QueueFilters(scope="mijn"), user)) and mine not in where(
        within(QueueFilters(scope="alles"), user)
    )
    assert team in where(within(QueueFilters(scope="team"), user))
    assert mine in where(_reach(user, "mijn")) and f"IN ({MINE})" in where(_reach(user, "team"))
    assert mine in where(_reach(user, "team"))
    assert f'"user_id" = {user.pk}' in where(unread_notices(user)) and f'"user_id" = {user.pk}' in where(
        unread_roles(user)
    )
    assert f'"owner_id" = {user.pk}' in where(FiguresView.objects.visible_to(user))
    scope = cast(Scope, SimpleNamespace(team_ids=frozenset({MINE}), channel="", subject_ids=None))
    assert f"IN ({MINE})" in where(open_questions(user, scope))
    assert where(requests_for(NOBODY)) != where(requests_for(somebody(R.PERSON_ERASE)))


def test_who_waits_for_whom() -> None:
    made, proposed = DestructionList(state="made"), DestructionList(state="proposed", proposed_by_id=4)
    own = DestructionList(state="proposed", proposed_by_id=3)
    proposer, approver = somebody(R.RETENTION_PROPOSE), somebody(R.RETENTION_APPROVE)
    assert [bool(_waits_for(user, made)) for user in (proposer, approver)] == [False, True]
    assert [bool(_waits_for(user, proposed)) for user in (proposer, approver)] == [True, False]
    assert _waits_for(approver, own)


def test_numbers_of_people_are_masked_wherever_words_become_a_title() -> None:
    bsn = "111222333"
    assert bsn not in title_of(f"Vraag over {bsn}", "") and bsn not in _title(f"Over {bsn}", AT, AT)
    assert bsn not in mask(f"Mijn nummer is {bsn}") and "NL91ABNA0417164300" not in mask("op NL91ABNA0417164300")
