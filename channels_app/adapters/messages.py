"""What a service tells and is told, as plain values; the shape of an adapter (pure; docs/channels.md)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, ClassVar

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as Lazy

    from channels_app.adapters.web import Web

LONGEST_KEY = 200


class NotTheirs(Exception):
    """The call does not come from the service: its signature is missing, wrong or too old."""


class Later(Exception):
    """Not now: the server is away, busy, or does not know us; the words say which. `after`: not before so long from now."""

    def __init__(self, words: str, after: timedelta = timedelta(0)) -> None:
        super().__init__(words)
        self.after = after


class Never(Exception):
    """The server refused the message for good; the words say why."""


@dataclass(frozen=True)
class Call:
    """A call of a service as it came; names of headers in lower case."""

    headers: Mapping[str, str]
    body: bytes
    query: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Media:
    """A file that the service keeps for us: `id` at the service, or `url`."""

    id: str = ""
    url: str = ""
    name: str = ""
    content_type: str = ""


@dataclass(frozen=True)
class Incoming:
    """One message of a person. `key` is the service's own id of it; `conversation` is the same for what belongs together.

    `address` is where an answer goes (digits of a number, id of a profile); `at` in seconds since 1970 as the service tells it.
    `is_light`: a sign or a deletion, no words; it is added to its question and nothing else happens.
    """

    key: str
    conversation: str
    address: str
    name: str = ""
    text: str = ""
    at: float | None = None
    reply_to: str = ""
    media: tuple[Media, ...] = ()
    is_public: bool = False
    is_light: bool = False
    is_ours: bool = False
    """Written by us with the screens of the service itself; `conversation` is that of who it was written to."""
    post: str = ""
    """The public post it belongs to: its address."""
    post_text: str = ""
    remarks: tuple[str, ...] = ()
    details: dict[str, Any] = field(default_factory=dict)
    """What the same adapter needs to answer it."""

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_dict(cls, facts: Mapping[str, Any]) -> Incoming:
        known = {f.name for f in fields(cls)}
        kept: dict[str, Any] = {name: value for name, value in facts.items() if name in known}
        kept["media"] = tuple(Media(**one) for one in kept.get("media", ()))
        kept["remarks"] = tuple(kept.get("remarks", ()))
        return cls(**kept)


@dataclass(frozen=True)
class Receipt:
    """What became of a message of ours. `state`: sent, delivered, read or failed.

    It is named by `remote_id`, by our own `message_id` when the service hands that back, or by `conversation`: then everything sent
    there until `at` was delivered or read.
    """

    state: str
    remote_id: str = ""
    message_id: str = ""
    conversation: str = ""
    at: float | None = None
    code: str = ""
    detail: str = ""


@dataclass(frozen=True)
class Events:
    """Everything in one call. `unknown`: names of what we do not read."""

    messages: tuple[Incoming, ...] = ()
    receipts: tuple[Receipt, ...] = ()
    unknown: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_dict(cls, facts: Mapping[str, Any]) -> Events:
        return cls(
            tuple(Incoming.from_dict(one) for one in facts["messages"]),
            tuple(Receipt(**one) for one in facts["receipts"]),
            tuple(facts["unknown"]),
        )


@dataclass(frozen=True)
class OutFile:
    name: str
    content_type: str
    data: bytes = field(repr=False)


def _nothing() -> None:
    """There is time enough."""


def _forgotten(_part: str, _remote_id: str) -> None:
    """For who tries only once."""


@dataclass(frozen=True)
class Outgoing:
    """One message to send. `message_id` is ours and the same at every try; `details` is what the desk chose."""

    to: str
    text: str
    message_id: str
    reply_to: str = ""
    details: Mapping[str, Any] = field(default_factory=dict)
    files: tuple[OutFile, ...] = ()
    parts: Mapping[str, str] = field(default_factory=dict)
    """What of it left at an earlier try, with the service's id of it."""
    note: Callable[[str, str], None] = _forgotten
    begins: Callable[[], None] = _nothing
    """Called before each part; raises `Later` when the part must wait for the next try."""

    def once(self, part: str, send: Callable[[], str]) -> str:
        """A message that leaves in parts: none of them goes twice when a later one must be tried again."""
        if part in self.parts:
            return self.parts[part]
        self.begins()
        remote_id = send()
        self.note(part, remote_id)
        return remote_id


