"""Once a night: who was asked long ago is no longer known, and old own words go."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Q

from organisation import nightly
from organisation.clock import local_day
from surveys.choices import asking_choices
from surveys.models import Answer, Invitation, OutsideImport, Response

NAME: Final = "surveys.forget"
KNOWN_DAYS: Final = 180
"""An invitation says whom it was for so long, or as long as the choice "asked at most once in … days" needs it."""
WORDS_DAYS: Final = 730
FILE_DAYS: Final = 30
"""A file of scores that nobody read in is thrown away after so many days."""


def forget(*, at: datetime) -> tuple[int, int]:
    """Says how many invitations lost their customer, and how many texts are gone; the second run of a night does nothing."""
    if not nightly.is_due(NAME, at):
        return 0, 0
    choices = asking_choices()
    days = max(KNOWN_DAYS, choices.days_between + choices.stale_days + 1)
    with transaction.atomic():
        known = Q(contact__isnull=False) | Q(customer__isnull=False) | ~Q(address_hash="")
        invitations = (
            Invitation.objects.filter(known, invited_at__lt=at - timedelta(days=days))
            .filter(expires_at__lt=at)
            .update(contact=None, customer=None, address_hash="")
        )
        old = local_day(at) - timedelta(days=WORDS_DAYS)
        words, _by_model = Answer.objects.filter(~Q(text=""), response__answered_on__lt=old).delete()
        OutsideImport.objects.filter(state=OutsideImport.State.OPEN, at__lt=at - timedelta(days=FILE_DAYS)).update(
            state=OutsideImport.State.DROPPED, settled_at=at, rows=[]
        )
        Response.objects.filter(answered_on__lt=old, question__isnull=False).update(question=None)
        nightly.done(NAME, at, invitations=invitations, words=words)
    return invitations, words
