"""Rows of the surveys that addresses name in the table of who may what."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.urls import reverse

from organisation.clock import now, today
from organisation.models import User
from surveys.actions.add_defaults import add_defaults
from surveys.actions.add_outside import add_outside
from surveys.actions.answer import write_answers
from surveys.actions.gather import gather
from surveys.actions.write_version import begin_draft
from surveys.links import token_hash
from surveys.models import (
    Invitation,
    OutsideImport,
    OutsideResult,
    Response,
    Survey,
    SurveyPlace,
    SurveyVersion,
)
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
    if short.startswith("outside"):
        return outside_arguments(short)
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


def outside_arguments(short: str) -> list[dict[str, object]]:
    """Clear language with the score of 2017, and a file that waits."""
    add_outside()
    one = OutsideResult.objects.select_related("indicator").filter(indicator__code="heldere-taal")[0]
    if short in ("outside_import", "outside_confirm", "outside_drop"):
        return [{"pk": outside_file().pk}]
    if short in ("outside_result", "outside_remove"):
        return [{"code": one.indicator.code, "pk": one.pk}]
    return [{"code": one.indicator.code}] if short in ("outside_indicator", "outside_change") else [{}]


def outside_file() -> OutsideImport:
    """Two rows: one that is known, one that is new; and one that is wrong."""
    add_outside()
    found = OutsideImport.objects.filter(state="open").first()
    if found is not None:
        return found
    return OutsideImport.objects.create(
        by=User.objects.get(username="sanne"),
        at=now(),
        file_name="waarstaatjegemeente.csv",
        digest="0" * 64,
        heads=["Onderwerp", "Jaar", "Score", "Aantal", "Bron"],
        rows=[
            [2, ["Heldere taal", "2017", "68", "", "Waarstaatjegemeente 2017, plan 6.3"]],
            [3, ["Heldere taal", "2019", "70 %", "412", "Waarstaatjegemeente 2019"]],
            [4, ["Heldere taal", "2021", "zeventig", "398", "Waarstaatjegemeente 2021"]],
        ],
        columns={"indicator": 0, "year": 1, "value": 2, "size": 3, "source": 4},
    )


def outside_page(short: str) -> str:
    return reverse(f"surveys:{short}", kwargs=outside_arguments(short)[0])
