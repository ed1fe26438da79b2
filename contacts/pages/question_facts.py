"""All rows around one question in one query, whatever their number: PostgreSQL builds the lists."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Case, CharField, Exists, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Cast, Concat

from channels_app.models import OutboundMessage, StoredFile
from contacts.mail.others import last_mail
from contacts.models import (
    Assignment,
    CallbackAttempt,
    CallbackRequest,
    ClockEvent,
    ConfidentialAccess,
    ContactAddress,
    NormClock,
    Note,
    OutgoingLetter,
    PlannedReply,
    Question,
    QuestionContact,
    QuestionLink,
    QuestionPlace,
    QuestionViewer,
    ReplyTemplate,
)
from organisation.models import AccessEntry, Membership, User
from organisation.prepared import JsonRow, json_list, marked_user, run_prepared, user_shape, user_values
from organisation.told import read, told
from organisation.workdays import local_day

LOOKING = timedelta(seconds=60)
LOOKED = 20
"""The newest times that somebody opened it: enough to name the three who looked last."""
OTHERS = 4
MOST = 500
"""Contacts on one page; a question with more is no question but a correspondence, and shows its newest."""


def question_facts(question: Question, user: User, at: datetime) -> dict[str, Any]:
    """Everything for the screen; the caller has found the question visible to this person."""
    values = {"question": question.pk, "at": at, "looking": at - LOOKING, "day": local_day(at), **user_values(user)}
    row = run_prepared(("question", user_shape(user)), lambda marks: _facts(marked_user(user, marks), marks), values)
    if row is None:
        raise Question.DoesNotExist
    row["contacts_"] = read(reversed(row["contacts_"]))
    return row


def _facts(user: User, marks: dict[str, Any]) -> QuerySet[Any]:
    """The statement; every value in it comes from `marks` or the person."""
    pk, at, day = OuterRef("pk"), marks["at"], marks["day"]
    rows = Question.objects.filter(pk=marks["question"]).annotate(
        contacts_=_contacts(pk),
        notes_=json_list(
            Note.objects.filter(question=pk).order_by("created_at"),
            id="pk",
            text="text",
            created_at="created_at",
            by="created_by__name",
        ),
        mail_=last_mail(pk),
        planned_=_planned(pk),
        letters_=_letters(pk),
        assignments_=json_list(
            Assignment.objects.filter(question=pk).order_by("from_at", "id"),
            team="team_id",
            assignee="assignee__name",
            by="assigned_by__name",
            reason="reason",
            from_at="from_at",
        ),
        clocks_=_clocks(pk),
        callbacks_=_callbacks(pk),
        addresses_=json_list(
            ContactAddress.objects.filter(customer=OuterRef("customer_id")).order_by("-is_preferred", "id")[:12],
            kind="kind",
            value="value",
            preferred="is_preferred",
            bounced="bounced_at",
        ),
        others_=json_list(
            Question.objects.visible_to(user)
            .filter(customer=OuterRef("customer_id"))
            .exclude(pk=pk)
            .order_by("-received_at")[: OTHERS + 1],
            number="number",
            title="title",
            channel="channel",
            status="status",
            reason="close_reason",
            received_at="received_at",
        ),
        where_=json_list(
            QuestionPlace.objects.filter(question=pk), address="address", latitude="latitude", longitude="longitude"
        ),
        viewers_=viewers(pk, user, marks["looking"]),
        links_=_links(pk, user),
        looked_=_looked(pk),
        members_=json_list(
            Membership.objects.valid_on(day)
            .filter(team_id=OuterRef("team_id"), user__is_active=True)
            .order_by("user__name", "user_id"),
            id="user_id",
            name="user__name",
            status="user__presence__status",
            seen="user__presence__changed_at",
        ),
        templates_=json_list(
            ReplyTemplate.objects.filter(is_active=True, use="")
            .filter(Q(team__isnull=True) | Q(team=OuterRef("team_id")))
            .order_by("name"),
            id="pk",
            name="name",
            subject="subject_id",
        ),
        named_=json_list(
            ConfidentialAccess.objects.filter(Q(until_at__isnull=True) | Q(until_at__gt=at), question=pk).order_by(
                "user__name", "-from_at"
            ),
            id="user_id",
            name="user__name",
            until="until_at",
            by="granted_by_id",
            reason="reason",
        ),
    )
    return rows.values(*rows.query.annotations)


def viewers(pk: Any, user: User, since: datetime) -> Subquery:
    """Colleagues who have had the question on their screen since then."""
    rows = QuestionViewer.objects.filter(question=pk, seen_at__gt=since).exclude(user=user).order_by("user__name")
    return json_list(rows, name="user__name", writing="is_writing")


def _looked(pk: Any) -> Subquery:
    """Who opened it last; the names of those few, not of all, in no order."""
    seen = AccessEntry.objects.filter(question_id=pk, user__isnull=False, page="question").order_by("-at")
    names = User.objects.filter(pk=OuterRef("user_id")).order_by().values("name")
    return json_list(seen[:LOOKED], id="user_id", name=Subquery(names))


def _contacts(pk: Any) -> Subquery:
    files = StoredFile.objects.filter(
        Q(inbound=OuterRef("contact__inbound_id")) | Q(outbound=OuterRef("contact__outbound_id"))
    )
    by_message = Q(contact__inbound__isnull=False) | Q(contact__outbound__isnull=False)  # most came and went by none
    attached = json_list(
        files.order_by("id"), id="pk", name="name", size="size", type="content_type", check="check_state"
    )
    key = Concat(Value("contact:"), Cast(OuterRef("contact_id"), CharField()))
    ack = OutboundMessage.objects.filter(purpose="acknowledgement", object_key=key)
    return told(
        QuestionContact.objects.filter(question=pk).order_by("-contact__received_at", "-contact_id")[:MOST],
        id="contact_id",
        channel="contact__channel",
        direction="contact__direction",
        received_at="contact__received_at",
        by="contact__registered_by__name",
        text="contact__text",
        quoted="contact__quoted_text",
        subject_line="contact__subject_line",
        address="contact__address",
        address_name="contact__address_name",
        customer="contact__customer__name",
        is_answer="contact__is_answer",
        is_automatic="contact__is_automatic",
        remarks="contact__remarks",
        duration="contact__duration_seconds",
        purpose="contact__outbound__purpose",
        state="contact__outbound__state",
        sent_at="contact__outbound__sent_at",
        next_try="contact__outbound__next_try_at",
        error="contact__outbound__error",
        copies="contact__outbound__copies",
        delivered="contact__outbound__delivered_at",
        seen="contact__outbound__read_at",
        source="contact__inbound__message_source_id",
        letter="contact__letter__id",
        ack=Subquery(ack.values(json=JsonRow(state="state", sent_at="sent_at", error="error"))[:1]),
        files=Case(When(by_message, then=attached)),
    )


def _planned(pk: Any) -> Subquery:
    """Replies that did not leave, and that nobody went on with."""
    shown = (PlannedReply.State.WAITING, PlannedReply.State.BACK, PlannedReply.State.REFUSED)
    files = PlannedReply.files.through.objects.filter(plannedreply=OuterRef("pk")).order_by("storedfile_id")
    return json_list(
        PlannedReply.objects.filter(question=pk, state__in=shown).order_by("send_at", "pk")[:20],
        id="pk",
        by="created_by__name",
        created_at="created_at",
        send_at="send_at",
        settled_at="settled_at",
        is_scheduled="is_scheduled",
        state="state",
        why="why",
        channel="channel",
        to_address="to_address",
        copies="copies",
        text="text",
        files=json_list(files, name="storedfile__name"),
    )


def _letters(pk: Any) -> Subquery:
    """Letters that wait to be posted."""
    named = OutgoingLetter.also.through.objects.filter(question=pk).values("outgoingletter")
    rows = OutgoingLetter.objects.filter(
        Q(question=pk) | Q(pk__in=named, question__is_confidential=False), state=OutgoingLetter.State.WAITING
    )
    return json_list(
        rows.order_by("made_at", "pk")[:20],
        id="pk",
        by="made_by__name",
        kind="kind",
        made_at="made_at",
        post_by="post_by",
        printed_at="printed_at",
        recipient="recipient",
        text="text",
    )


def _clocks(pk: Any) -> Subquery:
    events = ClockEvent.objects.filter(clock=OuterRef("pk")).order_by("id")
    return json_list(
        NormClock.objects.filter(question=pk).order_by("started_at", "id"),
        id="pk",
        code="code",
        name="norm__name",
        unit="unit",
        length="length",
        state="state",
        calendar="calendar_id",
        started_at="started_at",
        due_at="due_at",
        soon_at="soon_at",
        stopped_at="stopped_at",
        remaining="remaining",
        replaced="replaced_by_id",
        events=json_list(events, kind="kind", at="at", cause="cause", due_at="due_at", detail="detail"),
    )


def _callbacks(pk: Any) -> Subquery:
    attempts = CallbackAttempt.objects.filter(callback=OuterRef("pk")).order_by("at")
    return json_list(
        CallbackRequest.objects.filter(question=pk).order_by("id"),
        id="pk",
        phone="phone",
        name="name",
        moment="moment",
        state="state",
        version="version",
        attempts=json_list(attempts, at="at", by="by__name", outcome="outcome", note="note"),
    )


def _links(pk: Any, user: User) -> Subquery:
    """Links in both directions to questions that this person may see."""
    seen = Question.objects.visible_to(user)
    rows = QuestionLink.objects.filter(
        Q(question=pk) & Exists(seen.filter(pk=OuterRef("other_id")))
        | Q(other=pk) & Exists(seen.filter(pk=OuterRef("question_id")))
    )
    return json_list(
        rows.order_by("id")[:20],
        id="pk",
        kind="kind",
        number="other__number",
        title="other__title",
        back_number="question__number",
        back_title="question__title",
    )
