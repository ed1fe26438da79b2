"""I1, I5: nothing is lost or double, and everything that changed has its history."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import models
from django.db.models import Count, Exists, F, Max, Min, OuterRef, Q, Subquery

from channels_app.models import InboundMessage
from contacts.actions.keep_level import WRITTEN
from contacts.invariants.found import ids, invariant
from contacts.models import (
    ApiClient,
    Assignment,
    CallbackRequest,
    Contact,
    Customer,
    Question,
    QuestionContact,
    ReplyTemplate,
    RoutingRule,
    ServiceNorm,
    TextLevelState,
)

VERSIONED: tuple[type[models.Model], ...] = (
    Question,
    Customer,
    Contact,
    CallbackRequest,
    RoutingRule,
    ServiceNorm,
    ReplyTemplate,
    ApiClient,
)


@invariant("I1 every message that was taken in has its contact")
def inbound_has_contact() -> Iterator[str]:
    done = InboundMessage.objects.filter(state="done", outcome__in=["registered", "attached"], contact__isnull=True)
    return ids("inbound", done)


@invariant("I1 no contact comes from a message that was not taken in")
def contact_has_done_inbound() -> Iterator[str]:
    return ids("contact", Contact.objects.filter(inbound__isnull=False).exclude(inbound__state="done"))


@invariant("I1 every contact belongs to a question")
def contact_has_question() -> Iterator[str]:
    held = Exists(QuestionContact.objects.filter(contact=OuterRef("pk")))
    return ids("contact", Contact.objects.filter(~held))


@invariant("I1 every question has the contact that made it, and counts its contacts")
def question_has_contact() -> Iterator[str]:
    first = Exists(QuestionContact.objects.filter(question=OuterRef("pk"), is_first=True))
    yield from ids("question", Question.objects.filter(~first))
    held = QuestionContact.objects.filter(question=OuterRef("pk")).order_by().values("question").annotate(n=Count("pk"))
    miscounted = Question.objects.annotate(held=Subquery(held.values("n"))).exclude(contact_count=F("held"))
    yield from ids("question", miscounted.filter(held__isnull=False))


@invariant("I1 every question has one current holder, the team it shows")
def question_has_holder() -> Iterator[str]:
    current = Assignment.objects.filter(question=OuterRef("pk"), until_at__isnull=True)
    same = Exists(
        current.filter(team=OuterRef("team")).filter(Q(assignee=OuterRef("assignee")) | Q(assignee__isnull=True))
    )
    return ids("question", Question.objects.filter(~same, merged_into__isnull=True))


@invariant("I1 every text that left has its level, and nothing else has one")
def text_has_level() -> Iterator[str]:
    ours = Q(direction=Contact.Direction.OUT, is_automatic=False)
    yield from ids("contact", Contact.objects.filter(text_level__isnull=False).exclude(ours))
    state = TextLevelState.objects.filter(pk=1).first()
    if state is None:  # the sweep has not begun
        return
    sent = Q(outbound__state="sent") | Q(outbound=None) & (~Q(channel="email") | Q(inbound__isnull=False))
    left = Contact.objects.filter(ours, sent, pk__gte=state.before, channel__in=WRITTEN, text_level=None)
    yield from ids("contact", left.exclude(text=""))


@invariant("I5 every changed row has its history, without a gap by version")
def history_complete() -> Iterator[str]:
    for model in VERSIONED:
        history = model.history.model.objects.filter(id=OuterRef("pk")).order_by().values("id")  # type: ignore[attr-defined]
        counted = history.annotate(last=Max("version"), first=Min("version"), kept=Count("version", distinct=True))
        whole = counted.filter(last=OuterRef("version"), kept=F("last") - F("first") + 1)
        yield from ids(str(model._meta.model_name), model._default_manager.filter(~Exists(whole)))
