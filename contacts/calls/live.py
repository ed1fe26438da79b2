"""The one place that says whose a call of the exchange is, finds it to register, and knows who may be calling."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channels_app.models import LiveCall
from contacts import normalize
from contacts.finding.customers import customers_with_number
from organisation.models import User
from organisation.roles import Right

if TYPE_CHECKING:
    from contacts.models import Customer


def names_of(user: User) -> list[str]:
    """As which the exchange knows this person; none for who sits at no phone."""
    return [user.extension, user.username] if user.extension else []


def call_to_register(user: User, pk: int) -> LiveCall | None:
    """None when it is long gone, registered already, or somebody else's: who does not work for every team sees own calls only."""
    row = LiveCall.objects.filter(pk=pk).select_related("call__contact").first()
    return None if row is None or is_registered(row) or not _is_theirs(user, row) else row


def is_registered(row: LiveCall) -> bool:
    """Whether a contact belongs to it; read the row with `call__contact`."""
    return row.call is not None and hasattr(row.call, "contact")


def is_passed_on(user: User, row: LiveCall) -> bool:
    """Whether this person picked it up, and somebody else has it now; read the row with `call`."""
    return (
        row.call is not None
        and row.call.answered_by_id == user.pk
        and bool(row.agent)
        and row.agent not in names_of(user)
    )


def caller_words(row: LiveCall) -> str:
    """The number as a person reads it; an extension within the house as the exchange gives it."""
    return normalize.phone_words(row.caller[1:]) if row.caller.startswith("+") else row.caller


def callers(user: User, row: LiveCall) -> list[Customer]:
    """Who has exactly this number, as far as this person may know; nobody for what is no number of the outside."""
    return customers_with_number(user, row.caller.removeprefix("+")) if row.caller.startswith("+") else []


def colleague_at(row: LiveCall) -> str:
    """Who calls from within the house, by the extension; empty for a number of the outside, and where two share a phone."""
    if not row.caller or row.caller.startswith("+"):
        return ""
    names = list(User.objects.filter(extension=row.caller, is_active=True).values_list("name", flat=True)[:2])
    return names[0] if len(names) == 1 else ""


def _is_theirs(user: User, row: LiveCall) -> bool:
    if user.may(Right.QUESTIONS_ALL_TEAMS):
        return True
    rings_at_all = row.state == LiveCall.State.RINGING and not row.agent and bool(user.extension)
    picked_up = row.call is not None and row.call.answered_by_id == user.pk
    return rings_at_all or picked_up or row.agent in names_of(user)
