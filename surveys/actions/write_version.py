"""Writes the next version of a survey; the one that runs stays as it is until the new one is published."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from organisation import audit
from organisation.errors import Refused, Stale
from organisation.roles import Right
from surveys.defaults import TITLE
from surveys.kinds import HAS_ENDS, HAS_OPTIONS, OWN_PREFIX, kind_of, own_key, own_number
from surveys.models import Survey, SurveyQuestion, SurveyVersion

if TYPE_CHECKING:
    from organisation.models import User

State = SurveyVersion.State
COPIED = (
    "order",
    "key",
    "kind",
    "text_nl",
    "text_en",
    "low_nl",
    "low_en",
    "high_nl",
    "high_en",
    "is_required",
    "options",
)


@transaction.atomic
def begin_draft(*, survey: Survey, by: User, at: datetime) -> SurveyVersion:
    """A copy of the version that runs; the draft that is there already, when there is one."""
    _may(by)
    survey = Survey.objects.select_for_update().get(pk=survey.pk)
    there = survey.versions.filter(state=State.DRAFT).first()
    if there is not None:
        return there
    running = survey.versions.filter(state=State.RUNNING).first()
    last = survey.versions.aggregate(last=Max("number"))["last"] or 0
    titles = (running.title_nl, running.title_en) if running is not None else TITLE
    draft = SurveyVersion.objects.create(
        survey=survey, number=last + 1, title_nl=titles[0], title_en=titles[1], created_at=at
    )
    for question in running.questions.all() if running is not None else ():
        SurveyQuestion.objects.create(version=draft, **{name: getattr(question, name) for name in COPIED})
    audit.record(by=by, action="survey.draft", obj=draft)
    return draft


@transaction.atomic
def save_draft(
    *,
    draft: SurveyVersion,
    seen_version: int,
    title_nl: str,
    title_en: str,
    questions: Sequence[Mapping[str, Any]],
    by: User,
) -> None:
    """Replaces heading and questions; raises `Stale` when somebody else was first, or published it."""
    _may(by)
    row = SurveyVersion.objects.select_for_update().filter(pk=draft.pk, state=State.DRAFT).first()
    if row is None or row.version != seen_version:
        raise Stale(_("Somebody else changed this in the meantime."), row or draft)
    row.title_nl, row.title_en, row.version = title_nl, title_en, seen_version + 1
    row.save()
    keys = _keys(row, questions)
    row.questions.all().delete()
    for order, (key, given) in enumerate(zip(keys, questions, strict=True), start=1):
        kind = kind_of(given["key"])
        ends = {name: given[name] if kind in HAS_ENDS else "" for name in ("low_nl", "low_en", "high_nl", "high_en")}
        SurveyQuestion.objects.create(
            version=row,
            order=order,
            key=key,
            kind=kind,
            text_nl=given["text_nl"],
            text_en=given["text_en"],
            is_required=given["is_required"],
            options=given["options"] if kind in HAS_OPTIONS else [],
            **ends,
        )
    audit.record(by=by, action="survey.changed", obj=row)


@transaction.atomic
def publish(*, draft: SurveyVersion, seen_version: int, by: User, at: datetime) -> None:
    """From now on who is asked gets this version; who was asked before still answers the old one. Refused without a question."""
    _may(by)
    Survey.objects.select_for_update().get(pk=draft.survey_id)
    row = SurveyVersion.objects.select_for_update().filter(pk=draft.pk, state=State.DRAFT).first()
    if row is None or row.version != seen_version:
        raise Stale(_("Somebody else changed this in the meantime."), row or draft)
    if not row.questions.exists():
        raise Refused(_("Ask at least one question."))
    for running in SurveyVersion.objects.filter(survey_id=draft.survey_id, state=State.RUNNING):
        running.state = State.REPLACED
        running.save()
    row.state, row.published_at, row.published_by = State.RUNNING, at, by
    row.save()
    audit.record(by=by, action="survey.published", obj=row)


@transaction.atomic
def drop_draft(*, draft: SurveyVersion, seen_version: int, by: User) -> None:
    """Nothing of it was ever asked. Raises `Stale` when a colleague wrote more in it: that is not thrown away unseen."""
    _may(by)
    row = SurveyVersion.objects.select_for_update().filter(pk=draft.pk, state=State.DRAFT).first()
    if row is None or row.version != seen_version:
        raise Stale(_("Somebody else changed this in the meantime."), row or draft)
    audit.record(by=by, action="survey.dropped", obj=row)
    row.delete()


def _keys(draft: SurveyVersion, questions: Sequence[Mapping[str, Any]]) -> list[str]:
    """What each counts as. One of one's own keeps its key while it is answered in the same way, so that rounds can be compared."""
    before: dict[str, SurveyQuestion] = {
        one.key: one
        for one in SurveyQuestion.objects.filter(version__survey_id=draft.survey_id).order_by("version__number")
    }
    last = max((own_number(key) for key in before), default=0)
    keys: list[str] = []
    for given in questions:
        if not given["key"].startswith(OWN_PREFIX):
            keys.append(given["key"])
            continue
        known = before.get(given.get("own_key", ""))
        if known is None or known.key in keys or not _is_same(known, given):
            last += 1
            keys.append(own_key(last))
        else:
            keys.append(known.key)
    return keys


def _is_same(known: SurveyQuestion, given: Mapping[str, Any]) -> bool:
    """Answered in the same way; what can be chosen may get longer, for 1 stays 1."""
    there = [pair[0] for pair in known.options]
    return known.kind == kind_of(given["key"]) and there == [pair[0] for pair in given["options"]][: len(there)]


def _may(by: User) -> None:
    if not by.may(Right.SURVEYS_WRITE):
        raise PermissionDenied
