"""The customer's own way to a question: an address that nobody can guess, that says nothing and that ends.

The secret is worked out from the number and the address that wrote, so no table keeps it: who reads the database cannot open a link.
It opens only what was written from and to that address. ADR 22.
"""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac

from channels_app.models import Channel
from contacts.merged import where_merged
from contacts.models import Contact, Question
from organisation.snapshot import organisation

LEAST_DAYS: Final = 30
"""So long after closing the answer can be read again, also where a reaction reopens nothing any more."""
MOST_ADDRESSES: Final = 100
_NUMBER: Final = re.compile(r"[A-Z]{1,6}-[0-9]{4}-[0-9]{6,9}")
_TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{22}")


@dataclass(frozen=True)
class Followed:
    """What a link opens: the question where it lives now, for the writer at `address` (lower case; empty: a form without one)."""

    question: Question
    address: str
    is_shown: bool = True
    """Not when it was merged with another and nobody knows that this address is the writer's own."""


def follow_path(number: str, address: str) -> str:
    """`/volg/OPM-2026-000123/<22 letters>/`."""
    return reverse("contacts:follow", args=[number, _secret(number, address, settings.SECRET_KEY)])


def follow_url(number: str, address: str) -> str:
    """As it stands in a mail."""
    return settings.SITE_URL + follow_path(number, address)


def followed(number: str, token: str, at: datetime) -> Followed | None:
    """None for a link that is wrong, has ended or may not be followed: all look alike."""
    if not (_NUMBER.fullmatch(number) and _TOKEN.fullmatch(token)):
        return None
    asked = Question.objects.filter(number=number).select_related("merged_into").first()
    question = asked and where_merged(asked)
    if asked is None or question is None or not _is_open_to_customer(question, at):
        return None
    wrote = Contact.objects.filter(questions=question, direction=Contact.Direction.IN, is_automatic=False)
    for address in {one.lower() for one in wrote.order_by("-id").values_list("address", flat=True)[:MOST_ADDRESSES]}:
        for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
            if constant_time_compare(token, _secret(number, address, key)):
                # a form gives its link to whoever filled in an address, be it somebody else's: it shows no question but its own
                return Followed(question, address, is_shown=question == asked or asked.channel == Channel.EMAIL)
    return None


def _is_open_to_customer(question: Question, at: datetime) -> bool:
    if question.is_confidential or question.status == Question.Status.CANCELLED:
        return False
    if question.closed_at is None:
        return True
    return at < question.closed_at + timedelta(days=max(LEAST_DAYS, organisation().municipality.reopen_days))


def _secret(number: str, address: str, key: str) -> str:
    digest = salted_hmac("contacts.follow", f"{number} {address.lower()}", secret=key, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest[:16]).decode().rstrip("=")
