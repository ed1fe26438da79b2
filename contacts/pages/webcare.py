"""What people say about us on social media, per post: what was said in public, what in private, and whether somebody answered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Case, OuterRef, Q, QuerySet, Subquery, When
from django.http import QueryDict
from django.utils.translation import gettext as _

from channels_app.reasons import REMARKS
from contacts.models import Customer, Note, Question, QuestionContact
from contacts.pages.question_link import question_href
from contacts.pages.queue_rows import deadline_of
from organisation import wording
from organisation.addresses import address
from organisation.numbers import whole
from organisation.paging import Page, cut
from organisation.prepared import json_list, marked_user, rows_prepared, user_shape, user_values
from organisation.workdays import local_day

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

    from organisation.models import User
    from organisation.snapshot import Organisation

SIZE = 25
MOST_SAID = 12
"""Messages of one question that are shown; the question has them all."""
LONGEST = 600
SCOPES = ("open", "alles")
MARKS = ("edited_message", "deleted_message")
COLUMNS = (
    "id",
    "number",
    "title",
    "status",
    "close_reason",
    "due_at",
    "soon_at",
    "team_id",
    "team__name",
    "assignee__name",
    "assignee__username",
    "customer_id",
    "customer__name",
    "customer__salutation",
)
Row = dict[str, Any]


@dataclass(frozen=True)
class Said:
    """`is_ours`: an answer of ours; `is_public`: everybody reads it, None when nobody knows (registered by hand)."""

    who: str
    when: str
    text: str
    is_ours: bool
    is_public: bool | None
    state: str = ""
    mark: str = ""
    """That this changed, or took away, something said before."""


@dataclass(frozen=True)
class Talk:
    """One question: who began it, what was said, and what became of it."""

    href: str
    number: str
    title: str
    who: str
    owner: str
    due: SafeString | str
    result: str
    result_css: str
    reason: str
    said: tuple[Said, ...]
    is_cut: bool
    no_reaction_href: str


@dataclass(frozen=True)
class Post:
    """A public post with the questions that began below it; without address: private messages."""

    href: str
    text: str
    talks: list[Talk]


@dataclass(frozen=True)
class Webcare:
    posts: list[Post]
    scope: str
    scopes: list[tuple[str, str, str]]
    next_query: str
    first_query: str


def webcare(user: User, at: datetime, house: Organisation, query: QueryDict) -> Webcare:
    """Newest first, one query however many rows; one more on a later page."""
    scope = query.get("lijst", "open")
    scope = scope if scope in SCOPES else "open"
    page = _page(user, scope, query)
    posts: dict[tuple[str, str], list[Talk]] = {}
    for row in page.rows:
        posts.setdefault(_post(row["said"]), []).append(_talk(row, house, at))
    here = address("contacts:webcare")
    return Webcare(
        posts=[Post(href, text, talks) for (href, text), talks in posts.items()],
        scope=scope,
        scopes=[("open", _("Still to do"), here), ("alles", _("Everything"), f"{here}?lijst=alles")],
        next_query=page.next_query,
        first_query=page.first_query,
    )


def _page(user: User, scope: str, query: QueryDict) -> Page:
    values: dict[str, Any] = user_values(user)
    before = whole(query.get("before"))
    if before is not None:
        # its moment alone: it may have become confidential since, and the next page still begins after it
        seen = Question.objects.filter(pk=before, channel="social")
        last = seen.values_list("received_at", flat=True).first()
        values |= {"last": last, "before": before} if last is not None else {}
    shape = ("webcare", user_shape(user), scope, "last" in values)
    rows = rows_prepared(shape, lambda marks: _rows(marked_user(user, marks), scope, marks), values)
    return cut(rows, query, SIZE, "before", lambda row: str(row["id"]))


def _rows(user: User, scope: str, marks: dict[str, Any]) -> QuerySet[Any]:
    """One more than a page holds, with what was said, and why no reaction was needed: the last note, written with that act."""
    rows = Question.objects.visible_to(user).filter(channel="social").exclude(status=Question.Status.CANCELLED)
    if scope == "open":
        rows = rows.open()
    if last := marks.get("last"):
        rows = rows.filter(Q(received_at__lt=last) | Q(received_at=last, pk__lt=marks["before"]))
    notes = Note.objects.filter(question=OuterRef("pk")).order_by("-created_at", "-pk")
    was_silent = Q(close_reason=Question.CloseReason.NO_REACTION_NEEDED)
    found = rows.order_by("-received_at", "-pk").values(
        *COLUMNS, said=_said(), reason=Case(When(was_silent, then=Subquery(notes.values("text")[:1])))
    )
    return found[: SIZE + 1]


def _said() -> Subquery:
    rows = QuestionContact.objects.filter(
        Q(contact__is_automatic=False) | Q(contact__remarks__contains=["deleted_message"]), question=OuterRef("pk")
    )
    return json_list(
        rows.order_by("contact__received_at", "contact_id"),
        direction="contact__direction",
        text="contact__text",
        quoted="contact__quoted_text",
        received_at="contact__received_at",
        name="contact__address_name",
        remarks="contact__remarks",
        by="contact__registered_by__name",
        state="contact__outbound__state",
        came_by="contact__inbound__message_source_id",
        went_by="contact__outbound__message_source_id",
        post="contact__inbound__parsed__post",
    )


def _post(said: list[Row]) -> tuple[str, str]:
    first = next((row for row in said if row["post"]), None)
    return (first["post"], first["quoted"][:LONGEST]) if first is not None else ("", "")


def _talk(row: Row, house: Organisation, at: datetime) -> Talk:
    today = local_day(at)
    customer = _customer(row)
    said = tuple(
        Said(
            who=(one["by"] or _("The municipality"))
            if one["direction"] == "out"
            else (one["name"] or customer or _("Unknown customer")),
            when=wording.moment(datetime.fromisoformat(one["received_at"]), today),
            text="" if "deleted_message" in (one["remarks"] or []) else one["text"][:LONGEST],
            is_ours=one["direction"] == "out",
            is_public=_is_public(one),
            state=_("Not delivered") if one["state"] == "failed" else "",
            mark=" ".join(str(REMARKS[mark]) for mark in MARKS if mark in (one["remarks"] or [])),
        )
        for one in row["said"]
    )
    result, css = _result(row, said)
    is_open = row["status"] in Question.OPEN
    return Talk(
        href=question_href(row["number"]),
        number=row["number"],
        title=row["title"],
        who=customer or (said[0].who if said else ""),
        owner=row["assignee__name"] or row["assignee__username"] or row["team__name"],
        due=deadline_of(row, house, at)[0] if is_open else "",
        result=result,
        result_css=css,
        reason=row["reason"] or "",
        said=said[-MOST_SAID:],
        is_cut=len(said) > MOST_SAID,
        no_reaction_href=address("contacts:question_act", row["number"], "geen-reactie") if is_open else "",
    )


def _customer(row: Row) -> str:
    """As `Customer.full_name`; empty while nobody knows who it is."""
    if row["customer_id"] is None:
        return ""
    return Customer(salutation=row["customer__salutation"], name=row["customer__name"]).full_name


def _is_public(row: Row) -> bool | None:
    if {"public_message", "public_answer"} & set(row["remarks"] or []):
        return True
    return False if row["came_by"] or row["went_by"] else None


def _result(row: Row, said: Iterable[Said]) -> tuple[str, str]:
    ours = [one for one in said if one.is_ours and not one.state]
    is_open = row["status"] in Question.OPEN
    if row["close_reason"] == Question.CloseReason.NO_REACTION_NEEDED:
        return _("No reaction needed"), "inactive"
    public, private = any(one.is_public for one in ours), any(one.is_public is False for one in ours)
    if public and private:
        return _("Answered in public and in private"), "success"
    if public:
        return _("Answered in public"), "success"
    if private:
        return _("Answered in private"), "success"
    if ours and is_open:
        return _("Answered"), "success"
    if not is_open:
        return str(Question.CloseReason(row["close_reason"]).label) if row["close_reason"] else "", "inactive"
    return _("No answer yet"), "warning"
