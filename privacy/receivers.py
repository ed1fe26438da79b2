"""What is told on the pages of the desk."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.dispatch import receiver
from django.utils.translation import gettext as _

from contacts.models import Customer
from contacts.person.words import Section
from contacts.signals import Told, customer_shown, customers_merge, person_gathered
from organisation.clock import now
from organisation.models import User
from organisation.signals import demo_loaded
from privacy.holds import held_sentence
from privacy.models import PersonRequest
from privacy.pages.person_file import requests_section, why_section


@receiver(customer_shown, dispatch_uid="privacy-says-what-holds-a-customer")
def tell_of_hold(sender: object, customer: Customer, user: User, **kwargs: Any) -> Told | None:
    """Below the addresses: a legal hold, or that somebody asked to erase this person."""
    if sentence := held_sentence(customer, now()):
        return Told("scale", sentence)
    waiting = PersonRequest.objects.filter(customer=customer, state__in=PersonRequest.OPEN).first()
    if waiting is None:
        return None
    return Told(
        "hourglass", _("%(number)s waits: %(kind)s") % {"number": waiting.number, "kind": waiting.get_kind_display()}
    )


@receiver(customers_merge, dispatch_uid="privacy-decides-before-customers-merge")
def refuse_to_merge(sender: object, people: tuple[int, ...], **kwargs: Any) -> str:
    """Who decides about a request decides about the person as the list shows it, not about who is added meanwhile."""
    waiting = PersonRequest.objects.filter(customer__in=people, state__in=PersonRequest.OPEN).first()
    if waiting is None:
        return ""
    return _("Of one of these customers the request %(number)s waits. Decide about that first.") % {
        "number": waiting.number
    }


@receiver(person_gathered, dispatch_uid="privacy-says-why-it-is-kept")
def tell_why(sender: object, people: list[Customer], **kwargs: Any) -> list[Section]:
    """In the file about one person."""
    return [requests_section(people), why_section()]


@receiver(demo_loaded, dispatch_uid="privacy-in-the-demo")
def add_to_demo(sender: object, day: date, **kwargs: Any) -> None:
    """In the transaction of the demo. Loaded only here: every process would take longer to begin."""
    from privacy.actions.load_example import load_example

    load_example(day=day)
