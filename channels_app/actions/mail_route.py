"""Which mail server sends a message: that of its mailbox, else that of the installation."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from channels_app.actions.sign_in import sign_in_of
from channels_app.adapters.email.smtp import Route
from channels_app.adapters.email.tokens import SignInRefused
from channels_app.adapters.messages import Later
from channels_app.models import Mailbox
from channels_app.reasons import kept
from channels_app.sealing import Sealed


def route_of(mailbox: Mailbox | None) -> Route | None:
    """None: there is no mail server. Raises `Later` when the mailbox cannot sign in now."""
    if mailbox is None or not mailbox.smtp_host:
        given: dict[str, Any] = settings.SMTP
        if not given["host"]:
            return None
        return Route(given["host"], given["port"], given["tls"], given["user"], given["password"])
    try:
        known = sign_in_of(mailbox)
    except Sealed as error:
        raise Later(kept("The password cannot be opened. Type it again.")) from error
    except SignInRefused as refused:
        raise Later(refused.words) from refused
    return Route(mailbox.smtp_host, mailbox.smtp_port, mailbox.smtp_security, known.user, known.password, known.token)
