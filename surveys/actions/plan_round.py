"""Lets a questionnaire begin on its day, takes that back, or stops it while it runs."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from organisation import audit
from organisation.clock import local_day
from organisation.errors import Refused, Stale
from organisation.roles import Right
from organisation.transact import one_transaction
from surveys.models import Invitation, Response, SurveyPlace, SurveyRound, SurveyVersion

if TYPE_CHECKING:
    from organisation.models import User

State = SurveyRound.State


@one_transaction
def plan_round(*, row: SurveyRound, seen_version: int, by: User, at: datetime) -> None:
    """Refused without questions that were published, or when its last day is over. An open link can be printed from now on."""
    kept = _locked(row, seen_version, State.DRAFT, by)
    if not SurveyVersion.objects.filter(survey_id=kept.survey_id, state=SurveyVersion.State.RUNNING).exists():
        raise Refused(_("Publish the questions first. Then this questionnaire can be planned."))
    if kept.ends_on < local_day(at):
        raise Refused(_("The last day is over. Choose another one first."))
    _save(kept, State.PLANNED)
    if kept.way == SurveyRound.Way.LINK:
        place = {"name": f"{kept.name[:48]} #{kept.pk}", "survey_id": kept.survey_id, "channel": "form"}
        # there when it was planned before, perhaps with another questionnaire
        SurveyPlace.objects.update_or_create(round=kept, defaults=place)
    audit.record(by=by, action="round.planned", obj=kept)


@one_transaction
def take_back(*, row: SurveyRound, seen_version: int, by: User) -> None:
    """It does not begin; everything can be changed again."""
    kept = _locked(row, seen_version, State.PLANNED, by)
    _save(kept, State.DRAFT)
    audit.record(by=by, action="round.taken_back", obj=kept)


@one_transaction
def stop_round(*, row: SurveyRound, seen_version: int, by: User, at: datetime) -> None:
    """Nobody can answer any more and waiting mail does not leave; what was answered counts."""
    kept = _locked(row, seen_version, State.RUNNING, by)
    kept.ended_at = at
    _save(kept, State.STOPPED)
    Invitation.objects.filter(round=kept, expires_at__gt=at).update(expires_at=at)
    Response.objects.filter(round=kept, closes_at__gt=at).update(closes_at=at)
    audit.record(by=by, action="round.stopped", obj=kept)


def _locked(row: SurveyRound, seen_version: int, state: str, by: User) -> SurveyRound:
    if not by.may(Right.SURVEYS_WRITE):
        raise PermissionDenied
    kept = SurveyRound.objects.select_for_update(of=("self",)).get(pk=row.pk)
    if kept.version != seen_version or kept.state != state:
        raise Stale(_("Somebody else changed this in the meantime."), kept)
    return kept


def _save(row: SurveyRound, state: str) -> None:
    row.state = state
    row.version += 1
    row.save()
