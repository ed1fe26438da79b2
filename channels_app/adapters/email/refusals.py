"""Whose fault it is that a mail server refuses (5xx): ours, and then it refuses whatever we bring until a person mends it, or that of one message (pure).

Where in the conversation it was said counts first, then the status (RFC 3463), then the words of providers: many servers only say at the recipient
what they have against the sender, and Exchange Online only after the text.
"""

from __future__ import annotations

import re
from enum import Enum
from typing import Final


class Stage(Enum):
    """How far a conversation is (RFC 5321)."""

    LINE = "greeting, hello and TLS"
    SENDER = "MAIL FROM"
    RECIPIENT = "RCPT TO"
    TEXT = "DATA"


OUR_CODES: Final = frozenset({500, 502, 503, 521, 530, 534, 535, 538})
"""Says nothing of a message: not understood, out of order, takes no mail at all, wants us to sign in."""
_STATUS = re.compile(r"[245]\.\d{1,3}\.\d{1,3}\b")
_OF_US = re.compile(
    r"5\.(?:1\.(?:7|8|90)"  # our address, our domain, our recipients of today
    r"|2\.252"  # may not send as this address
    r"|3\.[25]"  # the system takes nothing, or is set up wrongly
    r"|4\.5"  # as much as it relays for us in a day
    r"|7\.(?:3|8|9|11|14|2[3567]|57|60|64|23[2-6]|50\d|51[01]|(?!703)[67]\d\d))"  # signing in, our domain's papers, our network, our tenant
)
_OF_RECIPIENT = re.compile(r"5\.(?:1\.(?:1|2|3|6|10)|2\.[1-4]|4\.[14]|7\.1\d\d)")
_SAID_OF_US = re.compile(
    r"relay(?:ing)? (?:access )?(?:is )?(?:denied|not permitted|not allowed|prohibited)|unable to relay|mail relay|not permitted to relay"
    r"|send ?as ?denied|permissions? to send as|(?:not allowed|not authori[sz]ed|not permitted) to (?:send (?:as|from|through|via|using)|use)"
    r"|sender address rejected|not owned by user|from address|verified sender|address is not verified"
    r"|client host rejected|helo command rejected|authentication (?:is )?required|must authenticate|unauthenticated|not authenticated"
    r"|invalid credentials|sending (?:limit|quota)|daily (?:user )?(?:sending|message|relay)",
    re.IGNORECASE,
)
_LISTED = re.compile(r"blocked using|black ?list|block ?list|spamhaus|your (?:ip|network|host)", re.IGNORECASE)
"""Of our network; after the text it may be of an address that stands in it."""

_NOT_ITS_OWN = re.compile(r"<[^>]*>|[^\s<>]+@[^\s<>]+|\bhost \S+ said:.*", re.DOTALL | re.IGNORECASE)
"""Addresses, which may hold any word, and what the server of the recipient told ours."""


def is_of_us(stage: Stage, code: int, said: str) -> bool:
    """Whether it would refuse the next message as well. In doubt it is this one: then who wrote it hears so at once."""
    if stage in (Stage.LINE, Stage.SENDER) or code in OUR_CODES:
        return True
    status = _STATUS.match(said)
    if status is not None and _OF_US.fullmatch(status[0]):
        return True
    if status is not None and _OF_RECIPIENT.fullmatch(status[0]):
        return False
    own = _NOT_ITS_OWN.sub(" ", said)
    return bool(_SAID_OF_US.search(own) or (stage is Stage.RECIPIENT and _LISTED.search(own)))
