"""What the composer shows when the answer goes by a service: to whom, how long, until when, and the templates after that."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from channels_app.approved import blank
from contacts import normalize
from contacts.actions.send_message import PUBLIC, Way, files_words, sms_source, way_of, way_to_number
from contacts.messages.sender import address_words
from organisation import wording
from organisation.clock import now

if TYPE_CHECKING:
    from contacts.models import Question


@dataclass(frozen=True)
class Service:
    """`recipients`: value, words, chosen. `window`: until when we may write freely, in words; `is_closed`: not any more."""

    name: str
    channel: str
    recipients: list[tuple[str, str, bool]]
    limit: int
    takes_files: bool
    files: str
    """Which files go along, and how large."""
    window: str
    is_closed: bool
    templates: list[str]
    post: str


def service_of(question: Question, channel: str, to_address: str | None) -> Service | None:
    """None when the answer does not go by a service."""
    way = way_of(question, channel, to_address or PUBLIC)
    if way is None:
        return None
    limits, at = way.limits, now()
    is_closed = not way.is_open(at)
    return Service(
        name=way.talk.source.name,
        channel=channel,
        recipients=_recipients(way, to_address),
        limit=limits.text,
        takes_files=limits.files > 0 and not is_closed,
        files=_("At most %(most)s files: %(kinds)s.") % {"most": limits.files, "kinds": files_words(limits)},
        window=_window(way, is_closed),
        is_closed=is_closed,
        templates=[blank(one["text"]) for one in way.templates] if is_closed else [],
        post=way.talk.post,
    )


def numbers_of(facts: dict[str, Any]) -> list[str]:
    """Mobile numbers of the customer, and the one that called last; each once, as digits."""
    known = [row["value"] for row in facts["addresses_"] if row["kind"] in ("phone", "whatsapp")]
    called = [row["address"] for row in reversed(facts["contacts_"]) if row["channel"] == "phone" and row["address"]]
    return [digits for digits in dict.fromkeys(map(normalize.mobile, [*called, *known])) if digits][:10]


def text_message_service(facts: dict[str, Any], chosen: str | None) -> Service | None:
    """A text message to a number of the customer; None without an account to send with, for which no number is read, or a number."""
    source = sms_source()
    numbers = numbers_of(facts) if source is not None else []
    way = way_to_number(numbers[0], source) if numbers else None
    if way is None:
        return None
    picked = chosen if chosen in numbers else numbers[0]
    return Service(
        name=way.talk.source.name,
        channel=way.adapter.channel,
        recipients=[(one, normalize.phone_words(one), one == picked) for one in numbers],
        limit=way.limits.text,
        takes_files=False,
        files="",
        window=_("The customer can answer, and can send STOP: then no text message goes there any more."),
        is_closed=False,
        templates=[],
        post="",
    )


def _recipients(way: Way, to_address: str | None) -> list[tuple[str, str, bool]]:
    words = address_words(way.adapter.channel, way.talk.address, way.talk.name)
    found = [(way.talk.address, _("Privately to %(name)s") % {"name": words} if way.talk.is_public else words)]
    if way.talk.is_public:
        found.insert(0, (PUBLIC, _("In public, below the message")))
        if not way.adapter.limits.can_answer_privately:
            found.pop()
    chosen = to_address if to_address in [value for value, _words in found] else found[0][0]
    return [(value, shown, value == chosen) for value, shown in found]


def _window(way: Way, is_closed: bool) -> str:
    window = way.adapter.limits.window
    if window is None or way.is_public:
        return ""
    if not is_closed:
        until = wording.moment(way.talk.last_at + window)
        return _("You can write freely until %(moment)s.") % {"moment": until}
    told = {"long": _long(window)}
    if way.templates:
        return _("The customer wrote more than %(long)s ago. Only an approved template can be sent now.") % told
    return _("The customer wrote more than %(long)s ago. Nothing can be sent here now: call or mail.") % told


def _long(window: timedelta) -> str:
    """How long a service lets us write freely: a day in hours, as services say it."""
    if window <= timedelta(days=2):
        return _("%(count)s hours") % {"count": window // timedelta(hours=1)}
    return pgettext("length", "%(count)s days") % {"count": window.days}
