"""Once a night: everything whose term is over goes, and the destruction list of questions is made."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from channels_app.actions.wipe import SETTLED, wipe_messages
from channels_app.models import Call, DeadAddress, InboundMessage, InboundRaw, OutboundMessage
from contacts.models import Contact, Customer, Notice, Question
from organisation import nightly
from privacy.actions.destruction import make_list, wipe_left_over
from privacy.actions.logs import drop_old
from privacy.actions.remove_files import to_remove
from privacy.holds import addresses_of, holds_at, kept_people
from privacy.terms import chosen

NAME: Final = "privacy.terms"
BATCH: Final = 1_000
BATCHES: Final = 200
"""Of one kind a night; the rest goes the next."""
Step = Callable[[datetime, datetime], int]


def keep_terms(*, at: datetime) -> dict[str, int]:
    """Counts by term; the second run of a night does nothing."""
    with nightly.alone(NAME) as is_ours:
        if not is_ours or not nightly.is_due(NAME, at):
            return {}
        days = chosen()
        done = {code: _all(step, at - timedelta(days=days[code]), at) for code, step in STEPS.items()}
        made = make_list(at=at)
        nightly.done(NAME, at, listed=made.entries.count() if made else 0, **done)
    return done


def _all(step: Step, before: datetime, at: datetime) -> int:
    total = 0
    for _batch in range(BATCHES):
        with transaction.atomic():
            some = step(before, at)
        total += some
        if some < BATCH:
            break
    return total


def _raw(before: datetime, at: datetime) -> int:
    """As it came it is proof: of what is held and of who is restricted it stays."""
    over = InboundMessage.objects.filter(state__in=("done", "split"), raw__isnull=False).filter(
        Q(done_at__lt=before) | Q(done_at__isnull=True, taken_in_at__lt=before)
    )
    people, held = kept_people(at), holds_at(at).filter(question__isnull=False).values("question")
    if people or held.exists():
        theirs = Q(contact__customer__in=people) | Q(contact__questions__customer__in=people)
        of_these = theirs | Q(contact__questions__in=held) | Q(sender__in=addresses_of(people))
        over = over.exclude(pk__in=InboundMessage.objects.filter(of_these).values("pk"))
    gone, _by_model = InboundRaw.objects.filter(message__in=list(over.values_list("pk", flat=True)[:BATCH])).delete()
    return gone


def _left_alone(before: datetime, at: datetime) -> int:
    over = InboundMessage.objects.filter(
        Q(outcome__in=("refused", "ignored")),
        Q(done_at__lt=before),
        ~Q(sender="", subject="", parsed=None),
        contact=None,
    ).exclude(sender__in=addresses_of(kept_people(at)))
    some = list(over.values_list("pk", flat=True)[:BATCH])
    _counts, digests = wipe_messages(inbound=some, outbound=())
    to_remove(digests, at=at)
    return len(some)


def _numbers(before: datetime, at: datetime) -> int:
    over = Call.objects.filter(entered_at__lt=before).exclude(caller="")
    over = over.exclude(caller__in=[f"+{number}" for number in addresses_of(kept_people(at))])
    return Call.objects.filter(pk__in=list(over.values_list("pk", flat=True)[:BATCH])).update(caller="")


def _outgoing(before: datetime, at: datetime) -> int:
    """What belongs to a contact goes with its question."""
    over = OutboundMessage.objects.filter(created_at__lt=before, state__in=SETTLED, contact=None)
    over = over.exclude(object_key__startswith="contact:").exclude(to_address="", body="")
    over = over.exclude(to_address__in=addresses_of(kept_people(at)))
    some = list(over.values_list("pk", flat=True)[:BATCH])
    _counts, digests = wipe_messages(inbound=(), outbound=some)
    to_remove(digests, at=at)
    return len(some)


def _dead(before: datetime, at: datetime) -> int:
    some = list(DeadAddress.objects.filter(since_at__lt=before).values_list("pk", flat=True)[:BATCH])
    gone, _by_model = DeadAddress.objects.filter(pk__in=some).delete()
    return gone


def _notices(before: datetime, at: datetime) -> int:
    """What one asked for access to stays as long as the question is open."""
    over = Notice.objects.filter(at__lt=before).exclude(question__in=Question.objects.open())
    gone, _by_model = Notice.objects.filter(pk__in=list(over.values_list("pk", flat=True)[:BATCH])).delete()
    return gone


def _customers(before: datetime, at: datetime) -> int:
    """Added, but nobody ever asked anything. Once wiped it has no name and is found no more."""
    asked = Question.objects.filter(customer=OuterRef("pk"))
    wrote = Contact.objects.filter(customer=OuterRef("pk"))
    over = Customer.objects.filter(~Exists(asked), ~Exists(wrote), created_at__lt=before, merged_into=None)
    over = over.exclude(name="Gewiste klant")
    some = set(over.values_list("pk", flat=True)[:BATCH])
    return wipe_left_over(some, at=at).get("customers", 0)


STEPS: Final[dict[str, Step]] = {
    "customer": _customers,
    "raw": _raw,
    "left_alone": _left_alone,
    "numbers": _numbers,
    "outgoing": _outgoing,
    "dead": _dead,
    "notices": _notices,
    "read_log": lambda before, at: drop_old("access", before=before, most=BATCH),
    "audit": lambda before, at: drop_old("audit", before=before, most=BATCH),
}
"""What carries out each term of the house; questions go by the destruction list."""
