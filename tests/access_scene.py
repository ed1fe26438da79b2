"""What the access matrix asks for: questions of the own team, of another and of nobody else's business, and one of everything that has an address."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from channels_app.files import store_file
from channels_app.models import InboundMessage, InboundRaw, Mailbox, MessageSource, OutboundMessage
from contacts.actions.close import close
from contacts.actions.register import Asked, CallbackAsked, NewCustomer, register
from contacts.models import (
    ApiClient,
    Chat,
    ConfidentialAccess,
    Draft,
    MessageConsent,
    OutgoingLetter,
    QuestionLink,
    ReplyTemplate,
    RoutingRule,
    SavedView,
    ServiceNorm,
)
from kpi.actions.issue_report import add_issue
from kpi.models import FiguresView, Signal, TeamAgreement, WallLink
from kpi.periods import MONTH, period_of
from kpi.reports.content import report_of
from organisation.actions.role_requests import ask_role
from organisation.clock import now
from organisation.models import CalendarDay, WorkingCalendar
from organisation.roles import Role
from organisation.snapshot import organisation
from organisation.tokens import hashed
from privacy.actions.restrict import restrict
from privacy.models import DestructionList, LegalHold, PersonRequest, RightsRequest
from tests.kept import Once
from tests.knowledge.scene import article_ids
from tests.programme.rounds_scene import programme_ids
from tests.programme.scene import add_programme_rows
from tests.surveys.scene import invitation

if TYPE_CHECKING:
    from tests.cast import Cast

CANARY = "KANARIE7731"
"""Stands in every text of a confidential question of another team; nobody of the cast but Bas may ever receive it."""
WALL_TOKEN = "a-screen-in-the-hall"
DRAFT_TOKEN = "6f1c0f8e-0000-4000-8000-000000000000"
"""Of a draft that Bas threw away."""


@dataclass
class Scene:
    """The objects that addresses name, per relation to Openbare Ruimte, the team of Henk and Ria."""

    cast: Cast
    numbers: dict[str, str] = field(default_factory=dict)
    ids: dict[str, dict[str, int]] = field(default_factory=dict)


def set_the_scene(cast: Cast) -> Scene:
    scene = Scene(cast)
    at = now() - timedelta(hours=3)

    def question(relation: str, subject_id: int, title: str, *, confidential: bool = False) -> None:
        inbound = InboundMessage.objects.create(
            source="test", external_key=relation, received_at=at, taken_in_at=at, sha256="0" * 64, size=1, state="done"
        )
        made = register(
            by=cast.fatima,
            at=at,
            channel="email",
            received_at=at,
            asked=[
                Asked(
                    title=title,
                    text=f"{title} tekst",
                    subject_id=subject_id,
                    is_confidential=confidential,
                    end="callback",
                    callback=CallbackAsked(phone="0226363333", name=title),
                )
            ],
            customer=NewCustomer(name=f"{relation} van Dam", email=f"{relation}@example.nl", phone="0612345678"),
            address=f"{relation}@example.nl",
            subject_line=title,
            text=f"{title} tekst",
            inbound=inbound,
        )
        file = store_file(data=title.encode(), name=f"{title}.txt", at=at, declared_type="text/plain", inbound=inbound)
        found = made.questions[0]
        scene.numbers[relation] = found.number
        scene.ids[relation] = {
            "question": found.pk,
            "customer": found.customer_id,
            "file": file.pk,
            "contact": made.contact.pk,
            "address": found.customer.addresses.first().pk,
            "consent": MessageConsent.objects.create(
                customer=found.customer,
                channel="whatsapp",
                number="31612345678",
                how="phone",
                given_at=at,
                given_by=cast.fatima,
            ).pk,
            "letter": OutgoingLetter.objects.create(
                question=found,
                kind="interim",
                then="interim",
                about=title,
                recipient=title,
                text=title,
                made_at=at,
                made_by=cast.fatima,
                post_by=at,
            ).pk,
            "chat": Chat.objects.create(
                token_hash=relation, question=found, begun_at=at, waits_since=at, seen_at=at, last_line_at=at
            ).pk,
        }
        if relation == "closed":
            close(question=found, by=cast.fatima, at=at, reason="answered", text="Gebeld")

    question("own", cast.grofvuil.pk, "Eigen")
    question("closed", cast.grofvuil.pk, "Dicht")
    question("other", cast.paspoort.pk, "Vreemd")
    question("restricted", cast.paspoort.pk, "Beperkt")
    question("confidential", cast.paspoort.pk, CANARY, confidential=True)
    ConfidentialAccess.objects.filter(question=scene.ids["confidential"]["question"]).delete()
    ConfidentialAccess.objects.create(
        question_id=scene.ids["confidential"]["question"],
        user=cast.bas,
        reason="behandelt",
        granted_by=cast.bas,
        from_at=at,
    )
    calendar = WorkingCalendar.objects.get(is_default=True)
    parked = InboundMessage.objects.create(
        source="test",
        external_key="parked",
        received_at=at,
        taken_in_at=at,
        sha256="1" * 64,
        size=1,
        state="parked",
        reason="x",
    )
    InboundRaw.objects.create(message=parked, data=b"Subject: x\r\n\r\nx")
    scene.ids["any"] = {
        "person": cast.henk.pk,
        "membership": cast.henk.memberships.get().pk,
        "role_request": ask_role(person=cast.henk, role=Role.DIRECTOR, team=None, by=cast.beheer, at=now()).pk,
        "team": cast.openbare_ruimte.pk,
        "calendar": calendar.pk,
        "day": CalendarDay.objects.filter(calendar=calendar).first().pk,
        "subject": cast.afval.pk,
        "parked": parked.pk,
        "outgoing": OutboundMessage.objects.create(
            purpose="reply",
            object_key="x",
            to_address="x@example.nl",
            subject="x",
            body="x",
            state="failed",
            created_at=at,
            next_try_at=at,
        ).pk,
        "source": MessageSource.objects.create(kind="whatsapp", name="WhatsApp").pk,
        "mailbox": Mailbox.objects.create(name="Post", address="post@opmeer.example").pk,
        "norm": ServiceNorm.objects.get(code="email.answer").pk,
        "rule": RoutingRule.objects.create(name="Regel", channel="email", team=cast.burgerzaken).pk,
        "template": ReplyTemplate.objects.create(name="Tekst", body="Tekst", team=cast.openbare_ruimte).pk,
        "client": ApiClient.objects.create(
            name="Website", token_hash="x", token_hint="x", created_at=at, expires_at=at + timedelta(days=9)
        ).pk,
        "view": SavedView.objects.create(user=cast.henk, name="Mijn lijst", query="").pk,
        "person_request": PersonRequest.objects.create(
            kind="erase", customer_id=scene.ids["other"]["customer"], reason="x", asked_by=cast.joost, asked_at=at
        ).pk,
        "right": RightsRequest.objects.create(
            kind="inspect",
            customer_id=scene.ids["other"]["customer"],
            reason="x",
            received_on=at.date(),
            last_on=at.date() + timedelta(30),
            handler=cast.joost,
            noted_by=cast.joost,
            noted_at=at,
        ).pk,
        "restriction": restriction(scene.ids["restricted"]["customer"], cast, at),
        "destruction": DestructionList.objects.create(
            made_at=at, first_on=at.date(), last_on=at.date(), state="proposed", proposed_by=cast.joost, proposed_at=at
        ).pk,
        "hold": LegalHold.objects.create(
            customer_id=scene.ids["other"]["customer"], reason="x", placed_by=cast.joost, placed_at=at
        ).pk,
        "figures_view": FiguresView.objects.create(owner=cast.henk, name="Mijn cijfers", query="").pk,
        "signal": Signal.objects.create(
            kind="band",
            code="email.answer",
            team=cast.openbare_ruimte,
            period_kind="day",
            first=at.date(),
            last=at.date(),
            seen_until=at.date(),
            watch="band:day:email.answer",
            facts={"numerator": 5, "denominator": 20, "low": 80.0, "high": 100.0, "days": 8, "direction": "down"},
            found_at=at,
        ).pk,
    }
    scene.ids["any"]["wall_link"] = WallLink.objects.create(
        name="Hal",
        token_hash=hashed(WALL_TOKEN),
        token_hint="x",
        created_at=at,
        created_by=cast.beheer,
        expires_at=at + timedelta(days=9),
    ).pk
    month = period_of(MONTH, at.date()).previous()
    team = cast.openbare_ruimte
    report = add_issue(month, team.pk, report_of(month, team, organisation(), at), by=cast.ria, at=at)
    scene.ids["any"]["report"] = report.pk
    scene.ids["any"]["agreement"] = TeamAgreement.objects.create(
        team=team,
        agreed_with=cast.ria,
        norms=["email.answer"],
        text="Tekst",
        starts_on=at.date(),
        review_on=at.date() + timedelta(90),
    ).pk
    scene.ids["any"]["link"] = QuestionLink.objects.create(
        question_id=scene.ids["own"]["question"],
        other_id=scene.ids["confidential"]["question"],
        created_by=cast.bas,
        created_at=at,
    ).pk
    Draft.objects.create(
        token=DRAFT_TOKEN,
        user=cast.bas,
        data={"fields": {"q0-text": CANARY}, "done": None},
        created_at=at,
        updated_at=now() + timedelta(days=1),  # can be taken back for as long as the tests run
    )
    scene.ids["any"] |= programme_ids(cast.henk, cast.joost, at=at)
    scene.ids["any"] |= add_programme_rows()
    scene.ids["any"] |= article_ids(cast, at)
    invitation(cast, at)
    return scene


def restriction(customer_id: int, cast: Cast, at: datetime) -> int:
    """A request that was carried out."""
    request = PersonRequest.objects.create(
        kind="restrict",
        customer_id=customer_id,
        reason="x",
        asked_by=cast.joost,
        asked_at=at,
        decided_by=cast.ria,
        decided_at=at,
    )
    restrict(request, at=at)
    request.save()
    return request.pk


made_once = Once(set_the_scene)


@pytest.fixture
def scene(cast: Cast, settings: Any, tmp_path: Path) -> Scene:
    settings.FILES_DIR = tmp_path
    found = made_once(cast, files=tmp_path)
    found.cast = cast
    return found
