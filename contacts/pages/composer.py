"""The reply, note or conversation as it begins: to whom, how, about what."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from contacts.actions.answer import MAX_TEXT, closing_of
from contacts.actions.make_letter import MAX_LETTER
from contacts.forms.uploads import ACCEPT
from contacts.letters.text import fields_of, greeting_of, recipient_of
from contacts.mail.others import asks_answer_at, others_of
from contacts.models.contact import REOPENED
from contacts.pages.composer_service import Service, service_of, text_message_service
from contacts.reply_text import on_one_line
from organisation import wording
from organisation.clock import now

if TYPE_CHECKING:
    from contacts.models import Question
    from organisation.models import User
    from organisation.snapshot import Organisation


MAIL_LIKE = ("email", "form", "app", "chat")

TALK_CHANNELS = ("phone", "counter", "home_visit", "appointment", "reception", "street")

REPLY_CHANNELS = ("email", "letter", "sms", "social", "whatsapp", "chat")


@dataclass(frozen=True)
class Composer:
    """What stands in the fields of the reply: typed before, or the proposal."""

    tab: str
    text: str
    channel: str
    channels: tuple[tuple[str, str, bool], ...]
    to_address: str
    subject_line: str
    sender: str
    talk_channels: tuple[tuple[str, str, bool], ...]
    version: int
    key: str
    note: str = ""
    talk: str = ""
    talk_channel: str = "phone"
    talk_is_answer: bool = False
    error: str = ""
    error_field: str = ""
    earlier: int | None = None
    """A reply that came back, with which this one goes on."""
    kept_files: list[dict[str, Any]] = field(default_factory=list)
    later_own: str = ""
    later_then: str = "close"
    service: Service | None = None
    """By which account it goes, when the customer wrote by one."""
    text_message: Service | None = None
    """The account for text messages (SMS), beside a talk by another one."""
    accept: str = ACCEPT
    """Endings of files that may go along."""
    recipient: str = ""
    """The lines for the envelope of a letter."""
    greeting: str = ""
    closing: str = ""
    """What is added below the text of an e-mail or a letter, on one line."""
    mail_to: str = ""
    """Where an e-mail would go."""
    others: list[tuple[str, str, bool]] = field(default_factory=list)
    """Who else stood in the last mail of the customer: address, words, gets a copy."""
    knows_address: bool = False
    """The customer has an address for an envelope."""

    @cached_property
    def kind(self) -> str:
        """Which fields are shown: of an e-mail, a letter, a service, a text message beside it, or of a message that somebody sends by hand."""
        if self.channel in ("email", "letter"):
            return self.channel
        if self.channel == "sms" and self.text_message is not None:
            return "text"
        return "service" if self.service is not None and self.service.channel == self.channel else "hand"

    @cached_property
    def limit(self) -> int:
        """Letters that the text may have."""
        if self.kind == "letter":
            return MAX_LETTER
        if self.kind == "text" and self.text_message is not None:
            return self.text_message.limit
        return self.service.limit if self.service is not None and self.kind == "service" else MAX_TEXT


@lru_cache(maxsize=64)
def _choices(codes: tuple[str, ...], chosen: str, _language: str) -> tuple[tuple[str, str, bool], ...]:
    """Channels to choose from, in words of the language."""
    return tuple((code, str(wording.channel_name(code)), code == chosen) for code in codes)


def composer(
    question: Question, facts: dict[str, Any], user: User, house: Organisation, key: str, **typed: Any
) -> Composer:
    """The reply as it begins: to whom, how, about what. What was typed wins over every proposal."""
    emails = [row["value"] for row in facts["addresses_"] if row["kind"] == "email" and row["bounced"] is None]
    incoming = [row for row in facts["contacts_"] if row["direction"] == "in" and _is_said(row)]
    last = incoming[-1] if incoming else None
    channel = "email"
    if (
        last is not None
        and last["channel"] in REPLY_CHANNELS
        and not (last["channel"] == "chat" and not last["source"])
    ):
        channel = last["channel"]  # who chatted on our own website is gone: only mail reaches them
    elif question.channel == "letter" and not emails:
        channel = "letter"
    wrote = [
        row["address"] for row in reversed(incoming) if row["channel"] in MAIL_LIKE and "@" in (row["address"] or "")
    ]
    copied = {one.lower() for row in facts["contacts_"] for one in row["copies"] or ()}
    proposals = [one for one in wrote if one.lower() not in copied] + emails + wrote
    if last is not None and (asked := asks_answer_at([one for one in facts["mail_"] if one["id"] == last["id"]])):
        proposals.insert(0, asked)
    to_address = (
        proposals[0]
        if channel == "email" and proposals
        else (last["address"] if last and channel in ("social", "whatsapp", "sms", "chat") else "")
    )
    lines = [row["subject_line"] for row in incoming if row["subject_line"]]
    subject = lines[0] if lines else question.title
    chosen = typed.get("channel") or channel
    recipient = recipient_of(question.customer)
    team = house.teams.get(question.team_id)
    fields: dict[str, Any] = {
        "tab": "gebeld" if question.channel == "phone" and not proposals else "antwoord",
        "text": "",
        "to_address": to_address,
        "subject_line": subject,
        "mail_to": proposals[0] if proposals else "",
        "recipient": recipient,
        "greeting": greeting_of(question.customer),
        "knows_address": bool(recipient),
        "version": question.version,
        "key": key,
    }
    if typed.get("text"):
        fields["tab"] = "antwoord"
    copies = typed.pop("copies", None)
    if last is not None and last["channel"] == "email":
        fields["others"] = _others(facts["mail_"], fields["mail_to"], copied if copies is None else set(copies), copies)
    fields.update({name: value for name, value in typed.items() if value is not None})
    talk = fields.get("talk_channel", "phone")
    if chosen == "email" and typed.get("to_address"):
        fields["mail_to"] = typed["to_address"]
    fields["channel"] = chosen if chosen in REPLY_CHANNELS else channel
    service = None
    if last is not None and last["source"] is not None:
        is_chosen = fields["channel"] == last["channel"]
        service = service_of(question, last["channel"], typed.get("to_address") if is_chosen else None)
    text_message = None
    if service is None or service.channel != "sms":
        chosen_number = typed.get("to_address") if fields["channel"] == "sms" else None
        text_message = text_message_service(facts, chosen_number)
    return Composer(
        **fields,
        service=service or text_message,
        text_message=text_message if service is not None else None,
        channels=_choices(REPLY_CHANNELS, fields["channel"], wording.language()),
        talk_channels=_choices(TALK_CHANNELS, talk, wording.language()),
        sender=f"{house.municipality.name}, {team.name}" if team else house.municipality.name,
        closing=on_one_line(closing_of(question, user)),
    )


def _is_said(row: dict[str, Any]) -> bool:
    """By a person, and not the record that one of ours opened the question again."""
    return not row["is_automatic"] and REOPENED not in (row["remarks"] or ())


def _others(mails: list[dict[str, Any]], to: str, ticked: set[str], chosen: object) -> list[tuple[str, str, bool]]:
    """Who may get a copy. Somebody who had one and wrote back is told again, unless the employee chose otherwise."""
    rows = []
    for one in others_of(mails, to):
        words = f"{one.name} <{one.address}>" if one.name and one.name != one.address else one.address
        if one.where == "wrote":
            words = _("%(who)s, who wrote the last mail") % {"who": words}
        rows.append((one.address, words, one.address in ticked and (chosen is not None or one.where == "wrote")))
    return rows


def template_fields(question: Question, user: User, house: Organisation) -> dict[str, str]:
    """What the fields of a template become for this question; in Dutch, for the citizen."""
    return fields_of(question, house, by=user, at=now())
