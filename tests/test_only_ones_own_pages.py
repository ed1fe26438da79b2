"""Inner checks of pages and acts, each with somebody whom only that check keeps out: a colleague of another team, or one without the right.

Each is found by `script/mutants` when it is taken away (docs/mutants.md).
"""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.test import Client, RequestFactory

from channels_app.adapters.email.addresses import Address
from channels_app.models import Call
from contacts.actions.receive_colleague import receive_from_colleague
from contacts.actions.register import Asked, register
from contacts.mail.sender import Sender
from contacts.models import Note, SavedView, ServiceNorm
from contacts.pages.queue_around import around
from contacts.queue_filters import QueueFilters
from contacts.views import norms
from contacts.views.question_acts import _reachable
from knowledge.pages.translation import translation_page
from kpi.measures.phone import CALLS
from kpi.pages import calls_file
from kpi.pages.row_words import shown
from kpi.pages.wall import wall
from kpi.views import reports
from organisation.clock import now
from organisation.models import User, WorkingCalendar
from organisation.snapshot import organisation
from organisation.views import calendars
from programme.actions.save_update import save_update
from programme.models import Pillar, Project, StatusRound, StatusUpdate
from programme.views import edit, projects
from surveys.actions.add_defaults import add_defaults
from surveys.actions.answer import write_answers
from surveys.models import Response, SurveyVersion
from surveys.pages import results
from surveys.spans import Span
from tests.cast import Cast
from tests.knowledge.scene import article
from tests.kpi.history import call, clock, local, question
from tests.programme.rounds_scene import small_programme
from tests.test_reach_rules import NOBODY, R, somebody

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
NUMBER = "+31612345678"


def asked_by(user: User, *, post: bool = False) -> Any:
    request = RequestFactory().post("/") if post else RequestFactory().get("/")
    request.user = user
    return request


def test_beside_the_queue_stand_ones_own_lists_and_ones_own_team(cast: Cast) -> None:
    SavedView.objects.create(user=cast.henk, name="Van Henk", query="")
    for user, lists in ((cast.henk, ["Van Henk"]), (cast.bas, [])):
        found = around(QueueFilters(), user, now())
        assert [one["name"] for one in found.views] == lists
        assert (cast.henk.pk in {one["id"] for one in found.members}) == bool(lists)


def test_who_may_not_see_a_question_writes_no_note_and_is_not_led_back_to_it(cast: Cast) -> None:
    asked = [Asked(text="Mag ik een bank?", subject_id=cast.grofvuil.pk, end="forward")]
    made = register(by=cast.fatima, at=AT, channel="email", received_at=AT, customer=None, text="", asked=asked)
    question = made.questions[0]
    mail: Any = SimpleNamespace(
        remarks=[],
        is_forward=False,
        sender=SimpleNamespace(address="bas@opmeer.example"),
        attachments=(),
        to=[],
        cc=[],
        text="Zo zit het",
        subject="Bank",
        forwarded_from=None,
    )
    thread: Any = SimpleNamespace(question=question, by="reference", outbound=None)
    row: Any = SimpleNamespace(pk=1)
    for user, reaches in ((cast.bas, False), (cast.henk, True)):
        told = receive_from_colleague(
            row=row,
            mail=mail,
            thread=thread,
            sender=Sender(Address("bas@opmeer.example", ""), employee=user),
            own=frozenset(),
            at=AT,
        )
        assert (told is not None) == reaches == Note.objects.filter(created_by=user).exists()
        assert (question.number in _reachable(asked_by(user), question.number)) == reaches


def test_a_translation_is_opened_by_who_may_write_or_leads(cast: Cast) -> None:
    row = article(cast, now())
    assert translation_page(cast.bas, row, "en", now().date()) is None
    assert translation_page(cast.ria, row, "en", now().date()) is not None


