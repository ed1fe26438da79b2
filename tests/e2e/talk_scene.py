"""Conversations by WhatsApp and social media for the screens that show them; made once, the same every time."""

from __future__ import annotations

from datetime import timedelta

from django.urls import reverse

from channels_app.actions.deliver import deliver
from channels_app.models import MessageSource
from contacts.actions.answer import answer
from organisation.clock import now
from tests.cast import Cast
from tests.contacts.talks import say

TEMPLATE = {"name": "vervolg", "language": "nl", "text": "Beste {{1}}, wij hebben antwoord op uw vraag over {{2}}."}
POST = {"is_public": True, "post": "https://www.facebook.com/opmeer/posts/1", "post_text": "De markt is weer open."}


def account(cast: Cast) -> str:
    """A WhatsApp account that does not work now."""
    source, _new = MessageSource.objects.get_or_create(
        kind="whatsapp",
        name="WhatsApp Opmeer",
        defaults={"account": "1", "templates": [TEMPLATE], "last_error": "WhatsApp geeft geen antwoord."},
    )
    return reverse("channels_app:source", args=[source.pk])


def too_late(cast: Cast) -> str:
    """A WhatsApp conversation of two days ago: only a template can be sent."""
    account(cast)
    source = MessageSource.objects.get(kind="whatsapp")
    said = {"conversation": "31612345670", "address": "31612345670", "name": "Anna de Wit", "text": "Staat hij er nog?"}
    question = say(source, "whatsapp", now() - timedelta(days=2), "wa1", **said)
    return reverse("contacts:question", args=[question.number])


def webcare(cast: Cast) -> str:
    """One post with an answer in public and in private, and one below it that waits."""
    source, is_new = MessageSource.objects.get_or_create(kind="meta", name="Facebook Opmeer", defaults={"account": "1"})
    if is_new:
        at = now() - timedelta(hours=3)
        first = say(source, "social", at, "fb1", conversation="p:1", address="facebook:1", text="Parkeren?", **POST)
        say(source, "social", at, "fb2", conversation="p:2", address="facebook:2", text="En fietsen?", **POST)
        for to in ("openbaar", "facebook:1"):
            answer(
                question=first,
                by=cast.fatima,
                at=at + timedelta(hours=1),
                text="Ja, achter de kerk.",
                channel="social",
                to_address=to,
                then="interim",
                is_answer=False,
            )
        deliver(at=at + timedelta(hours=1), by_services=True)
    return reverse("contacts:webcare")
