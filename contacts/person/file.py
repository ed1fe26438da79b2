"""Everything that we keep about one person, in sections: for who asks what we know (AVG article 15)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext as _

from channels_app.models import StoredFile
from contacts.models import (
    Assignment,
    CallbackAttempt,
    CallbackRequest,
    Contact,
    ContactAddress,
    Customer,
    Note,
    Question,
)
from contacts.person.messages import calls, consents, letters, not_left, planned, sent
from contacts.person.words import MOST, Row, Section, moment, row, without_names
from contacts.signals import person_gathered
from organisation import wording
from organisation.models import AccessEntry
from organisation.pages.log_words import page_words

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from contacts.querysets import QuestionQuerySet
    from organisation.models import User


def person_file(customer: Customer, by: User, also: Collection[int] = ()) -> list[Section]:
    """A fixed number of queries. Of a confidential question only that it exists, unless `by` may see it or it is one of `also`."""
    people = same_person(customer)
    asked = _asked(people)
    visible = set(_shown(asked, by, also))
    questions = list(asked.select_related("subject", "team", "place").order_by("received_at")[:MOST])
    shown = [one.pk for one in questions if one.pk in visible]
    numbers = {one.pk: one.number for one in questions}
    emails, phones = _addresses(people)
    sections = [
        Section(_("Who you are"), tuple(_who(one) for one in people)),
        Section(_("How we reach you"), tuple(_reached(people))),
        Section(_("Changes in these data"), tuple(_changes(people))),
        Section(
            _("Your questions"),
            tuple(_question(one, one.pk in visible) for one in questions),
            _("Of confidential questions the colleagues who handle them give you the text.")
            if len(shown) < len(questions)
            else "",
        ),
        Section(_("Contacts"), tuple(_contacts(people, shown, numbers))),
        Section(_("Notes of employees"), tuple(_notes(shown, numbers))),
        Section(_("Which teams had your questions"), tuple(_teams(shown, numbers))),
        Section(_("Call-back requests"), tuple(_callbacks(shown, numbers))),
        Section(_("Letters that we made"), tuple(letters(shown, numbers))),
        Section(_("Replies that did not leave, or not yet"), tuple(planned(shown, numbers))),
        Section(_("Messages that we sent to you"), tuple(sent(emails, phones, [numbers[pk] for pk in shown]))),
        Section(_("Yes to messages that we begin"), tuple(consents(people))),
        Section(_("Calls from your number"), tuple(calls(phones))),
        Section(_("When employees looked at your data"), tuple(_looks(people))),
    ]
    for _receiver, more in person_gathered.send(sender=Customer, people=people):
        sections += more or []
    return [one for one in sections if one.rows]


def same_person(customer: Customer) -> list[Customer]:
    """The customer and those who were merged into it."""
    found, level = [customer], [customer.pk]
    for _step in range(10):
        below = list(Customer.objects.filter(merged_into__in=level))
        if not below:
            break
        found += below
        level = [one.pk for one in below]
    return found


def _addresses(people: Iterable[Customer]) -> tuple[set[str], set[str]]:
    emails: set[str] = set()
    phones: set[str] = set()
    for one in people:
        for address in one.addresses.all():
            (emails if address.kind == "email" else phones).add(address.normalized)
    return emails, phones


def _who(one: Customer) -> Row:
    return row(
        (_("Name"), one.full_name),
        (_("Kind"), str(one.get_kind_display())),
        (_("Address"), one.address_line),
        (_("Remark for colleagues"), one.remark),
        (_("Known since"), moment(one.created_at)),
        (_("Merged with"), one.merged_into.full_name if one.merged_into else ""),
    )


def _reached(people: Iterable[Customer]) -> Iterable[Row]:
    for one in people:
        for address in one.addresses.all():
            yield row(
                (_("Kind"), str(address.get_kind_display())),
                (_("Value"), address.value),
                (_("Mail comes back since"), moment(address.bounced_at)),
            )


def _changes(people: list[Customer]) -> Iterable[Row]:
    kinds = {"+": _("added"), "~": _("changed"), "-": _("removed")}
    rows = Customer.history.filter(id__in=[one.pk for one in people]).order_by("history_date")[:MOST]
    for old in rows:
        yield row(
            (_("Moment"), moment(old.history_date)),
            (_("What"), kinds.get(old.history_type, old.history_type)),
            (_("Name"), old.name),
            (_("Address"), " ".join(part for part in (old.street, old.house_number, old.postcode, old.place) if part)),
        )
    words = dict(ContactAddress.Kind.choices)
    reached = ContactAddress.history.filter(customer_id__in=[one.pk for one in people]).order_by("history_date")[:MOST]
    for old in reached:
        yield row(
            (_("Moment"), moment(old.history_date)),
            (_("What"), kinds.get(old.history_type, old.history_type)),
            (_("Kind"), str(words.get(old.kind, old.kind))),
            (_("Value"), old.value),
        )


def _question(one: Question, is_visible: bool) -> Row:
    if not is_visible:
        return row(
            (_("Number"), one.number),
            (_("What"), _("confidential question")),
            (_("Received"), moment(one.received_at)),
        )
    return row(
        (_("Number"), one.number),
        (_("Kind"), str(one.get_kind_display())),
        (_("Subject"), one.subject.name if one.subject else ""),
        (_("Question"), one.title),
        (_("Place"), one.place.as_where().words if hasattr(one, "place") else ""),
        (_("Channel"), str(wording.channel_name(one.channel))),
        (_("Status"), str(one.get_status_display())),
        (_("Team"), one.team.name),
        (_("Received"), moment(one.received_at)),
        (_("Answered"), moment(one.answered_at)),
        (_("Closed"), moment(one.closed_at)),
    )


def files_of(customer: Customer, by: User, also: Collection[int] = ()) -> list[StoredFile]:
    """The files that `person_file` names, in the order in which they came and went."""
    people = same_person(customer)
    shown = _shown(_asked(people), by, also)
    files = _files(_contacts_of(people, shown)) | StoredFile.objects.filter(pk__in=not_left(shown).values("files"))
    return list(files.order_by("created_at", "pk"))


def _shown(asked: QuestionQuerySet, by: User, also: Collection[int]) -> list[int]:
    seen = Question.objects.visible_to(by).values("pk")
    return list(asked.filter(Q(pk__in=seen) | Q(pk__in=also)).values_list("pk", flat=True))


def _asked(people: list[Customer]) -> QuestionQuerySet:
    return Question.objects.filter(Q(customer__in=people) | Q(contacts__customer__in=people)).distinct()


def _contacts_of(people: list[Customer], shown: list[int]) -> list[Contact]:
    rows = Contact.objects.filter(Q(questions__in=shown) | Q(customer__in=people, questions=None)).distinct()
    return list(rows.prefetch_related("question_contacts").order_by("received_at")[:MOST])


def _files(contacts: Iterable[Contact]) -> QuerySet[StoredFile]:
    inbound = {one.inbound_id for one in contacts if one.inbound_id}
    outbound = {one.outbound_id for one in contacts if one.outbound_id}
    return StoredFile.objects.filter(Q(inbound__in=inbound) | Q(outbound__in=outbound))


def _contacts(people: list[Customer], shown: list[int], numbers: dict[int, str]) -> Iterable[Row]:
    found = _contacts_of(people, shown)
    files: dict[tuple[str, int], list[str]] = {}
    for file in _files(found):
        key = ("in", file.inbound_id) if file.inbound_id else ("out", file.outbound_id)
        files.setdefault(key, []).append(file.name)  # type: ignore[arg-type]
    for one in found:
        of = [numbers[link.question_id] for link in one.question_contacts.all() if link.question_id in numbers]
        names = files.get(("in", one.inbound_id or 0), []) + files.get(("out", one.outbound_id or 0), [])
        yield row(
            (_("Moment"), moment(one.received_at)),
            (_("Direction"), str(one.get_direction_display())),
            (_("Channel"), str(wording.channel_name(one.channel))),
            (_("Question"), ", ".join(of)),
            (_("Address"), one.address),
            (_("About"), one.subject_line),
            (_("Text"), one.text),
            (_("Quoted text"), one.quoted_text),
            (_("Files"), ", ".join(names)),
        )


def _notes(shown: list[int], numbers: dict[int, str]) -> Iterable[Row]:
    held: dict[int, set[str]] = {}
    for question, name in Assignment.objects.filter(question__in=shown, assignee__isnull=False).values_list(
        "question", "assignee__name"
    ):
        held.setdefault(question, set()).add(name)
    for note in Note.objects.filter(question__in=shown).select_related("created_by").order_by("created_at")[:MOST]:
        yield row(
            (_("Moment"), moment(note.created_at)),
            (_("Question"), numbers[note.question_id]),
            (_("Text"), without_names(note.text, [note.created_by, *held.get(note.question_id, ())])),
        )


def _teams(shown: list[int], numbers: dict[int, str]) -> Iterable[Row]:
    rows = Assignment.objects.filter(question__in=shown).select_related("team", "assignee", "assigned_by")
    for one in rows.order_by("from_at")[:MOST]:
        yield row(
            (_("Question"), numbers[one.question_id]),
            (_("Team"), one.team.name),
            (_("From"), moment(one.from_at)),
            (_("Until"), moment(one.until_at)),
            (_("Reason"), without_names(one.reason, [one.assigned_by, one.assignee])),
        )


def _callbacks(shown: list[int], numbers: dict[int, str]) -> Iterable[Row]:
    asked = CallbackRequest.objects.filter(question__in=shown).prefetch_related("attempts__by").order_by("created_at")
    for one in asked[:MOST]:
        yield row(
            (_("Question"), numbers[one.question_id]),
            (_("Number to call"), one.phone),
            (_("Ask for"), one.name),
            (_("When"), one.moment),
            (_("Status"), str(one.get_state_display())),
            (_("Asked"), moment(one.created_at)),
            (_("Tries"), "\n".join(_tried(attempt) for attempt in one.attempts.all())),
        )


def _tried(one: CallbackAttempt) -> str:
    told = f"{moment(one.at)}: {one.get_outcome_display()}"
    return f"{told}, {without_names(one.note, [one.by])}" if one.note else told


def _looks(people: list[Customer]) -> Iterable[Row]:
    """When and where; who looked is told to the person only after weighing (AVG, article 15 and the rights of employees)."""
    rows = AccessEntry.objects.filter(customer_id__in=[one.pk for one in people]).order_by("at")
    for at, page, client in rows.values_list("at", "page", "client")[:MOST]:
        yield row((_("Moment"), moment(at)), (_("Where"), str(page_words(page))), (_("By"), client or _("an employee")))
