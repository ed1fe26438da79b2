"""Every service that can bring messages; a new one is a line here (docs/channels.md)."""

from __future__ import annotations

from typing import Final

from channels_app.adapters.chat.adapter import BoughtChat
from channels_app.adapters.mastodon.adapter import Mastodon
from channels_app.adapters.messages import Adapter
from channels_app.adapters.meta.adapter import Meta
from channels_app.adapters.sms.adapter import Sms
from channels_app.adapters.whatsapp.adapter import WhatsApp

ADAPTERS: Final[dict[str, Adapter]] = {one.kind: one for one in (WhatsApp(), Meta(), Mastodon(), BoughtChat(), Sms())}


def adapter_of(kind: str) -> Adapter | None:
    """None for a service that this version does not know (any more)."""
    return ADAPTERS.get(kind)
