"""Signing in at an identity provider (OpenID Connect, code flow with PKCE): what it says of itself, and what its answer is worth.

PyJWT checks the token. The few calls around it are ours (docs/adr/0028): they have limits of time and size and follow no redirect.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
import time
from dataclasses import dataclass
from typing import Any
from urllib import error, request
from urllib.parse import quote_plus, urlencode, urlsplit

from django.conf import settings

SECONDS = 5.0
MOST_BYTES = 262_144
KEPT_SECONDS = 3600
"""What the provider says of itself is asked again after this; a key that is not known is asked for at once."""
AWAY_SECONDS = 10
"""So long a provider that did not answer is not asked again, so that those who try do not wait for each other."""
LEEWAY_SECONDS = 60
SIGNED_BY = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
"""Signatures with a key of the provider only: one with our own secret, or none, is no proof of who made it."""
LOOPBACK = ("127.0.0.1", "localhost", "::1")


class Away(Exception):
    """The provider does not answer, or not with what it should; the words are for the log."""


class Untrue(Exception):
    """An answer that we do not believe; the words are for the log."""


@dataclass(frozen=True)
class Identity:
    """Who signed in there."""

    issuer: str
    subject: str
    name: str
    email: str
    has_second_factor: bool


def is_on() -> bool:
    return bool(settings.OIDC_ISSUER and settings.OIDC_CLIENT_ID)


class _Provider:
    """What the provider says of itself, kept per process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.forget()

    def forget(self) -> None:
        self._issuer, self._about, self._keys, self._until = "", dict[str, Any](), list[dict[str, Any]](), 0.0
        self._away_until = 0.0

    def about(self) -> dict[str, Any]:
        with self._lock:
            issuer = settings.OIDC_ISSUER
            if self._issuer != issuer or self._until < time.monotonic():
                if self._away_until > time.monotonic():
                    raise Away("it did not answer a moment ago")
                self._away_until = time.monotonic() + AWAY_SECONDS
                found = _json(f"{issuer.rstrip('/')}/.well-known/openid-configuration")
                if found.get("issuer") != issuer:
                    raise Away("it calls itself by another name than OIDC_ISSUER")
                for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
                    if not _is_safe(str(found.get(name, "")), with_loopback=_is_loopback(issuer)):
                        raise Away(f"its {name} is no https address")
                self._issuer, self._about, self._keys, self._away_until = issuer, found, [], 0.0
                self._until = time.monotonic() + KEPT_SECONDS
            return self._about

    def key(self, kid: str | None, algorithm: str) -> Any:
        """The key that this token says it was signed with."""
        import jwt

        for is_again in (False, True):
            keys = self._all(self.about()["jwks_uri"], again=is_again)
            fit = [one for one in keys if one.get("use", "sig") == "sig" and one.get("alg", algorithm) == algorithm]
            fit = [one for one in fit if kid is None or one.get("kid") == kid]
            if len(fit) == 1 and fit[0].get("kty") != "oct":
                return jwt.PyJWK(fit[0], algorithm)
        raise Untrue("signed with a key that the provider does not have")

    def _all(self, address: str, *, again: bool) -> list[dict[str, Any]]:
        if again or not self._keys:
            found = _json(address).get("keys")
            self._keys = [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []
        return self._keys


PROVIDER = _Provider()


def begin(*, back_to: str) -> tuple[str, dict[str, str]]:
    """Where the browser goes, and what is kept in the session until it comes back."""
    kept = {name: secrets.token_urlsafe(32) for name in ("state", "nonce", "verifier")}
    challenge = base64.urlsafe_b64encode(hashlib.sha256(kept["verifier"].encode()).digest()).rstrip(b"=").decode()
    asked = {
        "response_type": "code",
        "client_id": settings.OIDC_CLIENT_ID,
        "redirect_uri": back_to,
        "scope": settings.OIDC_SCOPES,
        "state": kept["state"],
        "nonce": kept["nonce"],
        "code_challenge": challenge,
        "code_challenge_method": "S256",
    }
    return _with(PROVIDER.about()["authorization_endpoint"], asked), kept


def came_from_elsewhere(iss: str | None) -> bool:
    """Whether another provider sent the browser back (RFC 9207): its code must not go to ours."""
    if iss is None:
        return bool(PROVIDER.about().get("authorization_response_iss_parameter_supported"))
    return iss != settings.OIDC_ISSUER


def redeem(*, code: str, kept: dict[str, str], back_to: str) -> Identity:
    """Who it is. Raises `Away` or `Untrue`."""
    about = PROVIDER.about()
    asked = {"grant_type": "authorization_code", "code": code, "redirect_uri": back_to}
    asked |= {"client_id": settings.OIDC_CLIENT_ID, "code_verifier": kept["verifier"]}
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    if settings.OIDC_CLIENT_SECRET:
        if "client_secret_basic" in about.get("token_endpoint_auth_methods_supported", ["client_secret_basic"]):
            pair = f"{quote_plus(settings.OIDC_CLIENT_ID)}:{quote_plus(settings.OIDC_CLIENT_SECRET)}"
            headers["Authorization"] = f"Basic {base64.b64encode(pair.encode()).decode()}"
        else:
            asked["client_secret"] = settings.OIDC_CLIENT_SECRET
    answer = _json(about["token_endpoint"], body=urlencode(asked).encode(), headers=headers)
    return _identity(str(answer.get("id_token") or ""), kept["nonce"])


def _identity(token: str, nonce: str) -> Identity:
    import jwt  # loaded where somebody signs in: every process would hold it

    try:
        header = jwt.get_unverified_header(token)
        algorithm = str(header.get("alg"))
        if algorithm not in SIGNED_BY:
            raise Untrue("signed in a way that we do not take")
        claims = jwt.decode(
            token,
            PROVIDER.key(header.get("kid"), algorithm),
            algorithms=[algorithm],
            audience=settings.OIDC_CLIENT_ID,
            issuer=settings.OIDC_ISSUER,
            leeway=LEEWAY_SECONDS,
            options={"require": ["exp", "iat", "sub", "aud", "iss"]},
        )
    except jwt.PyJWTError as refusal:
        raise Untrue(type(refusal).__name__) from refusal
    if not secrets.compare_digest(str(claims.get("nonce") or "").encode(), nonce.encode()):
        raise Untrue("made for another sign-in")
    if "azp" in claims and claims["azp"] != settings.OIDC_CLIENT_ID:
        raise Untrue("made for another client")
    subject = str(claims["sub"])
    if not 0 < len(subject) <= 255 or not subject.isprintable():
        raise Untrue("without a mark that can be kept")
    amr = claims.get("amr")
    ways = {str(claims.get("acr")), *map(str, amr if isinstance(amr, list) else [])}
    return Identity(
        issuer=settings.OIDC_ISSUER,
        subject=subject,
        name=str(claims.get("name") or "")[:100],
        email=str(claims.get("email") or "")[:254],
        has_second_factor=bool(ways & set(settings.OIDC_SECOND_FACTOR)),
    )


def sign_out_address(back_to: str) -> str:
    """Where one signs out at the provider too; empty when it has no such page, or is away."""
    try:
        address = str(PROVIDER.about().get("end_session_endpoint") or "")
    except Away:
        return ""
    asked = {"client_id": settings.OIDC_CLIENT_ID, "post_logout_redirect_uri": back_to}
    return _with(address, asked) if _is_safe(address) else ""


def _with(address: str, asked: dict[str, str]) -> str:
    return f"{address}{'&' if '?' in address else '?'}{urlencode(asked)}"


def _is_safe(address: str, *, with_loopback: bool = True) -> bool:
    """Without `with_loopback` for what a provider elsewhere says: it names no address of this machine."""
    if _is_loopback(address):
        return with_loopback and urlsplit(address).scheme in ("https", "http")
    return urlsplit(address).scheme == "https"


def _is_loopback(address: str) -> bool:
    return urlsplit(address).hostname in LOOPBACK


class _NoRedirect(request.HTTPRedirectHandler):
    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


def _json(address: str, *, body: bytes | None = None, headers: dict[str, str] | None = None) -> dict[str, Any]:
    """The object that stands there; one limit of time over everything."""
    if not _is_safe(address):
        raise Away("no https address")
    until = time.monotonic() + SECONDS
    asked = request.Request(address, data=body, headers={"Accept": "application/json", **(headers or {})})  # noqa: S310
    try:
        with request.build_opener(_NoRedirect, request.ProxyHandler()).open(asked, timeout=SECONDS) as answer:
            read = b""
            while part := answer.read1(16_384):
                read += part
                if len(read) > MOST_BYTES or time.monotonic() > until:
                    raise Away("too much or too slow")
            found = json.loads(read)
    except error.HTTPError as refusal:
        refusal.close()
        raise (Untrue if body is not None and refusal.code < 500 else Away)(f"answered {refusal.code}") from refusal
    except (OSError, ValueError, RecursionError) as problem:
        raise Away(type(problem).__name__) from problem
    if not isinstance(found, dict):
        raise Away("no object")
    return found
