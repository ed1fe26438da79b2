"""A signal is made once, seen by who steers on it, and done with by a person who says why."""

from __future__ import annotations

import threading
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import Http404, QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from contacts.rulebook import rulebook
from kpi.actions import sweep_signals as sweep
from kpi.actions.gather_signals import Judged
from kpi.actions.handle_signals import dismiss, follow_up, get_signal, settle
from kpi.models import RollupState, Signal, SignalState
from kpi.pages.signals import signals_page, strip
from kpi.periods import period_of
from kpi.signal_words import sentence
from organisation.clock import now
from organisation.errors import Refused, Stale
from organisation.models import Subject, User
from organisation.snapshot import organisation, settings_changed
from organisation.workdays import AMSTERDAM, local_day
from tests.kpi.history import clock, local, question

if TYPE_CHECKING:
    from tests.cast import Cast

AT = datetime(2026, 11, 25, 9, tzinfo=AMSTERDAM)
FACTS = {"numerator": 31, "denominator": 31, "low": 8.0, "high": 16.0, "days": 8, "direction": "up"}


def signal_of(
    code: str = "questions.asked", *, team: Any = None, subject: Any = None, day: date | None = None
) -> Signal:
    on = day or local_day(now()) - timedelta(days=1)
    return Signal.objects.create(
        kind=Signal.Kind.BAND,
        code=code,
        team=team,
        subject=subject,
        period_kind="day",
        first=on,
        last=on,
        seen_until=on,
        watch=f"band:day:{code}:{team.pk if team else ''}:{subject.pk if subject else ''}",
        facts=FACTS,
        found_at=now(),
    )


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> list[date]:
    """The watch finds one thing on every day; gives the days that were judged."""
    seen: list[date] = []

    def judge(past: object, day: date, *, is_newest: bool) -> Judged:
        seen.append(day)
        found = Judged(day)
        found.tell("band", ("questions.asked", None, None), period_of("day", day), dict(FACTS))
        return found

    monkeypatch.setattr(sweep, "judge_day", judge)
    monkeypatch.setattr(sweep, "Past", lambda days, **_kwargs: days)
    return seen


def rolled_until(day: date) -> None:
    RollupState.objects.update_or_create(pk=1, defaults={"rolled_until": day})


@pytest.mark.django_db
def test_every_finished_day_is_judged_once(cast: Cast, judged: list[date]) -> None:
    rolled_until(date(2026, 11, 25))
    SignalState.objects.update_or_create(pk=1, defaults={"judged_until": date(2026, 11, 23)})
    assert sweep.sweep_signals(at=AT) == 2
    assert sweep.sweep_signals(at=AT) == 0
    assert judged == [date(2026, 11, 23), date(2026, 11, 24)]
    assert Signal.objects.count() == 1, "what lasts two days is one signal"


@pytest.mark.django_db
def test_days_that_are_not_rolled_up_wait(cast: Cast, judged: list[date]) -> None:
    assert sweep.sweep_signals(at=AT) == 0
    assert not judged


@pytest.mark.django_db
def test_after_a_long_outage_only_the_days_that_still_matter_are_judged(cast: Cast, judged: list[date]) -> None:
    rolled_until(date(2026, 11, 25))
    SignalState.objects.update_or_create(pk=1, defaults={"judged_until": date(2026, 8, 1)})
    assert sweep.sweep_signals(at=AT) == sweep.MOST_DAYS
    assert judged[-1] == date(2026, 11, 24)


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_make_one_signal(cast: Cast, judged: list[date]) -> None:
    rolled_until(date(2026, 11, 25))
    start, errors = threading.Barrier(2), []

    def work() -> None:
        try:
            start.wait(60)
            sweep.sweep_signals(at=AT)
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(120)
    sweep.sweep_signals(at=AT)  # whoever found the lock taken looks again at the next tick
    assert not errors
    assert Signal.objects.count() == 1
    assert len(judged) == len(set(judged)), "no day was judged twice"


