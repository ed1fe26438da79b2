"""Every address of the site names the right it asks (`needs`), or stands here with who may open it and what asks then."""

from __future__ import annotations

from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

WITHOUT = {
    "who is signed in, about themselves": "contacts:notices contacts:notices_read home logout password_change"
    " renew_recovery_codes second_factor"
    " second_factor_setup organisation:end_sessions organisation:preference organisation:presence organisation:profile"
    " organisation:session",
    "the privacy officer too, asked in the view": "organisation:read_log privacy:register privacy:review",
    "who owns the project too, asked by programme.access": "programme:add programme:edit programme:project"
    " programme:project_state programme:put_back programme:remove programme:update",
    "in a demo more than otherwise, asked in the view": "contacts:proof_mail",
}


def rights_of(view: Any) -> Any:
    """What `needs` put on it, below whatever other decorators."""
    while view is not None:
        if hasattr(view, "rights"):
            return view.rights
        view = getattr(view, "__wrapped__", None)
    return None


def without_right(patterns: list[URLPattern | URLResolver] | None = None, space: str = "") -> set[str]:
    found: set[str] = set()
    for one in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(one, URLResolver):
            if not str(one.pattern).startswith("api/"):
                found |= without_right(one.url_patterns, f"{one.namespace}:" if one.namespace else space)
        elif getattr(one.callback, "login_required", True) and not rights_of(one.callback):
            found.add(f"{space}{one.name}")
    return found


def test_who_asks_no_right_is_meant_to() -> None:
    assert without_right() == set(" ".join(WITHOUT.values()).split())
