"""What was answered together, question by question: of a questionnaire that was held, or of one code. From whole batches only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from contacts.models import ServiceNorm
from contacts.rulebook import rulebook
from organisation import charts, wording
from organisation.rounding import beside
from organisation.snapshot import Organisation
from organisation.workdays import local_day
from surveys.kinds import part_key
from surveys.models import AnswerBatch, SurveyPlace, SurveyQuestion, SurveyRound
from surveys.pages.ask import options_of
from surveys.results import Result, results

Kind = SurveyQuestion.Kind
GOOD: Final = {Kind.YES: (3,), Kind.YES_NO: (2,), Kind.SCALE: (4, 5)}
"""Of what is told as a share: the answers that count."""
NORMS: Final = {
    "mark": "rating.general",
    "friendliness": "rating.friendliness",
    "clear_language": "rating.clear_language",
}
NORM_OF_PLACE: Final = {"newsletter": "rating.newsletter", "letter": "rating.letter"}


@dataclass(frozen=True)
class Bar:
    name: str
    count: str
    share: str


@dataclass(frozen=True)
class Time:
    """The same question in another round."""

    name: str
    value: str
    size: str
    is_this: bool


@dataclass(frozen=True)
class Outcome:
    """One question."""

    anchor: str
    text: str
    how: str
    is_words: bool
    value: str
    beside: str
    norm: str
    norm_css: str
    chart: SafeString | str
    bars: list[Bar]
    trend_chart: SafeString | str
    trend: list[Time]


def outcomes_of_round(one: SurveyRound, house: Organisation, at: datetime) -> list[Outcome]:
    """With the other rounds of the same questionnaire; two queries."""
    if one.survey_version is None:
        return []
    rounds = list(
        SurveyRound.objects.filter(survey_id=one.survey_id, began_at__isnull=False).order_by("starts_on", "pk")
    )
    every = results(AnswerBatch.objects.filter(round__in=rounds), "round_id", "key")
    questions = list(one.survey_version.questions.all())
    return [
        _outcome(question, one.pk, every, _norm_of(NORMS.get(question.key, ""), house, at), rounds)
        for question in questions
    ]


def outcomes_of_place(
    place: SurveyPlace, questions: Sequence[SurveyQuestion], house: Organisation, at: datetime
) -> list[Outcome]:
    """Everything that was answered there."""
    found = results(AnswerBatch.objects.filter(place=place), "place_id", "key")
    norms = {**NORMS, "mark": NORM_OF_PLACE.get(place.channel, "")}
    return [
        _outcome(question, place.pk, found, _norm_of(norms.get(question.key, ""), house, at), [])
        for question in questions
    ]


def _norm_of(code: str, house: Organisation, at: datetime) -> ServiceNorm | None:
    today = local_day(at)
    norms = [
        norm
        for norm in rulebook(house).norms.get(code, ())
        if norm.team_id is None
        and norm.subject_id is None
        and norm.valid_from <= today
        and (norm.valid_until is None or today < norm.valid_until)
    ]
    return norms[-1] if norms else None


def _outcome(
    question: SurveyQuestion,
    of: int,
    every: Mapping[tuple[Any, ...], Result],
    held_against: ServiceNorm | None,
    rounds: Sequence[SurveyRound],
) -> Outcome:
    target = held_against.target if held_against is not None else None
    text = question.text_en if wording.language() == "en" else question.text_nl
    is_many = question.kind == Kind.MANY
    first = part_key(question.key, 1) if is_many else question.key
    now = every.get((of, first), Result())
    bars = _bars(question, of, every, now)
    worth = _worth(question, now)
    norm, css = _to_norm(worth, held_against) if worth is not None else ("", "inactive")
    trend = [(one, every.get((one.pk, question.key), Result())) for one in rounds] if not is_many else []
    told = [(one, found) for one, found in trend if found.size]
    return Outcome(
        anchor=f"vraag-{question.pk}",
        text=text,
        how=str(Kind(question.kind).label),
        is_words=question.kind == Kind.TEXT,
        value=_value(question, now, target),
        beside=_beside(question, now),
        norm=norm,
        norm_css=css,
        chart=charts.bars(
            [(str(place), count, f"{name}\n{wording.number(count)} ({share})") for place, name, count, share in bars],
            _("How often each answer was given"),
        )
        if now.size and question.kind in (Kind.MARK, Kind.SCALE, Kind.EFFORT)
        else "",
        bars=[Bar(name, wording.number(count), share) for _place, name, count, share in bars],
        trend_chart=_trend_chart(question, text, told, target),
        trend=[
            Time(one.name, _value(question, found, target), wording.number(found.size), one.pk == of)
            for one, found in told
        ]
        if len(told) > 1 and worth is not None
        else [],
    )


def _bars(
    question: SurveyQuestion, of: int, every: Mapping[tuple[Any, ...], Result], now: Result
) -> list[tuple[int, str, int, str]]:
    """Number, word, how often and which share of each possible answer."""
    if not now.size:
        return []
    if question.kind == Kind.MANY:
        parts = [
            (number, word, every.get((of, part_key(question.key, number)), Result()))
            for number, word in options_of(question)
        ]
        return [(number, word, part.counts[1], wording.percent(part.share(2) or 0, 0)) for number, word, part in parts]
    return [
        (number, word, now.counts[number - 1], wording.percent(now.share(number) or 0, 0))
        for number, word in options_of(question)
    ]


def _worth(question: SurveyQuestion, one: Result) -> float | None:
    """As a number: the mean, or of a share how many of a hundred; None when there is no one number."""
    if one.mean is None or question.kind in (Kind.ONE, Kind.MANY, Kind.TEXT):
        return None
    good = GOOD.get(Kind(question.kind))
    return round((one.share(*good) or 0) * 100, 9) if good else one.mean  # 0.57 * 100 is a little less than 57


def _value(question: SurveyQuestion, one: Result, target: Decimal | None = None) -> str:
    worth = _worth(question, one)
    if worth is None:
        return "–"
    if Kind(question.kind) in GOOD:
        return wording.percent(beside(worth, target, 0) / 100, 0)
    return wording.number(round(beside(worth, target), 1), 1)


def _beside(question: SurveyQuestion, one: Result) -> str:
    if not one.size:
        return _("Too few answers")
    count = {"count": wording.number(one.size)}
    if question.kind == Kind.SCALE:
        return _("agree (4 or 5), %(count)s answers") % count
    if question.kind in (Kind.MARK, Kind.EFFORT) and one.interval is not None:
        low, high = one.interval[0], min(one.interval[1], question.highest)
        between = f"{wording.number(round(low, 1), 1)} – {wording.number(round(high, 1), 1)}"
        return _("%(count)s answers. With 95%% certainty the mean lies between %(interval)s.") % {
            **count,
            "interval": between,
        }
    return _("%(count)s answers") % count


def _to_norm(worth: float, norm: ServiceNorm | None) -> tuple[str, str]:
    if norm is None:
        return "", "inactive"
    wanted, shown = float(norm.target), wording.number(norm.target.normalize())
    if norm.is_start and worth == wanted:
        return _("not above the norm yet"), "warning"
    if worth >= wanted:
        return _("norm %(target)s reached") % {"target": shown}, "success"
    return _("under the norm of %(target)s") % {"target": shown}, "warning"


def _trend_chart(
    question: SurveyQuestion, text: str, told: Sequence[tuple[SurveyRound, Result]], target: Decimal | None
) -> SafeString | str:
    points = [
        (
            str(one.starts_on.year),
            its_worth,
            f"{one.name}\n{_value(question, found, target)}\n{_('%(count)s answers') % {'count': found.size}}",
        )
        for one, found in told
        if (its_worth := _worth(question, found)) is not None
    ]
    if len(points) < 2:
        return ""
    label = _("%(name)s: %(count)s measurements, the last %(score)s") % {
        "name": text,
        "count": len(points),
        "score": _value(question, told[-1][1], target),
    }
    unit = wording.percent_sign() if Kind(question.kind) in GOOD else ""
    return charts.line(points, float(target) if target is not None else None, label, _("norm"), unit)