@pytest.mark.django_db
def test_who_sees_which_signal(cast: Cast) -> None:
    whole = signal_of()
    theirs = signal_of("email.answer", team=cast.openbare_ruimte)
    other = signal_of("email.answer", team=cast.burgerzaken)
    house = organisation()
    seen = {
        name: set(Signal.objects.visible_to(getattr(cast, name), house))
        for name in ("fatima", "henk", "ria", "sanne", "joost", "beheer")
    }
    assert seen == {
        "fatima": set(),
        "henk": set(),
        "ria": {theirs},
        "sanne": {whole, theirs, other},
        "joost": {whole},
        "beheer": set(),
    }
    with pytest.raises(Http404):
        get_signal(cast.ria, other.pk, house)
    with pytest.raises(PermissionDenied):
        get_signal(cast.joost, whole.pk, house)


@pytest.mark.django_db
def test_putting_aside_asks_why_and_is_on_record(cast: Cast) -> None:
    signal = signal_of()
    with pytest.raises(Refused):
        dismiss(signal=signal, by=cast.sanne, at=now(), reason="  ", version=1)
    done = dismiss(signal=signal, by=cast.sanne, at=now(), reason="Marktdag", version=1)
    assert (done.state, done.reason, done.version) == ("dismissed", "Marktdag", 2)
    assert done.history.first().history_user == cast.sanne
    with pytest.raises(Stale):
        dismiss(signal=signal, by=cast.sanne, at=now(), reason="Nog eens", version=1)


@pytest.mark.django_db
def test_following_up_needs_an_owner_and_a_day_and_ends_when_settled(cast: Cast) -> None:
    signal, today = signal_of("email.answer", team=cast.openbare_ruimte), local_day(now())
    given: dict[str, Any] = {"signal": signal, "by": cast.ria, "at": now(), "note": "Rooster bekijken"}
    with pytest.raises(Refused):
        follow_up(**given, owner_id=cast.henk.pk, until=today - timedelta(days=1))
    with pytest.raises(Refused):
        follow_up(**given, owner_id=cast.bas.pk, until=today)
    with pytest.raises(Refused):
        settle(signal=signal, by=cast.ria, at=now())
    followed = follow_up(**given, owner_id=cast.henk.pk, until=today)
    assert followed.is_due(today)
    assert settle(signal=followed, by=cast.ria, at=now()).state == "done"
    with pytest.raises(Refused):
        settle(signal=followed, by=cast.ria, at=now())


@pytest.mark.django_db
def test_the_screen_keeps_what_was_typed_and_shows_both_texts_to_who_was_second(cast: Cast) -> None:
    signal, client = signal_of(), Client()
    client.force_login(cast.sanne)
    address = reverse("kpi:signal_dismiss", args=[signal.pk])
    assert client.post(address, {"reason": "", "version": 1}).status_code == 422
    assert client.post(address, {"reason": "Marktdag", "version": 1}).status_code == 302
    second = client.post(address, {"reason": "Mijn reden", "version": 1})
    assert second.status_code == 409
    assert {"Mijn reden", "Marktdag"} <= {
        word for word in ("Mijn reden", "Marktdag") if word in second.content.decode()
    }


@pytest.mark.django_db
def test_the_list_asks_the_database_as_often_for_five_signals_as_for_one(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.sanne)
    signal_of("email.answer", team=cast.burgerzaken)
    client.get(reverse("kpi:signals"))
    with CaptureQueriesContext(connection) as few:
        client.get(reverse("kpi:signals"))
    for team in (cast.openbare_ruimte, cast.servicecentrum):
        signal_of("email.answer", team=team)
        signal_of("letter.respond", team=team)
    with CaptureQueriesContext(connection) as many:
        page = client.get(reverse("kpi:signals"))
    assert page.status_code == 200
    assert len(many) == len(few)


