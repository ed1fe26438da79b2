"""Merges two questions or two customers that are one; both stay in the history."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404
from django.utils.translation import gettext as _

from contacts.access import lock_question
from contacts.actions.change import changing
from contacts.actions.clocks import clocks_follow_subject
from contacts.actions.consent import move_consents
from contacts.actions.customers import TEXT_FIELDS
from contacts.actions.move_promises import move_promises, open_promises
from contacts.actions.withdraw_letter import move_letters
from contacts.models import (
    Chat,
    ConfidentialAccess,
    Contact,
    ContactAddress,
    Customer,
    MergeProposal,
    Note,
    PlannedReply,
    Question,
    QuestionContact,
    QuestionPlace,
)
from contacts.signals import customers_merge
from organisation import audit
from organisation.clock import local_day
from organisation.errors import Refused
from organisation.history import sign
from organisation.models import QuestionKind
from organisation.roles import Right
from organisation.transact import one_transaction

if TYPE_CHECKING:
    from organisation.models import User


@one_transaction
def merge_questions(*, keep: Question, merge: Question, by: User, at: datetime) -> Question:
    """All contacts come together on `keep`, which keeps the oldest moment of receipt and the earliest promise.

    What waits on `merge` goes along (a call-back, a letter, a planned reply, its place) as far as `keep` lacks it. The same promise is
    not counted twice.
    """
    _lock_both(keep, merge, by=by)
    _check_mergeable(keep, merge)
    reason = _("Merged with %(number)s")
    with changing(merge, by=by, at=at, reason=reason % {"number": keep.number}) as gone:
        if gone.merged_into_id:
            raise Refused(_("This question was already merged."), "other")
        was_open = gone.is_open
        promises = open_promises(gone)
        gone.merged_into_id = keep.pk
        gone.status = Question.Status.CANCELLED
        gone.close_reason = Question.CloseReason.MERGED
        gone.closed_at = at
        gone.closed_on = local_day(at)
    with changing(keep, by=by, at=at, is_help=False, reason=reason % {"number": merge.number}) as kept:
        if kept.merged_into_id:
            raise Refused(_("This question was already merged."), "other")
        if was_open and not kept.is_open:
            raise Refused(
                _("The question that stays is closed. Reopen it first, or merge the other way round."), "other"
            )
        kept.contact_count += _move_contacts(merge, kept)
        for note in Note.objects.filter(question=merge):
            note.question = kept
            note.save()
        move_letters(merge, kept, by=by, at=at)
        _move_planned(merge, kept)
        _move_place(merge, kept)
        told = reason % {"number": kept.number}
        move_promises(promises, gone=merge, keep=kept, by=by, at=at, reason=told)
        kept.received_at = min(kept.received_at, merge.received_at)
        kept.last_contact_at = max(kept.last_contact_at, merge.last_contact_at)
        kept.customer_id = kept.customer_id or merge.customer_id
        if kept.subject_id is None and merge.subject_id is not None:
            kept.subject_id = merge.subject_id
            clocks_follow_subject(kept, subject_id=merge.subject_id, by=by, at=at)
    return keep


def _lock_both(keep: Question, merge: Question, *, by: User) -> None:
    """Both rows are this person's until the end, and for the same eyes."""
    if keep.pk == merge.pk:
        raise Refused(_("A question cannot be merged with itself."), "other")
    if keep.customer_id and merge.customer_id and keep.customer_id != merge.customer_id:
        raise Refused(
            _("These questions are of two customers. Merge the customers first, or link the questions."), "other"
        )
    both = sorted((keep, merge), key=lambda q: q.pk)  # one order for everybody: no deadlock
    if len({lock_question(by, question).is_confidential for question in both}) > 1:
        raise Refused(_("One of these questions is confidential and the other is not. Make them alike first."), "other")
    if _named(keep) != _named(merge):
        raise Refused(
            _("Other people may see the one confidential question than the other. Make them alike first."), "other"
        )


def _check_mergeable(keep: Question, merge: Question) -> None:
    """Nothing that is going on may end unnoticed."""
    if merge.is_open and merge.kind == QuestionKind.COMPLAINT and keep.kind != QuestionKind.COMPLAINT:
        raise Refused(
            _(
                "This is a complaint, with a term by law, and the question that stays is not. Make that one a complaint first."
            ),
            "other",
        )
    if Chat.objects.filter(question=merge).exclude(state=Chat.State.CLOSED).exists():
        raise Refused(_("The chat of this question is still going on. Close it first."), "other")


def _move_contacts(gone: Question, keep: Question) -> int:
    """Those that `keep` does not have yet; gives how many."""
    have = set(QuestionContact.objects.filter(question=keep).values_list("contact_id", flat=True))
    theirs = QuestionContact.objects.filter(question=gone).exclude(contact_id__in=have)
    added = [QuestionContact(question=keep, contact_id=pk) for pk in theirs.values_list("contact_id", flat=True)]
    return len(QuestionContact.objects.bulk_create(added))


def _move_planned(gone: Question, keep: Question) -> None:
    """Replies that have not left, or came back with a text to go on with."""
    waits = (PlannedReply.State.WAITING, PlannedReply.State.BACK, PlannedReply.State.REFUSED)
    PlannedReply.objects.filter(question=gone, state__in=waits).update(question=keep)


