"""Asks customers how it went, once per contact: invitation and outgoing mail in one transaction (architecture §2).

The rows say who is due: a sweep that runs twice, late, beside another or after an outage asks the same people, and nobody about a
contact that is too old.
"""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from channels_app.actions.send import compose_message
from channels_app.models import Channel, OutboundMessage
from contacts.actions.send_message import Way
from organisation import wording
from organisation.clock import AMSTERDAM, local_day
from organisation.nudge import nudge
from organisation.snapshot import Organisation, organisation
from organisation.workdays import day_start
from surveys.actions.ended import Found, ended_contacts, ended_ids
from surveys.choices import asking_choices
from surveys.links import new_token, token_hash
from surveys.models import AskingChoices, ChannelRule, Invitation, SurveyVersion
from surveys.sampling import ASK, Limits, Rule, is_quiet, verdict
from surveys.wording import what_happened

AT_ONCE = 1000
LOCK = 4_101_001
PURPOSE = "survey"
KEY = "invitation:"
REMINDER_KEY = "reminder:"
PER_SECOND = 20
"""Invitations leave one after the other, so that answers to customers never wait behind thousands of them."""


def invite(*, at: datetime, seconds: float = 45) -> int:
    """Says how many were asked. A second worker at the same moment leaves it to the first."""
    choices = asking_choices()
    if is_quiet(at.astimezone(AMSTERDAM).time(), choices.quiet_from, choices.quiet_until):
        return 0
    rules = {rule.channel: rule for rule in ChannelRule.objects.filter(is_active=True, share__gt=0)}
    running = {one.survey_id: one for one in SurveyVersion.objects.filter(state=SurveyVersion.State.RUNNING)}
    rules = {channel: rule for channel, rule in rules.items() if rule.survey_id in running}
    if not rules:
        return 0
    until, asked, last = time.monotonic() + seconds, 0, 0
    with translation.override("nl"):
        while time.monotonic() < until:
            step = _some(rules, running, choices, at, after=last, sent=asked)
            if step is None:
                break
            last, count = step
            asked += count
    if asked:
        nudge("channels_app.tasks.deliver")
        nudge("channels_app.tasks.deliver_messages")
    return asked


def may_choose() -> bool:
    """One worker at a time decides who is asked, after a contact or in a sample; held until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        return bool(cursor.fetchone()[0])


def _some(
    rules: dict[str, ChannelRule],
    running: dict[int, SurveyVersion],
    choices: AskingChoices,
    at: datetime,
    *,
    after: int,
    sent: int,
) -> tuple[int, int] | None:
    """One bounded step: the last contact that was looked at and how many were asked; None: nothing left, or somebody else is at it."""
    limits = Limits(timedelta(days=choices.days_between), timedelta(days=choices.stale_days))
    with transaction.atomic():
        if not may_choose():
            return None
        ids = ended_ids(channels=rules, since=at - limits.stale_after, until=at, after=after, most=AT_ONCE)
        if not ids:
            return None
        house = organisation()
        invitations: list[Invitation] = []
        texts: list[tuple[Found, str]] = []
        asked_now: dict[object, datetime] = {}
        for one in ended_contacts(ids, choices, at):
            keys = [key for key in (one.contact.customer_id, one.address_hash) if key]
            before = [asked_now[key] for key in keys if key in asked_now]
            known = [moment for moment in (one.ended.last_asked_at, *before) if moment is not None]
            contact = replace(one.ended, last_asked_at=max(known, default=None))
            rule = rules[one.contact.channel]
            how = Rule(rule.share, timedelta(minutes=rule.delay_minutes))
            if verdict(contact, how, limits, at) != ASK:
                continue
            asked_now.update(dict.fromkeys(keys, at))
            token = new_token()
            invitations.append(_invitation(one, running[rule.survey_id], token, choices, at))
            texts.append((one, token))
        Invitation.objects.bulk_create(invitations)
        OutboundMessage.objects.bulk_create(
            _mail(invitation, one, token, house, at, wait=(sent + place) / PER_SECOND)
            for place, (invitation, (one, token)) in enumerate(zip(invitations, texts, strict=True))
        )
    return ids[-1], len(invitations)


def _invitation(one: Found, version: SurveyVersion, token: str, choices: AskingChoices, at: datetime) -> Invitation:
    return Invitation(
        survey_id=version.survey_id,
        survey_version=version,
        contact=one.contact,
        customer_id=one.contact.customer_id,
        address_hash=one.address_hash,
        token_hash=token_hash(token),
        channel=one.contact.channel,
        team_id=one.question.team_id,
        subject_id=one.question.subject_id,
        contact_on=local_day(one.contact.received_at),
        invited_at=at,
        invited_on=local_day(at),
        expires_at=day_start(local_day(at) + timedelta(days=choices.valid_days + 1)),
    )


def _mail(
    invitation: Invitation, one: Found, token: str, house: Organisation, at: datetime, wait: float
) -> OutboundMessage:
    """In the house style, at B1; says nothing of what the question was about."""
    link = settings.SITE_URL + reverse("surveys:ask", args=[token])
    last_day = wording.last_day(invitation.expires_at)
    context = {
        "name": one.contact.customer.full_name if one.contact.customer else "",
        "happened": what_happened(one.contact.channel, wording.day_long(invitation.contact_on, last_day)),
        "link": link,
        "no_more": settings.SITE_URL + reverse("surveys:no_more", args=[token]),
        "last_day": wording.day_long(last_day, invitation.invited_on),
        "municipality": house.municipality,
    }
    if one.way is not None:
        return _message(invitation, one.way, context, at, wait)
    body = render_to_string("mail/survey.txt", context)
    html = render_to_string("mail/survey.html", context)
    message = compose_message(
        purpose=PURPOSE,
        object_key=f"{KEY}{invitation.pk}",
        to_address=one.address,
        to_name=one.contact.customer.full_name if one.contact.customer else "",
        subject=_("How did we help you?"),
        body=body.strip() + "\n",
        html=html.strip(),
        at=at,
        mailbox=one.contact.inbound.mailbox if one.contact.inbound is not None else None,
        is_automatic=True,
    )
    message.next_try_at = at + timedelta(seconds=wait)
    return message


def _message(
    invitation: Invitation, way: Way, context: dict[str, object], at: datetime, wait: float
) -> OutboundMessage:
    """Short, in the talk itself."""
    details = {
        **way.talk.details,
        "public": False,
        "hours": max(0, int((at - way.talk.last_at).total_seconds() // 3600)),
    }
    message = compose_message(
        purpose=PURPOSE,
        object_key=f"{KEY}{invitation.pk}",
        channel=way.adapter.channel,
        to_address=way.talk.address,
        to_name=str(context["name"]),
        subject=_("How did we help you?"),
        body=render_to_string(
            "mail/survey_message.txt", {**context, "is_sms": way.adapter.channel == Channel.SMS}
        ).strip()
        + "\n",
        at=at,
        is_automatic=True,
        message_source=way.talk.source,
        conversation=way.conversation,
        details=details,
    )
    message.next_try_at = at + timedelta(seconds=wait)
    return message


def invitation_of(message: OutboundMessage) -> Invitation | None:
    """What this mail invites to."""
    key = message.object_key.removeprefix(KEY).removeprefix(REMINDER_KEY)
    return Invitation.objects.filter(pk=key).first()
