"""Rows of the surveys that addresses name in the table of who may what."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

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
    SurveyQuestion,
    SurveyRound,
    SurveyVersion,
    WordGroup,
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
    if short.startswith(("round", "word_group")) and short not in ("rounds", "round_add", "word_groups"):
        return round_arguments(short)
    if short == "place_results":
        return [{"code": survey_place().code}]
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


def research() -> Survey:
    """A questionnaire with a mark, a statement, one of two and some of two."""
    found = Survey.objects.filter(code="klanten").first()
    if found is not None:
        return found
    row = Survey.objects.create(code="klanten", name="Klantonderzoek", purpose="research")
    version = SurveyVersion.objects.create(
        survey=row, number=1, title_nl="Wat vindt u van onze hulp?", title_en="What do you think?", created_at=now()
    )
    places = [["Balie", "Counter"], ["Telefoon", "Phone"]]
    ends = {"low_nl": "slecht", "low_en": "bad", "high_nl": "goed", "high_en": "good"}
    asked: list[dict[str, Any]] = [
        {"key": "mark", "kind": "mark", "text_nl": "Welk cijfer geeft u ons?", "is_required": True, **ends},
        {"key": "clear_language", "kind": "scale", "text_nl": "De gemeente gebruikt heldere taal.", **ends},
        {"key": "q1", "kind": "one", "text_nl": "Waar had u contact?", "options": places},
        {"key": "q2", "kind": "many", "text_nl": "Wat gebruikt u?", "options": places},
        {"key": "better", "kind": "text", "text_nl": "Wat kan beter?"},
    ]
    for order, one in enumerate(asked, start=1):
        SurveyQuestion.objects.create(version=version, order=order, text_en="In English", **one)
    version.state, version.published_at = "running", now()
    version.save()
    return row


def survey_round(state: str = "draft") -> SurveyRound:
    """Being prepared; or one that ended, with forty answers."""
    survey = research()
    found = SurveyRound.objects.filter(state=state).first()
    if found is not None:
        return found
    version = survey.versions.get(state="running")
    begun = {"survey_version": version, "began_at": now(), "ended_at": now()} if state == "ended" else {}
    row = SurveyRound.objects.create(
        name=f"Onderzoek {state}",
        survey=survey,
        state=state,
        starts_on=today() - timedelta(days=30),
        ends_on=today() + timedelta(days=1 if state == "draft" else -1),
        intro_nl="Doet u mee?",
        intro_en="Join?",
        contacts_from=today() - timedelta(days=90),
        contacts_until=today(),
        **begun,
    )
    if state == "ended":
        questions = {one.key: one for one in version.questions.all()}
        for mark in (6, 7, 8, 9) * 10:
            response = Response.objects.create(
                survey_version=version, channel="", round=row, feeds_figures=False, answered_on=today()
            )
            values: dict[int, Any] = {
                questions["mark"].pk: mark,
                questions["clear_language"].pk: 4,
                questions["q1"].pk: 1,
                questions["q2"].pk: [1, 2],
            }
            write_answers(response, survey.pk, {one.pk: one for one in questions.values()}, values)
        gather(at=now())
    return row


def round_arguments(short: str) -> list[dict[str, object]]:
    if short.startswith("word_group"):
        row, _is_new = WordGroup.objects.get_or_create(name="Wachten", defaults={"words": ["wacht", "rij"]})
        return [{"pk": row.pk}]
    if short == "round_act":
        return [{"pk": survey_round().pk, "what": "klaarzetten"}]
    return [{"pk": survey_round("ended" if short == "round_results" else "draft").pk}]


def round_page_of(short: str) -> str:
    return reverse(f"surveys:{short}", kwargs=survey_arguments(short)[0])


def research_page(cast: Cast, rest: str = "") -> str:
    """The next version of a questionnaire with every kind of question."""
    begin_draft(survey=research(), by=cast.sanne, at=now())
    return f"/enquetes/vragenlijsten/klanten/{rest}"
