"""What the errors of the WhatsApp Cloud API mean, in words.

https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes
"""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as lazy

from channels_app.reasons import in_words as words_of
from channels_app.reasons import kept

ERRORS: Final = {
    "0": lazy("WhatsApp does not accept our access token."),
    "10": lazy("Our access token may not send messages."),
    "190": lazy("Our access token for WhatsApp has ended."),
    "100": lazy("WhatsApp does not understand the message."),
    "368": lazy("WhatsApp blocked our account for a while."),
    "130429": lazy("We send too many messages at once. WhatsApp asks us to wait."),
    "130472": lazy("WhatsApp does not deliver this message: the number is part of a test of Meta."),
    "130497": lazy("WhatsApp does not let us write to people in this country."),
    "131005": lazy("Our access token may not send messages."),
    "131008": lazy("A part of the message is missing."),
    "131009": lazy("A part of the message is not right."),
    "131016": lazy("WhatsApp is out of order for a moment."),
    "131021": lazy("This is our own number."),
    "131026": lazy("WhatsApp cannot deliver to this number. It may have no WhatsApp, or an old version."),
    "131031": lazy("WhatsApp locked our account."),
    "131042": lazy("WhatsApp cannot charge the message. Look at the payment of the account."),
    "131045": lazy("Our number is not registered at WhatsApp."),
    "131047": lazy("The customer wrote more than 24 hours ago. Send an approved template."),
    "131048": lazy("WhatsApp holds our messages back: too many were marked as spam."),
    "131049": lazy("WhatsApp did not deliver it, so that the customer does not get too many messages."),
    "131051": lazy("WhatsApp does not know this kind of message."),
    "131052": lazy("WhatsApp cannot fetch the customer's file."),
    "131053": lazy("WhatsApp does not accept the file."),
    "131056": lazy("We send too many messages to this customer. WhatsApp asks us to wait."),
    "132000": lazy("The number of values does not fit the template."),
    "132001": lazy("WhatsApp does not know this template in this language."),
    "132007": lazy("The template breaks the rules of WhatsApp."),
    "132012": lazy("The values do not fit the template."),
    "132015": lazy("WhatsApp paused the template."),
    "132016": lazy("WhatsApp turned the template off."),
    "133010": lazy("Our number is not registered at WhatsApp."),
}


def in_words(code: str, detail: str) -> str:
    """In Dutch, for a text that is kept; an error without words of ours keeps its own."""
    if code in ERRORS:
        return f"{words_of(ERRORS, code)} ({code})"
    if detail == "no answer":
        return kept("WhatsApp does not answer.")
    return kept("WhatsApp refused the message: %(said)s", said=f"{code} {detail}".strip())
