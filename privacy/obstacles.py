"""Why erasing or restricting must wait: what is open is answered first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from contacts.models import Question
from contacts.person.file import same_person

if TYPE_CHECKING:
    from contacts.models import Customer


def open_question(customer: Customer) -> str:
    """The number of a question of this person that is still open; empty without one."""
    people = [one.pk for one in same_person(customer)]
    rows = Question.objects.filter(customer__in=people).open().order_by("pk").values_list("number", flat=True)
    return rows.first() or ""


def obstacle(customer: Customer) -> str:
    """A sentence for who decides; empty when nothing stands in the way."""
    number = open_question(customer)
    if not number:
        return ""
    return _("Question %(number)s is open. Answer or close it first: nobody can do that without these data.") % {
        "number": number
    }
