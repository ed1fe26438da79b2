"""Begins, reminds and ends questionnaires when their day has come; may run twice, late or not at all.

Draw, invitations and mails are one transaction: all of the sample or nobody. A second worker finds the row locked and leaves it.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Final

from django.db import transaction

from channels_app.models import OutboundMessage
from organisation import audit
from organisation.clock import AMSTERDAM, local_day
from organisation.nudge import nudge
from organisation.workdays import day_start
from surveys.actions.draw_sample import Person, emails_of, population
from surveys.actions.invite import KEY, REMINDER_KEY, may_choose
from surveys.actions.round_mail import RoundMail, round_mail
from surveys.choices import asking_choices
from surveys.links import address_hash, new_token, token_hash
from surveys.models import Invitation, OptOut, SurveyRound, SurveyVersion
from surveys.sampling import is_quiet

log = logging.getLogger(__name__)
State, Way = SurveyRound.State, SurveyRound.Way
AT_ONCE: Final = 1_000


def hold_rounds(*, at: datetime) -> int:
    """Says how many questionnaires moved on."""
    today = local_day(at)
    due = SurveyRound.objects.filter(state__in=[State.PLANNED, State.RUNNING]).order_by("pk")
    moved = 0
    for pk in list(due.values_list("pk", flat=True)):
        try:
            moved += _move(pk, at, today)
        except Exception:
            log.exception(
                "questionnaire was not moved", extra={"round": pk}
            )  # one questionnaire that fails must not stop the next
    if moved:
        nudge("channels_app.tasks.deliver")
    return moved


@transaction.atomic
def _move(pk: int, at: datetime, today: date) -> int:
    row = SurveyRound.objects.select_for_update(skip_locked=True, of=("self",)).filter(pk=pk).first()
    if row is None:
        return 0
    if row.state == State.PLANNED and row.ends_on < today:
        return _end(row, State.STOPPED, at)  # nobody worked in all that time: it never began
    if row.state == State.PLANNED and row.starts_on <= today:
        return _begin(row, at)
    if row.state == State.RUNNING and row.ends_on < today:
        return _end(row, State.ENDED, at)
    if row.state == State.RUNNING and _is_reminder_due(row, today):
        return _remind(row, at)
    return 0


def _begin(row: SurveyRound, at: datetime) -> int:
    version = SurveyVersion.objects.filter(survey_id=row.survey_id, state=SurveyVersion.State.RUNNING).first()
    if version is None or (row.way == Way.SAMPLE and (_is_night(at) or not may_choose())):
        return 0
    row.survey_version, row.state, row.began_at = version, State.RUNNING, at
    if row.way == Way.SAMPLE:
        found = population(row, at)
        sample = found.sample(row)
        row.population, row.left_out, row.drawn = len(found.people), dict(found.left_out), len(sample)
        mail = round_mail(row, version, at)
        for place in range(0, len(sample), AT_ONCE):
            _invite(row, mail, sample[place : place + AT_ONCE], at, sent=place)
    row.version += 1
    row.save()
    audit.record(by=None, action="round.began", obj=row)
    return 1


def _invite(row: SurveyRound, mail: RoundMail, people: Sequence[Person], at: datetime, sent: int) -> None:
    tokens = [new_token() for _one in people]
    invitations = Invitation.objects.bulk_create(
        Invitation(
            survey_id=row.survey_id,
            survey_version=mail.version,
            round=row,
            contact_id=one.contact_id,
            customer_id=one.customer_id,
            address_hash=one.address_hash,
            token_hash=token_hash(token),
            channel=one.channel,
            team_id=one.team_id,
            subject_id=one.subject_id,
            contact_on=local_day(one.received_at),
            invited_at=at,
            invited_on=local_day(at),
            expires_at=_closes(row),
        )
        for one, token in zip(people, tokens, strict=True)
    )
    OutboundMessage.objects.bulk_create(
        mail.to(key=f"{KEY}{invitation.pk}", address=one.address, name=one.name, token=token, at=at, place=sent + place)
        for place, (one, invitation, token) in enumerate(zip(people, invitations, tokens, strict=True))
    )


def _remind(row: SurveyRound, at: datetime) -> int:
    """Once, and only who did not answer, may still be asked and is reached at the same address."""
    version = row.survey_version
    if version is None or _is_night(at):
        return 0
    row.reminded_at = at
    row.version += 1
    row.save(update_fields=["reminded_at", "version"])
    salt, sent = asking_choices().salt, 0
    mail = round_mail(row, version, at, is_reminder=True)
    for some in _unanswered(row):
        people = {one.pk: one.contact.customer for one in some if one.contact is not None}
        emails = emails_of(person.pk for person in people.values() if person is not None)
        refused = set(
            OptOut.objects.filter(address_hash__in=[one.address_hash for one in some]).values_list(
                "address_hash", flat=True
            )
        )
        mails = []
        for one in some:
            person = people.get(one.pk)
            address = emails.get(person.pk, "") if person is not None else ""
            if (
                person is None
                or not address
                or address_hash(salt, address) != one.address_hash
                or one.address_hash in refused
            ):
                continue
            token = new_token()
            one.reminder_hash, one.reminded_at = token_hash(token), at
            key = f"{REMINDER_KEY}{one.pk}"
            mails.append(mail.to(key=key, address=address, name=person.name, token=token, at=at, place=sent))
            sent += 1
        Invitation.objects.bulk_update([one for one in some if one.reminder_hash], ["reminder_hash", "reminded_at"])
        OutboundMessage.objects.bulk_create(mails)
    audit.record(by=None, action="round.reminded", obj=row, rows=sent)
    return 1


def _unanswered(row: SurveyRound) -> Iterator[list[Invitation]]:
    """With whose the contact is by now: a customer who was merged since the draw is the one it became."""
    last = 0
    while True:
        rows = Invitation.objects.filter(
            round=row,
            is_answered=False,
            is_undelivered=False,
            contact__customer__isnull=False,
            reminder_hash="",
            pk__gt=last,
        )
        some = list(rows.select_related("contact__customer").order_by("pk")[:AT_ONCE])
        if not some:
            return
        last = some[-1].pk
        yield some


def _end(row: SurveyRound, state: str, at: datetime) -> int:
    row.state, row.ended_at = state, at
    row.version += 1
    row.save(update_fields=["state", "ended_at", "version"])
    audit.record(by=None, action="round.ended", obj=row)
    return 1


def _is_reminder_due(row: SurveyRound, today: date) -> bool:
    """Not on the last day any more: who opens the mail tomorrow would find nothing."""
    if row.way != Way.SAMPLE or row.reminder_days is None or row.reminded_at is not None or row.began_at is None:
        return False
    return local_day(row.began_at) + timedelta(days=row.reminder_days) <= today < row.ends_on


def _is_night(at: datetime) -> bool:
    choices = asking_choices()
    return is_quiet(at.astimezone(AMSTERDAM).time(), choices.quiet_from, choices.quiet_until)


def _closes(row: SurveyRound) -> datetime:
    return day_start(row.ends_on + timedelta(days=1))
