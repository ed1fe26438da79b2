"""Two rounds of a questionnaire, one that is being prepared, and themes of words for the demo; the same for the same day, and marked as an example."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from random import Random
from typing import Any, Final
from uuid import UUID

from organisation.copy_in import copy_rows
from organisation.workdays import day_start, local_day
from surveys.actions.answer import counted
from surveys.actions.draw_sample import population
from surveys.actions.gather import batch_row, judge_at_the_end
from surveys.batching import FEWEST, Batch
from surveys.demo_words import BAD, GOOD, SO_SO
from surveys.links import token_hash
from surveys.models import (
    Answer,
    AnswerBatch,
    Invitation,
    Response,
    Survey,
    SurveyQuestion,
    SurveyRound,
    SurveyVersion,
    WordGroup,
)

Kind = SurveyQuestion.Kind
WAYS: Final = [
    ["Telefoon", "Phone"],
    ["Balie", "Counter"],
    ["E-mail", "E-mail"],
    ["Website", "Website"],
    ["Brief", "Letter"],
]
WISHES: Final = [
    ["Langer open", "Longer opening hours"],
    ["Sneller antwoord", "A faster answer"],
    ["Meer online regelen", "More online"],
    ["Duidelijker brieven", "Clearer letters"],
    ["Een vaste medewerker", "The same employee every time"],
]
ENDS: Final = {"low_nl": "heel slecht", "low_en": "very bad", "high_nl": "heel goed", "high_en": "very good"}
AGREE: Final = {"low_nl": "helemaal niet", "low_en": "not at all", "high_nl": "helemaal wel", "high_en": "fully"}
ASKED: Final[tuple[dict[str, Any], ...]] = (
    {"key": "mark", "kind": Kind.MARK, "text_nl": "Welk cijfer geeft u onze dienstverlening?", "text_en": "Which mark do you give our service?", "is_required": True, **ENDS},
    {"key": "friendliness", "kind": Kind.MARK, "text_nl": "Hoe vriendelijk zijn onze medewerkers?", "text_en": "How friendly are our employees?", **ENDS},
    {"key": "clear_language", "kind": Kind.SCALE, "text_nl": "De gemeente gebruikt heldere taal.", "text_en": "The municipality uses clear language.", **AGREE},
    {"key": "q1", "kind": Kind.ONE, "text_nl": "Hoe had u de laatste keer contact?", "text_en": "How did you have contact the last time?", "options": WAYS},
    {"key": "q2", "kind": Kind.MANY, "text_nl": "Wat zou u helpen?", "text_en": "What would help you?", "options": WISHES},
    {"key": "q3", "kind": Kind.YES_NO, "text_nl": "Kon u alles in één keer regelen?", "text_en": "Could you arrange everything at once?"},
    {"key": "better", "kind": Kind.TEXT, "text_nl": "Wat kan beter?", "text_en": "What can be better?"},
)  # fmt: skip
GROUPS: Final = (
    ("Wachten", ["wacht", "rij", "duurde", "lang", "snel"]),
    ("Vriendelijk", ["vriendelijk", "aardig", "behulpzaam", "netjes"]),
    ("Duidelijk", ["duidelijk", "begrijp", "uitleg", "brief"]),
    ("Website", ["website", "site", "online", "formulier"]),
)


def load_example_rounds(*, day: date) -> int:
    """Says how many answered."""
    for name, words in GROUPS:
        WordGroup.objects.get_or_create(name=name, defaults={"words": words})
    version = _version(day)
    chance = Random(f"rounds {day.isoformat()}")  # noqa: S311 - the demo is the same every time
    old = _round(version, day.year - 2, day - timedelta(days=760), way=SurveyRound.Way.LINK, is_over=True)
    new = _round(version, day.year, day - timedelta(days=45), way=SurveyRound.Way.SAMPLE, is_over=True)
    _round(version, day.year + 1, day + timedelta(days=60), way=SurveyRound.Way.SAMPLE, is_over=False)
    answered = _invite(new, chance)
    _answer(old, version, 240, 6.9, chance)
    _answer(new, version, answered, 7.2, chance)
    return 240 + answered


def _version(day: date) -> SurveyVersion:
    survey = Survey.objects.create(code="klantonderzoek", name="Klantonderzoek", purpose=Survey.Purpose.RESEARCH)
    at = day_start(day - timedelta(days=800))
    version = SurveyVersion.objects.create(
        survey=survey,
        number=1,
        title_nl="Wat vindt u van de gemeente?",
        title_en="What do you think of the municipality?",
        created_at=at,
    )
    for order, one in enumerate(ASKED, start=1):
        SurveyQuestion.objects.create(version=version, order=order, **one)
    version.state, version.published_at = SurveyVersion.State.RUNNING, at
    version.save()
    return version


def _round(version: SurveyVersion, year: int, first: date, *, way: str, is_over: bool) -> SurveyRound:
    last = first + timedelta(days=28)
    begun: dict[str, Any] = (
        {
            "state": SurveyRound.State.ENDED,
            "survey_version": version,
            "began_at": day_start(first) + timedelta(hours=9),
            "ended_at": day_start(last + timedelta(days=1)),
        }
        if is_over
        else {}
    )
    return SurveyRound.objects.create(
        survey_id=version.survey_id,
        name=f"Klantonderzoek {year}",
        way=way,
        starts_on=first,
        ends_on=last,
        intro_nl="U had contact met de gemeente. Wij horen graag wat u van onze hulp vindt. Doet u mee?",
        intro_en="You had contact with the municipality. We would like to hear what you think. Will you take part?",
        contacts_from=first - timedelta(days=270),
        contacts_until=first - timedelta(days=1),
        size=700,
        reminder_days=10,
        seed=f"demo{year}",
        is_example=True,
        **begun,
    )


def _invite(row: SurveyRound, chance: Random) -> int:
    """A sample as the sweep would have drawn it; who had contact lately answers more often. Says how many answered."""
    at = row.began_at
    if at is None or row.survey_version is None:
        return 0
    found = population(row, at)
    sample = found.sample(row)
    row.population, row.left_out, row.drawn = len(found.people), dict(found.left_out), len(sample)
    row.reminded_at = at + timedelta(days=10)
    row.save()
    invitations = [
        Invitation(
            survey_id=row.survey_id,
            survey_version=row.survey_version,
            round=row,
            contact_id=one.contact_id,
            customer_id=one.customer_id,
            address_hash=one.address_hash,
            token_hash=token_hash(
                f"demo {row.pk} {one.customer_id}"
            ),  # no link has a space in it: nobody can use these
            channel=one.channel,
            team_id=one.team_id,
            subject_id=one.subject_id,
            contact_on=local_day(one.received_at),
            invited_at=at,
            invited_on=local_day(at),
            expires_at=day_start(row.ends_on + timedelta(days=1)),
            is_answered=chance.random() < (0.44 if (at - one.received_at).days < 60 else 0.27),
        )
        for one in sample
    ]
    copy_rows(invitations)
    return sum(one.is_answered for one in invitations)


def _answer(row: SurveyRound, version: SurveyVersion, count: int, mean: float, chance: Random) -> None:
    questions = list(version.questions.all())
    responses, answers = [], []
    for _one in range(count):
        response = Response(
            id=UUID(int=chance.getrandbits(128), version=4),
            survey_version=version,
            channel="",
            round=row,
            feeds_figures=False,
            answered_on=row.starts_on + timedelta(days=chance.choice((0, 0, 1, 1, 2, 4, 10, 11, 12))),
        )
        responses.append(response)
        felt = chance.gauss(mean, 1.4)
        for question in questions:
            answers += _given(response, question, felt, chance)
    copy_rows(responses)
    _let_them_count(row, answers)
    copy_rows(answers)


def _given(response: Response, question: SurveyQuestion, felt: float, chance: Random) -> list[Answer]:
    given: int | str | list[int]
    if question.kind == Kind.TEXT:
        if chance.random() > 0.3:
            return []
        given = chance.choice(GOOD if felt >= 7.6 else SO_SO if felt >= 5.6 else BAD)
    elif question.kind == Kind.MANY:
        given = sorted(chance.sample(range(1, question.highest + 1), chance.choice((1, 1, 2, 3))))
    elif question.kind == Kind.ONE:
        given = chance.choices(range(1, question.highest + 1), (5, 3, 4, 4, 2))[0]
    elif question.kind == Kind.YES_NO:
        given = 2 if felt > 6.5 else 1
    else:
        lift = 0.7 if question.key == "friendliness" else 0.0
        best = question.highest
        given = min(best, max(1, round((felt + lift + chance.gauss(0, 0.5)) * best / 10 + (0.4 if best == 5 else 0))))
    return [
        Answer(
            response=response,
            question=question,
            survey_id=response.survey_version.survey_id,
            key=key,
            value=value,
            text=given if isinstance(given, str) else "",
        )
        for key, value in counted(question, given)
    ]


def _let_them_count(row: SurveyRound, answers: list[Answer]) -> None:
    """All of them together, as when it is over."""
    pools: dict[str, list[Answer]] = defaultdict(list)
    for one in answers:
        if one.value is not None:
            pools[one.key].append(one)
    judge_at_the_end()
    for key, pool in sorted(pools.items()):
        if len(pool) < FEWEST:  # of a short demo
            continue
        batch = Batch(tuple(range(len(pool))), "", None, None, row.ends_on, None, False, row.pk)
        values: Any = {place: int(one.value or 0) for place, one in enumerate(pool)}
        made = AnswerBatch.objects.bulk_create([batch_row(row.survey_id, key, batch, values)])[0]
        for one in pool:
            one.batch = made
