"""What people say about us on social media, per post: what was said in public, what in private, and whether somebody answered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from channels_app.reasons import REMARKS
from contacts.models import Note, Question, QuestionContact
from contacts.pages.question_link import question_href
from contacts.pages.queue_rows import deadline_of
from organisation import wording
from organisation.paging import page_newest_first
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
    said: list[Said]
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
    """Newest first, four queries however many rows."""
    scope = query.get("lijst", "open")
    scope = scope if scope in SCOPES else "open"
    rows: QuerySet[Question] = Question.objects.visible_to(user).filter(channel="social")
    if scope == "open":
        rows = rows.filter(status__in=Question.OPEN)
    rows = rows.exclude(status=Question.Status.CANCELLED).select_related("customer", "assignee", "team")
    page = page_newest_first(rows, query, moment="received_at", size=SIZE)
    said = _said(page.rows)
    reasons = _reasons(page.rows)
    posts: dict[tuple[str, str], list[Talk]] = {}
    for question in page.rows:
        its = said.get(question.pk, [])
        posts.setdefault(_post(its), []).append(_talk(question, its, reasons.get(question.pk, ""), house, at))
    address = reverse("contacts:webcare")
    return Webcare(
        posts=[Post(href, text, talks) for (href, text), talks in posts.items()],
        scope=scope,
        scopes=[("open", _("Still to do"), address), ("alles", _("Everything"), f"{address}?lijst=alles")],
        next_query=page.next_query,
        first_query=page.first_query,
    )


def _said(questions: Iterable[Question]) -> dict[int, list[dict[str, Any]]]:
    found: dict[int, list[dict[str, Any]]] = {}
    rows = QuestionContact.objects.filter(
        Q(contact__is_automatic=False) | Q(contact__remarks__contains=["deleted_message"]),
        question__in=[one.pk for one in questions],
    )
    columns = (
        "question_id",
        "contact__direction",
        "contact__text",
        "contact__quoted_text",
        "contact__received_at",
        "contact__address_name",
        "contact__channel",
        "contact__remarks",
        "contact__registered_by__name",
        "contact__outbound__state",
        "contact__inbound__message_source",
        "contact__outbound__message_source",
        "contact__inbound__parsed__post",
    )
    for row in rows.order_by("contact__received_at", "contact_id").values(*columns):
        found.setdefault(row["question_id"], []).append(row)
    return found


def _reasons(questions: Iterable[Question]) -> dict[int, str]:
    """Why no reaction was needed: the last note, written with that act."""
    closed = [one.pk for one in questions if one.close_reason == Question.CloseReason.NO_REACTION_NEEDED]
    notes = Note.objects.filter(question__in=closed).order_by("created_at", "pk").values_list("question_id", "text")
    return dict(notes)


def _post(its: list[dict[str, Any]]) -> tuple[str, str]:
    first = next((row for row in its if row["contact__inbound__parsed__post"]), None)
    if first is None:
        return "", ""
    return first["contact__inbound__parsed__post"], first["contact__quoted_text"][:LONGEST]


def _clock(question: Question) -> dict[str, Any]:
    return {name: getattr(question, name) for name in ("status", "due_at", "soon_at", "team_id")}


def _talk(question: Question, its: list[dict[str, Any]], reason: str, house: Organisation, at: datetime) -> Talk:
    today = local_day(at)
    customer = question.customer.full_name if question.customer else _("Unknown customer")
    said = [
        Said(
            who=(row["contact__registered_by__name"] or _("The municipality"))
            if row["contact__direction"] == "out"
            else (row["contact__address_name"] or customer),
            when=wording.moment(row["contact__received_at"], today),
            text="" if "deleted_message" in (row["contact__remarks"] or []) else row["contact__text"][:LONGEST],
            is_ours=row["contact__direction"] == "out",
            is_public=_is_public(row),
            state=_("Not delivered") if row["contact__outbound__state"] == "failed" else "",
            mark=" ".join(str(REMARKS[one]) for one in MARKS if one in (row["contact__remarks"] or [])),
        )
        for row in its
    ]
    result, css = _result(question, said)
    return Talk(
        href=question_href(question.number),
        number=question.number,
        title=question.title,
        who=question.customer.full_name if question.customer else (said[0].who if said else ""),
        owner=str(question.assignee or question.team.name),
        due=deadline_of(_clock(question), house, at)[0] if question.is_open else "",
        result=result,
        result_css=css,
        reason=reason,
        said=said[-MOST_SAID:],
        is_cut=len(said) > MOST_SAID,
        no_reaction_href=reverse("contacts:question_act", args=[question.number, "geen-reactie"])
        if question.is_open
        else "",
    )


def _is_public(row: dict[str, Any]) -> bool | None:
    if {"public_message", "public_answer"} & set(row["contact__remarks"] or []):
        return True
    is_told = row["contact__inbound__message_source"] or row["contact__outbound__message_source"]
    return False if is_told else None


def _result(question: Question, said: list[Said]) -> tuple[str, str]:
    ours = [one for one in said if one.is_ours and not one.state]
    if question.close_reason == Question.CloseReason.NO_REACTION_NEEDED:
        return _("No reaction needed"), "inactive"
    public, private = any(one.is_public for one in ours), any(one.is_public is False for one in ours)
    if public and private:
        return _("Answered in public and in private"), "success"
    if public:
        return _("Answered in public"), "success"
    if private:
        return _("Answered in private"), "success"
    if ours and question.is_open:
        return _("Answered"), "success"
    if not question.is_open:
        return str(Question.CloseReason(question.close_reason).label) if question.close_reason else "", "inactive"
    return _("No answer yet"), "warning"
