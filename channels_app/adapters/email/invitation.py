"""Answers to an invitation in a calendar (RFC 5546, `METHOD:REPLY`; pure; email-cases 43): one click, with or without words."""

from __future__ import annotations

import re
from email.message import Message
from typing import Final

_METHOD = re.compile(rb"^METHOD[^:\r\n]{0,100}:[ \t]*REPLY[ \t]*\r?$", re.I | re.M)
_HEAD: Final = 20_000
_WEAKER: Final = frozenset({"", "suppressed", "invitation_words", "receipt_words"})
"""What is known of a message before its parts are looked at, and says less than its calendar part."""


def with_calendar(code: str, message: Message, text: str) -> str:
    """The code of why this is automatic, now that the parts are known: an answer without words is only a click, with words somebody says something."""
    if code not in {*_WEAKER, "auto_generated"} or not any(map(_is_answer, message.walk())):
        return code
    if not text.strip():
        return "invitation_answer"
    return code if code == "auto_generated" else "invitation_words"


def _is_answer(part: Message) -> bool:
    if part.get_content_type() != "text/calendar":
        return False
    method = part.get_param("method")
    if method:
        return str(method).strip().lower() == "reply"
    data = part.get_payload(decode=True)
    return isinstance(data, bytes) and bool(_METHOD.search(data[:_HEAD]))
