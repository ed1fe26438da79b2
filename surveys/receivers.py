"""What the surveys do after a migration, and when the post room sent an invitation or could not."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import Q
from django.db.models.signals import post_migrate
from django.dispatch import receiver

from channels_app.models import OutboundMessage
from channels_app.signals import Stop, Wait, outbound_leaves, outbound_settled
from contacts.models import Customer
from contacts.page_texts import SOURCES
from contacts.person.words import Section
from contacts.signals import Code, Told, customer_shown, form_thanked, letter_ends, person_gathered, person_wiped
from organisation.clock import now
from organisation.models import User
from organisation.signals import demo_loaded
from surveys.actions.add_defaults import add_defaults
from surveys.actions.add_outside import add_outside
from surveys.actions.invite import KEY, PURPOSE, REMINDER_KEY
from surveys.actions.still_welcome import still_welcome
from surveys.choices import asking_choices
from surveys.links import address_hash, phone_of
from surveys.models import Invitation, OutsideIndicator, Survey
from surveys.page_texts import survey_texts
from surveys.pages.customer import told_after_form, told_of
from surveys.pages.person_file import sections_of
from surveys.pages.places import code_on_letters

SOURCES.append(survey_texts)
LINK = re.compile(r"(/mening/)[A-Za-z0-9_-]{22}")


@receiver(post_migrate, dispatch_uid="surveys-come-with-the-product")
def come_with_the_product(sender: Any, **kwargs: Any) -> None:
    """Also for an installation that is older than the surveys."""
    if sender.name == "surveys" and Survey._meta.db_table in connection.introspection.table_names():
        add_defaults(at=now())
        if OutsideIndicator._meta.db_table in connection.introspection.table_names():
            add_outside()


@receiver(outbound_leaves, dispatch_uid="surveys-hold-invitations")
def invitation_leaves(sender: object, message: OutboundMessage, at: datetime, **kwargs: Any) -> Wait | Stop | None:
    """Before every try: not at night, and not to who does not want it any more."""
    return still_welcome(message=message, at=at) if message.purpose == PURPOSE else None


@receiver(outbound_settled, dispatch_uid="surveys-hear-of-sent-mail")
def invitation_settled(sender: object, message: OutboundMessage, **kwargs: Any) -> None:
    """In the transaction that settles the mail: its link leaves our database, and who was reached by none of ours was not asked.

    In any order: a service may say "delivered" after "failed", and a reminder arrives or comes back beside the first mail.
    """
    if message.purpose != PURPOSE:
        return
    OutboundMessage.objects.filter(pk=message.pk).update(
        body=LINK.sub(r"\1…", message.body), html=LINK.sub(r"\1…", message.html)
    )
    key, sent = message.object_key.removeprefix(KEY).removeprefix(REMINDER_KEY), OutboundMessage.State.SENT
    both = OutboundMessage.objects.filter(purpose=PURPOSE, object_key__in=[KEY + key, REMINDER_KEY + key])
    is_reached = message.state == sent or both.filter(state=sent).exists()
    Invitation.objects.filter(pk=key, is_answered=False, is_undelivered=is_reached).update(
        is_undelivered=not is_reached
    )


@receiver(person_gathered, dispatch_uid="surveys-tell-what-they-keep-about-a-person")
def person_is_gathered(sender: object, people: list[Customer], **kwargs: Any) -> list[Section]:
    return sections_of(people)


@receiver(person_wiped, dispatch_uid="surveys-forget-whom-they-asked")
def person_is_wiped(
    sender: object, people: tuple[int, ...], emails: tuple[str, ...], phones: tuple[str, ...], **kwargs: Any
) -> None:
    """That somebody was asked still counts; who it was is known no more. Who wants no surveys stays known, by a hash only."""
    salt = asking_choices().salt
    known = [
        address_hash(salt, one) for one in (*emails, *map(phone_of, phones))
    ]  # asked before anybody said who it was
    asked = Invitation.objects.filter(Q(customer__in=people) | Q(address_hash__in=known))
    asked.update(contact=None, customer=None, address_hash="")


@receiver(customer_shown, dispatch_uid="surveys-say-whether-a-customer-is-asked")
def tell_of_customer(sender: object, customer: Customer, user: User, **kwargs: Any) -> Told | None:
    """Below the addresses: who says on the phone "no surveys any more" is helped at once."""
    return told_of(customer, user)


@receiver(form_thanked, dispatch_uid="surveys-ask-below-the-thanks")
def ask_below_the_thanks(sender: object, **kwargs: Any) -> Told | None:
    """How it was to fill in the form; where anybody may answer, so nobody knows which question was sent."""
    return told_after_form()


@receiver(letter_ends, dispatch_uid="surveys-ask-below-a-letter")
def ask_below_a_letter(sender: object, **kwargs: Any) -> Code | None:
    """What the reader thinks of the letter; where anybody may answer, so nobody knows which letter it was."""
    return code_on_letters()


@receiver(demo_loaded, dispatch_uid="surveys-in-the-demo")
def add_to_demo(sender: object, day: date, **kwargs: Any) -> None:
    """In the transaction of the demo. Loaded only here: every process would take longer to begin."""
    from surveys.actions.load_example import load_example
    from surveys.actions.load_example_rounds import load_example_rounds

    load_example(day=day)
    load_example_rounds(day=day)
