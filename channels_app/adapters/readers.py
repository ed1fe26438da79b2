"""Reads a call of a service by the name of its adapter; runs in the child process, so it loads nothing of Django (docs/channels.md)."""

from __future__ import annotations

from importlib import import_module

from channels_app.adapters.email.limits import Unreadable
from channels_app.adapters.messages import Events


def read_events(kind: str, body: bytes) -> Events:
    """`adapters/<kind>/read.py` reads it. Raises `Unreadable` when it cannot be read."""
    if not kind.isascii() or not kind.isalnum():
        raise Unreadable("broken")
    found: Events = import_module(f"channels_app.adapters.{kind}.read").read(body)
    return found
