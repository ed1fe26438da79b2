"""What the reception shows: who waits for whom and how long, what became of today's visits, and who can be warned."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Exists, F, OuterRef, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contacts.actions.visit_left import has_left
from contacts.actions.visit_wait import is_waited_for, was_helped
from contacts.finding.subject_index import subject_entries
from contacts.models import CallbackRequest, NormClock, Notice, QuestionContact
from contacts.norms.promises import VISIT
from contacts.norms.visits import AT_THE_DOOR
from contacts.people_here import Here
from organisation import wording
from organisation.models import Presence
from organisation.snapshot import Organisation
from organisation.workdays import day_start, local_day

if TYPE_CHECKING:
    from collections.abc import Iterable

    from contacts.models import Contact, Question
    from organisation.models import User

MOST_VISITS = 100
MOST_PEOPLE = 12
PROMISED = timedelta(minutes=10)
"""Where the municipality promises no time, and of visits from before there were clocks."""
_OPEN_CALLS = CallbackRequest.objects.filter(question=OuterRef("question"), state=CallbackRequest.State.OPEN)
_WAITS = NormClock.objects.filter(
    question=OuterRef("question"), code=VISIT, replaced_by=None, state__in=("running", "missed")
).order_by("started_at")


@dataclass(frozen=True)
class Somebody:
    """A team or a person present in it; `value` is what the form sends."""

    value: str
    label: str
    team_id: int
    user_id: int | None = None


@dataclass(frozen=True)
class Warned:
    """A team with those of its people who are here today."""

    team: str
    people: tuple[Somebody, ...]


@dataclass(frozen=True)
class Told:
    """What became of the warnings about one visit."""

    at: datetime
    names: tuple[str, ...]
    """Who was warned last: people, for the question may have gone to another team since."""
    read_by: str
    read_at: datetime | None


@dataclass(frozen=True)
class Visit:
    number: str
    time: str
    name: str
    about: str
    waits: wording.Badge | None
    """How long this visitor waits; None when somebody helps, or helped."""
    waits_from: datetime
    state: str
    badge: str
    icon: str
    told: str
    named_at: datetime | None
    """Since when its name stands here; None: it is not shown."""


@dataclass(frozen=True)
class Colleague:
    name: str
    where: str
    status: str
    is_free: bool


def warned_people(house: Organisation, here: Iterable[Here]) -> tuple[Warned, ...]:
    """Every team in use, each with its colleagues who are at work."""
    teams = sorted((team for team in house.teams.values() if team.is_active), key=lambda team: team.name)
    people: dict[int, list[Here]] = {}
    for one in here:
        people.setdefault(one.team_id, []).append(one)
    return tuple(
        Warned(
            team.name,
            (
                Somebody(f"team:{team.pk}", _("Team %(team)s") % {"team": team.name}, team.pk),
                *(
                    Somebody(f"team:{team.pk}:user:{one.user_id}", _name_and_where(one), team.pk, one.user_id)
                    for one in people.get(team.pk, [])
                ),
            ),
        )
        for team in teams
    )


def _name_and_where(one: Here) -> str:
    """A visitor is not sent to who works at home or talks to somebody else."""
    if one.status in (Presence.Status.AVAILABLE, Presence.Status.WRAP_UP):
        return _("%(name)s (present)") % {"name": one.name}
    return f"{one.name} ({str(Presence.Status(one.status).label).lower()})"


def colleagues(house: Organisation, here: Iterable[Here]) -> tuple[list[Colleague], int]:
    """Who is in the house, free ones first, with where to find them; and how many there are."""
    found: dict[int, Colleague] = {}
    for one in here:
        if one.user_id in found or one.status == Presence.Status.HOME:
            continue
        team = house.teams.get(one.team_id)
        room = _("room %(room)s") % {"room": one.room} if one.room[:1].isdigit() else one.room
        parts = [team.name if team else "", room]
        is_free = one.status in (Presence.Status.AVAILABLE, Presence.Status.WRAP_UP)
        word = _("present") if is_free else str(Presence.Status(one.status).label).lower()
        found[one.user_id] = Colleague(one.name, " · ".join(part for part in parts if part), word, is_free)
    people = sorted(found.values(), key=lambda one: not one.is_free)
    return people[:MOST_PEOPLE], len(people)


def subject_names(house: Organisation) -> Sequence[str]:
    """What the subject field proposes."""
    return sorted(house.subjects[one.id].name for one in subject_entries(house))


def visits_today(user: User, house: Organisation, at: datetime) -> list[Visit]:
    """Today's visits: who waits longest first, an appointment by its own time, then the others, newest first; a confidential one without name, subject or colleague. Two queries."""
    start = day_start(local_day(at))
    rows = list(
        QuestionContact.objects.visits(user, since=start, until=at + timedelta(minutes=2))
        .annotate(
            is_called=Exists(_OPEN_CALLS),
            is_helped=was_helped(OuterRef("question")),
            waits_from=Subquery(_WAITS.values("started_at")[:1]),
            waits_until=Subquery(_WAITS.values("due_at")[:1]),
        )
        .select_related("contact", "question", "question__assignee", "question__customer")
        .order_by(F("question__closed_at").desc(nulls_first=True), "-contact_id")[:MOST_VISITS]
    )  # on a day with more, who still waits is there
    rows.sort(key=lambda row: (row.contact.received_at, row.contact_id), reverse=True)
    told = _told([row.question_id for row in rows if row.question.is_open])
    shown = [_visit(row, told.get(row.question_id), house, at) for row in rows]
    waiting = sorted((one for one in reversed(shown) if one.waits is not None), key=lambda one: one.waits_from)
    return waiting + [one for one in shown if one.waits is None]


