"""A filter on person, team or confidentiality leaves out what is not theirs: with rows of somebody else beside one's own.

Each is found by `script/mutants` when it is taken away (docs/mutants.md).
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.test import RequestFactory
from django.utils import translation

from contacts.actions.assign import assign
from contacts.actions.change_template import TemplateTerms, add_template, change_template
from contacts.actions.confidential import set_confidential
from contacts.actions.customers import create_customer
from contacts.actions.letter_questions import came_along
from contacts.actions.link import link
from contacts.actions.make_letter import make_letter
from contacts.actions.merge import propose_merge
from contacts.actions.post_letter import post_letter
from contacts.actions.register import Asked, register
from contacts.actions.remind import remind
from contacts.actions.split import split
from contacts.actions.unpost_letter import unpost_letter
from contacts.finding.customers import customer_for, find_customers
from contacts.finding.questions import find_questions
from contacts.models import Contact, Question
from contacts.news import asked_by_all
from contacts.views import proof_call
from knowledge.actions.read_news import read_news
from knowledge.models import Article, ArticleVersion, News
from knowledge.pages.news import news_list
from knowledge.views import edit
from knowledge.views import news as news_pages
from kpi.actions.handle_signals import dismiss
from kpi.measures.volumes import CONTACTS
from kpi.models import Signal
from opmeer_kcc import metrics
from organisation.actions.role_requests import ask_role, confirm_role
from organisation.actions.set_presence import arrive, set_presence
from organisation.clock import now
from organisation.errors import Refused
from organisation.models import Membership, Presence
from organisation.roles import Right as R
from organisation.roles import Role
from organisation.views import logs
from organisation.views.people import _waiting
from privacy.views import register as register_page
from programme.actions.give_state import give_state
from programme.actions.remove_row import put_back, remove_row
from programme.models import Pillar, Project
from programme.views import rounds
from tests.cast import Cast
from tests.contacts.test_sensitive_words import BSN
from tests.knowledge.scene import news
from tests.programme.scene import add_programme_rows
from tests.test_reach_rules import THEIRS, somebody

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def questions(cast: Cast, *, channel: str = "counter", count: int = 2) -> list[Question]:
    """In one contact."""
    asked = [Asked(text=f"Vraag {number}", subject_id=cast.grofvuil.pk, end="forward") for number in range(count)]
    made = register(by=cast.fatima, at=AT, channel=channel, received_at=AT, customer=None, text="", asked=asked)
    return list(Question.objects.filter(pk__in=[one.pk for one in made.questions]).order_by("pk"))


def test_who_signs_in_is_there_whoever_else_was_there_already(cast: Cast) -> None:
    set_presence(user=cast.henk, status="meeting", at=AT)
    arrive(user=cast.fatima, at=AT)
    assert dict(Presence.objects.values_list("user__username", "status")) == {"henk": "meeting", "fatima": "available"}


def test_a_confidential_question_counts_in_no_number_of_the_house(cast: Cast) -> None:
    _open, hidden = questions(cast)
    set_confidential(question=hidden, by=cast.sanne, at=AT, is_confidential=True)
    assert asked_by_all(AT.date()) == {cast.grofvuil.pk: 1}


def test_a_letter_names_no_confidential_question_also_when_its_writer_may_see_it(cast: Cast) -> None:
    one, other, hidden = questions(cast, channel="letter", count=3)
    set_confidential(question=hidden, by=cast.sanne, at=AT, is_confidential=True, people=[cast.henk.pk])
    assert Question.objects.visible_to(cast.henk).filter(pk=hidden.pk).exists()
    assert came_along(one, by=cast.henk) == [other]


@pytest.fixture
def named(cast: Cast) -> Question:
    """A confidential question of Openbare Ruimte, held by Henk, that Bas of another team may read and answer."""
    question = questions(cast)[0]
    assign(question=question, by=cast.sanne, at=AT, to=cast.henk)
    question.refresh_from_db()
    set_confidential(question=question, by=cast.sanne, at=AT, is_confidential=True, people=[cast.bas.pk])
    assert Question.objects.visible_to(cast.bas).filter(pk=question.pk).exists()
    return question


def test_who_is_named_by_a_question_of_another_team_neither_gives_it_away_nor_asks_after_it(
    cast: Cast, named: Question
) -> None:
    with pytest.raises(PermissionDenied):
        assign(question=named, by=cast.bas, at=AT, to=cast.ria)
    with pytest.raises(PermissionDenied):
        remind(question=named, by=cast.bas, at=AT)


def test_nobody_outside_the_team_is_given_its_question(cast: Cast) -> None:
    with pytest.raises(Refused) as refusal:
        assign(question=questions(cast)[0], by=cast.sanne, at=AT, to=cast.bas)
    assert refusal.value.field == "assignee"


def test_customers_out_of_reach_are_not_proposed_as_one(cast: Cast) -> None:
    one, other = (create_customer(by=cast.fatima, at=AT, name=name) for name in ("A. de Wit", "A. de Witt"))
    assert propose_merge(keep=one, merge=other, by=cast.fatima, at=AT)
    with pytest.raises(Http404):
        propose_merge(keep=one, merge=other, by=cast.ria, at=AT)


def test_a_template_of_another_team_is_not_taken_over(cast: Cast) -> None:
    theirs = add_template(terms=TemplateTerms("Groet", "Dag", team_id=cast.burgerzaken.pk), by=cast.sanne, at=AT)
    with pytest.raises(PermissionDenied):
        change_template(
            template=theirs, terms=TemplateTerms("Van ons", "Dag", team_id=cast.openbare_ruimte.pk), by=cast.ria, at=AT
        )


def test_a_posting_is_corrected_by_who_may_correct_deadlines_also_with_a_reason(cast: Cast) -> None:
    customer = create_customer(
        by=cast.fatima,
        at=AT,
        name="A. de Wit",
        street="Dorpsstraat",
        house_number="41",
        postcode="1716KA",
        place="Opmeer",
    )
    asked = [Asked(text="Mag ik een bank?", subject_id=cast.grofvuil.pk, end="forward")]
    made = register(by=cast.henk, at=AT, channel="letter", received_at=AT, customer=customer, text="", asked=asked)
    letter = make_letter(
        question=made.questions[0], by=cast.henk, at=AT, text="Wij komen woensdag.", recipient="A. de Wit\nDorpsstraat 41\n1716 KA  OPMEER",
        greeting="Beste,", then="close",
    )  # fmt: skip
    post_letter(letter=letter, by=cast.henk, at=AT, posted_on=AT.date())
    with pytest.raises(Refused, match="termijnen mag corrigeren"), translation.override("nl"):
        unpost_letter(letter=letter, by=cast.ria, at=AT + timedelta(days=1), reason="Verkeerde dag")


def test_a_signal_about_another_team_is_not_there(cast: Cast) -> None:
    theirs = Signal.objects.create(
        kind=Signal.Kind.BAND, code="questions.asked", team=cast.burgerzaken, period_kind="day", first=AT.date(),
        last=AT.date(), seen_until=AT.date(), watch="band:day:questions.asked:x:", facts={}, found_at=AT,
    )  # fmt: skip
    with pytest.raises(Http404):
        dismiss(signal=theirs, by=cast.ria, at=AT, reason="Niets aan de hand")


def test_a_role_is_confirmed_by_who_may_change_people(cast: Cast) -> None:
    asked = ask_role(person=cast.henk, role=Role.DIRECTOR, team=None, by=cast.beheer, at=now())
    with pytest.raises(Refused), translation.override("nl"):
        confirm_role(pk=asked.pk, by=cast.sanne, at=now())
    assert not Membership.objects.filter(user=cast.henk, role=Role.DIRECTOR).exists()


def test_a_row_of_the_programme_is_put_back_by_who_may_change_it(cast: Cast) -> None:
    pillar = Pillar.objects.create(order=9, name="Pijler", short_name="Pijler", aim="x")
    history = remove_row(pillar, by=cast.joost, name="pillar")
    with pytest.raises(PermissionDenied):
        put_back(Pillar, history, by=cast.henk, name="pillar")
    assert put_back(Pillar, history, by=cast.joost, name="pillar").name == "Pijler"


def test_what_a_colleague_read_is_not_read_by_me(cast: Cast) -> None:
    told = news(cast, for_everybody=True)
    read_news(news=told, by=cast.henk, at=now())
    assert [row.pk for row in news_list(cast.henk, now()).unread] == []
    assert [row.pk for row in news_list(cast.bas, now()).unread] == [told.pk]


def test_a_contact_about_two_questions_is_of_both_teams_and_of_no_other(cast: Cast) -> None:
    questions(cast)
    grofvuil = frozenset({cast.grofvuil.pk})
    of = {
        team.pk: Contact.objects.filter(CONTACTS.about(grofvuil, frozenset({team.pk}))).count()
        for team in (cast.openbare_ruimte, cast.burgerzaken)
    }
    assert of == {cast.openbare_ruimte.pk: 1, cast.burgerzaken.pk: 0}


def test_pages_to_write_are_for_who_has_a_team_to_write_for(monkeypatch: pytest.MonkeyPatch) -> None:
    house = SimpleNamespace(teams={THEIRS: None})
    for page, right in ((edit, R.ARTICLES_WRITE), (news_pages, R.ARTICLES_PUBLISH)):
        monkeypatch.setattr(page, "organisation", lambda: house)
        request = RequestFactory().get("/")
        request.user = somebody(right, leads=True)
        with pytest.raises(PermissionDenied):
            (edit.new_article if page is edit else news_pages.add)(request)
    monkeypatch.setattr(news_pages, "_get", lambda request, pk: News(team_id=THEIRS))
    with pytest.raises(PermissionDenied):
        news_pages._kept(request, 1)


def test_who_proposed_an_answer_keeps_out_of_what_others_write(monkeypatch: pytest.MonkeyPatch) -> None:
    theirs = Article(pk=1, team_id=THEIRS)
    monkeypatch.setattr(edit, "get_article", lambda user, pk: theirs)
    monkeypatch.setattr(edit, "open_version", lambda row: ArticleVersion(written_by_id=99))
    request = RequestFactory().get("/")
    request.user = somebody(R.ARTICLES_WRITE, R.ARTICLES_PROPOSE)
    with pytest.raises(PermissionDenied):
        edit.edit(request, 1)


def test_a_question_of_another_team_is_not_linked(cast: Cast) -> None:
    theirs, also_theirs = questions(cast)
    with pytest.raises(Http404):
        link(question=theirs, other=also_theirs, by=cast.bas, at=AT, kind="related")


def test_a_team_finds_its_own_customers_by_name_and_its_own_questions(cast: Cast) -> None:
    customer = create_customer(by=cast.fatima, at=AT, name="Zwanetta Quist")
    asked = [Asked(title="Kapotte schommel", text="x", subject_id=cast.grofvuil.pk, end="forward")]
    register(by=cast.fatima, at=AT, channel="counter", received_at=AT, customer=customer, text="", asked=asked)
    for person, count in ((cast.fatima, 1), (cast.henk, 1), (cast.bas, 0)):
        assert len(find_customers(person, "quist")) == count
        assert len(find_customers(person, "quisst")) == count, "with a typing error as well"
        assert len(find_questions(person, "schommel")) == count
        assert (customer_for(person, customer.pk, "quist") is not None) == bool(count)


def test_what_is_parted_from_a_question_is_covered_in_lists_too(cast: Cast) -> None:
    made = split(
        question=questions(cast)[0],
        by=cast.henk,
        at=AT,
        title=f"Van {BSN}",
        text=f"Mijn nummer is {BSN}",
        subject_id=None,
    )
    assert BSN not in made.title + made.summary and "Mijn nummer is" in made.summary


def test_the_state_of_a_project_is_told_by_its_owner(cast: Cast) -> None:
    add_programme_rows()
    row = Project.objects.order_by("pk").first()
    assert row is not None
    with pytest.raises(PermissionDenied):
        give_state(project=row, by=cast.henk, at=AT, light="on_track", reason="Goed", done_on=None, version=row.version)


def test_who_may_not_give_roles_sees_none_that_wait(cast: Cast) -> None:
    ask_role(person=cast.henk, role=Role.DIRECTOR, team=None, by=cast.beheer, at=now())
    assert _waiting(cast.sanne) == [] and len(_waiting(cast.beheer)) == 1


@pytest.mark.parametrize(
    ("page", "right", "posted"),
    [
        (logs.read_log, None, None),
        (register_page.register, None, None),
        (rounds.list_rounds, R.PROGRAMME_READ, {}),
        (proof_call.proof_call, R.QUESTIONS_WRITE, {}),
    ],
)
def test_pages_ask_for_more_than_their_first_right(
    settings: Any, page: Any, right: R | None, posted: dict[str, str] | None
) -> None:
    settings.DEMO_MODE = False
    request = RequestFactory().get("/") if posted is None else RequestFactory().post("/", posted)
    request.user = somebody(right) if right else somebody()
    with pytest.raises(PermissionDenied):
        page(request)


def test_who_may_not_read_customers_is_given_none_by_its_number() -> None:
    assert customer_for(somebody(), 1, "0612345678") is None


def test_metrics_are_not_there_for_a_stranger(settings: Any) -> None:
    settings.METRICS_TOKEN, settings.METRICS_FROM_HERE = "x" * 40, False
    with pytest.raises(Http404):
        metrics.metrics(RequestFactory().get("/metrics"))
