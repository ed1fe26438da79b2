"""What went to and fro with one person beside the contacts: letters, mail of ours, replies that wait, calls (for `contacts.person.file`)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.translation import gettext as _

from channels_app.models import Call, DeadAddress, InboundMessage, OutboundMessage, StoppedNumber
from contacts import normalize
from contacts.models import Customer, MessageConsent, OutgoingLetter, PlannedReply
from contacts.person.words import MOST, Row, day, moment, row, without_names
from organisation import wording

if TYPE_CHECKING:
    from django.db.models import QuerySet


def letters(shown: list[int], numbers: dict[int, str]) -> Iterable[Row]:
    """Also those that wait or were withdrawn; the text of one that was posted stands with the contacts."""
    for one in OutgoingLetter.objects.filter(question__in=shown).order_by("made_at")[:MOST]:
        is_posted = one.state == OutgoingLetter.State.POSTED
        yield row(
            (_("Question"), numbers[one.question_id]),
            (_("What"), str(one.get_kind_display())),
            (_("To"), one.recipient.replace("\n", ", ")),
            (_("About"), one.about),
            (_("Text"), "" if is_posted else one.text),
            (_("Made"), moment(one.made_at)),
            (_("Posted on"), day(one.posted_on)),
            (_("Status"), str(one.get_state_display())),
        )


def not_left(shown: list[int]) -> QuerySet[PlannedReply]:
    return PlannedReply.objects.filter(question__in=shown).exclude(state=PlannedReply.State.SENT)


def planned(shown: list[int], numbers: dict[int, str]) -> Iterable[Row]:
    """What was written and did not leave, or not yet; what left stands with the contacts."""
    for one in not_left(shown).select_related("created_by").prefetch_related("files").order_by("created_at")[:MOST]:
        yield row(
            (_("Made"), moment(one.created_at)),
            (_("Question"), numbers[one.question_id]),
            (_("To"), ", ".join([one.to_address, *one.copies] if one.to_address else one.copies)),
            (_("About"), one.subject_line),
            (_("Text"), one.text),
            (_("Files"), ", ".join(file.name for file in one.files.all())),
            (_("Status"), str(one.get_state_display())),
            (_("Leaves at"), moment(one.send_at) if one.state == PlannedReply.State.WAITING else ""),
            (_("Reason"), without_names(one.why, [one.created_by])),
        )


def sent(emails: set[str], phones: set[str], numbers: list[str]) -> Iterable[Row]:
    """Also what came back. Of what is about a question only when it is one of these: not of a confidential one, nor of somebody else with the same address.

    Replies to a number stand with the contacts; several people may have it.
    """
    mine = Q(to_address__in=emails) | Q(copies__has_any_keys=sorted(emails)) | Q(to_address__in=phones, contact=None)
    about = Q(reference_number="") | Q(reference_number__in=numbers)
    for one in OutboundMessage.objects.filter(mine, about).order_by("created_at")[:MOST]:
        yield row(
            (_("Moment"), moment(one.sent_at or one.created_at)),
            (_("What"), str(one.get_purpose_display())),
            (_("To"), one.to_address),
            (_("About"), one.subject),
            (_("Text"), one.body),
            (_("Status"), str(one.get_state_display())),
        )
    for dead in DeadAddress.objects.filter(address__in=emails):
        yield row((_("To"), dead.address), (_("Mail comes back since"), moment(dead.since_at)))
    for quiet in StoppedNumber.objects.filter(number__in=phones):
        yield row(
            (_("To"), normalize.phone_words(quiet.number)),
            (_("No text messages any more (STOP) since"), moment(quiet.since_at)),
        )
    waiting = InboundMessage.objects.filter(sender__in=emails, contact=None).order_by("received_at")[:MOST]
    for message in waiting:
        yield row(
            (_("Moment"), moment(message.received_at)),
            (_("What"), _("message from you that became no contact")),
            (_("About"), message.subject),
            (_("Reason"), message.reason),
        )


def calls(phones: set[str]) -> Iterable[Row]:
    callers: dict[str, Any] = {"caller__in": {f"+{number}" for number in phones}}
    for call in Call.objects.filter(**callers).order_by("entered_at")[:MOST]:
        yield row(
            (_("Moment"), moment(call.entered_at)),
            (_("Number"), call.caller),
            (_("Outcome"), str(call.get_outcome_display())),
            (_("Seconds waited"), call.wait_seconds),
        )


def consents(people: Iterable[Customer]) -> Iterable[Row]:
    """Also what was withdrawn."""
    for one in MessageConsent.objects.filter(customer__in=list(people)).order_by("given_at")[:MOST]:
        yield row(
            (_("Channel"), str(wording.channel_name(one.channel))),
            (_("Number"), normalize.phone_words(one.number)),
            (_("What"), str(one.get_how_display())),
            (_("Note"), one.note),
            (_("Moment"), moment(one.given_at)),
            (_("Withdrawn"), moment(one.withdrawn_at)),
        )