@pytest.mark.django_db
def test_the_dashboard_shows_what_is_new_to_who_may_act(cast: Cast) -> None:
    signal_of()
    for code in ("email.answer", "form.answer", "chat.first_response", "social.respond"):
        signal_of(code, team=cast.burgerzaken)
    signal_of("letter.respond", team=cast.openbare_ruimte)
    whole, own = strip(cast.sanne, now()), strip(cast.ria, now())
    assert whole and (whole.count, len(whole.rows), whole.more) == (6, 3, 3)
    assert own and (own.count, len(own.rows), own.more) == (1, 1, 0)
    director = strip(cast.joost, now())
    assert director and director.count == 1, "the whole only"
    assert not strip(cast.fatima, now())


@pytest.mark.django_db
def test_a_lead_of_another_team_reads_another_strip_at_once(cast: Cast) -> None:
    signal_of("email.answer", team=cast.burgerzaken)
    assert strip(cast.ria, now()) is None
    cast.ria.memberships.update(team=cast.burgerzaken)
    moved = strip(User.objects.get(pk=cast.ria.pk), now())
    assert moved and moved.count == 1
    assert strip(cast.ria, now()) is None, "who is still of the former team"
    Subject.objects.create(code="loket", name="Loket", team=cast.openbare_ruimte)
    settings_changed()
    signal_of(subject=Subject.objects.get(code="loket"))
    mine = strip(cast.ria, now())
    assert mine and mine.count == 1, "a subject that the team got meanwhile"


@pytest.mark.django_db
@pytest.mark.parametrize("last", [date(2026, 11, 22), date(2026, 10, 31)], ids=["a week ends", "a month ends"])
def test_a_week_or_month_without_a_single_row_is_judged_as_well(cast: Cast, last: date) -> None:
    rolled_until(last + timedelta(days=1))
    SignalState.objects.update_or_create(pk=1, defaults={"judged_until": last})
    assert (
        sweep.sweep_signals(at=datetime(last.year, last.month, last.day, 9, tzinfo=AMSTERDAM) + timedelta(days=1)) == 1
    )
    assert not Signal.objects.exists()
    assert SignalState.objects.get().judged_until == last + timedelta(days=1)


@pytest.mark.django_db
def test_a_week_without_answers_after_one_with_them_is_judged_as_well(cast: Cast) -> None:
    asked = question(cast, received=local("2026-11-10 10:00"), channel="email")
    began, due = local("2026-11-10 10:00"), local("2026-11-14 00:00")
    clock(asked, "email.answer", started=began, due=due, stopped=local("2026-11-12 10:00"))
    rolled_until(date(2026, 11, 23))
    SignalState.objects.update_or_create(pk=1, defaults={"judged_until": date(2026, 11, 22)})
    assert sweep.sweep_signals(at=AT) == 1
    assert SignalState.objects.get().judged_until == date(2026, 11, 23)


@pytest.mark.django_db
def test_what_a_team_tells_with_the_numbers_of_the_whole_is_read_once_by_who_sees_both(cast: Cast) -> None:
    whole, team = signal_of("email.answer"), signal_of("email.answer", team=cast.openbare_ruimte)
    assert set(Signal.objects.visible_to(cast.sanne, organisation())) == {whole}
    assert set(Signal.objects.visible_to(cast.ria, organisation())) == {team}
    Signal.objects.filter(pk=team.pk).update(facts={**FACTS, "numerator": 30})
    assert set(Signal.objects.visible_to(cast.sanne, organisation())) == {whole, team}


