"""Work on the desk for the screens that show it: a customer, and a question in every state. The same every time."""

from __future__ import annotations

from datetime import timedelta

from contacts.actions.customers import create_customer
from contacts.actions.merge import propose_merge
from contacts.actions.register import Asked, CallbackAsked, register
from contacts.models import Customer, Question, ReplyTemplate, RoutingRule
from organisation.clock import now
from tests.cast import Cast

LONG = "Een heel lang bericht. " * 40 + "woordzonderspaties" * 12


def fill(cast: Cast) -> None:
    """Everything is written through the actions that the screens use."""
    at = now()
    wit = create_customer(
        by=cast.fatima,
        at=at,
        name="A. de Wit-Schouten",
        salutation="mrs",
        phone="0226 35 12 44",
        postcode="1716KA",
        house_number="41",
    )
    ends = [
        Asked(title="Grofvuil niet opgehaald", end="forward", subject_id=cast.grofvuil.pk, text=LONG),
        Asked(title="Oude bank", end="direct", subject_id=cast.grofvuil.pk),
        Asked(
            title="Paspoort verlopen",
            end="callback",
            subject_id=cast.paspoort.pk,
            callback=CallbackAsked(phone="0226 35 12 44"),
        ),
        Asked(title="Container kapot", end="waiting", subject_id=cast.grofvuil.pk),
        Asked(title="Vertrouwelijk verhaal", end="forward", subject_id=cast.grofvuil.pk, is_confidential=True),
    ]
    for asked in ends:
        register(by=cast.fatima, at=at, channel="phone", received_at=at, customer=wit, asked=[asked])
    late = at - timedelta(days=40)
    register(
        by=cast.fatima,
        at=late,
        channel="letter",
        received_at=late,
        customer=wit,
        asked=[Asked(title="Brief over bomen", end="forward", subject_id=cast.afval.pk)],
    )
    RoutingRule.objects.create(name="Afval naar Openbare Ruimte", subject=cast.afval, team=cast.openbare_ruimte)
    ReplyTemplate.objects.create(name="Grofvuil", body="U kunt zelf een afspraak maken.")


def customer(cast: Cast) -> Customer:
    return Customer.objects.get(name="A. de Wit-Schouten")


def merge_proposal(cast: Cast) -> str:
    """The list with one proposal on it."""
    other = create_customer(by=cast.fatima, at=now(), name="Anna de Wit", postcode="1716KA", house_number="41")
    propose_merge(keep=customer(cast), merge=other, by=cast.fatima, at=now())
    return "/klanten/samenvoegen/"


def question(title: str) -> str:
    """The number of the question with this title."""
    return Question.objects.get(title=title).number
