"""Two years of invitations and answers for the demo, from its own contacts; the same for the same day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from django.db import connection

from channels_app.models import Channel
from contacts.demo.keys import filled_at_once
from contacts.models import Contact, ContactAddress, Question, QuestionContact
from organisation.copy_in import copy_rows
from organisation.snapshot import organisation
from organisation.workdays import day_start, local_day
from surveys.actions.add_defaults import add_defaults
from surveys.actions.answer import theme_of
from surveys.actions.ended import ANSWERED
from surveys.actions.example_places import example_places
from surveys.actions.gather import batch_row, judge_at_the_end
from surveys.batching import Waiting, batches
from surveys.choices import asking_choices
from surveys.demo_words import BAD, GOOD, SO_SO
from surveys.links import address_hash, token_hash
from surveys.models import (
    Answer,
    AnswerBatch,
    ChannelRule,
    Invitation,
    Response,
    Survey,
    SurveyPlace,
    SurveyQuestion,
    SurveyVersion,
)
from surveys.sampling import draw

SHARES = {
    "phone": 45,
    "counter": 45,
    "email": 60,
    "form": 60,
    "letter": 100,
    "appointment": 100,
    "whatsapp": 50,
    "chat": 50,
}
MEANS = {"phone": 7.5, "counter": 7.9, "email": 6.9, "form": 7.1, "letter": 6.6, "appointment": 8.0, "whatsapp": 7.7}
RESPONSE = {"phone": 0.33, "counter": 0.36, "email": 0.42, "form": 0.38, "letter": 0.30}
SLOW = timedelta(days=5)
WEEK = 7
AT_THE_COUNTER = 60


@dataclass
class Asked:
    invitation: Invitation
    is_slow: bool


def load_example(*, day: date) -> int:
    """Says how many answered."""
    at = day_start(day)
    add_defaults(at=at)
    for rule in ChannelRule.objects.filter(channel__in=SHARES):
        rule.share, rule.is_active = SHARES[rule.channel], True
        rule.save()
    place, _is_new = SurveyPlace.objects.get_or_create(
        code="balie", defaults={"name": "Balie", "survey": Survey.objects.get(code="bezoek"), "channel": "counter"}
    )
    versions = {one.survey_id: one for one in SurveyVersion.objects.filter(state=SurveyVersion.State.RUNNING)}
    surveys = {rule.channel: versions[rule.survey_id] for rule in ChannelRule.objects.filter(channel__in=SHARES)}
    questions: dict[int, list[SurveyQuestion]] = defaultdict(list)
    for question in SurveyQuestion.objects.filter(version__in=versions.values()):
        questions[question.version_id].append(question)
    chance = Random(f"surveys {day.isoformat()}")  # noqa: S311 - the demo is the same every time
    house = organisation()
    asked = list(_asked(surveys, at))
    responses: list[Response] = []
    answers: list[Answer] = []
    for one in asked:
        invitation = one.invitation
        on = invitation.invited_on + timedelta(days=chance.choice((0, 0, 0, 1, 1, 2, 4)))
        if on >= day or chance.random() > RESPONSE.get(invitation.channel, 0.35):
            continue
        invitation.is_answered = True
        response = Response(
            id=UUID(int=chance.getrandbits(128), version=4),
            survey_version_id=invitation.survey_version_id,
            channel=invitation.channel,
            team_id=invitation.team_id,
            theme_id=theme_of(invitation.subject_id, house),
            answered_on=on,
        )
        responses.append(response)
        answers += _answers(
            invitation.survey_id, one.is_slow, response, questions[invitation.survey_version_id], day, chance
        )
    chance = Random(f"surveys at the counter {day.isoformat()}")  # noqa: S311 - the demo is the same every time
    for where, back in ((place, 120), *example_places(day)):
        version = versions[where.survey_id]
        _where_anybody_may(where, version, questions[version.pk], day, back, responses, answers, chance)
    with filled_at_once([Invitation, Response, Answer]):
        copy_rows([one.invitation for one in asked])
        copy_rows(responses)
        _let_them_count(answers, day)
        copy_rows(answers)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE surveys_invitation, surveys_response, surveys_answer, surveys_answerbatch")
    return len(responses)


def _where_anybody_may(
    place: SurveyPlace,
    version: SurveyVersion,
    questions: list[SurveyQuestion],
    day: date,
    back: int,
    responses: list[Response],
    answers: list[Answer],
    chance: Random,
) -> None:
    """Happier than who was asked, and shown apart."""
    for _visitor in range(AT_THE_COUNTER):
        response = Response(
            id=UUID(int=chance.getrandbits(128), version=4),
            survey_version=version,
            channel=place.channel,
            place=place,
            feeds_figures=place.feeds_figures,
            answered_on=day - timedelta(days=chance.randint(1, back)),
        )
        responses.append(response)
        answers += _answers(version.survey_id, False, response, questions, day, chance)


def _asked(surveys: dict[str, SurveyVersion], until: datetime) -> Iterator[Asked]:
    """As the sweep would have asked: by the same draw, once per customer in ninety days."""
    choices = asking_choices()
    choices.salt = "demo" * 8  # the same rows for the same day
    choices.save()
    emails = dict(
        ContactAddress.objects.filter(kind=ContactAddress.Kind.EMAIL, bounced_at__isnull=True)
        .order_by("-pk")
        .values_list("customer_id", "normalized")
    )
    rows: Iterable[Any] = (
        QuestionContact.objects.filter(
            is_first=True,
            contact__channel__in=surveys,
            contact__direction=Contact.Direction.IN,
            contact__is_automatic=False,
            contact__customer__in=emails,
            question__status=Question.Status.CLOSED,
            question__close_reason__in=ANSWERED,
            question__is_confidential=False,
            question__closed_at__lt=until - timedelta(hours=8),
        )
        .order_by("question__closed_at", "contact_id")
        .values_list(
            "contact_id",
            "contact__channel",
            "contact__customer_id",
            "contact__received_at",
            "question__closed_at",
            "question__team_id",
            "question__subject_id",
        )
    )
    last: dict[Any, datetime] = {}
    seen: set[int] = set()
    for contact_id, channel, customer_id, received_at, closed_at, team_id, subject_id in rows:
        known = last.get(customer_id)
        is_lately = known is not None and closed_at - known < timedelta(days=choices.days_between)
        if contact_id in seen or is_lately or draw(f"contact:{contact_id}") * 100 >= SHARES[str(channel)]:
            continue
        seen.add(contact_id)
        invited_at = closed_at + timedelta(hours=1)
        last[customer_id] = invited_at
        version = surveys[str(channel)]
        yield Asked(
            Invitation(
                survey_id=version.survey_id,
                survey_version=version,
                contact_id=contact_id,
                customer_id=customer_id,
                address_hash=address_hash(choices.salt, emails[customer_id]),
                token_hash=token_hash(f"demo {contact_id}"),  # no link has a space in it: nobody can use these
                channel=channel,
                team_id=team_id,
                subject_id=subject_id,
                contact_on=local_day(received_at),
                invited_at=invited_at,
                invited_on=local_day(invited_at),
                expires_at=invited_at + timedelta(days=choices.valid_days),
            ),
            is_slow=channel != Channel.LETTER and closed_at - received_at > SLOW,
        )


def _answers(
    survey_id: int, is_slow: bool, response: Response, questions: list[SurveyQuestion], day: date, chance: Random
) -> Iterator[Answer]:
    """Slow answers get lower marks; over two years it goes up a little."""
    years_ago = (day - response.answered_on).days / 365
    mean = MEANS.get(response.channel, 7.3) + 0.25 - 0.25 * years_ago - (1.2 if is_slow else 0)
    felt = chance.gauss(mean, 1.5)
    for question in questions:
        value, text = _value(question, felt, chance), ""
        if question.kind == SurveyQuestion.Kind.TEXT:
            if chance.random() > 0.22:
                continue
            text = chance.choice(GOOD if felt >= 7.6 else SO_SO if felt >= 5.6 else BAD)
        elif not question.is_required and chance.random() < 0.08:
            continue
        yield Answer(
            response=response,
            question=question,
            survey_id=survey_id,
            key=question.key,
            value=value,
            text=text,
        )


def _value(question: SurveyQuestion, felt: float, chance: Random) -> int | None:
    kind, key = SurveyQuestion.Kind, SurveyQuestion.Key
    if question.kind == kind.TEXT:
        return None
    if question.kind == kind.YES:
        return 3 if felt > 6.4 else 2 if felt > 4.9 else 1
    if question.key == key.EFFORT:
        return _within(chance.gauss(5.6 - felt * 0.45, 0.8), 5)
    if question.kind == kind.SCALE:
        return _within(chance.gauss(felt * 0.52, 0.8), 5)
    lift = 0.55 if question.key == key.FRIENDLINESS else 0.0
    return _within(felt + lift + (chance.gauss(0, 0.6) if lift else 0.0), 10)


def _within(value: float, highest: int) -> int:
    return min(highest, max(1, round(value)))


def _let_them_count(answers: list[Answer], day: date) -> None:
    """Week by week, as the sweep would have done."""
    pools: dict[tuple[int, str], list[tuple[date, int]]] = defaultdict(list)
    for place, one in enumerate(answers):
        if one.value is not None:
            pools[one.survey_id, one.key].append((one.response.answered_on, place))
    rows: list[AnswerBatch] = []
    members: list[tuple[Any, ...]] = []
    for (survey_id, key), pool in sorted(pools.items()):
        pool.sort()
        values: dict[Hashable, int] = {place: int(answers[place].value or 0) for _on, place in pool}
        waiting: dict[Any, Waiting] = {}
        upcoming = iter([*pool, (day, -1)])
        on, place = next(upcoming)
        today = pool[0][0] + timedelta(days=WEEK)
        while today < day + timedelta(days=WEEK):
            while place >= 0 and on < min(today, day):
                response = answers[place].response
                waiting[place] = Waiting(
                    place,
                    response.channel,
                    response.team_id,
                    response.theme_id,
                    on,
                    response.place_id,
                    response.feeds_figures,
                )
                on, place = next(upcoming)
            for batch in batches(waiting.values(), min(today, day)):
                rows.append(batch_row(survey_id, key, batch, values))
                members.append(batch.pks)
                for pk in batch.pks:
                    del waiting[pk]
            today += timedelta(days=WEEK)
    judge_at_the_end()
    for row, pks in zip(AnswerBatch.objects.bulk_create(rows), members, strict=True):
        for pk in pks:
            answers[pk].batch = row
