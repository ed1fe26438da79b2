"""Rows of the surveys that addresses name in the table of who may what."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from organisation.clock import now
from surveys.actions.add_defaults import add_defaults
from surveys.links import token_hash
from surveys.models import Invitation, Survey, SurveyVersion
from tests.cast import Cast

TOKEN = "een-link-van-een-klant"


def invitation(cast: Cast, at: datetime, token: str = TOKEN) -> Invitation:
    """A customer who was asked about a call."""
    add_defaults(at=at)
    version = SurveyVersion.objects.get(survey__code="gesprek", state="running")
    return Invitation.objects.create(
        survey_id=version.survey_id,
        survey_version=version,
        address_hash="0" * 64,
        token_hash=token_hash(token),
        channel="phone",
        team=cast.servicecentrum,
        subject=cast.grofvuil,
        contact_on=date(2026, 11, 24),
        invited_at=at,
        invited_on=at.date(),
        expires_at=at + timedelta(days=14),
    )


def survey_arguments(short: str) -> list[dict[str, object]]:
    if short in ("ask", "no_more"):
        return [{"token": TOKEN}]
    if short in ("survey", "survey_preview", "survey_draft", "survey_publish"):
        return [{"code": Survey.objects.values_list("code", flat=True)[0]}]
    return [{}]


def survey_link(cast: Cast) -> str:
    """Where the customer answers."""
    if not Invitation.objects.filter(token_hash=token_hash(TOKEN)).exists():
        invitation(cast, now())
    return f"/mening/{TOKEN}/"