@dataclass(frozen=True)
class Account:
    """Our account at the service, with its secrets by name."""

    account: str
    server: str
    secrets: Mapping[str, str] = field(repr=False)


@dataclass(frozen=True)
class Secret:
    """A secret that the administrator fills in."""

    name: str
    label: Lazy | str
    help: Lazy | str = ""


@dataclass(frozen=True)
class FileKind:
    """Files that go along: how their content type begins, how large at most, and what people call them."""

    types: tuple[str, ...]
    megabytes: int
    label: Lazy | str


@dataclass(frozen=True)
class Limits:
    """What a message on this channel may be. `window`: so long after the customer's last message we may write freely."""

    text: int = 10_000
    files: int = 0
    file_kinds: tuple[FileKind, ...] = ()
    window: timedelta | None = None
    has_templates: bool = False
    names_what_it_answers: bool = False
    """An answer stands below the message that it answers."""
    can_answer_privately: bool = False
    """A public message may also be answered privately."""


class Adapter:
    """One service. Whoever adds one fills in what it can do; the rest says no."""

    kind: ClassVar[str]
    """Also the folder, and `adapters/<kind>/read.py` has `read(body: bytes) -> Events`, run in the child process."""
    channel: ClassVar[str]
    label: ClassVar[Lazy | str]
    icon: ClassVar[str] = "message-circle"
    secrets: ClassVar[tuple[Secret, ...]] = ()
    account_label: ClassVar[Lazy | str] = ""
    account_help: ClassVar[Lazy | str] = ""
    server_label: ClassVar[Lazy | str] = ""
    """Filled when the service has more than one server."""
    server_example: ClassVar[str] = "https://chat.voorbeeld.nl"
    is_called: ClassVar[bool] = True
    """The service calls us; False: we ask it (`ask`)."""
    asks_names: ClassVar[bool] = False
    """The calls do not tell who wrote: the name is asked afterwards (`name_of`)."""
    begins: ClassVar[bool] = False
    """We may write to somebody who never wrote to us: all that is needed is a number."""
    limits: ClassVar[Limits] = Limits()

    def limits_of(self, details: Mapping[str, Any], *, is_public: bool) -> Limits:
        """Of one talk: one service may carry other files in public than in private."""
        return self.limits

    def check(self, call: Call, account: Account, at: datetime) -> None:
        """Raises `NotTheirs` unless the service itself made this call, now."""
        raise NotTheirs

    def challenge(self, call: Call, account: Account) -> str | None:
        """What to answer when the service asks whether the address is ours; None when it does not ask rightly."""
        return None

    def key_of(self, call: Call) -> str:
        """The service's own id of the call; empty: none, then the hash of the body is it."""
        return ""

    def ask(self, account: Account, cursor: str, web: Web) -> tuple[list[tuple[str, bytes]], str]:
        """What is new since the cursor, oldest first, each with the service's id and its bytes; and the next cursor. Raises `Later`."""
        return [], cursor

    def send(self, message: Outgoing, account: Account, web: Web) -> str:
        """Hands the message over and gives the service's id of it. Raises `Later` or `Never`."""
        raise Never("this service takes no messages")

    def fetch(self, media: Media, account: Account, web: Web) -> bytes:
        """The bytes of a file. Raises `Later` or `Never`."""
        raise Never("this service has no files")

    def name_of(self, said: Incoming, account: Account, web: Web) -> str:
        """Who wrote this; empty when the service does not say. Raises `Later` or `Never`."""
        return ""

    def hosts(self, account: Account) -> frozenset[str]:
        """The hosts that are called."""
        return frozenset()

    def hosts_of_files(self, account: Account) -> frozenset[str] | None:
        """The hosts from which files are fetched; None: every public one."""
        return self.hosts(account)

    def failure(self, code: str, detail: str) -> str:
        """In Dutch words why a message was not delivered."""
        return f"{code} {detail}".strip()

    def try_out(self, account: Account, web: Web) -> str:
        """The name of the account, as a proof that the secrets fit. Raises `Later` or `Never`."""
        return account.account
