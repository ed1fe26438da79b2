"""All rows around one question in one query, whatever their number: PostgreSQL builds the lists."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, Subquery

from contacts.access import Along, get_question
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
    QuestionLink,
    QuestionPlace,
    QuestionViewer,
    ReplyTemplate,
)
from contacts.pages.question_contacts import CONTACT, contacts
from organisation.models import AccessEntry, Membership, User
from organisation.prepared import json_list
from organisation.workdays import local_day

LOOKING = timedelta(seconds=60)
LOOKED = 20
"""The newest times that somebody opened it: enough to name the three who looked last."""
OTHERS = 4
Facts = dict[str, Any]
"""Names that end in `_`, as no column does."""


def question_with_facts(
    user: User, number: str, at: datetime, look: Mapping[str, Any] | None = None
) -> tuple[Question, Facts]:
    """The question as `get_question` gives it, and everything for its screen; teams and subjects stand in the settings. `look`: who looks,
    which is written along."""
    moments = {"at": at, "looking": at - LOOKING, "day": local_day(at)}
    found = get_question(user, number, along=Along("question", _facts, moments, ("customer", "assignee"), look))
    facts = {name: vars(found).pop(name) for name in list(vars(found)) if name.endswith("_")}
    facts["contacts_"] = CONTACT.read(reversed(facts["contacts_"]))
    return found, facts


def _facts(user: User, marks: dict[str, Any]) -> dict[str, Any]:
    """What stands around a question; every value in it comes from `marks` or the person."""
    pk, at, day = OuterRef("pk"), marks["at"], marks["day"]
    return {
        "contacts_": contacts(pk),
        "notes_": json_list(
            Note.objects.filter(question=pk).order_by("created_at"),
            id="pk",
            text="text",
            created_at="created_at",
            by="created_by__name",
        ),
        "mail_": last_mail(pk),
        "planned_": _planned(pk),
        "letters_": _letters(pk),
        "assignments_": json_list(
            Assignment.objects.filter(question=pk).order_by("from_at", "id"),
            team="team_id",
            assignee="assignee__name",
            by="assigned_by__name",
            reason="reason",
            from_at="from_at",
        ),
        "clocks_": _clocks(pk),
        "callbacks_": _callbacks(pk),
        "addresses_": json_list(
            ContactAddress.objects.filter(customer=OuterRef("customer_id")).order_by("-is_preferred", "id")[:12],
            kind="kind",
            value="value",
            preferred="is_preferred",
            bounced="bounced_at",
        ),
        "others_": json_list(
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
        "where_": json_list(
            QuestionPlace.objects.filter(question=pk), address="address", latitude="latitude", longitude="longitude"
        ),
        "viewers_": _viewers(pk, user, marks["looking"]),
        "links_": _links(pk, user),
        "looked_": _looked(pk),
        "members_": json_list(
            Membership.objects.valid_on(day)
            .reading()
            .filter(team_id=OuterRef("team_id"), user__is_active=True)
            .order_by("user__name", "user_id"),
            id="user_id",
            name="user__name",
            status="user__presence__status",
            seen="user__presence__changed_at",
        ),
        "templates_": json_list(
            ReplyTemplate.objects.filter(is_active=True, use="")
            .filter(Q(team__isnull=True) | Q(team=OuterRef("team_id")))
            .order_by("name"),
            id="pk",
            name="name",
            subject="subject_id",
        ),
        "named_": json_list(
            ConfidentialAccess.objects.filter(Q(until_at__isnull=True) | Q(until_at__gt=at), question=pk).order_by(
                "user__name", "-from_at"
            ),
            id="user_id",
            name="user__name",
            until="until_at",
            by="granted_by_id",
            reason="reason",
        ),
    }


def who_looks(at: datetime) -> Along:
    """Only the colleagues who have it on their screen, as `viewers_`."""

    def facts(user: User, marks: dict[str, Any]) -> dict[str, Any]:
        return {"viewers_": _viewers(OuterRef("pk"), user, marks["looking"])}

    return Along("viewers", facts, {"looking": at - LOOKING}, ())


def _viewers(pk: Any, user: User, since: datetime) -> Subquery:
    """Colleagues who have had the question on their screen since then."""
    rows = QuestionViewer.objects.filter(question=pk, seen_at__gt=since).exclude(user=user).order_by("user__name")
    return json_list(rows, name="user__name", writing="is_writing")


def _looked(pk: Any) -> Subquery:
    """Who opened it last; the names of those few, not of all, in no order."""
    seen = AccessEntry.objects.filter(question_id=pk, user__isnull=False, page="question").order_by("-at")
    names = User.objects.filter(pk=OuterRef("user_id")).order_by().values("name")
    return json_list(seen[:LOOKED], id="user_id", name=Subquery(names))


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
