"""A secret of another team changes no byte for who may not see it: no list, count, pager, facet, suggestion, figure or sentence (quality.md §4 d).

Every address is asked twice by people of Openbare Ruimte, before and after other teams got work that they may not know of: questions of
the same customer and of a namesake, a confidential one of their own team, and all that hangs under them. The clock stands still.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
import time_machine
from django.db import transaction
from django.test import Client
from django.urls import reverse

from channels_app.files import store_file
from channels_app.models import InboundMessage
from contacts.actions.api_clients import SCOPES
from contacts.actions.note import add_note
from contacts.actions.register import Asked, CallbackAsked, NewCustomer, register
from contacts.models import (
    ApiClient,
    Chat,
    ConfidentialAccess,
    Customer,
    Notice,
    OutgoingLetter,
    PlannedReply,
    Question,
    QuestionLink,
    SavedView,
)
from kpi.models import FiguresView, ReportSchedule, Signal, TeamAgreement
from organisation.clock import AMSTERDAM, now
from organisation.models import Subject
from organisation.tokens import hashed
from tests.access_arguments import arguments, relations, routes
from tests.access_judging import Refusals, ask, quiet, thrifty
from tests.access_scene import Scene, set_the_scene
from tests.kept import Once
from tests.knowledge.scene import draft_only, news

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["quiet", "thrifty"]
NOON = datetime(2026, 11, 25, 12, 0, tzinfo=AMSTERDAM)
SECRET = "ZWIJGEND"
PEOPLE = {"ria": "", "henk": "contacts:"}
"""The lead of Openbare Ruimte opens every address, a member (with fewer rights, and figures of his own work) those of the desk."""
LOOKS = (
    "/zoeken/?q=van+Dam",
    f"/zoeken/?q={SECRET}",
    f"/zoeken/voorstellen/?q={SECRET}",
    "/zoeken/?q=0612345678",
    "/werkvoorraad/?lijst=alle",
    "/werkvoorraad/?lijst=team",
    f"/werkvoorraad/?q={SECRET}",
    "/werkplek/klanten/?q=van+Dam",
    "/werkplek/klanten/?q=0612345678",
    "/werkplek/klanten/?q=1716",
    "/terugbellen/?lijst=alle",
    "/cijfers/?periode=maand",
    "/cijfers/email.answer/?periode=week",
    f"/kennisbank/?q={SECRET}",
    f"/medewerkers/?q={SECRET}",
)
NOT_ALIKE = {
    "second_factor_setup": "a key by chance, drawn as a picture",
    "channels_app:channels": "the state of the channels of the house, for leads: how much mail waits, whose it is it does not say",
}
API = (
    "/api/v1/questions",
    "/api/v1/questions?pageSize=1",
    "/api/v1/customers?q=own@example.nl",
    "/api/v1/customers?q=0612345678",
    f"/api/v1/customers?q={SECRET}",
    "/api/v1/articles",
    "/api/v1/subjects",
)
BY_CHANCE = re.compile(rb"[\w+/=-]{20,}")
"""Tokens of forms, keys and ids of requests; no text of ours has so many signs without a space."""


at_noon = Once(set_the_scene)


@pytest.fixture
def scene(cast: Any, settings: Any, tmp_path: Path) -> Scene:
    settings.FILES_DIR = tmp_path
    with time_machine.travel(NOON, tick=False):
        return at_noon(cast, files=tmp_path)


def secrets(scene: Scene) -> None:
    """What came in for Burgerzaken, and one that is confidential in the own team; assigned to nobody of Openbare Ruimte."""
    cast, at = scene.cast, now() - timedelta(hours=1)
    known = Customer.objects.get(pk=scene.ids["own"]["customer"])
    namesake = NewCustomer(name="Vreemde van Dam", email="vreemd@example.nl", phone="0687654321")
    for number, (customer, subject, hidden) in enumerate(
        [(known, cast.paspoort, False), (known, cast.grofvuil, True), (namesake, cast.paspoort, False)]
    ):
        _one(scene, number, at, customer, subject, hidden)
    Notice.objects.bulk_create(Notice(user=cast.bas, kind="flood", key=f"x:{n}", at=at) for n in range(3))
    SavedView.objects.create(user=cast.bas, name=SECRET, query="lijst=alle")
    FiguresView.objects.create(owner=cast.bas, name=SECRET, query="")
    draft_only(cast, at, subject=cast.paspoort, by=cast.sanne, title=SECRET).__class__.objects.filter(
        versions__title=SECRET
    ).update(team=cast.burgerzaken, proposed_by=None)
    news(cast, title=SECRET, for_teams=[cast.burgerzaken]).__class__.objects.filter(title=SECRET).update(
        team=cast.burgerzaken
    )
    TeamAgreement.objects.create(
        team=cast.burgerzaken, agreed_with=cast.bas, norms=["email.answer"], text=SECRET, starts_on=at.date(), review_on=at.date() + timedelta(90)
    )  # fmt: skip
    facts = {"numerator": 5, "denominator": 20, "low": 80.0, "high": 100.0, "days": 8, "direction": "down"}
    Signal.objects.create(
        kind="band", code="email.answer", team=cast.burgerzaken, period_kind="day", first=at.date(), last=at.date(), seen_until=at.date(),
        watch="band:day:email.answer:burgerzaken", facts=facts, found_at=at,
    )  # fmt: skip
    ReportSchedule.objects.create(
        kind="month", team=cast.burgerzaken, people=[cast.bas.pk], starts_on=at.date(), made_by=cast.sanne
    )


def _one(
    scene: Scene, number: int, at: datetime, customer: Customer | NewCustomer, subject: Subject, hidden: bool
) -> None:
    cast = scene.cast
    inbound = InboundMessage.objects.create(
        source="test", external_key=f"s{number}", received_at=at, taken_in_at=at, sha256="2" * 64, size=1, state="done"
    )
    asked = Asked(
        title=SECRET, text=f"{SECRET} tekst", subject_id=subject.pk, is_confidential=hidden,
        end="callback", callback=CallbackAsked(phone="0226363333", name=SECRET),
    )  # fmt: skip
    made = register(
        by=None, at=at, channel="email", received_at=at, asked=[asked], customer=customer,
        address="own@example.nl", subject_line=SECRET, text=f"{SECRET} tekst", inbound=inbound,
    )  # fmt: skip
    question = Question.objects.get(pk=made.questions[0].pk)
    ConfidentialAccess.objects.filter(question=question).delete()
    if hidden:
        ConfidentialAccess.objects.create(
            question=question, user=cast.bas, reason="behandelt", granted_by=cast.bas, from_at=at
        )
    store_file(data=b"x", name=f"{SECRET}.txt", at=at, declared_type="text/plain", inbound=inbound)
    add_note(question=question, by=cast.bas, at=at, text=SECRET)
    OutgoingLetter.objects.create(
        question=question, kind="interim", then="interim", about=SECRET, recipient=SECRET, text=SECRET, made_at=at, made_by=cast.bas, post_by=at
    )  # fmt: skip
    Chat.objects.create(
        token_hash=f"s{number}", question=question, begun_at=at, waits_since=at, seen_at=at, last_line_at=at
    )
    PlannedReply.objects.create(
        question=question, created_by=cast.bas, created_at=at, send_at=at + timedelta(days=1), channel="email", text=SECRET, then="stay"
    )  # fmt: skip
    QuestionLink.objects.create(question_id=scene.ids["own"]["question"], other=question, created_at=at)


def addresses_of(scene: Scene) -> dict[tuple[str, int], str]:
    """Of every page, about the own question where it is about one. Some make the row that they name, so they are worked out once."""
    found = {}
    for name in sorted(set(routes()) - NOT_ALIKE.keys()):
        relation = "own" if "own" in relations(name) else "any"
        for number, kwargs in enumerate(arguments(name, scene, relation)):
            found[name, number] = reverse(name, kwargs=kwargs)
    return found


def looked_at(addresses: dict[tuple[str, int], str], client: Client, begins: str) -> dict[str, tuple[int, bytes]]:
    found = {
        f"{name} {number}": ask(client, "GET", address)
        for (name, number), address in addresses.items()
        if name.startswith(begins)
    }
    found |= {address: ask(client, "GET", address) for address in LOOKS}
    return {name: (status, BY_CHANCE.sub(b"", body)) for name, (status, body) in found.items()}


def differing(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    return [f"{name}: {_first(before[name], after[name])}" for name in before if before[name] != after[name]]


def _first(before: tuple[int, bytes], after: tuple[int, bytes]) -> str:
    """Where it begins."""
    at = next((n for n, (one, other) in enumerate(zip(before[1], after[1], strict=False)) if one != other), 0)
    return f"{before[0]} {before[1][at - 80 : at + 60]!r} became {after[0]} {after[1][at - 80 : at + 60]!r}"


@pytest.mark.slow
@pytest.mark.usefixtures("quiet")
def test_work_of_others_changes_no_byte_of_any_page(scene: Scene, thrifty: Refusals) -> None:
    with time_machine.travel(NOON, tick=False):
        clients = {name: Client(raise_request_exception=False) for name in PEOPLE}
        for name, client in clients.items():
            client.force_login(getattr(scene.cast, name))
        addresses = addresses_of(scene)
        before = {name: looked_at(addresses, client, PEOPLE[name]) for name, client in clients.items()}
        with transaction.atomic():
            secrets(scene)
        thrifty.clear()
        found = {
            name: differing(before[name], looked_at(addresses, client, PEOPLE[name]))
            for name, client in clients.items()
        }
    assert not any(found.values()), "\n".join(f"{name} {line}" for name, lines in found.items() for line in lines)


@pytest.mark.usefixtures("quiet")
def test_a_confidential_question_changes_no_byte_for_another_system(scene: Scene) -> None:
    with time_machine.travel(NOON, tick=False):
        ApiClient.objects.create(
            name="x", token_hash=hashed("x"), token_hint="x", scopes=list(SCOPES), created_at=NOON, expires_at=NOON + timedelta(days=9), requests_per_minute=10**6
        )  # fmt: skip
        client = Client(headers={"Authorization": "Bearer x"})
        before = {address: ask(client, "GET", address) for address in API}
        known = Customer.objects.get(pk=scene.ids["own"]["customer"])
        _one(scene, 1, now() - timedelta(hours=1), known, scene.cast.grofvuil, True)
        found = differing(before, {address: ask(client, "GET", address) for address in API})
        number = Question.objects.get(title=SECRET).number
        hidden, absent = (ask(client, "GET", f"/api/v1/questions/{one}") for one in (number, "OPM-2026-999999"))
    assert found == []
    assert {address: status for address, (status, _body) in before.items() if status != 200} == {}
    assert hidden == (404, absent[1].replace(b"OPM-2026-999999", number.encode()))
