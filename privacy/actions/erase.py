"""Carries out what two people decided: wipes one person everywhere, in steps that may be done again.

Killed halfway it goes on at the next tick: what is wiped already is found empty, and the words it looks for stay in the request until
the last step is done.
"""

from __future__ import annotations

from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING, Final

from django.db import connection, transaction
from django.utils.translation import gettext as _

from channels_app.actions.wipe import still_moving, wipe_dead_addresses, wipe_messages, wipe_numbers
from contacts.actions.wipe import wipe_contacts, wipe_customers, wipe_questions
from contacts.models import Contact, Draft, IdempotencyKey, Question
from contacts.person.file import same_person
from contacts.signals import person_wiped
from organisation import audit, nightly
from organisation.history import sign
from privacy.actions.logs import without_reasons
from privacy.actions.look_through import LONGEST_MS, found_in, look_through, tables
from privacy.actions.remove_files import to_remove
from privacy.actions.restrict import mark
from privacy.failures import Tries
from privacy.holds import held_sentence
from privacy.models import PersonRequest, WipedQuestion
from privacy.obstacles import obstacle
from privacy.raw import looked_through_to, raw_with, stretches
from privacy.scope import Scope, only_theirs, scope_of, words_of
from privacy.words import Words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from contacts.models import Customer

NAME: Final = "privacy.erase"
AT_ONCE: Final = 200
ROUNDS: Final = 3
State = PersonRequest.State


def erase_due(*, at: datetime) -> int:
    """Says how many requests were carried out to the end; a second worker does nothing.

    Who comes after one that cannot be erased does not wait; what will not pass by itself is raised when all had their turn.
    """
    done, tries = 0, Tries(at)
    with nightly.alone(NAME) as is_ours:
        if not is_ours:
            return 0
        for request in PersonRequest.objects.filter(kind="erase", state__in=[State.APPROVED, State.WORKING]).order_by(
            "pk"
        ):
            with tries.one(request.number):
                done += int(_erase(request, at))
    tries.end()
    return done


def what_waits(customer: Customer, at: datetime) -> str:
    """Why erasing cannot begin, in a sentence; empty when it can."""
    if sentence := held_sentence(customer, at) or obstacle(customer):
        return sentence
    scope = scope_of(customer, words_of(customer))
    if still_moving(inbound=scope.inbound, outbound=scope.outbound):
        return _("A message from or to this person is on its way. Erasing begins when it has arrived.")
    return ""


def _erase(request: PersonRequest, at: datetime) -> bool:
    """False while something stands in the way; the next tick tries again."""
    if not _begun(request, at):
        return False
    words = _words(request)
    scope = scope_of(request.customer, words)
    if still_moving(inbound=scope.inbound, outbound=scope.outbound):
        return False
    _wipe_own(request, scope, words, at)
    _wipe_elsewhere(request, _words(request))
    _finish(request, scope, at)
    return True


@transaction.atomic
def _begun(request: PersonRequest, at: datetime) -> bool:
    """Keeps the words before the first of them goes. Asked once more what two people looked at earlier: it may have changed since.

    From here on nobody is recognised as this person: a question that comes in while the erasing goes on is of a new customer.
    """
    fresh = PersonRequest.objects.select_for_update(of=("self",)).select_related("customer").get(pk=request.pk)
    if fresh.state == State.APPROVED:
        if what_waits(fresh.customer, at):
            return False
        fresh.work = {"words": words_of(fresh.customer).to_dict(), "counts": {}, "tables": []}
        fresh.state = State.WORKING
        mark([one.pk for one in same_person(fresh.customer)], at=at, since=at)
        _save(fresh, at)
    request.__dict__.update({name: value for name, value in fresh.__dict__.items() if name != "_state"})
    return fresh.state == State.WORKING


def _words(request: PersonRequest) -> Words:
    """Those that were kept at the beginning, without what somebody has who is known since: who writes meanwhile is a new customer."""
    words = only_theirs(Words.from_dict(request.work["words"]), request.customer)
    request.work["words"] = words.to_dict()
    return words


