"""The screen of the norms: a new version from a day on, what it does to running clocks, and what is refused."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from contacts.actions.ask_customer import ask_customer
from contacts.actions.change_norm import renamed
from contacts.actions.log_conversation import log_conversation
from contacts.actions.promises import promises
from contacts.actions.register import Asked, register
from contacts.actions.resume import resume
from contacts.models import ClockEvent, NormClock, Question, ServiceNorm
from organisation.models import AuditEntry, CalendarDay, WorkingCalendar
from tests.organisation.test_workdays import local
from tests.rows import Row

if TYPE_CHECKING:
    from django.test import Client

    from tests.cast import Cast

NOW = local("2026-11-25 10:00")


@pytest.fixture(autouse=True)
def _wednesday(cast: Cast) -> object:
    """Wednesday 25 November 2026, 10:00 in Opmeer."""
    with time_machine.travel(NOW, tick=False):
        yield


def norm_of(code: str) -> ServiceNorm:
    return ServiceNorm.objects.get(code=code, team=None, subject=None, valid_until=None)


def mail(cast: Cast, received: str, *, subject_id: int | None = None, title: str = "Vraag") -> Question:
    return register(
        by=cast.fatima,
        at=NOW,
        channel="email",
        received_at=local(received),
        asked=[Asked(title=title, subject_id=subject_id, end="open")],
        address="klant@example.nl",
    ).questions[0]


def answer_clock(question: Question) -> NormClock:
    return NormClock.objects.get(question=question, code="email.answer")


def form(norm: ServiceNorm, **changes: object) -> dict[str, object]:
    values: dict[str, object] = {
        "length": norm.length,
        "unit": norm.unit,
        "target": "95",
        "valid_from": "2026-12-01",
        "team": norm.team_id or "",
        "subject": norm.subject_id or "",
        "may_pause": "on",
        "reason": "Afspraak directie 12 november",
        "version": norm.version,
        "act": "save",
        **changes,
    }
    return {key: value for key, value in values.items() if value is not None}


@pytest.fixture
def sanne_at(client: Client, cast: Cast) -> Client:
    client.force_login(cast.sanne)
    return client


def test_everybody_with_the_right_reads_the_norms_and_only_the_coordinator_gets_a_form(
    client: Client, cast: Cast
) -> None:
    row = norm_of("email.answer")
    for user, sees_form in ((cast.sanne, True), (cast.fatima, False), (cast.ria, False), (cast.joost, False)):
        client.force_login(user)
        page = client.get("/beheer/normen/")
        assert page.status_code == 200
        assert "E-mail beantwoord binnen 3 werkdagen" in page.content.decode()
        panel = client.get(f"/beheer/normen/{row.pk}/")
        assert ("data-norm-form" in panel.content.decode()) is sees_form
        if not sees_form:
            assert client.post(f"/beheer/normen/{row.pk}/", form(row)).status_code == 403
    client.force_login(cast.receptie)
    assert client.get("/beheer/normen/").status_code == 403


def test_a_change_is_a_new_version_from_a_day_on(sanne_at: Client, cast: Cast) -> None:
    old = norm_of("email.answer")
    answer = sanne_at.post(f"/beheer/normen/{old.pk}/", form(old, length=2))
    old.refresh_from_db()
    new = norm_of("email.answer")
    assert answer.status_code == 302
    assert (old.valid_until, old.length) == (date(2026, 12, 1), 3)
    assert (new.valid_from, new.length, new.target, new.is_choice) == (date(2026, 12, 1), 2, 95, True)
    assert new.history.first().history_user == cast.sanne
    assert "directie" in new.history.first().history_change_reason
    assert AuditEntry.objects.filter(action="norm.changed", user=cast.sanne, object_id=str(new.pk)).exists()


@pytest.mark.parametrize(
    ("name", "was", "will", "said"),
    [
        ("E-mail beantwoord binnen 3 werkdagen", ("working_days", 3), ("working_days", 2), "binnen 2 werkdagen"),
        ("Teruggebeld binnen 1 werkdag", ("working_days", 1), ("working_days", 2), "binnen 2 werkdagen"),
        ("Geholpen binnen 10 minuten", ("seconds", 600), ("seconds", 90), "binnen 90 seconden"),
        ("Klacht afgehandeld binnen 6 weken", ("calendar_days", 42), ("calendar_days", 28), "binnen 4 weken"),
        ("Klacht afgehandeld binnen 6 weken", ("calendar_days", 42), ("calendar_days", 30), "binnen 30 dagen"),
        ("Brief beantwoord na een bevestiging", ("working_days", 20), ("working_days", 10), "na een bevestiging"),
        ("Vergunning binnen 12 werkdagen", ("working_days", 2), ("working_days", 5), "binnen 12 werkdagen"),
        ("Cijfer telefoon", ("score", None), ("score", None), "Cijfer telefoon"),
    ],
)
def test_a_name_that_tells_the_term_tells_the_new_one(
    name: str, was: tuple[str, int | None], will: tuple[str, int | None], said: str
) -> None:
    assert renamed(name, was, will).endswith(said)


def test_the_new_version_holds_for_what_is_received_from_that_day_on(sanne_at: Client) -> None:
    old = norm_of("email.answer")
    sanne_at.post(f"/beheer/normen/{old.pk}/", form(old, length=1))
    facts = {"channel": "email", "end": "open", "kind": "question", "subject_id": None, "team_id": None}
    before = promises(**facts, received_at=local("2026-11-30 10:00"))
    after = promises(**facts, received_at=local("2026-12-01 10:00"))
    assert [p.length for p in before if p.code == "email.answer"] == [3]
    assert [p.length for p in after if p.code == "email.answer"] == [1]


def test_a_norm_for_one_team_holds_for_that_team_alone_and_can_be_ended(sanne_at: Client, cast: Cast) -> None:
    wide = norm_of("email.answer")
    sanne_at.post(f"/beheer/normen/{wide.pk}/", form(wide, length=5, team=cast.burgerzaken.pk, valid_from="2026-11-25"))
    narrow = ServiceNorm.objects.get(code="email.answer", team=cast.burgerzaken)
    wide.refresh_from_db()
    assert wide.valid_until is None
    assert answer_clock(mail(cast, "2026-11-25 09:00", subject_id=cast.paspoort.pk)).length == 5
    assert answer_clock(mail(cast, "2026-11-25 09:00", subject_id=cast.grofvuil.pk)).length == 3
    page = sanne_at.get("/beheer/normen/").content.decode()
    assert "1 wijkt af" in page
    ended = sanne_at.post(
        f"/beheer/normen/{narrow.pk}/beeindig/", {"valid_until": "2026-12-01", "version": narrow.version}, follow=True
    )
    narrow.refresh_from_db()
    assert narrow.valid_until == date(2026, 12, 1)
    assert "De afwijking stopt" in ended.content.decode()


def test_the_norm_of_a_team_that_is_out_of_use_does_not_become_that_of_all(sanne_at: Client, cast: Cast) -> None:
    wide = norm_of("email.answer")
    sanne_at.post(f"/beheer/normen/{wide.pk}/", form(wide, length=5, team=cast.burgerzaken.pk, valid_from="2026-11-25"))
    narrow = ServiceNorm.objects.get(code="email.answer", team=cast.burgerzaken)
    cast.burgerzaken.is_active = False
    cast.burgerzaken.save()
    page = sanne_at.get(f"/beheer/normen/{narrow.pk}/").content.decode()
    assert f'<option value="{cast.burgerzaken.pk}" selected>' in page
    refused = sanne_at.post(f"/beheer/normen/{narrow.pk}/", form(narrow, length=6))
    assert refused.status_code == 422 and "Kies een team dat in gebruik is." in refused.content.decode()


def test_without_the_tick_running_clocks_keep_what_they_began_with(sanne_at: Client, cast: Cast) -> None:
    clock = answer_clock(mail(cast, "2026-11-24 10:00"))
    norm = norm_of("email.answer")
    sanne_at.post(f"/beheer/normen/{norm.pk}/", form(norm, length=1))
    same = NormClock.objects.get(pk=clock.pk)
    assert (same.due_at, same.norm_version, same.length) == (clock.due_at, clock.norm_version, 3)
    assert not ClockEvent.objects.filter(kind="recomputed").exists()


def seal(page: str) -> str:
    return page.split('name="seen" value="')[-1].split('"')[0]


def test_the_preview_says_how_many_become_late_and_saving_asks_to_have_seen_it(sanne_at: Client, cast: Cast) -> None:
    mail(cast, "2026-11-23 10:00")  # Mon: one working day ends Tue, so late
    mail(cast, "2026-11-24 10:00")  # Tue: ends today
    mail(cast, "2026-11-25 09:00")  # Wed: ends tomorrow
    norm = norm_of("email.answer")
    address = f"/beheer/normen/{norm.pk}/"
    unseen = sanne_at.post(address, form(norm, length=1, recompute="on"))
    assert unseen.status_code == 422
    text = unseen.content.decode()
    assert "Dit raakt 3 lopende termijnen." in text
    assert "1 worden te laat en 1 bijna te laat" in text
    assert ServiceNorm.objects.filter(code="email.answer").count() == 1
    partial = sanne_at.post(address + "gevolgen/", form(norm, length=1, recompute="on")).content.decode()
    assert seal(partial) == seal(text)
    saved = sanne_at.post(address, form(norm, length=1, recompute="on", seen=seal(text)), follow=True)
    assert "3 lopende klokken zijn opnieuw uitgerekend" in saved.content.decode()


def test_computing_again_moves_the_deadline_and_says_who_did_it(sanne_at: Client, cast: Cast) -> None:
    question = mail(cast, "2026-11-25 09:00")
    clock = answer_clock(question)
    norm = norm_of("email.answer")
    address = f"/beheer/normen/{norm.pk}/"
    seen = seal(sanne_at.post(address, form(norm, length=1, act="preview")).content.decode())
    sanne_at.post(address, form(norm, length=1, recompute="on", seen=seen))
    clock.refresh_from_db()
    question.refresh_from_db()
    event = ClockEvent.objects.get(clock=clock, kind="recomputed")
    assert clock.due_at == local("2026-11-27 00:00")
    assert (clock.length, clock.state, clock.norm_id) == (1, "running", norm_of("email.answer").pk)
    assert (event.by, event.due_at, event.cause) == (cast.sanne, clock.due_at, "Afspraak directie 12 november")
    assert question.version == 1  # nobody edited the question: no colleague loses a save
    assert question.due_at <= clock.due_at


def test_a_clock_that_would_have_been_late_already_is_due_now_and_no_finished_day_changes(
    sanne_at: Client, cast: Cast
) -> None:
    clock = answer_clock(mail(cast, "2026-11-23 10:00"))
    norm = norm_of("email.answer")
    address = f"/beheer/normen/{norm.pk}/"
    seen = seal(sanne_at.post(address, form(norm, length=1, act="preview")).content.decode())
    sanne_at.post(address, form(norm, length=1, recompute="on", seen=seen))
    clock.refresh_from_db()
    assert (clock.state, clock.due_at) == ("running", NOW)


def test_settled_clocks_and_clocks_past_their_deadline_are_never_touched(sanne_at: Client, cast: Cast) -> None:
    answered = mail(cast, "2026-11-24 10:00")
    log_conversation(
        question=answered, by=cast.fatima, at=NOW, channel="phone", text="Beantwoord", is_answer=True, then="close"
    )
    late = mail(cast, "2026-11-16 10:00")
    kept = {
        clock.pk: (clock.state, clock.due_at, clock.length) for clock in NormClock.objects.filter(code="email.answer")
    }
    norm = norm_of("email.answer")
    address = f"/beheer/normen/{norm.pk}/"
    page = sanne_at.post(address, form(norm, length=20, act="preview")).content.decode()
    assert "Dit raakt geen termijn die nu loopt." in page
    sanne_at.post(address, form(norm, length=20, recompute="on", seen=seal(page)))
    now = {
        clock.pk: (clock.state, clock.due_at, clock.length) for clock in NormClock.objects.filter(code="email.answer")
    }
    assert now == kept
    assert answer_clock(late).state == "missed"


def test_a_pause_counts_when_a_clock_is_computed_again(sanne_at: Client, cast: Cast) -> None:
    question = mail(cast, "2026-11-23 10:00")
    ask_customer(question=question, by=cast.fatima, at=local("2026-11-23 11:00"))
    resume(question=question, by=cast.fatima, at=local("2026-11-25 09:30"))
    waiting = mail(cast, "2026-11-24 10:00")
    ask_customer(question=waiting, by=cast.fatima, at=local("2026-11-24 11:00"))
    norm = norm_of("email.answer")
    address = f"/beheer/normen/{norm.pk}/"
    seen = seal(sanne_at.post(address, form(norm, length=5, act="preview")).content.decode())
    sanne_at.post(address, form(norm, length=5, recompute="on", seen=seen))
    assert answer_clock(question).due_at == local("2026-12-03 00:00")  # five days after the resume: Wed 2 December
    assert (answer_clock(waiting).state, answer_clock(waiting).remaining) == ("paused", 5)


def test_a_change_for_one_team_computes_only_that_teams_clocks_again(sanne_at: Client, cast: Cast) -> None:
    passport = answer_clock(mail(cast, "2026-11-25 09:00", subject_id=cast.paspoort.pk))
    waste = answer_clock(mail(cast, "2026-11-25 09:00", subject_id=cast.grofvuil.pk))
    norm = norm_of("email.answer")
    address = f"/beheer/normen/{norm.pk}/"
    narrow = {"length": 5, "team": cast.burgerzaken.pk, "valid_from": "2026-11-25"}
    seen = seal(sanne_at.post(address, form(norm, act="preview", **narrow)).content.decode())
    sanne_at.post(address, form(norm, recompute="on", seen=seen, **narrow))
    assert NormClock.objects.get(pk=passport.pk).length == 5
    assert NormClock.objects.get(pk=waste.pk).length == 3


WRONG = [
    ({"length": 0}, "Kies een termijn van 1 tot en met 260 werkdagen."),
    ({"length": 10_000}, "Kies een termijn van 1 tot en met 260 werkdagen."),
    ({"length": -3}, "Kies een termijn van 1 tot en met 260 werkdagen."),
    ({"length": ""}, "Kies een termijn van 1 tot en met 260 werkdagen."),
    ({"length": "drie"}, "length"),
    ({"length": "9" * 40}, "length"),
    ({"target": "0"}, "Kies een doel van 1 tot en met 100 procent."),
    ({"target": "101"}, "Kies een doel van 1 tot en met 100 procent."),
    ({"target": "NaN"}, "target"),
    ({"valid_from": "2026-11-24"}, "Die dag ligt in een afgesloten periode."),
    ({"valid_from": "2099-01-01"}, "Klopt het jaar?"),
    ({"valid_from": "31-02-2026"}, "valid_from"),
    ({"unit": "share"}, "unit"),
    ({"unit": "weeks"}, "unit"),
    ({"team": "999999"}, "team"),
    ({"subject": "x"}, "subject"),
    ({"reason": "   "}, "Schrijf op waarom de norm verandert."),
    ({"reason": "x" * 5000}, "reason"),
    ({"version": ""}, "version"),
]
"""What is filled in, and the sentence or the field that says what is wrong."""


def test_bad_input_is_refused_with_a_sentence_and_nothing_is_written(sanne_at: Client, row: Row) -> None:
    norm = norm_of("email.answer")
    for changes, sentence in WRONG:
        with row(str(changes)[:60]):
            answer = sanne_at.post(f"/beheer/normen/{norm.pk}/", form(norm, **changes))
            text = answer.content.decode()
            assert answer.status_code == 422
            assert sentence in text
            assert 'role="alert"' in text
            assert ServiceNorm.objects.filter(code="email.answer").count() == 1


def test_two_versions_from_one_day_are_refused_and_a_version_between_two_fits_in(sanne_at: Client) -> None:
    first = norm_of("email.answer")
    sanne_at.post(f"/beheer/normen/{first.pk}/", form(first, length=2, valid_from="2027-01-01"))
    first.refresh_from_db()
    double = sanne_at.post(f"/beheer/normen/{first.pk}/", form(first, length=4, valid_from="2027-01-01"))
    assert double.status_code == 422
    assert "Vanaf die dag is er al een versie." in double.content.decode()
    sanne_at.post(f"/beheer/normen/{first.pk}/", form(first, length=4, valid_from="2026-12-01"))
    versions = ServiceNorm.objects.filter(code="email.answer").order_by("valid_from")
    assert [(v.length, v.valid_from, v.valid_until) for v in versions] == [
        (3, date(2020, 1, 1), date(2026, 12, 1)),
        (4, date(2026, 12, 1), date(2027, 1, 1)),
        (2, date(2027, 1, 1), None),
    ]


def test_a_version_that_still_has_to_begin_is_changed_in_place(sanne_at: Client) -> None:
    first = norm_of("email.answer")
    sanne_at.post(f"/beheer/normen/{first.pk}/", form(first, length=2))
    planned = norm_of("email.answer")
    sanne_at.post(f"/beheer/normen/{planned.pk}/", form(planned, length=4))
    assert [v.length for v in ServiceNorm.objects.filter(code="email.answer").order_by("valid_from")] == [3, 4]


def test_a_save_on_an_old_version_shows_both_texts(sanne_at: Client) -> None:
    norm = norm_of("email.answer")
    sanne_at.post(f"/beheer/normen/{norm.pk}/", form(norm, length=2))
    again = sanne_at.post(f"/beheer/normen/{norm.pk}/", form(norm, length=4))
    assert again.status_code == 409
    assert [v.length for v in ServiceNorm.objects.filter(code="email.answer").order_by("valid_from")] == [3, 2]


def test_a_mark_and_a_share_have_a_target_but_no_term(sanne_at: Client) -> None:
    rating = norm_of("rating.phone")
    body = {"target": "7,5", "valid_from": "2026-12-01", "reason": "Hoger", "version": rating.version}
    assert sanne_at.post(f"/beheer/normen/{rating.pk}/", body).status_code == 302
    assert float(norm_of("rating.phone").target) == 7.5
    assert sanne_at.post(f"/beheer/normen/{rating.pk}/", {**body, "target": "11", "version": 2}).status_code in (
        409,
        422,
    )


def test_a_holiday_added_afterwards_moves_running_deadlines_only_when_somebody_says_so(
    sanne_at: Client, cast: Cast
) -> None:
    clock = answer_clock(mail(cast, "2026-11-25 09:00"))
    assert clock.due_at == local("2026-12-01 00:00")
    calendar = WorkingCalendar.objects.get(is_default=True)
    CalendarDay.objects.create(
        calendar=calendar, on=date(2026, 11, 30), kind="closed", name="Verhuizing", is_confirmed=True
    )
    calendar.version += 1
    calendar.save()
    clock.refresh_from_db()
    assert clock.due_at == local("2026-12-01 00:00")
    assert "met de oude kalender" in sanne_at.get("/beheer/normen/").content.decode()
    page = sanne_at.get("/beheer/normen/kalender/").content.decode()
    assert sanne_at.post("/beheer/normen/kalender/", {"seen": "0-0-0-0"}).status_code == 422
    assert sanne_at.post("/beheer/normen/kalender/", {"seen": seal(page)}).status_code == 302
    clock.refresh_from_db()
    assert clock.due_at == local("2026-12-02 00:00")
    assert "met de oude kalender" not in sanne_at.get("/beheer/normen/").content.decode()


def test_the_list_asks_as_many_queries_with_sixty_norms_more(sanne_at: Client, cast: Cast) -> None:
    def count() -> int:
        sanne_at.get("/beheer/normen/")
        with CaptureQueriesContext(connection) as found:
            sanne_at.get("/beheer/normen/")
        return len(found)

    before = count()
    for day in range(1, 60):
        ServiceNorm.objects.create(
            code="email.answer",
            name="x",
            unit="working_days",
            length=3,
            target=95,
            team=cast.burgerzaken,
            valid_from=date(2030, 1, 1) + timedelta(days=day),
            valid_until=date(2030, 1, 2) + timedelta(days=day),
        )
    assert count() == before


def test_the_history_says_who_changed_what_and_why(sanne_at: Client, cast: Cast) -> None:
    norm = norm_of("email.answer")
    sanne_at.post(f"/beheer/normen/{norm.pk}/", form(norm, length=2))
    page = sanne_at.get(f"/beheer/normen/{norm_of('email.answer').pk}/").content.decode()
    assert "Geschiedenis" in page
    assert "Afspraak directie 12 november" in page
    assert "vandaag 10:00" in page