def waiting_words(visits: Sequence[Visit]) -> str:
    """What is the case, for the line below the title."""
    count = sum(one.waits is not None for one in visits)
    if not count:
        return _("Nobody is waiting for a colleague.")
    return ngettext(
        "%(count)s visitor is waiting for a colleague.", "%(count)s visitors are waiting for a colleague.", count
    ) % {"count": count}


def _told(question_ids: list[int]) -> dict[int, Told]:
    """The last warning of each, with who of all that were ever warned looked first."""
    found: dict[int, list[tuple[datetime, datetime | None, str]]] = {}
    rows = Notice.objects.filter(question_id__in=question_ids, kind=Notice.Kind.VISITOR_WAITS)
    rows = rows.order_by("at", "user__name", "id")
    for pk, at, read_at, name in rows.values_list("question_id", "at", "read_at", "user__name"):
        found.setdefault(pk, []).append((at, read_at, name))
    made = {}
    for pk, its in found.items():
        last = max(at for at, _read, _name in its)
        read = min(((read_at, name) for _at, read_at, name in its if read_at is not None), default=(None, ""))
        made[pk] = Told(last, tuple(name for at, _read, name in its if at == last), read[1], read[0])
    return made


def _visit(row: QuestionContact, told: Told | None, house: Organisation, at: datetime) -> Visit:
    question, contact, is_called = row.question, row.contact, row.is_called  # type: ignore[attr-defined]
    customer = question.customer
    name = customer.full_name if customer is not None else contact.address_name
    subject = house.subjects.get(question.subject_id) if question.subject_id else None
    team = house.teams.get(question.team_id)
    parts = [
        subject.name if subject is not None and not question.is_confidential else "",
        team.name if team is not None else "",
        question.assignee.name if question.assignee is not None and not question.is_confidential else "",
    ]
    begins = row.waits_from or contact.received_at  # type: ignore[attr-defined]
    until = row.waits_until or begins + PROMISED  # type: ignore[attr-defined]
    is_over = is_called or row.is_helped  # type: ignore[attr-defined]
    waits = None if is_over else _waits(question, contact, told, begins, until, at)
    state, badge, icon = _state(question, contact, team.name if team is not None else "", is_called=is_called)
    return Visit(
        number=question.number,
        time=wording.clock(contact.received_at),
        name=_("Confidential") if question.is_confidential else name or _("Unknown visitor"),
        about=" · ".join(part for part in parts if part),
        waits=waits,
        waits_from=begins,
        state=state,
        badge=badge,
        icon=icon,
        told=_told_words(told, is_named=not question.is_confidential) if waits is not None else "",
        named_at=None if question.is_confidential else contact.registered_at,
    )


