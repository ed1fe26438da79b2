"""A few text messages of the last working day: one that was answered, one that waits, and a number that sent STOP."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from channels_app.actions.stop_number import stop_number

if TYPE_CHECKING:
    from contacts.demo.talks import Talks


def add_text_messages(talks: Talks) -> None:
    """By the steps of real ones."""
    source = talks.sms

    def sms(number: str, text: str) -> dict[str, Any]:
        return {"conversation": number, "address": number, "text": text}

    open_at = talks.moment(1, 700)
    asked = talks.say(source, "sms", open_at, sms("31655507890", "Is de milieustraat zaterdag open?"))
    talks.reply(
        asked, "fatima", open_at + timedelta(minutes=5), "Ja, van 9 tot 16 uur. Neem een legitimatiebewijs mee.", read=0
    )
    glass = "Er ligt veel glas op het fietspad bij De Gouw in Opmeer. Kunnen jullie vegen?"
    talks.say(source, "sms", talks.moment(1, 1010), sms("31655506543", glass))
    stop_number(number="31655509999", at=talks.moment(1, 720))
