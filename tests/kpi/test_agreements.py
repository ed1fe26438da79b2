"""Agreements with teams: norms by name, results as everywhere, one at a time, told once, read by who may."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from contacts.actions.change_norm import NormTerms, change_norm
from contacts.models import ServiceNorm
from kpi.actions.agree import Terms, change_agreement, end_agreement, make_agreement
from kpi.actions.load_agreements import load_agreements
from kpi.measures.base import Tally
from kpi.models import AgreementReview, TeamAgreement
from kpi.pages.agreement_rows import lines_of
from kpi.pages.agreements import agreements_page
from kpi.periods import period_of
from kpi.promise_words import cell_of
from kpi.promises import Promise, promises_of, state_on
from kpi.registry import MEASURES
from kpi.scope import Scope
from organisation.errors import Refused
from organisation.models import Membership, Team
from organisation.roles import Role
from organisation.snapshot import organisation
from tests.cast import Cast
from tests.kpi.agreement_scene import NOW, TERMS, TODAY, _it_is_noon, agreed, browser, mails, talk, told
from tests.kpi.history import clock, local, question

__all__ = ["_it_is_noon", "mails"]
pytestmark = pytest.mark.django_db


def test_the_coordinator_writes_it_down_and_everybody_reads_the_same_figure(mails: Cast) -> None:
    client = browser(mails.sanne)
    address = reverse("kpi:agreement_new", args=["openbare-ruimte"])
    assert client.get(address).status_code == 200
    filled = {
        "agreed_with": mails.ria.pk,
        "norms": ["email.answer", "callback.done"],
        "text": "Elke ochtend <script>alert(1)</script> kijken wij.",
        "starts_on": "2026-10-01",
        "review_on": "2027-03-01",
    }
    assert client.post(address, filled | {"norms": []}).status_code == 422
    done = client.post(address, filled, follow=True)
    row = TeamAgreement.objects.get()
    assert done.redirect_chain == [(reverse("kpi:agreement", args=[row.pk]), 302)]
    assert [to for to, _subject in told()] == ["ria@opmeer.example"]
    page = done.content.decode()
    assert "<script>alert" not in page and "&lt;script&gt;" in page
    found = MEASURES["email.answer"].count(
        Scope(period_of("month", TODAY), team_ids=frozenset({mails.openbare_ruimte.pk})), NOW
    )
    assert (found.numerator, found.denominator) == (9, 12)
    assert "75\u00a0%" in page and "9 van 12 e-mails" in page and "geen gegevens" in page
    lead = browser(mails.ria).get(reverse("kpi:agreements")).content.decode()
    assert "Eén afspraak met een team" in lead
    assert "75\u00a0%" in lead and "Nieuwe afspraak" not in lead
    file = browser(mails.ria).get(reverse("kpi:agreements_csv"), {"afspraak": row.pk})
    assert '"9";"12";"75,0"' in file.content.decode()
    link = f"{reverse('kpi:figure', args=['email.answer'])}?periode=maand&amp;dag=2026-11-01&amp;team=openbare-ruimte"
    assert link in page
    assert "Toon de" not in page and client.get(link.replace("&amp;", "&")).status_code == 200


def test_it_names_the_norm_and_shows_the_one_of_the_day(mails: Cast) -> None:
    row = agreed(mails)
    norm = ServiceNorm.objects.get(code="email.answer")
    terms = NormTerms(2, "working_days", Decimal(90), True, date(2026, 12, 1), team_id=mails.openbare_ruimte.pk)
    change_norm(norm=norm, terms=terms, by=mails.sanne, at=NOW, reason="afgesproken met het team")
    client = browser(mails.ria)
    address = reverse("kpi:agreement", args=[row.pk])
    assert "binnen 3 werkdagen, in 95\u00a0%" in client.get(address).content.decode()
    later = client.get(address, {"dag": "2026-12-02"}).content.decode()
    assert "binnen 2 werkdagen, in 90\u00a0%" in later and "eigen norm van dit team" in later


@pytest.mark.parametrize(
    ("today", "ends_on", "state"),
    [
        (date(2026, 9, 30), None, "coming"),
        (date(2026, 10, 1), None, "holds"),
        (date(2027, 2, 14), None, "holds"),
        (date(2027, 2, 15), None, "due"),
        (date(2027, 3, 1), None, "due"),
        (date(2027, 3, 2), None, "late"),
        (date(2027, 2, 20), date(2027, 2, 28), "holds"),
        (date(2027, 2, 28), date(2027, 2, 28), "holds"),
        (date(2027, 3, 1), date(2027, 2, 28), "over"),
    ],
)
def test_the_state_follows_from_the_days(today: date, ends_on: date | None, state: str) -> None:
    row = TeamAgreement(starts_on=date(2026, 10, 1), review_on=date(2027, 3, 1), ends_on=ends_on)
    assert state_on(row, today) == state


WRONG: list[tuple[str, dict[str, object]]] = [
    ("norms", {"norms": ()}),
    ("norms", {"norms": ("email.answer:999999",)}),
    ("norms", {"norms": ("phone.pickup",)}),
    ("text", {"text": " \x00 "}),
    ("review_on", {"review_on": date(2026, 10, 1)}),
    ("review_on", {"review_on": date(2026, 11, 24)}),
    ("review_on", {"review_on": date(2999, 1, 1)}),
    ("starts_on", {"starts_on": date(1900, 1, 1)}),
    ("ends_on", {"ends_on": date(2026, 9, 30)}),
    ("agreed_with", {"agreed_with": 10**9}),
]


@pytest.mark.parametrize(("field", "more"), WRONG)
def test_what_cannot_be_agreed_is_refused_at_its_field(cast: Cast, field: str, more: dict[str, object]) -> None:
    terms = replace(TERMS, agreed_with=cast.ria.pk)
    with pytest.raises(Refused) as refused:
        make_agreement(
            team=cast.openbare_ruimte,
            terms=replace(terms, **more),  # type: ignore[arg-type]
            by=cast.sanne,
            at=NOW,
        )
    assert refused.value.field == field
    assert not TeamAgreement.objects.exists()


def test_one_agreement_at_a_time_and_the_next_begins_the_day_after(cast: Cast) -> None:
    first = agreed(cast)
    with pytest.raises(Refused):
        agreed(cast, starts_on=date(2026, 12, 1))
    end_agreement(pk=first.pk, ends_on=date(2026, 11, 30), reason="nieuwe leiding", version=1, by=cast.sanne, at=NOW)
    second = agreed(cast, starts_on=date(2026, 12, 1))
    assert second.pk != first.pk
    with pytest.raises(Refused):
        end_agreement(pk=first.pk, ends_on=date(2026, 12, 1), reason="toch langer", version=2, by=cast.sanne, at=NOW)


def test_a_change_asks_why_stands_in_the_history_and_never_overwrites(cast: Cast) -> None:
    row = agreed(cast)
    client = browser(cast.sanne)
    address = reverse("kpi:agreement_edit", args=[row.pk])
    filled = {
        "agreed_with": cast.ria.pk,
        "norms": ["email.answer"],
        "text": "Anders.",
        "starts_on": "2026-10-01",
        "review_on": "2027-03-01",
        "version": 1,
    }
    assert client.post(address, filled).status_code == 422
    assert client.post(address, filled | {"reason": "terugbellen doet een ander"}).status_code == 302
    answer = client.post(address, filled | {"text": "Nog anders.", "reason": "x"})
    assert answer.status_code == 409 and "Nog anders." in answer.content.decode()
    row.refresh_from_db()
    assert (row.text, row.norms, row.version) == ("Anders.", ["email.answer"], 2)
    page = client.get(reverse("kpi:agreement", args=[row.pk])).content.decode()
    assert "terugbellen doet een ander" in page and "Sanne" in page
    assert len(told()) == 2
    same = Terms(cast.ria.pk, ("email.answer",), "Anders.", "", date(2026, 10, 1), None, date(2027, 3, 1))
    change_agreement(pk=row.pk, terms=same, reason="", version=2, by=cast.sanne, at=NOW)
    assert len(told()) == 2


def test_what_has_ended_stays_as_it_was(cast: Cast) -> None:
    row = agreed(cast)
    end_agreement(pk=row.pk, ends_on=date(2026, 11, 20), reason="klaar", version=1, by=cast.sanne, at=NOW)
    terms = replace(TERMS, agreed_with=cast.ria.pk, text="Later bedacht.")
    for act in (
        lambda: change_agreement(pk=row.pk, terms=terms, reason="x", version=2, by=cast.sanne, at=NOW),
        lambda: end_agreement(pk=row.pk, ends_on=TODAY, reason="x", version=2, by=cast.sanne, at=NOW),
        lambda: talk(row, cast, version=2),
    ):
        with pytest.raises(Refused):
            act()
    assert "Beëindigd" in browser(cast.ria).get(reverse("kpi:agreements")).content.decode()


def test_who_reads_and_writes_what(mails: Cast) -> None:
    row = agreed(mails)
    other = make_agreement(
        team=mails.burgerzaken, terms=replace(TERMS, agreed_with=mails.bas.pk), by=mails.sanne, at=NOW
    )
    one = reverse("kpi:agreement", args=[row.pk])
    for user, wanted in (
        (mails.fatima, 403),
        (mails.henk, 403),
        (mails.bas, 403),
        (mails.beheer, 403),
        (mails.receptie, 403),
        (mails.ria, 200),
        (mails.sanne, 200),
        (mails.joost, 200),
    ):
        assert browser(user).get(one).status_code == wanted, user.username
        assert browser(user).get(reverse("kpi:agreements_csv"), {"afspraak": row.pk}).status_code == wanted
    lead = browser(mails.ria)
    assert lead.get(reverse("kpi:agreement", args=[other.pk])).status_code == 404
    assert lead.get(reverse("kpi:agreements_csv"), {"afspraak": other.pk}).status_code == 404
    assert "Burgerzaken" not in lead.get(reverse("kpi:agreements")).content.decode()
    Membership.objects.create(user=mails.ria, team=mails.burgerzaken, role=Role.TEAM_MEMBER)
    assert lead.get(reverse("kpi:agreement", args=[other.pk])).status_code == 404, "a member does not lead"
    Membership.objects.create(user=mails.ria, team=mails.servicecentrum, role=Role.FRONT_OFFICE)
    assert lead.get(reverse("kpi:agreement", args=[other.pk])).status_code == 404, "who helps at the desk leads no more"
    assert lead.get(one).status_code == 200
    for user in (mails.ria, mails.joost):
        for name in ("agreement_edit", "agreement_talk", "agreement_end"):
            assert browser(user).post(reverse(f"kpi:{name}", args=[row.pk])).status_code == 403
        assert browser(user).post(reverse("kpi:agreement_new", args=["burgerzaken"])).status_code == 403


def test_who_sees_aggregates_only_sees_no_small_numbers(mails: Cast) -> None:
    for number in range(3):
        at = local(f"2026-11-17 10:{number:02d}")
        row = question(mails, received=at, team=mails.openbare_ruimte, subject=mails.grofvuil)
        clock(row, "callback.done", started=at, due=local("2026-11-19 00:00"), stopped=local("2026-11-18 10:00"))
    agreed(mails)
    page = browser(mails.joost).get(reverse("kpi:agreements")).content.decode()
    assert "3 van 3" not in page and "&lt; 10" in page and "9 van 12 e-mails" in page
    assert "3 van 3" in browser(mails.ria).get(reverse("kpi:agreements")).content.decode()
    (row,) = TeamAgreement.objects.all()
    lines = lines_of(mails.joost, [row], organisation(), NOW, TODAY)
    assert all(line[11] != 3 for line in lines)
    talk(row, mails)
    address = reverse("kpi:agreement", args=[row.pk])
    kept = [browser(who).get(address).content.decode().split('id="gesprekken"')[1] for who in (mails.joost, mails.ria)]
    assert ["100\u00a0%" in text for text in kept] == [False, True], "what a talk kept is as small as it was"
    assert all("75\u00a0%" in text for text in kept)


def test_a_promise_about_one_subject_counts_that_subject_alone(mails: Cast) -> None:
    at = local("2026-11-18 10:00")
    row = question(mails, received=at, channel="email", team=mails.openbare_ruimte, subject=mails.afval)
    clock(row, "email.answer", started=at, due=local("2026-11-21 00:00"), stopped=local("2026-11-19 10:00"))
    norm = ServiceNorm.objects.get(code="email.answer")
    terms = NormTerms(
        1, "working_days", Decimal(80), True, TODAY, team_id=mails.openbare_ruimte.pk, subject_id=mails.grofvuil.pk
    )
    change_norm(norm=norm, terms=terms, by=mails.sanne, at=NOW, reason="spoed")
    key = f"email.answer:{mails.grofvuil.pk}"
    found = agreed(mails, norms=("email.answer", key))
    lines = [
        line for line in lines_of(mails.sanne, [found], organisation(), NOW, TODAY)[1:] if line[8] == "November 2026"
    ]
    assert [(line[5], line[11], line[12]) for line in lines] == [("email.answer", 10, 13), (key, 9, 12)]
    assert "binnen 1 werkdag" in str(lines[1][7])
    assert [one.key for one in promises_of(found, organisation())] == ["email.answer", key]


def test_the_list_asks_the_database_as_much_for_many_as_for_one(
    cast: Cast, django_assert_num_queries: Callable[..., object], django_assert_max_num_queries: Callable[..., object]
) -> None:
    from django.http import QueryDict

    agreed(cast)
    with django_assert_max_num_queries(12) as one:  # type: ignore[attr-defined]
        agreements_page(cast.sanne, QueryDict(""), organisation(), NOW)
    for number in range(6):
        team = Team.objects.create(name=f"Team {number}", code=f"team-{number}")
        Membership.objects.create(user=cast.henk, team=team, role=Role.TEAM_LEAD)
        make_agreement(team=team, terms=replace(TERMS, agreed_with=cast.henk.pk), by=cast.sanne, at=NOW)
    organisation()
    with django_assert_max_num_queries(len(one)) as many:  # type: ignore[arg-type]
        page = agreements_page(cast.sanne, QueryDict(""), organisation(), NOW)
    assert len(page.agreements) == 7 and len(many) <= len(one)  # type: ignore[arg-type]


@pytest.mark.parametrize("query", ["dag=geen", "dag=9999-12-31", "dag=0001-01-01", "before=1x", "dag=2026-02-30"])
def test_what_cannot_be_read_in_the_address_is_today(cast: Cast, query: str) -> None:
    agreed(cast)
    assert browser(cast.sanne).get(f"{reverse('kpi:agreements')}?{query}").status_code == 200


@pytest.mark.parametrize("day", [date(2026, 11, 29), date(2026, 1, 2), date(2026, 4, 1)])
def test_the_demo_has_one_to_discuss_one_in_force_and_one_that_ended(cast: Cast, day: date) -> None:
    for code in ("vergunningen", "sociaal-domein"):
        team = Team.objects.create(name=code.title(), code=code)
        Membership.objects.create(user=cast.bas, team=team, role=Role.TEAM_LEAD)
    load_agreements(day=day)
    load_agreements(day=day)
    states = {row.team.code: state_on(row, day) for row in TeamAgreement.objects.select_related("team")}
    assert states == {"openbare-ruimte": "due", "vergunningen": "holds", "sociaal-domein": "over"}
    assert AgreementReview.objects.count() == 2 and not told()


def test_too_few_marks_are_neither_met_nor_told(cast: Cast) -> None:
    measure = replace(MEASURES["email.answer"], code="rating.try", kind="average", min_answers=10, noun="answer")
    MEASURES["rating.try"] = measure
    try:
        norm, period = ServiceNorm.objects.get(code="rating.email"), period_of("month", TODAY)
        few = cell_of(Promise("rating.try"), Tally(27, 3), norm, period, False)
        assert (few.state, few.shown, few.tally, few.value) == ("too_few", "–", Tally(), None)
        assert cell_of(Promise("rating.try"), Tally(81, 12), norm, period, False).value == 6.75
    finally:
        del MEASURES["rating.try"]


def test_the_database_refuses_a_second_open_agreement_and_one_that_ends_before_it_begins(cast: Cast) -> None:
    row = agreed(cast)
    for more in ({}, {"ends_on": date(2026, 9, 1)}):
        with pytest.raises(IntegrityError), transaction.atomic():
            TeamAgreement.objects.create(
                team=row.team,
                agreed_with=cast.ria,
                text="x",
                starts_on=date(2026, 12, 1),
                review_on=date(2027, 1, 1),
                **more,
            )