def _move_place(gone: Question, keep: Question) -> None:
    place = QuestionPlace.objects.filter(question=gone).first()
    if place is not None and not QuestionPlace.objects.filter(question=keep).exists():
        place.pk = keep.pk
        place.save(force_insert=True)


@one_transaction
def propose_merge(*, keep: Customer, merge: Customer, by: User, at: datetime) -> MergeProposal:
    """The desk thinks that two customers are one; the coordinator decides."""
    if not (by.may(Right.CUSTOMERS_MERGE_PROPOSE) or by.may(Right.CUSTOMERS_MERGE)):
        raise PermissionDenied
    _both(keep, merge, by)
    made, _new = MergeProposal.objects.get_or_create(
        keep=keep, merge=merge, decided_at=None, defaults={"proposed_by": by, "proposed_at": at}
    )
    return made


@one_transaction
def merge_customers(*, keep: Customer, merge: Customer, by: User, at: datetime) -> Customer:
    """Questions, contacts and addresses come together on `keep`; `merge` stays and points at it."""
    if not by.may(Right.CUSTOMERS_MERGE):
        raise PermissionDenied
    _both(keep, merge, by)
    rows = {
        row.pk: row for row in Customer.objects.select_for_update().filter(pk__in=[keep.pk, merge.pk]).order_by("pk")
    }
    kept, gone = rows[keep.pk], rows[merge.pk]
    if kept.merged_into_id or gone.merged_into_id:
        raise Refused(_("One of these customers was already merged."), "other")
    for _receiver, sentence in customers_merge.send(sender=Customer, people=(kept.pk, gone.pk)):
        if sentence:
            raise Refused(sentence, "other")
    for question in Question.objects.select_for_update().filter(customer=gone).order_by("pk"):
        question.customer = kept  # of the same person: the version stays, so nobody's open form goes stale
        _stamp(question, by, at)
    for contact in Contact.objects.filter(customer=gone):
        contact.customer = kept
        contact.version += 1
        _stamp(contact, by, at)
    known = {(one.kind, one.normalized): one for one in kept.addresses.all()}
    for address in ContactAddress.objects.filter(customer=gone):
        if (double := known.get((address.kind, address.normalized))) is not None:
            if address.is_verified and not double.is_verified:
                double.is_verified = True
                _stamp(double, by, at)
            continue
        address.customer = kept
        address.is_preferred = False
        _stamp(address, by, at)
    move_consents(gone=gone, keep=kept, by=by, at=at)
    for field in ("street", "house_number", "postcode", "place"):
        if not getattr(kept, field):
            setattr(kept, field, getattr(gone, field))
    kept.remark = _both_remarks(kept, gone)
    kept.version += 1
    _stamp(kept, by, at)
    gone.merged_into = kept
    gone.version += 1
    _stamp(gone, by, at)
    MergeProposal.objects.filter(keep__in=[kept, gone], merge__in=[kept, gone], decided_at__isnull=True).update(
        decided_at=at, decided_by=by, is_accepted=True
    )
    _move_proposals(gone, kept)
    audit.record(by=by, action="customer.merged", obj=kept, merged=gone.pk)
    return kept


def _both_remarks(kept: Customer, gone: Customer) -> str:
    """What colleagues warned each other of is of both; not a word of it goes unseen."""
    if gone.remark in kept.remark:
        return kept.remark
    remark, most = f"{kept.remark} {gone.remark}".strip(), TEXT_FIELDS["remark"]
    if len(remark) > most:
        told = {"length": len(remark), "most": most}
        raise Refused(
            _("Together the two remarks have %(length)s letters, and %(most)s fit. Shorten one of them first.") % told,
            "other",
        )
    return remark


def _move_proposals(gone: Customer, keep: Customer) -> None:
    """Whoever was thought to be the one that goes may be the one that stays; once, and not when that was refused before."""
    for proposal in MergeProposal.objects.filter(Q(keep=gone) | Q(merge=gone), decided_at__isnull=True):
        pair = [keep.pk if pk == gone.pk else pk for pk in (proposal.keep_id, proposal.merge_id)]
        of_pair = MergeProposal.objects.filter(keep__in=pair, merge__in=pair)
        if of_pair.filter(Q(decided_at__isnull=True) | Q(is_accepted=False)).exists():
            proposal.delete()
            continue
        proposal.keep_id, proposal.merge_id = pair
        proposal.save()


def _both(keep: Customer, merge: Customer, by: User) -> None:
    if keep.pk == merge.pk:
        raise Refused(_("Choose another customer."), "other")
    if Customer.objects.visible_to(by).filter(pk__in=[keep.pk, merge.pk]).count() != 2:
        raise Http404


def _stamp(row: Question | Contact | ContactAddress | Customer, by: User, at: datetime) -> None:
    sign(row, by=by, at=at)
    row.save()


def _named(question: Question) -> set[int]:
    """Who may see it when it is confidential; whoever was let in for an hour is not among them."""
    return set(ConfidentialAccess.objects.filter(question=question, until_at=None).values_list("user", flat=True))
