"""What a message says, as plain values; the only thing that leaves the child process that read it (pure)."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, fields
from typing import Any

from channels_app.adapters.email.addresses import Address


@dataclass(frozen=True)
class Attachment:
    """A file that came along; `data` travels beside the facts, never in JSON."""

    name: str
    content_type: str
    size: int
    sha256: str
    data: bytes = field(default=b"", repr=False, compare=False)


@dataclass(frozen=True)
class Bounce:
    """A report on a message of ours, for one recipient. `permanent`: the address is wrong; `rejected`: refused or given up, the address may be
    right; `delayed`: the server goes on trying."""

    kind: str
    recipient: str = ""
    status: str = ""
    original_id: str = ""
    detail: str = ""


@dataclass(frozen=True)
class ParsedMail:
    """Texts are cleaned for database and screen; addresses in lower case; ids normalised (lower case, no white space)."""

    message_id: str
    message_id_given: str = ""
    in_reply_to: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    senders: tuple[Address, ...] = ()
    reply_to: tuple[Address, ...] = ()
    to: tuple[Address, ...] = ()
    cc: tuple[Address, ...] = ()
    delivered_to: tuple[Address, ...] = ()
    return_path: str | None = None
    subject: str = ""
    date: str = ""
    text: str = ""
    quoted: str = ""
    is_forward: bool = False
    forwarded_from: Address | None = None
    """Who wrote what stands below; also without the marks of a forward, but never in an answer."""
    attachments: tuple[Attachment, ...] = ()
    automatic: str = ""
    """Why a machine wrote it (`channels_app.reasons.AUTOMATIC`); empty: a person."""
    bounce: Bounce | None = None
    more_bounces: tuple[Bounce, ...] = ()
    """Of the other recipients of whom the same report tells."""
    remarks: tuple[str, ...] = ()
    body_sha256: str = ""

    @property
    def sender(self) -> Address:
        """The first sender that can be answered, else the first, else nobody."""
        return next((a for a in self.senders if a.address), self.senders[0] if self.senders else Address(""))

    @property
    def recipients(self) -> frozenset[str]:
        return frozenset(a.address for a in (*self.to, *self.cc, *self.delivered_to) if a.address)

    @property
    def thread(self) -> tuple[str, ...]:
        """Ids of earlier messages, the nearest first, each once."""
        return tuple(dict.fromkeys((*self.in_reply_to, *reversed(self.references))))

    def to_dict(self) -> dict[str, Any]:
        """As JSON can hold it, without the bytes of attachments."""
        facts = asdict(self)
        for attachment in facts["attachments"]:
            del attachment["data"]
        return facts

    @classmethod
    def from_dict(cls, facts: dict[str, Any], data: tuple[bytes, ...] = ()) -> ParsedMail:
        """The message back from `to_dict`; facts that this version does not know fall away."""
        known = {f.name for f in fields(cls)}
        kept: dict[str, Any] = {name: value for name, value in facts.items() if name in known}
        for name in ("senders", "reply_to", "to", "cc", "delivered_to"):
            kept[name] = tuple(Address(**address) for address in kept.get(name, ()))
        for name in ("in_reply_to", "references", "remarks"):
            kept[name] = tuple(kept.get(name, ()))
        files = kept.get("attachments", ())
        kept["attachments"] = tuple(
            Attachment(**file, data=data[index] if index < len(data) else b"") for index, file in enumerate(files)
        )
        kept["bounce"] = Bounce(**kept["bounce"]) if kept.get("bounce") else None
        kept["more_bounces"] = tuple(Bounce(**one) for one in kept.get("more_bounces", ()))
        kept["forwarded_from"] = Address(**kept["forwarded_from"]) if kept.get("forwarded_from") else None
        return cls(**kept)
