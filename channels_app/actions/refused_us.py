"""Mail that a mail server does not take from us, whatever it is: it all waits until a person has mended that, and one message at a time asks whether it goes again.

A thousand messages that each try to sign in with a wrong password would lock the account at the mail server.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import reduce
from operator import or_

from django.db import transaction
from django.db.models import Q, QuerySet

from channels_app.models import Mailbox, OutboundMessage
from channels_app.reasons import OF_US, in_words
from organisation.nudge import nudge

LONGEST_PAUSE = timedelta(minutes=15)
"""Whoever mended it sees soon that it goes again."""
State = OutboundMessage.State


def waiting() -> QuerySet[OutboundMessage]:
    """Mail that was not given to a mail server yet."""
    waits = OutboundMessage.objects.filter(state__in=[State.QUEUED, State.SENDING], message_source=None)
    return waits.filter(accepted_at=None)


def was_refused() -> Q:
    """The mail server said at the last try that it takes nothing from us."""
    begins = (in_words(OF_US, code).partition("%")[0] for code in OF_US)
    return reduce(or_, (Q(error__startswith=words) for words in begins))


def put_off_others(message: OutboundMessage, *, until: datetime, why: str) -> None:
    """What goes by the same sender waits along with this one; what another line has in hand hears it by itself."""
    same = waiting().filter(mailbox=message.mailbox_id, lease_until=None, next_try_at__lt=until).exclude(pk=message.pk)
    with transaction.atomic():
        free = list(same.select_for_update(skip_locked=True).values_list("pk", flat=True))
        OutboundMessage.objects.filter(pk__in=free).update(next_try_at=until, error=why[:500])


def wait_along(at: datetime) -> None:
    """What was written since waits for the moment at which one message asks again: each sign-in with a wrong password may be the one too many."""
    refused = waiting().filter(was_refused(), next_try_at__gt=at).order_by("mailbox", "next_try_at").distinct("mailbox")
    for mailbox, moment, why in refused.values_list("mailbox", "next_try_at", "error"):
        new = waiting().filter(mailbox=mailbox, lease_until=None, tries=0, next_try_at__lte=at, error="")
        new.update(next_try_at=moment, error=why)


def try_now(mailbox: Mailbox, at: datetime) -> None:
    """Somebody changed how this mailbox sends, or saw that it works: what waited for that goes at once."""
    if waiting().filter(was_refused(), mailbox=mailbox, lease_until=None).update(next_try_at=at):
        nudge("channels_app.tasks.deliver")
