"""A routing rule makes a question confidential: only the people whom it means see it, whatever way it came in."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from channels_app.models import OutboundMessage
from contacts.actions.ask_access import ask_access
from contacts.actions.register import Asked, register
from contacts.actions.split import split
from contacts.follow_link import follow_path
from contacts.invariants import check_all
from contacts.models import Contact, Customer, Notice, Question, RoutingRule
from organisation.clock import now, today
from organisation.models import AuditEntry, Membership, User
from organisation.snapshot import settings_changed
from tests.cast import Cast
from tests.contacts.question_page import login
from tests.contacts.registration_scene import AT, DESK, _wednesday_morning, desk, form, wit
from tests.contacts.test_citizen_form import MONDAY, opened

__all__ = ["_wednesday_morning", "desk", "wit"]
WORRY = "Zij maakt zich zorgen om een kind: de buurjongen is vaak alleen."


def rule(cast: Cast, *people: User) -> RoutingRule:
    made = RoutingRule.objects.create(
        name="Zorgen",
        position=1,
        words=["zorgen om een kind"],
        team=cast.openbare_ruimte,
        is_confidential=True,
        confidential_for=[one.pk for one in people],
    )
    settings_changed()
    return made


def come_in(*, by: User | None = None, channel: str = "email", **asked: Any) -> Question:
    made = register(
        by=by,
        at=now(),
        channel=channel,
        received_at=now(),
        asked=[Asked(text=WORRY, **asked)],
        text=WORRY,
        address="buurvrouw@voorbeeld.nl" if channel in ("email", "form") else "",
    )
    return made.questions[0]


def who_sees(question: Question, cast: Cast) -> set[str]:
    people = (cast.fatima, cast.henk, cast.ria, cast.sanne, cast.bas, cast.joost, cast.beheer)
    return {one.username for one in people if Question.objects.visible_to(one).filter(pk=question.pk).exists()}


WHO_SEES: dict[str, tuple[str | None, str, dict[str, Any], list[str], set[str]]] = {
    "mail, forms and apps come in without a person": (None, "email", {}, ["bas"], {"bas"}),
    "nobody named: the leads of the team": (None, "email", {}, [], {"ria"}),
    "two who are named": ("fatima", "phone", {"end": "forward"}, ["bas", "henk"], {"bas", "henk"}),
    "who answered it": ("fatima", "phone", {"end": "direct"}, ["bas"], {"bas", "fatima"}),
    "a tick adds nobody": ("fatima", "phone", {"end": "forward", "is_confidential": True}, ["bas"], {"bas"}),
    "in a chat whoever is there answers": (None, "chat", {}, ["bas"], {"fatima", "henk", "ria", "sanne"}),
}
"""Who registers it by which channel with what, whom the rule names, and who sees it."""


def test_only_whom_the_rule_means_see_it(cast: Cast, subtests: pytest.Subtests) -> None:
    for name, (by, channel, asked, named, sees) in WHO_SEES.items():
        with subtests.test(name):
            made = rule(cast, *(getattr(cast, one) for one in named))
            question = come_in(by=getattr(cast, by) if by else None, channel=channel, **asked)
            assert who_sees(question, cast) == sees
            assert question.is_confidential is (channel != "chat")
            told = set(Notice.objects.filter(kind="named", question=question).values_list("user__username", flat=True))
            assert told == (sees - {by} if question.is_confidential else set())
            for access in question.access.all():
                assert (access.granted_by, access.reason, access.until_at) == (None, "Door de regel “Zorgen”", None)
            closed = AuditEntry.objects.filter(action="question.confidential", user=None, object_id=str(question.pk))
            assert closed.count() == question.is_confidential
            made.delete()
            settings_changed()
    assert all(not found.violations for found in check_all())


def test_a_team_or_a_colleague_chosen_by_hand_sees_it_as_well(cast: Cast) -> None:
    rule(cast, cast.ria)
    lead = Membership.objects.create(user=cast.joost, team=cast.burgerzaken, role="team_lead")
    question = come_in(
        by=cast.fatima, channel="phone", end="forward", team_id=cast.burgerzaken.pk, assignee_id=cast.bas.pk
    )
    cast.joost.__dict__.pop("current_memberships", None)
    assert {"ria", "bas"} <= set(question.access.values_list("user__username", flat=True))
    assert question.access.filter(user=lead.user).exists()
    assert Notice.objects.filter(user=cast.bas).values_list("kind", flat=True).get() == "assigned"  # told once


@pytest.mark.parametrize(
    ("left", "sees", "reason"),
    [
        (["bas"], {"ria"}, "wie daar genoemd staat, werkt hier niet meer"),
        (["bas", "ria"], {"sanne"}, "wie daar genoemd staat, werkt hier niet meer"),
        (["bas", "ria", "sanne"], {"fatima", "henk"}, ""),  # nobody left to see it: then it is not closed
    ],
)
def test_whoever_left_is_followed_by_leads_and_coordinators(
    left: list[str], sees: set[str], reason: str, cast: Cast
) -> None:
    rule(cast, cast.bas)
    for number, name in enumerate(left):
        if number == 0:
            Membership.objects.filter(user=getattr(cast, name)).update(valid_until=today() - timedelta(days=1))
        else:
            User.objects.filter(username=name).update(is_active=False)
    question = come_in()
    fresh = {name: User.objects.get(username=name) for name in ("fatima", "henk", "ria", "sanne", "bas")}
    assert {n for n, one in fresh.items() if Question.objects.visible_to(one).filter(pk=question.pk).exists()} == sees
    assert [reason in access.reason for access in question.access.all()] == [True] * question.access.count()
    reader = "sanne" if "sanne" not in left else "fatima"
    page = login(fresh[reader]).get("/beheer/routering/").content.decode()
    assert "wie genoemd staat, werkt hier niet meer" in page
    nobody = "Niet vertrouwelijk: wie deze regel noemt, werkt hier niet meer"
    assert (nobody in page) == (not reason) and ("Vertrouwelijk: alleen" in page) == bool(reason)


def test_the_desk_hears_before_and_after_saving_that_it_becomes_confidential(
    desk: Client, wit: Customer, cast: Cast
) -> None:
    rule(cast, cast.ria, cast.henk)
    data = form(customer=wit.pk, **{"q0-text": WORRY})
    before = desk.post(DESK, {**data, "end": "", "act": "search"}).content.decode()
    assert f"Wordt vertrouwelijk: alleen {cast.henk.name}, {cast.ria.name}." in before
    assert "Na het opslaan ziet u de vraag niet meer" in before and 'name="q0-confidential"' not in before
    after = desk.post(DESK, {**data, "end": "forward", "panel": "forward"}, follow=True).content.decode()
    question = Question.objects.get()
    assert f"Vastgelegd: {question.number}" in after and f'href="/vragen/{question.number}/"' not in after
    assert "u ziet hem niet meer" in after
    assert WORRY not in desk.get(f"/vragen/{question.number}/").content.decode()
    undone = desk.post(f"/werkplek/ongedaan/{Contact.objects.get().pk}/", follow=True)
    question.refresh_from_db()
    assert (undone.status_code, question.status) == (200, "cancelled")


def test_a_tick_by_hand_outlives_a_rule_that_fits_for_a_moment(desk: Client, wit: Customer, cast: Cast) -> None:
    rule(cast, cast.ria)
    data = form(customer=wit.pk, end="", act="search", **{"q0-text": WORRY})

    def ticks(**more: str) -> list[str]:
        page = desk.post(DESK, data | more).content.decode()
        return re.findall(r'<input[^>]*?type="(\w+)"\s+name="q0-confidential"\s+value="1"( checked)?>', page)

    ticked = {"q0-confidential": "1"}
    assert (ticks(), ticks(**ticked)) == ([], [("hidden", "")]), "while the rule fits"
    assert ticks(**ticked, **{"q0-text": "Wil oude bank kwijt."}) == [("checkbox", " checked")]


def test_of_two_questions_the_closed_one_keeps_its_words_to_itself(desk: Client, wit: Customer, cast: Cast) -> None:
    rule(cast, cast.ria)
    data = form(customer=wit.pk, blocks="2", **{"q0-subject": cast.grofvuil.pk, "q1-text": WORRY, "q1-end": "forward"})
    assert desk.post(DESK, data).status_code == 302
    assert WORRY not in Contact.objects.get().text
    assert Question.objects.get(is_confidential=True).summary == WORRY


def test_a_letter_that_a_rule_closes_is_acknowledged_by_who_registers_it(
    desk: Client, wit: Customer, cast: Cast
) -> None:
    rule(cast, cast.ria)
    data = form(customer=wit.pk, channel="letter", end="acknowledge", recipient="A. de Wit\nDorp 1\n1716 AA Opmeer") | {
        "q0-text": WORRY,
        "received_on": AT.date().isoformat(),
    }
    assert desk.post(DESK, data).status_code == 302
    assert Question.objects.get().letters.count() == 1


def test_the_citizen_learns_nothing_of_it(cast: Cast) -> None:
    rule(cast, cast.ria)
    given = {"text": WORRY, "how": "mail", "name": "B. Buur", "email": "buurvrouw@voorbeeld.nl"}
    with time_machine.travel(MONDAY, tick=False):
        page = Client().post("/formulier/grofvuil/", {**opened(), **given}, follow=True).content.decode()
    question = Question.objects.get()
    told = OutboundMessage.objects.get(purpose="acknowledgement")
    assert question.is_confidential and question.number in page and question.number in told.body
    for text in (page, told.body, told.subject):
        assert not [word for word in ("ertrouwelijk", "Zorgen", "/volg/", "regel", "kind") if word in text]
    assert Client().get(follow_path(question.number, given["email"])).status_code == 404


def test_who_asks_to_be_let_in_reaches_whom_the_rule_named(cast: Cast) -> None:
    rule(cast, cast.bas)
    question = come_in()
    ask_access(question=question, by=cast.fatima, at=now(), reason="De buurvrouw belt er weer over")
    assert Notice.objects.filter(kind="access_asked", user=cast.bas).exists()


def test_what_is_split_off_is_closed_as_well_but_not_to_who_did_it(cast: Cast) -> None:
    rule(cast, cast.bas)
    made = register(
        by=cast.henk,
        at=now(),
        channel="phone",
        received_at=now(),
        asked=[Asked(text="Zwerfvuil", team_id=cast.openbare_ruimte.pk)],
    )
    apart = split(question=made.questions[0], by=cast.henk, at=now(), title="Zorgen om een kind", text=WORRY)
    assert apart.is_confidential and who_sees(apart, cast) == {"bas", "henk"}
    chosen = split(
        question=made.questions[0], by=cast.henk, at=now(), title="Zorgen", text=WORRY, team_id=cast.openbare_ruimte.pk
    )
    assert chosen.is_confidential and chosen.team == cast.openbare_ruimte, "also when somebody chose the team"
    assert who_sees(chosen, cast) == {"bas", "henk"}


def test_the_coordinator_chooses_who_sees_it_and_tries_an_example(client: Client, cast: Cast) -> None:
    client.force_login(cast.sanne)
    given = {"name": "Zorgen", "words": "zorgen om een kind", "team": cast.openbare_ruimte.pk, "is_active": "on"}
    given |= {"is_confidential": "on", "confidential_for": [cast.henk.pk, cast.ria.pk]}
    assert client.post("/beheer/routering/nieuw/", given).status_code == 302
    made = RoutingRule.objects.get()
    assert made.is_confidential and made.confidential_for == sorted([cast.henk.pk, cast.ria.pk])
    assert made.history.first().confidential_for == made.confidential_for
    tried = client.post("/beheer/routering/proef/", {"channel": "email", "text": WORRY}).content.decode()
    assert tried.count(f"Vertrouwelijk: alleen {', '.join(sorted([cast.henk.name, cast.ria.name]))}") == 2
    refused = client.post("/beheer/routering/nieuw/", {**given, "name": "Anders", "confidential_for": [cast.joost.pk]})
    assert refused.status_code == 422 and RoutingRule.objects.count() == 1
    question = come_in()
    seen = login(cast.ria).get(f"/vragen/{question.number}/").content.decode()
    assert "Door de regel “Zorgen”" in seen
    assert "Door de regel “Zorgen”" in login(cast.ria).get(f"/vragen/{question.number}/geschiedenis/").content.decode()