@pytest.mark.django_db
def test_the_list_begins_with_what_nobody_took_up_and_among_it_with_what_was_missed(cast: Cast) -> None:
    followed, band, missed = signal_of("phone.direct"), signal_of("letter.respond"), signal_of("email.answer")
    Signal.objects.filter(pk=followed.pk).update(
        state="followed", note="Rooster", owner=cast.ria, follow_until=local_day(now())
    )
    facts = {**FACTS, "before_numerator": 31, "before_denominator": 31, "target": 95.0}
    Signal.objects.filter(pk=missed.pk).update(kind="missed", facts=facts)
    page = signals_page(cast.sanne, QueryDict(""), house=organisation(), at=now())
    assert [row.pk for row in page.rows] == [missed.pk, band.pk, followed.pk]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "code", "period", "facts", "words"),
    [
        (
            "band",
            "questions.asked",
            "day",
            {},
            "Gestelde vragen: 31 vragen op maandag 16 november, gewoonlijk 8 tot 16.",
        ),
        (
            "at_risk",
            "email.answer",
            "month",
            {"numerator": 91, "denominator": 100, "open": 20, "target": 95.0},
            (
                "E-mail beantwoord binnen 3 werkdagen: november 2026 komt op ten hoogste 92,5 % bij een norm van 95 %, "
                "zelfs als alle 20 die nog open staan op tijd gaan. Tot nu toe 91 van 100 e-mails."
            ),
        ),
        (
            "at_risk",
            "email.answer",
            "month",
            {"numerator": 90, "denominator": 100, "open": 0, "target": 95.0},
            (
                "E-mail beantwoord binnen 3 werkdagen: op deze voet komt november 2026 op 90 % bij een norm van 95 %. "
                "Tot nu toe 90 van 100 e-mails."
            ),
        ),
        (
            "missed",
            "email.answer",
            "week",
            {"numerator": 23, "denominator": 30, "before_numerator": 30, "before_denominator": 30, "target": 95.0},
            (
                "E-mail beantwoord binnen 3 werkdagen: week 47 kwam op 76,7 % (23 van 30 e-mails) bij een norm van 95 %. "
                "Week 46 haalde de norm nog, met 100 %."
            ),
        ),
        ("band", "gone.figure", "day", {}, "gone.figure: dit cijfer wordt niet meer geteld."),
    ],
)
def test_a_signal_says_in_one_sentence_why(
    cast: Cast, kind: str, code: str, period: str, facts: dict[str, Any], words: str
) -> None:
    span = period_of(period, date(2026, 11, 16))
    signal = Signal(
        kind=kind, code=code, period_kind=period, first=span.first, last=span.last, facts={**FACTS, **facts}
    )
    house = organisation()
    with translation.override("nl"):
        said = sentence(signal, house, rulebook(house), date(2026, 11, 25))
    assert said.replace("\xa0", " ") == words


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("numerator", "direction", "words"),
    [
        (
            4,
            "down",
            "op maandag 16 november lager dan gewoonlijk (60 tot 85 %). Het getal is te klein om te laten zien.",
        ),
        (
            38,
            "up",
            "op maandag 16 november hoger dan gewoonlijk (60 tot 85 %). Het getal is te klein om te laten zien.",
        ),
        (20, "down", "50 % (20 van 40 contacten) op maandag 16 november, gewoonlijk 60 tot 85 %."),
    ],
)
def test_who_sees_aggregates_only_reads_no_share_of_channels_that_its_own_page_hides(
    cast: Cast, numerator: int, direction: str, words: str
) -> None:
    facts = {"numerator": numerator, "denominator": 40, "low": 60.0, "high": 85.0, "days": 8, "direction": direction}
    signal = signal_of("contacts.digital", day=date(2026, 11, 16))
    Signal.objects.filter(pk=signal.pk).update(facts=facts)
    house, at = organisation(), AT
    with translation.override("nl"):
        (joost,) = signals_page(cast.joost, QueryDict(""), house=house, at=at).rows
        (sanne,) = signals_page(cast.sanne, QueryDict(""), house=house, at=at).rows
        assert strip(cast.joost, at).rows[0].sentence == joost.sentence  # type: ignore[union-attr]
    assert joost.sentence.replace("\xa0", " ") == f"Aandeel digitale kanalen: {words}"
    assert f"({numerator} van 40 contacten)" in sanne.sentence.replace("\xa0", " ")
