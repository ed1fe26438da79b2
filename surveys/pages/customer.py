"""Whether a customer is asked, on the customer's own page; and what stands below the thanks for the web form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from contacts.models import Customer
from contacts.signals import Told
from organisation import wording
from organisation.roles import Right
from surveys.access import hashes_of
from surveys.models import OptOut, SurveyPlace

if TYPE_CHECKING:
    from organisation.models import User


def told_of(customer: Customer, user: User) -> Told | None:
    """None for who has no e-mail address: nobody asks."""
    known = hashes_of(customer)
    if not known:
        return None
    may = user.may(Right.CUSTOMERS_WRITE)
    href = reverse("surveys:wishes", args=[customer.pk])
    if OptOut.objects.filter(address_hash__in=known).exists():
        act = _("Allow surveys again") if may else ""
        return Told("mail-x", _("Wants no surveys."), act, href, "wel")
    act = _("No surveys any more") if may else ""
    return Told("mail", _("May be asked with a survey how we helped."), act, href, "niet")


def told_after_form() -> Told | None:
    """The place that stands below the thanks for the web form, when there is one in use."""
    code = (
        SurveyPlace.objects.filter(is_after_form=True, is_active=True, survey__versions__state="running")
        .values_list("code", flat=True)
        .first()
    )
    if code is None:
        return None
    href = reverse("surveys:here", args=[code]) + ("?taal=en" if wording.language() == "en" else "")
    return Told("mood-smile", _("How was it to fill in our form?"), _("Give your opinion in 1 minute"), href)
