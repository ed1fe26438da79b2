"""What would go when a person is erased, counted before anybody approves it; nothing is changed."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from channels_app.models import Call, InboundRaw, OutboundMessage, StoredFile
from contacts.models import (
    CallbackRequest,
    Contact,
    ContactAddress,
    Draft,
    IdempotencyKey,
    Note,
    OutgoingLetter,
    PlannedReply,
    QuestionPlace,
)
from privacy.actions.look_through import found_in, tables
from privacy.failures import Tries
from privacy.models import PersonRequest
from privacy.scope import Scope, scope_of, words_of
from privacy.words import Words


def count_asked(*, at: datetime) -> int:
    """Every request that waits without a list gets one; says how many did."""
    done, tries = 0, Tries(at)
    for request in PersonRequest.objects.filter(kind="erase", state="asked", work={}).select_related("customer"):
        with tries.one(request.number):
            words = words_of(request.customer)
            plan = _plan(scope_of(request.customer, words), words)
            done += PersonRequest.objects.filter(pk=request.pk, state="asked").update(
                work={"plan": plan, "left": list(words.left), "at": at.isoformat()}
            )
    tries.end()
    return done


def _plan(scope: Scope, words: Words) -> dict[str, int]:
    linked = Q(inbound__in=scope.inbound) | Q(outbound__in=scope.outbound)
    own = {
        "customers": len(scope.people),
        "addresses": ContactAddress.objects.filter(customer__in=scope.people).count(),
        "questions": len(scope.questions),
        "contacts": len(scope.contacts),
        "notes": Note.objects.filter(question__in=scope.questions).count(),
        "callbacks": CallbackRequest.objects.filter(question__in=scope.questions).count(),
        "places": QuestionPlace.objects.filter(question__in=scope.questions).count(),
        "planned": PlannedReply.objects.filter(question__in=scope.questions).count(),
        "letters": OutgoingLetter.objects.filter(question__in=scope.questions).count(),
        "inbound": len(scope.inbound),
        "raw": InboundRaw.objects.filter(message__in=scope.inbound).count(),
        "outbound": OutboundMessage.objects.filter(pk__in=scope.outbound).count(),
        "files": StoredFile.objects.filter(linked).count(),
        "calls": Call.objects.filter(
            Q(caller__in=[f"+{one}" for one in words.phones])
            | Q(contact__in=Contact.objects.filter(pk__in=scope.contacts))
        ).count(),
    }
    found = {name: number for name, number in own.items() if number}
    if words.pattern:
        named = {table: found_in(table, words) for table in tables()}
        found["drafts"] = named.get(Draft._meta.db_table, 0) + named.get(IdempotencyKey._meta.db_table, 0)
        found["found"] = sum(named.values())
    return found
