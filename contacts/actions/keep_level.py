"""Keeps how hard a text was that left for a customer: at the moment it leaves, and once for texts from before that."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Final

from django.db import transaction
from django.db.models import Max, Q

from channels_app.models import Channel, OutboundMessage
from channels_app.readability import VERSION, Reading, read
from contacts.complaint_text import extension_text
from contacts.models import Contact, Question, QuestionContact, ReplyTemplate, TextLevel, TextLevelState
from contacts.own_words import KnownText, known_text, own_words
from organisation.snapshot import organisation

WRITTEN: Final = (Channel.EMAIL, Channel.LETTER, Channel.SOCIAL, Channel.WHATSAPP, Channel.SMS, Channel.CHAT)
"""Channels on which an answer is a text; what the desk notes of a conversation is none."""
BATCH: Final = 500
MOST_TEMPLATES: Final = 5_000


def keep_level(contact: Contact, question: Question, *, left_at: datetime, ours: str | None = None) -> None:
    """In the caller's transaction; a text that left before has its level already. `ours`: what we said, of a talk."""
    if contact.channel in WRITTEN and not contact.is_automatic:
        left = Left(contact.pk, contact.channel, left_at, question.pk, question.team_id, question.subject_id)
        row = level_of(left, read(own_words(contact.text if ours is None else ours, templates())))
        TextLevel.objects.bulk_create([row], ignore_conflicts=True)


@dataclass(frozen=True)
class Left:
    """What left: for whom it counts, and when."""

    contact_id: int
    channel: str
    left_at: datetime
    question_id: int
    team_id: int
    subject_id: int | None


def level_of(left: Left, reading: Reading) -> TextLevel:
    """The row of a text; `reading` is of what somebody wrote himself."""
    return TextLevel(
        contact_id=left.contact_id,
        question_id=left.question_id,
        channel=left.channel,
        team_id=left.team_id,
        subject_id=left.subject_id,
        left_at=left.left_at,
        level=reading.level,
        score=max(-999, min(999, round(reading.score))),
        words=reading.words,
        sentences=reading.sentences,
        method=VERSION,
    )


def templates() -> KnownText:
    """The sentences of every template, also as it was before, of the end of every reply, and of the letter that the product writes."""
    then = ReplyTemplate.history.values_list("body", flat=True).distinct()[:MOST_TEMPLATES]
    now = ReplyTemplate.objects.values_list("body", flat=True)[:MOST_TEMPLATES]
    ours = extension_text(hello="{aanhef}", received="{dag}", last="{dag}")
    return known_text({*then, *now, ours, organisation().municipality.reply_closing})


def reader(known: KnownText) -> Callable[[str], Reading]:
    """Reads what somebody wrote himself in a text. The same sentences go out again and again: they are read once."""
    once = lru_cache(maxsize=2_000)(read)
    return lambda text: once(own_words(text, known))


def keep_earlier_levels(*, seconds: float = 20, readings: Mapping[str, Reading] | None = None) -> int:
    """Looks at contacts from before levels were kept, newest first, for as long as it may; gives how many got a level.

    Where it is stands in `TextLevelState`: it may run twice, late or not at all. When all was looked at it costs one query.
    `readings` are of texts that somebody read already.
    """
    until = time.monotonic() + seconds
    reading_of: Callable[[str], Reading] | None = None
    kept = 0
    while time.monotonic() < until:
        with transaction.atomic():
            state = TextLevelState.objects.select_for_update(skip_locked=True).filter(pk=1).first()
            if state is None:
                if TextLevelState.objects.filter(pk=1).exists():
                    return kept  # another worker is at it
                newest = Contact.objects.aggregate(last=Max("pk"))["last"] or 0
                first = TextLevelState(pk=1, before=newest + 1)
                TextLevelState.objects.bulk_create([first], ignore_conflicts=True)
                continue
            if state.before <= 0:
                return kept
            if reading_of is None:
                reading_of = reader(templates())
            keys = list(
                Contact.objects.filter(pk__lt=state.before).order_by("-pk").values_list("pk", flat=True)[:BATCH]
            )
            kept += _keep(_that_left(keys), readings or {}, reading_of)
            TextLevelState.objects.filter(pk=1).update(before=keys[-1] if len(keys) == BATCH else 0)
    return kept


def _that_left(keys: list[int]) -> Iterator[tuple[Left, str]]:
    """The contacts with these keys that are texts of ours, each with the first question it stands on, and the text."""
    links = (
        QuestionContact.objects.filter(
            contact__pk__in=keys,
            contact__direction=Contact.Direction.OUT,
            contact__channel__in=WRITTEN,
            contact__is_automatic=False,
            contact__text_level=None,
        )
        .filter(
            Q(contact__outbound__state=OutboundMessage.State.SENT)
            | Q(contact__outbound=None) & (~Q(contact__channel=Channel.EMAIL) | Q(contact__inbound__isnull=False))
        )
        .exclude(contact__text="")
        .order_by("contact_id", "question_id")
        .distinct("contact_id")
    )
    for contact_id, channel, sent_at, at, text, *ids in links.values_list(
        "contact_id",
        "contact__channel",
        "contact__outbound__sent_at",
        "contact__received_at",
        "contact__text",
        "question_id",
        "question__team_id",
        "question__subject_id",
    ):
        yield Left(contact_id, channel, sent_at or at, *ids), text


def _keep(
    texts: Iterable[tuple[Left, str]], readings: Mapping[str, Reading], reading_of: Callable[[str], Reading]
) -> int:
    rows = [level_of(left, readings.get(text) or reading_of(text)) for left, text in texts]
    TextLevel.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)
