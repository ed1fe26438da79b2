"""What another system sees by Open311: the kinds of report there are, and how its own reports stand."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from django.utils import translation
from django.utils.translation import gettext as _

from channels_app.exchanges import APPS
from contacts.finding.subject_index import subject_entries
from contacts.models import NormClock, Question
from contacts.norms.promises import KEPT_BY_A_MACHINE
from contacts.open311.shape import moment
from organisation.models import QuestionKind, Subject
from organisation.snapshot import Organisation

if TYPE_CHECKING:
    from contacts.models import ApiClient

SOURCE: Final = APPS
"""Begins the source of what a client sent; the client's key behind it."""
MOST: Final = 100
WINDOW: Final = timedelta(days=90)


def services(house: Organisation) -> list[Subject]:
    """The subjects about public space, by name: what has a place and may be reported by an app."""
    found = [house.subjects[one.id] for one in subject_entries(house)]
    return sorted((one for one in found if one.kind == QuestionKind.REPORT), key=lambda one: one.name)


def service(house: Organisation, code: str) -> Subject | None:
    return next((one for one in services(house) if one.code == code), None)


def service_row(subject: Subject, house: Organisation) -> dict[str, Any]:
    parent = house.subjects.get(subject.parent_id) if subject.parent_id else None
    return {
        "service_code": subject.code,
        "service_name": subject.name,
        "description": subject.name,
        "metadata": bool(subject.ask_always),
        "type": "realtime",
        "keywords": ", ".join(subject.synonyms),
        "group": parent.name if parent else "",
    }


def attributes(subject: Subject) -> list[dict[str, Any]]:
    """What we always ask about it; nothing of it is required, so that no report gets lost."""
    return [
        {
            "variable": True,
            "code": f"vraag{order}",
            "datatype": "string",
            "required": False,
            "datatype_description": "",
            "order": order,
            "description": words,
        }
        for order, words in enumerate(subject.ask_always, start=1)
    ]


def own_reports(client: ApiClient) -> Any:
    """Only what this client sent: a description is the words of a citizen."""
    return (
        Question.objects.filter(
            question_contacts__is_first=True, question_contacts__contact__inbound__source=f"{SOURCE}{client.pk}"
        )
        .select_related("place", "subject", "team", "merged_into")
        .prefetch_related("clocks", "merged_into__clocks")
        .order_by("-received_at", "-pk")
    )


def report_rows(questions: Iterable[Question]) -> list[dict[str, Any]]:
    with translation.override("nl"):
        return [_row(one) for one in questions]


def _row(question: Question) -> dict[str, Any]:
    now_at = question.merged_into or question
    place = getattr(question, "place", None) if not question.is_confidential else None
    point = place is not None and place.latitude is not None
    return {
        "service_request_id": question.number,
        "status": "open" if now_at.is_open else "closed",
        "status_notes": _stands(now_at),
        "service_name": question.subject.name if question.subject else "",
        "service_code": question.subject.code if question.subject else "",
        "description": question.summary if not question.is_confidential else "",
        "agency_responsible": question.team.name,
        "service_notice": "",
        "requested_datetime": moment(question.received_at),
        "updated_datetime": moment(max(now_at.last_contact_at, now_at.closed_at or now_at.last_contact_at)),
        "expected_datetime": moment(_answer_by(now_at)),
        "address": place.address if place else "",
        "address_id": "",
        "zipcode": "",
        "lat": float(place.latitude) if point else "",
        "long": float(place.longitude) if point else "",
        "media_url": "",
    }


def _answer_by(question: Question) -> datetime | None:
    """Until when a person reacts; the promise that a machine keeps within minutes is none for a citizen."""
    clocks: Iterable[NormClock] = question.clocks.all()  # type: ignore[attr-defined]
    running = [
        one.due_at for one in clocks if one.state == NormClock.State.RUNNING and one.code not in KEPT_BY_A_MACHINE
    ]
    return min(running, default=question.due_at)


def _stands(question: Question) -> str:
    if question.is_open:
        return str(question.get_status_display())
    return str(question.get_close_reason_display()) or _("Closed")


def window(start: datetime | None, end: datetime | None, at: datetime) -> tuple[datetime, datetime]:
    """The days that were asked, at most ninety; the last ones when only one end or none was said."""
    until = end or (min(start + WINDOW, at) if start else at)
    begin = start or until - WINDOW
    return max(begin, until - WINDOW), until
