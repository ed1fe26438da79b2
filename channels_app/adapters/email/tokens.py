"""Tokens for a mailbox (OAuth2, RFC 6749) and how they are shown to a mail server (XOAUTH2)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy as lazy

from channels_app.adapters.web import Unreachable, Web
from channels_app.reasons import in_words, kept

LONGEST: Final = 16_384
"""More characters has no token."""
SHORTEST_SECONDS, LONGEST_SECONDS, USUAL_SECONDS = 60, 86_400, 3_600
_SIGNS = re.compile(r"[\x21-\x7e]+")
_MICROSOFT = re.compile(r"\bAADSTS\d{4,8}\b")
SAYS: Final = {
    "invalid_client": lazy("The client id or the client secret is not right."),
    "unauthorized_client": lazy("This client may not get tokens in this way."),
    "invalid_grant": lazy("The refresh token does not work any more. Fetch a new one and type it here."),
    "invalid_scope": lazy("The scope is not right."),
    "access_denied": lazy("This client may not get tokens in this way."),
}


class SignInRefused(Exception):
    """No token, or one that the mail server does not take; the words say what a person can do."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


@dataclass(frozen=True)
class Client:
    """Who asks for a token, where and how; `refresh` empty: client credentials."""

    url: str
    client_id: str
    secret: str
    scope: str
    refresh: str = ""

    def __repr__(self) -> str:
        return f"Client({self.client_id})"


@dataclass(frozen=True)
class Token:
    """`refresh`: the server gave another refresh token with it, which replaces the old one."""

    access: str
    seconds: int
    refresh: str = ""

    def __repr__(self) -> str:
        return "Token()"


def ask_token(client: Client) -> Token:
    """One call, within the limits of `Web`: https, a public address, ten seconds. Raises `SignInRefused`."""
    form = {"client_id": client.client_id, "grant_type": "client_credentials"}
    if client.refresh:
        form |= {"grant_type": "refresh_token", "refresh_token": client.refresh}
    if client.secret:
        form["client_secret"] = client.secret
    if client.scope:
        form["scope"] = client.scope
    host = (urlsplit(client.url).hostname or "").lower()
    try:
        answer = Web(frozenset({host})).call("POST", client.url, form=form)
    except Unreachable as error:
        raise SignInRefused(kept("The address that gives tokens cannot be reached.")) from error
    given = answer.json()
    if answer.status != 200:
        raise SignInRefused(_why(answer.status, given))
    access, refresh = given.get("access_token"), given.get("refresh_token") or ""
    if not _is_token(access) or (refresh and not _is_token(refresh)):
        raise SignInRefused(kept("The address that gives tokens answers with something that is no token."))
    return Token(str(access), _seconds(given.get("expires_in")), str(refresh))


def _is_token(text: object) -> bool:
    return isinstance(text, str) and len(text) <= LONGEST and _SIGNS.fullmatch(text) is not None


def _seconds(given: object) -> int:
    try:
        return max(SHORTEST_SECONDS, min(int(str(given)), LONGEST_SECONDS))
    except ValueError:
        return USUAL_SECONDS


def _why(status: int, given: dict[str, object]) -> str:
    """In words; of what the server wrote only codes, for the rest may be anything."""
    code = str(given.get("error", ""))[:60]
    own = _MICROSOFT.search(str(given.get("error_description", ""))[:2000])
    if code in SAYS:
        told = in_words(SAYS, code)
        return f"{told} ({own.group()})" if own else told
    known = code if re.fullmatch(r"[a-z_]+", code) else str(status)
    return kept("No token was given: %(code)s", code=own.group() if own else known)


def xoauth2(user: str, token: str) -> str:
    """What XOAUTH2 says, before it is put in base64."""
    return f"user={user}\x01auth=Bearer {token}\x01\x01"
