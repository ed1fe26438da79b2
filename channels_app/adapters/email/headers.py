"""Headers by name, without the standard parser's traps (pure)."""

from __future__ import annotations

import hashlib
import re
from email.message import Message

from channels_app.adapters.email.limits import MAX_REFERENCES
from channels_app.adapters.email.words import header_text, one_line

_ID = re.compile(r"<([^<>]{1,998})>")
_RESULT = re.compile(r"\b(dmarc|spf|dkim)\s*=\s*([a-z]+)", re.I)
MAX_ID = 480


class Headers:
    """All headers of a message, raw; `text` gives one as a person reads it."""

    def __init__(self, message: Message) -> None:
        self._all: dict[str, list[str]] = {}
        for name, value in message.raw_items():
            self._all.setdefault(name.lower(), []).append(str(value))

    def all(self, name: str) -> list[str]:
        return self._all.get(name.lower(), [])

    def raw(self, name: str) -> str:
        """The first header of this name: the one that our own server put on top."""
        values = self.all(name)
        return values[0] if values else ""

    def text(self, name: str) -> str:
        return header_text(self.raw(name))

    def plain(self, name: str) -> str:
        return one_line(self.raw(name)[:2000]).lower()

    def has(self, name: str) -> bool:
        return name.lower() in self._all


def normal_id(given: str) -> str:
    """`<ID@Host>` without white space in lower case; very long ones as their hash; empty for what is no id."""
    plain = one_line("".join(given[:5000].split())).strip("<>").lower()
    if not plain:
        return ""
    if len(plain) > MAX_ID:
        plain = f"{hashlib.sha256(plain.encode('utf-8', 'replace')).hexdigest()}@long"
    return f"<{plain}>"


def message_ids(values: list[str]) -> tuple[str, ...]:
    """Ids of References or In-Reply-To, each once, the last fifty."""
    found: list[str] = []
    for value in values:
        short = value[-50_000:]
        given = _ID.findall(short) or short.split()[:MAX_REFERENCES]
        found.extend(normal_id(one) for one in given)
    return tuple(dict.fromkeys(one for one in found if one))[-MAX_REFERENCES:]


def is_sender_refuted(headers: Headers) -> bool:
    """Our mail server says that the sender's own domain did not send this; silence is no refusal."""
    results = {
        name.lower(): value.lower() for name, value in _RESULT.findall(headers.raw("Authentication-Results")[:5000])
    }
    if "dmarc" in results:
        return results["dmarc"] in {"fail", "reject", "quarantine"}
    return results.get("spf") in {"fail", "softfail"} and results.get("dkim") != "pass"
