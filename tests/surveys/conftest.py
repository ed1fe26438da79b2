"""A survey that is on, and contacts that ended."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from channels_app.models import OutboundMessage
from contacts.actions.register import Asked, NewCustomer, Registered, register
from surveys import access, throttle
from surveys.actions.add_defaults import add_defaults
from surveys.actions.invite import invite
from surveys.models import ChannelRule
from surveys.pages import words
from surveys.pages.response import COUNTED
from tests.cast import Cast
from tests.kept import Once

AT = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)
"""Wednesday 11:00 in Amsterdam: no quiet hours."""
TOKEN = re.compile(r"/mening/([A-Za-z0-9_-]{22})/\n")

Ended = Callable[..., Registered]


@pytest.fixture(autouse=True)
def _no_throttle() -> None:
    for rate in (throttle.WRONG, throttle.SENT, throttle.HERE):
        rate.clear()
    access._NAMES.clear()
    COUNTED.clear()
    words.COUNTED.clear()


@Once
def everybody_is_asked() -> None:
    add_defaults(at=AT)
    for rule in ChannelRule.objects.filter(channel__in=["phone", "counter", "email"]):
        rule.share, rule.is_active = 100, True
        rule.save()


@pytest.fixture
def asking(cast: Cast) -> None:
    """Every contact of the phone, the counter and the mail is asked about after an hour."""
    everybody_is_asked()


@dataclass(frozen=True)
class CallEnded:
    """A call that was answered at once, two hours ago; of the same cast it is the same."""

    cast: Cast

    def __call__(
        self,
        name: str = "Jansen",
        *,
        channel: str = "phone",
        end: str = "direct",
        hours: float = 2,
        at: datetime = AT,
        email: str | None = None,
        **more: Any,
    ) -> Registered:
        moment = at - timedelta(hours=hours)
        asked = {"title": "Grofvuil", "subject_id": self.cast.grofvuil.pk, "end": end, **more}
        return register(
            by=self.cast.fatima,
            at=moment,
            channel=channel,
            received_at=moment,
            asked=[Asked(**asked)],
            customer=NewCustomer(
                name=name, email=f"{name.lower()}@example.nl" if email is None else email, phone="0612345678"
            ),
            text="Wanneer komt de wagen?",
        )


@pytest.fixture
def ended(cast: Cast) -> Ended:
    return CallEnded(cast)


@Once
def mailed_link(ended: Ended) -> str:
    ended()
    assert invite(at=AT) == 1
    return token_of(OutboundMessage.objects.get(purpose="survey"))


@pytest.fixture
def link(asking: None, ended: Ended) -> str:
    """The secret part of the link that was mailed after a call."""
    return mailed_link(ended)


def token_of(message: OutboundMessage) -> str:
    found = TOKEN.search(message.body)
    assert found is not None
    return found.group(1)
