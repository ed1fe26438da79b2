"""Sends an answer by the service by which the customer wrote, within what that service allows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from channels_app.accounts import accounts
from channels_app.actions.send import compose_message, queue_message
from channels_app.actions.stop_number import is_stopped
from channels_app.adapters.registry import adapter_of
from channels_app.adapters.sms.adapter import Sms
from channels_app.approved import approved
from channels_app.models import Channel, MessageSource
from contacts import normalize
from contacts.messages.conversation import Talk, talk_of
from organisation.clock import now
from organisation.errors import Refused

if TYPE_CHECKING:
    from channels_app.adapters.messages import Adapter, Limits
    from channels_app.models import OutboundMessage, StoredFile
    from contacts.models import Contact, Question

PUBLIC = "openbaar"
"""Instead of an address: below the post, where everybody reads it."""


@dataclass(frozen=True)
class Way:
    """How an answer goes: by which account, to whom, in public or not."""

    talk: Talk
    adapter: Adapter
    is_public: bool

    @property
    def limits(self) -> Limits:
        return self.adapter.limits_of(self.talk.details, is_public=self.is_public)

    @property
    def templates(self) -> list[dict[str, str]]:
        return list(self.talk.source.templates) if self.adapter.limits.has_templates else []

    @property
    def conversation(self) -> str:
        """Where an answer to this comes in: after a private answer to a public message somewhere else."""
        private = self.talk.details.get("private")
        if not self.talk.is_public or self.is_public or not private:
            return self.talk.conversation
        return f"{self.talk.source.pk}:{private}"[:250]

    def is_open(self, at: datetime) -> bool:
        """Whether we may write freely: the customer wrote not too long ago."""
        window = self.adapter.limits.window
        return window is None or self.is_public or at < self.talk.last_at + window


def way_of(question: Question, channel: str, to_address: str = "") -> Way | None:
    """None when the customer did not write by a service on this channel: then the message is sent by hand, and only kept here.

    A text message (SMS) needs no more than a number of a mobile phone, also beside a talk by another service.
    """
    talk = talk_of(question)
    adapter = adapter_of(talk.source.kind) if talk is not None else None
    if channel == Channel.SMS and (adapter is None or adapter.channel != Channel.SMS):
        return way_to_number(to_address)
    if talk is None or adapter is None or adapter.channel != channel:
        return None
    return Way(talk, adapter, talk.is_public and to_address.strip().lower() == PUBLIC)


def way_to_number(number: str, source: MessageSource | None = None) -> Way | None:
    """By the account for text messages (`source`, else the first in use) to a mobile number; None without one of both."""
    digits = normalize.mobile(number)
    source = source or sms_source()
    adapter = adapter_of(source.kind) if source is not None else None
    if not digits or source is None or adapter is None:
        return None
    talk = Talk(source, f"{source.pk}:{digits}", digits, "", now(), "", False, {})
    return Way(talk, adapter, False)


def sms_source() -> MessageSource | None:
    return next((one for one in accounts() if one.kind == Sms.kind), None)


def check_way(way: Way, *, text: str, at: datetime) -> dict[str, Any]:
    """The details for the adapter, or `Refused` with what the service does not allow."""
    if not way.talk.source.is_active:
        raise Refused(_("The account %(name)s is not in use.") % {"name": way.talk.source.name}, "channel")
    if way.adapter.channel == Channel.SMS and is_stopped(way.talk.address):
        raise Refused(_("This number asked for no more text messages (STOP). Call or mail instead."), "channel")
    limit = way.adapter.limits.text
    if len(text) > limit:
        raise Refused(
            _("This is too long for this channel: %(length)s letters. At most %(limit)s go along.")
            % {"length": len(text), "limit": limit},
            "text",
        )
    details: dict[str, Any] = {**way.talk.details, "public": way.is_public}
    details["hours"] = max(0, int((at - way.talk.last_at).total_seconds() // 3600))
    if not way.is_open(at):
        template = approved(way.templates, text)
        if template is None:
            raise Refused(
                _(
                    "The customer wrote too long ago to answer freely. Use an approved template and fill in every open place."
                )
                if way.templates
                else _("The customer wrote too long ago to answer here. Call or mail instead."),
                "text",
            )
        details["template"] = template
    return details


def check_files(way: Way, files: Sequence[Any]) -> None:
    """Of files with a name, a content type and a size: `Refused` with what this channel does not carry, before anything is sent."""
    limits = way.limits
    if files and not limits.files:
        raise Refused(_("No files can go along here: this service takes only words. Send them by e-mail."), "files")
    if len(files) > limits.files:
        raise Refused(_("At most %(most)s files go along by this channel.") % {"most": limits.files}, "files")
    for one in files:
        kind = next((kind for kind in limits.file_kinds if one.content_type.startswith(kind.types)), None)
        if kind is None:
            raise Refused(
                _("“%(name)s” cannot go along here. This service takes: %(kinds)s.")
                % {"name": one.name, "kinds": files_words(limits)},
                "files",
            )
        if one.size > kind.megabytes * 1_048_576:
            raise Refused(
                _("“%(name)s” is too large for this service: at most %(size)s MB for %(kind)s.")
                % {"name": one.name, "size": kind.megabytes, "kind": kind.label},
                "files",
            )


def files_words(limits: Limits) -> str:
    """What goes along, for people: “pictures (JPEG, PNG) up to 5 MB, …”."""
    return ", ".join(
        _("%(kind)s up to %(size)s MB") % {"kind": one.label, "size": one.megabytes} for one in limits.file_kinds
    )


def queue_answer(
    way: Way,
    *,
    question: Question,
    contact: Contact,
    purpose: str,
    text: str,
    at: datetime,
    files: Iterable[StoredFile] = (),
) -> OutboundMessage | None:
    """The message in the outbox, in the caller's transaction, with its files."""
    details = check_way(way, text=text, at=at)
    going = list(files)
    check_files(way, going)
    if going and "template" in details:
        raise Refused(_("No files go along with an approved template."), "files")
    limits = way.limits
    outbound = queue_message(
        compose_message(
            purpose=purpose,
            object_key=f"contact:{contact.pk}",
            channel=contact.channel,
            to_address=way.talk.address,
            to_name=question.customer.full_name if question.customer else "",
            subject=question.title,
            body=text,
            at=at,
            reference_number=question.number,
            in_reply_to=way.talk.last_key if limits.names_what_it_answers else "",
            message_source=way.talk.source,
            conversation=way.conversation,
            details=details,
        )
    )
    for stored in going:
        stored.outbound = outbound
        stored.save()
    return outbound
