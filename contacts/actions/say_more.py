"""What a customer says on the page of the own question: something to add, or that it is settled."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.utils import translation
from django.utils.translation import gettext as _

from channels_app.adapters.email.sensitive import noticed
from contacts import normalize
from contacts.actions.attach import may_reopen
from contacts.actions.close import close
from contacts.actions.receive import receive_reply
from contacts.merged import MOST_STEPS
from contacts.models import Contact, Question, QuestionLink
from organisation.errors import Refused
from organisation.transact import one_transaction

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from contacts.follow_link import Followed

LONGEST = 10_000
SAME_WITHIN = timedelta(minutes=10)
MOST_A_DAY = 20


@one_transaction
def say_more(*, followed: Followed, text: str, at: datetime) -> Question:
    """Adds it to the question (or reopens it); gives the question it came to. The same words pressed twice are said once."""
    text = normalize.clean(text, LONGEST + 1)
    if not text:
        raise Refused(_("Write what you want to tell us."), "tekst")
    if len(text) > LONGEST:
        raise Refused(_("This is too long. Use at most 10,000 letters."), "tekst")
    if "bsn" in noticed(text):
        raise Refused(
            _("Your text holds a citizen service number (BSN). Take it out: we do not need it here."), "tekst"
        )
    question = Question.objects.select_for_update(of=("self",)).get(pk=followed.question.pk)
    question = _goes_on_at(question, followed.address, at)
    said = _said_here(followed.address).filter(questions=question)
    if said.filter(received_at__gt=at - SAME_WITHIN, text=text).exists():
        return question
    if said.filter(received_at__gt=at - timedelta(days=1)).count() >= MOST_A_DAY:
        raise Refused(_("You sent many messages today. Please call us."), "tekst")
    return _receive(question, followed.address, text, at)


@one_transaction
def settled_by_customer(*, followed: Followed, at: datetime, text: str = "") -> Question:
    """Closes the question, with the customer's word as the last contact; nothing changes when it was closed already.

    What was typed beside it is said first; when that makes a new question of it, somebody reads that before it is closed.
    """
    if normalize.clean(text, LONGEST):
        said = say_more(followed=followed, text=text, at=at)
        if said.pk != followed.question.pk:
            return said
    question = Question.objects.select_for_update(of=("self",)).get(pk=followed.question.pk)
    if not question.is_open:
        return question
    with translation.override("nl"):  # the desk reads it, and the customer sees it among the own messages
        settled = _("My question is settled.")
    question = _receive(question, followed.address, settled, at)
    return close(question=question, by=None, at=at, reason="no_reaction_needed")


def _said_here(address: str) -> QuerySet[Contact]:
    return Contact.objects.filter(channel="form", direction="in", address__iexact=address, registered_by=None)


def _goes_on_at(question: Question, address: str, at: datetime) -> Question:
    """What this person said before, and could not be added any more, made a question of its own: what follows is said there.

    Not when that stands with another one now: a link shows no question but those of its own form.
    """
    for _step in range(MOST_STEPS):
        if question.is_open or may_reopen(question, at):
            break
        follows = {"links__other": question, "links__kind": QuestionLink.Kind.FOLLOW_UP, "links__created_by": None}
        newer = (
            Question.objects.filter(**follows, contacts__in=_said_here(address), merged_into=None)
            .order_by("-pk")
            .first()
        )
        if newer is None:
            break
        question = Question.objects.select_for_update(of=("self",)).get(pk=newer.pk)
    return question


def _receive(question: Question, address: str, text: str, at: datetime) -> Question:
    name = question.customer.full_name if question.customer else ""
    return receive_reply(
        question=question,
        at=at,
        received_at=at,
        channel="form",
        customer=question.customer,
        text=text,
        address=address,
        address_name=name,
    ).question
