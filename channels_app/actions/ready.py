"""The last step before a message leaves: everything that is asked of the database is asked, what is left is handing it over."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from email.message import EmailMessage
from functools import partial

from django.conf import settings

from channels_app.actions.compose import compose_mail, mailbox_of, sender_of
from channels_app.actions.hand_over import hand_over
from channels_app.actions.mail_route import route_of
from channels_app.actions.sign_in import forget_token
from channels_app.adapters.email.smtp import MailServers, Route, TokenRefused
from channels_app.adapters.messages import Later
from channels_app.models import OutboundMessage
from channels_app.reasons import kept
from organisation.snapshot import organisation

WAIT_FOR_COPIES = timedelta(minutes=15)
"""So long an answer waits with a mail server that asks to come back for a copy, as most do for a stranger; then it goes without."""


def ready_to_leave(message: OutboundMessage, server: MailServers, at: datetime) -> Callable[[], str]:
    """What gives the message to the mail server (in the demo there is none), and then a note to keep with it; mail asks the database nothing any more."""
    if message.message_source is not None:
        return partial(hand_over, message, message.message_source)
    if settings.DEMO_MODE and not settings.SMTP["host"]:
        return lambda: kept("No mail leaves the demo.")
    route = route_of(mailbox_of(message))
    if route is None:
        raise Later(kept("There is no mail server set for outgoing mail (SMTP_URL)."))
    mail = compose_mail(message, organisation().municipality)
    return partial(_post, message, mail, server, route, at)


def _post(message: OutboundMessage, mail: EmailMessage, server: MailServers, route: Route, at: datetime) -> str:
    try:
        copies = [one.addr_spec for one in mail["Cc"].addresses] if mail["Cc"] else []
        waits = at - message.created_at < WAIT_FOR_COPIES
        to = mail["To"].addresses[0].addr_spec
        refused = server.send(mail, sender_of(message), to, route, copies, waits_for_copies=waits)
    except TokenRefused:
        if message.mailbox is not None:
            forget_token(message.mailbox)
        raise
    return (
        kept(
            "No copy went to %(addresses)s: the mail server refused it or took too long.", addresses=", ".join(refused)
        )
        if refused
        else ""
    )
