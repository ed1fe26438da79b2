"""Why erasing or restricting must wait: what is open is answered first, and one person is asked about as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from contacts.models import Contact, PlannedReply, Question
from contacts.person.file import same_person

if TYPE_CHECKING:
    from contacts.models import Customer


def open_question(customer: Customer) -> str:
    """The number of a question that is still open, of this person or in which this person spoke; empty without one."""
    people = [one.pk for one in same_person(customer)]
    spoke = Question.objects.filter(contacts__in=Contact.objects.filter(customer__in=people))
    for rows in (Question.objects.filter(customer__in=people), spoke):
        if number := rows.open().order_by("pk").values_list("number", flat=True).first():
            return str(number)
    return ""


def obstacle(customer: Customer) -> str:
    """A sentence for who decides; empty when nothing stands in the way."""
    if customer.merged_into_id is not None:
        return _("This customer was merged into another one. Ask this there again.")
    if number := open_question(customer):
        return _("Question %(number)s is open. Answer or close it first: nobody can do that without these data.") % {
            "number": number
        }
    if number := _reply_that_waits(customer):
        return _("A reply to question %(number)s waits to be sent. Let it leave or take it back first.") % {
            "number": number
        }
    return ""


def _reply_that_waits(customer: Customer) -> str:
    people = [one.pk for one in same_person(customer)]
    waits = PlannedReply.objects.filter(question__customer__in=people, state=PlannedReply.State.WAITING)
    return waits.order_by("pk").values_list("question__number", flat=True).first() or ""
