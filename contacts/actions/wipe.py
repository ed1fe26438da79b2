"""Takes everything personal out of questions, contacts and customers; what is counted stays: times, channel, team, subject, clocks."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any, Final

from django.db.models import Model, Q
from simple_history.utils import bulk_update_with_history

from contacts.models import (
    Assignment,
    CallbackAttempt,
    CallbackRequest,
    Chat,
    ConfidentialAccess,
    Contact,
    ContactAddress,
    Customer,
    MergeProposal,
    MessageConsent,
    Note,
    OutgoingLetter,
    PlannedReply,
    Question,
    QuestionLink,
    QuestionPlace,
)
from contacts.models.contact import NOT_POSTED, UNDONE

Counts = dict[str, int]
REASON: Final = "wiped"
GONE: Final = "Gewist"
GONE_CUSTOMER: Final = "Gewiste klant"
BATCH: Final = 500
_NO_WORDS: Final = {"text": "", "subject_line": "", "address": "", "address_name": ""}
_NO_LETTER: Final = {"about": GONE, "recipient": "", "text": ""}


def wipe_questions(*, questions: Collection[int], at: datetime) -> Counts:
    """Inside a transaction; twice is once. Titles, texts, notes and everything that somebody typed about them."""
    rows = Question.objects.select_for_update().filter(pk__in=questions).exclude(title=GONE, summary="").order_by("pk")
    _forget(
        Contact, Q(id__in=_taken_back(questions)), **_NO_WORDS
    )  # before the history of the questions no longer says so
    done = _write(Question, list(rows), at, title=GONE, summary="")
    _forget(Question, Q(id__in=questions), title=GONE)
    notes = Note.objects.filter(question__in=questions).exclude(text=GONE).update(text=GONE)
    _forget(Note, Q(question_id__in=questions), text=GONE)
    Assignment.objects.filter(question__in=questions).exclude(reason="").update(reason="")
    ConfidentialAccess.objects.filter(question__in=questions).exclude(reason="").update(reason="")
    QuestionLink.objects.filter(Q(question__in=questions) | Q(other__in=questions)).exclude(reason="").update(reason="")
    QuestionPlace.objects.filter(question__in=questions).delete()
    Chat.objects.filter(question__in=questions).delete()
    PlannedReply.objects.filter(question__in=questions, contact=None).delete()
    PlannedReply.objects.filter(question__in=questions).update(
        to_address="", copies=[], subject_line="", text="", why=""
    )
    papers = OutgoingLetter.objects.select_for_update().filter(question__in=questions)
    letters = _write(OutgoingLetter, list(papers.exclude(**_NO_LETTER)), at, **_NO_LETTER)
    _forget(OutgoingLetter, Q(question_id__in=questions), **_NO_LETTER)
    CallbackAttempt.objects.filter(callback__question__in=questions).exclude(note="").update(note="")
    asked = CallbackRequest.objects.select_for_update().filter(question__in=questions)
    calls = _write(CallbackRequest, list(asked.exclude(phone="", name="", moment="")), at, phone="", name="", moment="")
    _forget(CallbackRequest, Q(question_id__in=questions), phone="", name="", moment="")
    return {"questions": done, "notes": notes, "callbacks": calls, "letters": letters}


def _taken_back(questions: Collection[int]) -> list[int]:
    """Contacts that only the history still knows: a conversation or a letter that was taken back, at the moment at which their question says so."""
    steps = Question.history.filter(id__in=questions, history_change_reason__in=(UNDONE, NOT_POSTED))
    gone = Contact.history.filter(history_type="-", history_date__in=steps.values("history_date"))
    return list(gone.values_list("id", flat=True))


def wipe_contacts(*, contacts: Collection[int], at: datetime) -> Counts:
    """Inside a transaction; twice is once. What was said or written, and from or to whom."""
    rows = (
        Contact.objects.select_for_update().filter(pk__in=contacts).exclude(quoted_text="", **_NO_WORDS).order_by("pk")
    )
    done = _write(Contact, list(rows), at, quoted_text="", **_NO_WORDS)
    _forget(Contact, Q(id__in=contacts), **_NO_WORDS)
    return {"contacts": done}


def wipe_customers(*, people: Collection[int], at: datetime) -> Counts:
    """Inside a transaction; twice is once. The row stays without a name, for what is counted per customer."""
    empty = {
        "name": GONE_CUSTOMER, "salutation": "none", "street": "", "house_number": "", "postcode": "", "place": "", "remark": ""
    }  # fmt: skip
    wiped = Q(**empty, restricted_at__isnull=True)
    rows = list(Customer.objects.select_for_update().filter(pk__in=people).exclude(wiped).order_by("pk"))
    done = _write(Customer, rows, at, search_text="", restricted_at=None, **empty)  # nothing is left to keep from use
    _forget(Customer, Q(id__in=people), **empty)
    addresses, _by_model = ContactAddress.objects.filter(customer__in=people).delete()
    ContactAddress.history.filter(customer_id__in=people).delete()
    MessageConsent.objects.filter(customer__in=people).delete()
    MessageConsent.history.filter(customer_id__in=people).delete()
    MergeProposal.objects.filter(Q(keep__in=people) | Q(merge__in=people)).delete()
    return {"customers": done, "addresses": addresses}


def _write(model: type[Model], rows: list[Any], at: datetime, **values: str | None) -> int:
    """One row of history each, in as few statements as it takes."""
    if not rows:
        return 0
    for row in rows:
        row.version += 1
        for name, value in values.items():
            setattr(row, name, value)
    bulk_update_with_history(
        rows,
        model,
        [*values, "version"],
        batch_size=BATCH,
        default_change_reason=REASON,
        default_date=at,
        manager=model._base_manager,
    )
    return len(rows)


def _forget(model: Any, which: Q, **values: str) -> None:
    """In the history as well; why something was changed is words too."""
    past = model.history.model._base_manager.filter(which)
    past.exclude(**values).update(**values)
    past.exclude(history_change_reason=REASON).exclude(history_change_reason=None).update(history_change_reason=None)
