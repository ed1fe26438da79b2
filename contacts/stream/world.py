"""What the lines ask of the database: which call stands above which page, and who is still signed in."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.contrib.sessions.models import Session

from contacts.calls.live import names_of
from contacts.pages.call_strip import marks_of
from contacts.stream.door import Seat
from organisation.actions.heartbeat import beat
from organisation.clock import now, today
from organisation.models import Membership, User
from organisation.roles import Right, roles_with


class Database:
    """Asked in one thread, with one connection; `before` each time is the place to leave one that is dead."""

    def __init__(self, before: Callable[[], None] = lambda: None) -> None:
        self.before = before

    def marks(self, seats: Iterable[Seat]) -> dict[Seat, str]:
        """One query for all."""
        self.before()
        wanted = list(seats)
        found = marks_of({seat.names for seat in wanted}, now())
        return {seat: found[seat.names] for seat in wanted}

    def still_there(self, seats: Iterable[Seat]) -> set[Seat]:
        """The session is there, and the person still answers questions and sits at the same phone; two queries."""
        self.before()
        wanted = list(seats)
        keys = {seat.session for seat in wanted}
        sessions = set(
            Session.objects.filter(session_key__in=keys, expire_date__gt=now()).values_list("session_key", flat=True)
        )
        roles = roles_with(Right.QUESTIONS_WRITE)
        answering = Membership.objects.valid_on(today()).filter(role__in=roles)
        people = User.objects.filter(pk__in={seat.user for seat in wanted}, is_active=True).filter(
            pk__in=answering.values("user")
        )
        names = {user.pk: tuple(names_of(user)) for user in people}
        return {seat for seat in wanted if seat.session in sessions and names.get(seat.user) == seat.names}

    def beat(self, lines: int) -> None:
        self.before()
        beat("stream", lines=lines)