def test_the_programme_is_changed_by_its_writers_and_owners(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    theirs = small_programme(cast.joost, at=AT)
    pillar = Pillar.objects.get(pk=theirs.pillar_id)
    begun = StatusRound.objects.create(title="Ronde", last_day=AT.date(), opened_at=AT, opened_by=cast.joost)
    update = StatusUpdate.objects.create(round=begun, project=theirs)
    monkeypatch.setattr(projects, "get_project", lambda user, pk: Project.objects.get(pk=pk))
    for act in (
        lambda: edit.add(asked_by(cast.henk), "mijlpaal"),
        lambda: edit._get(asked_by(cast.henk), edit.kind_of("pijler"), pillar.pk),
        lambda: projects.state(asked_by(cast.henk, post=True), theirs.pk),
        lambda: save_update(
            update=update, light="on_track", reason="Goed", done="", ahead="", days={}, hand_in=False,
            version=update.version, by=cast.henk, at=AT,
        ),
    ):  # fmt: skip
        with pytest.raises(PermissionDenied):
            act()


def test_who_reads_norms_and_calendars_changes_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(norms, "get_object_or_404", lambda *_, **__: ServiceNorm())
    with pytest.raises(PermissionDenied):
        norms.norm(asked_by(somebody(R.NORMS_READ), post=True), 1)
    with pytest.raises(PermissionDenied):
        calendars._save_hours(asked_by(somebody(R.NORMS_READ), post=True), WorkingCalendar())


def test_a_report_of_what_one_may_not_report_on_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reports, "wanted", lambda *_: SimpleNamespace(team=None))
    monkeypatch.setattr(reports, "organisation", lambda: None)
    with pytest.raises(Http404):
        reports._asked(asked_by(NOBODY), AT)


def test_a_file_of_calls_is_shown_before_it_is_taken_in_without_whole_numbers() -> None:
    call = Call(entered_at=AT, wait_seconds=1, outcome="answered", caller=NUMBER)
    file: Any = SimpleNamespace(columns={"caller": 0}, heads=[("Nummer", NUMBER)])
    assert calls_file._first_call(call, AT.date()).number == "06 …78"
    assert calls_file._choice(file, "caller", "", "").example == "06 …78"


def test_a_call_that_is_listed_shows_no_whole_number(cast: Cast) -> None:
    row = {"its_moment": AT, "caller": NUMBER, "wait_seconds": 1, "outcome": "answered", "is_hit": True}
    assert shown(CALLS, row, organisation(), AT).number == "06 …78"
    answered = call(now(), wait=10, answered_by=cast.fatima)
    Call.objects.filter(pk=answered.pk).update(caller=NUMBER)
    browser = Client()
    browser.force_login(cast.sanne, backend="organisation.sign_in.Employees")
    page = browser.get("/cijfers/telefoon/gesprekken/?periode=dag").content.decode()
    assert "06 …78" in page and "12345678" not in page


def test_a_figure_has_its_rows_for_who_may_look_behind_it(cast: Cast) -> None:
    row = question(cast, received=local("2026-11-16 10:00"), channel="email")
    clock(row, "email.answer", started=row.received_at, due=local("2026-11-20 00:00"))
    for user, lists in ((cast.sanne, True), (cast.joost, False)):
        browser = Client()
        browser.force_login(user, backend="organisation.sign_in.Employees")
        page = browser.get("/cijfers/email.answer/?periode=week&dag=2026-11-16").content.decode()
        assert ('id="lijst"' in page) == lists


def test_the_screen_of_a_team_counts_nothing_of_another(cast: Cast) -> None:
    question(cast, received=now(), channel="email", team=cast.openbare_ruimte)
    teams = {
        team.pk: wall(organisation(), now(), frozenset({team.pk})).open
        for team in (cast.openbare_ruimte, cast.burgerzaken)
    }
    assert teams == {cast.openbare_ruimte.pk: "1", cast.burgerzaken.pk: "0"}


def test_answers_that_wait_to_be_shown_are_told_to_their_own_team(cast: Cast) -> None:
    add_defaults(at=AT)
    version = SurveyVersion.objects.get(survey__code="gesprek", state="running")
    mark = version.questions.get(key="mark")
    response = Response.objects.create(
        survey_version=version, channel="phone", team=cast.openbare_ruimte, theme=cast.afval, answered_on=AT.date()
    )
    write_answers(response, version.survey_id, version.questions.in_bulk(), {mark.pk: 7})
    chosen: Any = SimpleNamespace(key="mark", survey=None, span=Span("", AT.date(), AT.date()))
    assert results._state(chosen, cast.ria) != results._state(chosen, cast.bas)
