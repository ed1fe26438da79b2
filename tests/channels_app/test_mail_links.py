"""What can be pressed in a mail of ours: everything that an employee wrote, and in an automatic one only our own site."""

from __future__ import annotations

from typing import Any

import pytest

from channels_app.actions.compose import compose_mail
from organisation.models import Municipality
from tests.channels_app.sink import queued

pytestmark = pytest.mark.django_db
LINES = (
    "Geachte https://kwaad.example/betaal & zoon,\n\nWaar uw vraag is: https://kcc.opmeer.example/volg/OPM-1/.\n"
    "https://kcc.opmeer.example@kwaad.example/x"
)


@pytest.mark.parametrize(
    ("purpose", "pressed"),
    [
        ("acknowledgement", ["https://kcc.opmeer.example/volg/OPM-1/"]),
        ("reply", ["https://kwaad.example/betaal", "https://kcc.opmeer.example/volg/OPM-1/"]),
    ],
)
def test_nobody_puts_a_link_of_his_own_in_an_automatic_mail(settings: Any, purpose: str, pressed: list[str]) -> None:
    settings.SITE_URL = "https://kcc.opmeer.example"
    message = queued(purpose=purpose, body=LINES)
    part = compose_mail(message, Municipality(name="Opmeer")).get_body(("html",))
    assert part is not None
    html = part.get_content()
    assert "&amp; zoon" in html
    assert [address for address in pressed if f'href="{address}"' in html] == pressed
    assert purpose == "reply" or "href=" not in html.replace(f'href="{pressed[0]}"', "")