def _waits(
    question: Question, contact: Contact, told: Told | None, begins: datetime, until: datetime, at: datetime
) -> wording.Badge | None:
    """None for who is helped, for a visit that was only written down afterwards, and for what a colleague split off from a visit."""
    if contact.registered_at - contact.received_at > AT_THE_DOOR or question.registered_at > contact.registered_at:
        return None
    if not is_waited_for(question, is_warned=told is not None, is_seen=told is not None and told.read_at is not None):
        return None
    if at < begins:
        return wording.Badge("ok", _("appointment at %(time)s") % {"time": wording.clock(begins)}, "")
    state = "late" if at >= until else "soon" if at >= until - (until - begins) / 4 else "ok"
    minutes = int((at - begins).total_seconds()) // 60
    word = _("%(count)s min. waiting") % {"count": minutes} if minutes else _("just arrived")
    if minutes >= 120:
        word = _("waiting since %(time)s") % {"time": wording.clock(begins)}
    return wording.Badge(state, word, "")


def _state(question: Question, contact: Contact, team: str, *, is_called: bool) -> tuple[str, str, str]:
    """Word, colour and icon for who no longer waits; of a confidential one the host does not read who sees it."""
    if question.status == "closed" and has_left(question, contact):
        return _("has left"), "inactive", "walk"
    if question.status == "closed":
        return _("helped"), "success", "circle-check"
    if question.status == "cancelled":
        return str(question.get_status_display()).lower(), "inactive", "x"
    if question.status == "waiting":
        return str(question.get_status_display()).lower(), "inactive", "player-pause"
    if is_called:
        return _("is called back"), "inactive", "phone-outgoing"
    if question.status == "new":
        return _("handed over to %(team)s") % {"team": team}, "inactive", "arrow-forward-up"
    if question.assignee is None or question.is_confidential:
        return _("somebody of %(team)s helps") % {"team": team}, "active", "user-check"
    return _("%(name)s helps") % {"name": question.assignee}, "active", "user-check"


def warned_words(waiting: Sequence[Question], told: Sequence[User]) -> str:
    """Who was warned just now of what one visitor waits for; of a confidential question not who sees it. Nobody is there: what to do then."""
    if not told:
        teams = dict.fromkeys(question.team.name for question in waiting)
        return _("Nobody of %(team)s is here now. Call the team.") % {"team": ", ".join(teams)}
    if len(told) == 1 and not any(question.is_confidential for question in waiting):
        return _("%(name)s is warned.") % {"name": told[0].name}
    return ngettext("%(count)s colleague is warned.", "%(count)s colleagues are warned.", len(told)) % {
        "count": len(told)
    }


def _told_words(told: Told | None, *, is_named: bool) -> str:
    """Whether somebody knows that this visitor waits; `is_named`: and who."""
    if told is None:
        return _("Nobody is warned yet.")
    if not is_named:
        if told.read_at is not None:
            return _("A colleague looked at %(time)s.") % {"time": wording.clock(told.read_at)}
        return _("Somebody was warned at %(time)s.") % {"time": wording.clock(told.at)}
    if told.read_at is not None:
        return _("%(name)s looked at %(time)s.") % {"name": told.read_by, "time": wording.clock(told.read_at)}
    words = {"time": wording.clock(told.at), "name": told.names[0], "count": len(told.names) - 1}
    if not words["count"]:
        return _("%(name)s was warned at %(time)s.") % words
    return (
        ngettext(
            "%(name)s and %(count)s colleague were warned at %(time)s.",
            "%(name)s and %(count)s colleagues were warned at %(time)s.",
            len(told.names) - 1,
        )
        % words
    )
