"""What an administrator does first in an empty installation, in order; gone when it is done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from organisation import wording
from organisation.clock import now, today
from organisation.counts import counts
from organisation.models import Membership, RoleRequest, Subject, Team, User
from organisation.roles import Right, Role
from organisation.snapshot import organisation


@dataclass(frozen=True)
class Step:
    """`is_done` looks at the tables each time, so that nobody has to tick anything.

    `under_way` gives the screen and the words for a step that was taken and waits for somebody else.
    """

    url_name: str
    title: Promise
    text: Promise
    right: Right
    is_done: Callable[[], bool]
    under_way: Callable[[], tuple[str, str] | None] = lambda: None


@dataclass(frozen=True)
class ShownStep:
    href: str
    title: Promise
    text: Promise | str
    is_done: bool


def _has_own_addresses() -> bool:
    house = organisation().municipality
    return bool(house.phone and house.email)


def _has_confirmed_days() -> bool:
    return any(calendar.rules.exceptions for calendar in organisation().calendars.values())


def _has_coordinator() -> bool:
    def rows(marks: dict[str, Any]) -> dict[str, QuerySet[Any]]:
        return {"held": Membership.objects.valid_on(marks["day"]).filter(role=Role.COORDINATOR)}

    return counts("coordinators", rows, {"day": today()}, most=1)["held"] > 0


def _coordinator_waits() -> tuple[str, str] | None:
    waiting = RoleRequest.objects.waiting(now()).filter(role=Role.COORDINATOR).select_related("user").first()
    if waiting is None:
        return None
    words = _now(
        "The role of %(name)s waits for a second administrator, until %(moment)s at the latest."
        " The page says what to do while there is none."
    )
    return "organisation:people", words % {"name": waiting.user, "moment": wording.moment(waiting.expires_at)}


def has_more(than: int, kind: str, rows: QuerySet[Any]) -> bool:
    """More rows of this kind than so many."""
    return counts(("step", kind), lambda _marks: {kind: rows}, most=than + 1)[kind] > than


STEPS = [
    Step(
        "organisation:new_person",
        _("Add a coordinator"),
        _(
            "The coordinator sets the opening hours, the norms and the subjects. A second administrator confirms this "
            "role; while there is none, the page of this person says what to do."
        ),
        Right.PEOPLE_WRITE,
        _has_coordinator,
        _coordinator_waits,
    ),
    Step(
        "organisation:municipality",
        _("Fill in the phone number and e-mail address of the municipality"),
        _("They stand in every message to a customer; until then none is named. Look at the name as well."),
        Right.MUNICIPALITY_WRITE,
        _has_own_addresses,
    ),
    Step(
        "organisation:calendars",
        _("Check the opening hours and confirm the holidays"),
        _("Every deadline is counted on them."),
        Right.CALENDAR_WRITE,
        _has_confirmed_days,
    ),
    Step(
        "organisation:teams",
        _("Make the teams that answer questions"),
        _("The Servicecentrum stands there already and gets whatever belongs to no team."),
        Right.PEOPLE_WRITE,
        lambda: has_more(1, "teams", Team.objects.filter(is_active=True)),
    ),
    Step(
        "organisation:people",
        _("Add your colleagues"),
        _("Each gets a password for once, a role and a team."),
        Right.PEOPLE_WRITE,
        lambda: has_more(2, "people", User.objects.filter(is_active=True)),
    ),
    Step(
        "organisation:subjects",
        _("Write down what people ask about"),
        _("With a subject the question finds its team and its answer by itself."),
        Right.SUBJECTS_WRITE,
        lambda: has_more(0, "subjects", Subject.objects.filter(is_active=True, parent__isnull=False)),
    ),
]
"""In order; apps above add theirs when they start."""


def first_steps(user: User) -> tuple[ShownStep, ...]:
    """The steps for whoever may do them; nothing once all are done."""
    steps = tuple(_shown(step) for step in STEPS if user.may(step.right))
    return () if all(step.is_done for step in steps) else steps


def _shown(step: Step) -> ShownStep:
    is_done = step.is_done()
    waits = None if is_done else step.under_way()
    url_name, text = waits or (step.url_name, step.text)
    return ShownStep(reverse(url_name), step.title, text, is_done)
