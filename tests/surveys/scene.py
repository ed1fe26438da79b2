"""Rows of the surveys that addresses name in the table of who may what."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from organisation.clock import now, today
from surveys.actions.add_defaults import add_defaults
from surveys.actions.answer import write_answers
from surveys.actions.gather import gather
from surveys.actions.write_version import begin_draft
from surveys.links import token_hash
from surveys.models import Invitation, Response, Survey, SurveyPlace, SurveyVersion
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
    if short in ("place", "here", "here_thanks"):
        return [{"code": survey_place().code}]
    if short == "channel":
        return [{"channel": "phone"}]
    if short.startswith("survey") and short != "surveys":
        return [{"code": Survey.objects.values_list("code", flat=True)[0]}]
    return [{}]


def survey_link(cast: Cast) -> str:
    """Where the customer answers."""
    if not Invitation.objects.filter(token_hash=token_hash(TOKEN)).exists():
        invitation(cast, now())
    return f"/mening/{TOKEN}/"


def survey_results(cast: Cast) -> str:
    """Fifteen answers about calls, with own words."""
    add_defaults(at=now())
    version = SurveyVersion.objects.get(survey__code="gesprek", state="running")
    if not Response.objects.exists():
        questions = {one.key: one for one in version.questions.all()}
        for mark in (6, 7, 8) * 5:
            response = Response.objects.create(
                survey_version=version,
                channel="phone",
                team=cast.openbare_ruimte,
                theme=cast.afval,
                answered_on=today() - timedelta(days=1),
            )
            values = {questions["mark"].pk: mark, questions["answered"].pk: 3, questions["better"].pk: "Ga zo door"}
            write_answers(response, version.survey_id, version.questions.in_bulk(), values)
        gather(at=now())
    return "/enquetes/"


def survey_draft(cast: Cast) -> str:
    """The next version of the survey after a call."""
    add_defaults(at=now())
    begin_draft(survey=Survey.objects.get(code="gesprek"), by=cast.sanne, at=now())
    return "/enquetes/vragenlijsten/gesprek/"


def survey_place() -> SurveyPlace:
    """The exit, where anybody may answer."""
    add_defaults(at=now())
    survey = Survey.objects.get(code="bezoek")
    place, _is_new = SurveyPlace.objects.get_or_create(
        code="uitgang2", name="Uitgang", survey=survey, channel="counter"
    )
    return place