def _wipe_own(request: PersonRequest, scope: Scope, words: Words, at: datetime) -> None:
    for some in _batches(scope.inbound):
        _messages(request, inbound=some, outbound=(), at=at)
    for some in _batches(scope.outbound):
        _messages(request, inbound=(), outbound=some, at=at)
    for some in _batches(scope.contacts):
        with transaction.atomic():
            calls = Contact.objects.filter(pk__in=some, call__isnull=False).values_list("call_id", flat=True)
            counts = wipe_numbers(phones=(), calls=list(calls))
            _add(request, {**counts, **wipe_contacts(contacts=some, at=at)})
    for some in _batches(scope.questions):
        with transaction.atomic():
            _add(request, wipe_questions(questions=some, at=at))
            WipedQuestion.objects.bulk_create(
                [WipedQuestion(question_id=pk, at=at, request=request) for pk in some], ignore_conflicts=True
            )
            without_reasons(questions=some, people=())
    with transaction.atomic():
        person_wiped.send(sender=PersonRequest, people=scope.people, emails=words.emails, phones=words.phones)
        _add(request, wipe_numbers(phones=words.phones))
        _add(request, wipe_dead_addresses(emails=words.emails))
        _add(request, wipe_customers(people=scope.people, at=at))
        without_reasons(questions=(), people=scope.people)


@transaction.atomic
def _messages(request: PersonRequest, *, inbound: Iterable[int], outbound: Iterable[int], at: datetime) -> None:
    counts, digests = wipe_messages(inbound=list(inbound), outbound=list(outbound))
    to_remove(digests, at=at)
    _add(request, counts)


def _wipe_elsewhere(request: PersonRequest, words: Words) -> None:
    """What others wrote about this person: the words only, in every table. Half-finished forms go whole."""
    if not words.pattern:
        return
    with transaction.atomic():
        _add(request, {"drafts": _half_forms(words)})
    _wipe_raw(request, words)
    for _round in range(ROUNDS):
        for table in tables():
            if table not in request.work["tables"]:
                _add(request, {"elsewhere": look_through(table, words)}, table)
        missed = [table for table in tables() if found_in(table, words)]  # a row that somebody changed meanwhile
        if not missed:
            break
        request.work["tables"] = [one for one in request.work["tables"] if one not in missed]
    _wipe_raw(request, words)  # what was read meanwhile
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL statement_timeout = {LONGEST_MS}")
        cursor.execute("SELECT privacy_words_from_logs(%s, %s)", [request.pk, words.pattern])
        _add(request, {"log": cursor.fetchone()[0]})


def _wipe_raw(request: PersonRequest, words: Words) -> None:
    """Each stretch is kept with how far was looked without a gap: what still must be read is looked at again."""
    is_whole = True
    for first, last in stretches(request.work.get("raw", 0)):
        with transaction.atomic():
            if is_whole:
                request.work["raw"] = looked_through_to(first, last)
                is_whole = request.work["raw"] == last
            _add(request, {"raw": raw_with(words, first, last)})


def _half_forms(words: Words) -> int:
    drafts, _by_model = Draft.objects.extra(where=["data::text ~* %s"], params=[words.pattern]).delete()
    keys, _by_model = IdempotencyKey.objects.extra(where=["answer::text ~* %s"], params=[words.pattern]).delete()
    return drafts + keys


@transaction.atomic
def _finish(request: PersonRequest, scope: Scope, at: datetime) -> None:
    """The proof stays, the words go."""
    fresh = PersonRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    counts = {name: number for name, number in request.work["counts"].items() if number}
    fresh.counts = {
        **counts,
        "stays": Question.objects.filter(pk__in=scope.questions).count(),
        "left": request.work["words"]["left"],
    }
    fresh.work = {}
    fresh.state, fresh.done_at = State.DONE, at
    _save(fresh, at)
    audit.record(by=None, action="person.erased", obj=fresh, number=fresh.number, rows=sum(counts.values()))


def _add(request: PersonRequest, counts: dict[str, int], table: str = "") -> None:
    """In the same transaction as the step, so that a step that is done again counts nothing twice."""
    kept = request.work["counts"]
    for name, number in counts.items():
        kept[name] = kept.get(name, 0) + number
    if table:
        request.work["tables"].append(table)
    PersonRequest.objects.filter(pk=request.pk).update(work=request.work)


def _save(request: PersonRequest, at: datetime) -> None:
    request.version += 1
    sign(request, by=None, at=at)
    request.save()


def _batches(ids: Iterable[int]) -> Iterator[list[int]]:
    rest = iter(ids)
    while some := list(islice(rest, AT_ONCE)):
        yield some
