"""Sessions as Django's `cached_db` has them, but true in every process: what one process ended or changed, no other goes on with.

Each web process remembers sessions in its own memory, which another cannot empty. So the one query that fetches the person of a page
(`organisation.sign_in.Employees`) brings the session along as it stands in the database, and what was remembered gives way to it.

A session that goes on under another key leaves a note under the former one for a moment. A browser often has more than one request under
way; what it asked with the former key meanwhile opens nothing, but is no reason to sign the person out: it asks again, with the new key.
"""

from __future__ import annotations

from contextvars import ContextVar
from copy import deepcopy
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from django.contrib.sessions.backends import cached_db
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone

from organisation.kept import Kept

if TYPE_CHECKING:
    from organisation.models import User

_READ: Kept[dict[str, Any]] = Kept(300)
"""What a text in the database says, whose signature was checked. Never handed out: a request writes in its own."""
_of_this_request: ContextVar[SessionStore | None] = ContextVar("session of this request", default=None)
NOTED = timedelta(seconds=10)
"""As long as a request with the former key may be under way."""


def _note(key: str) -> str:
    """Under this key stands that another took the place of `key`, not which."""
    return f"moved{sha256(key.encode()).hexdigest()[:32]}"


class SessionStore(cached_db.SessionStore):
    """The engine named in `SESSION_ENGINE`."""

    is_moved = False
    """It goes on under another key, which this request does not have."""

    def load(self) -> dict[str, Any]:
        asked = self.session_key
        found: dict[str, Any] = super().load()
        if asked and self.session_key is None:
            self.is_moved = kept_of(_note(asked)) is not None
        _of_this_request.set(self)
        return found

    def is_empty(self) -> bool:
        """The browser drops the key of an empty one, which may be the new key by now."""
        return not self.is_moved and super().is_empty()

    def cycle_key(self) -> None:
        if self.session_key:
            note = Session(_note(self.session_key), self.encode({}), timezone.now() + NOTED)
            Session.objects.bulk_create([note], ignore_conflicts=True)
        super().cycle_key()

    def renew(self) -> None:
        """Goes on under another key; of requests at one moment one gets it, and the others know that it is moved."""
        with transaction.atomic():
            if Session.objects.select_for_update().filter(pk=self.session_key).first():
                self.cycle_key()
                return
        self.is_moved, self.modified = True, False

    def become(self, kept: str | None) -> bool:
        """What the database says of it; False when it is gone. What this request changed itself stays."""
        if kept is None:
            self._cache.delete(self.cache_key)
            self._session_cache = {}
            self.is_moved = kept_of(_note(str(self.session_key))) is not None
            return False
        if not self.modified:
            now_there = _READ.get(kept, lambda: self.decode(kept))
            if now_there != self._session_cache:
                self._session_cache = deepcopy(now_there)
                self._cache.set(self.cache_key, now_there, self.get_expiry_age())
        return True


def session_of(user_id: int) -> SessionStore | None:
    """The session that this person's page was asked with; None outside a request."""
    store = _of_this_request.get()
    _of_this_request.set(None)
    if store is None or not store.session_key or str(store.get("_auth_user_id")) != str(user_id):
        return None
    return store


def kept_of(key: str) -> str | None:
    """What the database keeps of one session."""
    return Session.objects.filter(pk=key, expire_date__gt=timezone.now()).values_list("session_data", flat=True).first()


def roles_held(user: User) -> str:
    """Kept in the session: whose roles change goes on under another key (quality rule 30)."""
    return " ".join(sorted(f"{one.role}:{one.team_id or ''}" for one in user.current_memberships))


MOST_LISTED = 5000
"""Sessions are kept by when they end, not by whom: these many, the newest first, are looked through to show them."""


@dataclass(frozen=True)
class OpenSession:
    key: str
    begun: int
    seen: int
    browser: str


def open_sessions(user_id: int, *, most: int | None = MOST_LISTED) -> list[OpenSession]:
    """Where this person is signed in, the last used first."""
    rows = Session.objects.filter(expire_date__gt=timezone.now()).order_by("-expire_date")[:most]
    found = []
    for row in rows.iterator():
        kept = row.get_decoded()
        if str(kept.get("_auth_user_id")) == str(user_id):
            begun = int(kept.get("begun", 0))
            found.append(
                OpenSession(row.session_key, begun, int(kept.get("seen", begun)), str(kept.get("browser", "")))
            )
    return sorted(found, key=lambda one: -one.seen)


def end_sessions(user_id: int, *, but: str | None = None) -> int:
    """Ends them all, however many others there are, also in what other processes remember; how many there were."""
    keys = [one.key for one in open_sessions(user_id, most=None) if one.key != but]
    Session.objects.filter(pk__in=keys).delete()
    return len(keys)


_BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)


def browser_of(header: str) -> str:
    """`Firefox, Windows`: enough to know it again, too little to follow somebody."""
    names = (next((name for mark, name in known if mark in header[:400]), "") for known in (_BROWSERS, _SYSTEMS))
    return ", ".join(name for name in names if name)
