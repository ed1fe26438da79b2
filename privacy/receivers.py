"""What is told on the pages of the desk."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.dispatch import receiver
from django.utils.translation import gettext as _

from channels_app.models import OutboundMessage
from channels_app.signals import outbound_settled
from contacts.models import Customer
from contacts.person.file import same_person
from contacts.person.words import Section
from contacts.signals import Told, customer_shown, customers_merge, person_gathered
from organisation.clock import now
from organisation.signals import demo_loaded
from privacy.actions.notify import delay_told, tell_of_untold
from privacy.actions.tell_person import KEY, is_untold
from privacy.holds import hold_words
from privacy.models import PersonRequest, RightsRequest
from privacy.pages.person_file import requests_section, why_section
from privacy.pages.waiting import waiting_words


@receiver(customer_shown, dispatch_uid="privacy-says-what-holds-a-customer")
def tell_of_hold(sender: object, customer: Customer, **kwargs: Any) -> list[Told]:
    """Below the addresses: a legal hold, and what this person asked about the own data."""
    people = same_person(customer)
    said = (("scale", hold_words(people, now())), ("hourglass", waiting_words(people)))
    return [Told(icon, words) for icon, words in said if words]


@receiver(customers_merge, dispatch_uid="privacy-decides-before-customers-merge")
def refuse_to_merge(sender: object, people: tuple[int, ...], **kwargs: Any) -> str:
    """Who decides about a request decides about the person as the list shows it, not about who is added meanwhile."""
    waiting = PersonRequest.objects.filter(customer__in=people, state__in=PersonRequest.OPEN).first()
    if waiting is None:
        return ""
    return _("Of one of these customers the request %(number)s waits. Decide about that first.") % {
        "number": waiting.number
    }


@receiver(outbound_settled, dispatch_uid="privacy-hears-whether-a-delay-was-told")
def delay_settled(sender: object, message: OutboundMessage, **kwargs: Any) -> None:
    """In the transaction that settles the mail, also when it comes back later or is sent again."""
    if not message.object_key.startswith(KEY):
        return
    one = RightsRequest.objects.filter(pk=message.object_key.removeprefix(KEY), answered_at=None).first()
    if one is None:
        return
    if is_untold(one, message):
        tell_of_untold(one, at=now())
    else:
        delay_told(one, at=now())


@receiver(person_gathered, dispatch_uid="privacy-says-why-it-is-kept")
def tell_why(sender: object, people: list[Customer], **kwargs: Any) -> list[Section]:
    """In the file about one person."""
    return [requests_section(people), why_section()]


@receiver(demo_loaded, dispatch_uid="privacy-in-the-demo")
def add_to_demo(sender: object, day: date, **kwargs: Any) -> None:
    """In the transaction of the demo. Loaded only here: every process would take longer to begin."""
    from privacy.actions.load_example import load_example

    load_example(day=day)
