"""An agreement of the coordinator with the lead of Openbare Ruimte, and the mails that it is about."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.test import Client

from channels_app.models import OutboundMessage
from kpi.actions.agree import Terms, make_agreement
from kpi.actions.discuss_agreement import discuss_agreement
from kpi.models import AgreementReview, TeamAgreement
from kpi.rollups import roll_up
from organisation.models import User
from tests.cast import Cast
from tests.kept import Once
from tests.kpi.history import local, twelve_mails

NOW = local("2026-11-25 12:00")
TODAY = date(2026, 11, 25)
TERMS = Terms(0, ("email.answer", "callback.done"), "Wij bellen terug.", "", date(2026, 10, 1), None, date(2027, 3, 1))


@pytest.fixture(autouse=True)
def _it_is_noon(settings: object) -> None:
    settings.CLOCK_OFFSET_SECONDS = int((NOW - datetime.now(UTC)).total_seconds())  # type: ignore[attr-defined]


@Once
def answered(cast: Cast) -> None:
    """12 e-mails of Openbare Ruimte, of which 9 in time."""
    twelve_mails(cast)
    roll_up(at=NOW)


@pytest.fixture
def mails(cast: Cast) -> Cast:
    answered(cast)
    return cast


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="organisation.sign_in.Employees")
    return client


def agreed(cast: Cast, **more: object) -> TeamAgreement:
    terms = replace(TERMS, agreed_with=cast.ria.pk, **more)  # type: ignore[arg-type]
    return make_agreement(team=cast.openbare_ruimte, terms=terms, by=cast.sanne, at=NOW)


def told() -> list[tuple[str, str]]:
    return sorted(OutboundMessage.objects.filter(purpose="notice").values_list("to_address", "subject"))


def talk(row: TeamAgreement, cast: Cast, version: int = 1, **more: object) -> AgreementReview:
    asked: dict[str, object] = {
        "held_on": TODAY,
        "seen_on": TODAY,
        "outcome": "Het gaat goed.",
        "next_on": date(2027, 6, 1),
    }
    return discuss_agreement(pk=row.pk, version=version, by=cast.sanne, at=NOW, **(asked | more))  # type: ignore[arg-type]
