"""What the surveys keep about a person: when he or she was asked, and whether that is still welcome. Of no answer we know whose it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from contacts.person.words import MOST, Section
from organisation import wording
from surveys.access import hashes_of
from surveys.models import Invitation, OptOut

if TYPE_CHECKING:
    from contacts.models import Customer


def sections_of(people: list[Customer]) -> list[Section]:
    """One or none."""
    asked = Invitation.objects.filter(customer__in=people).select_related("survey").order_by("invited_at")[:MOST]
    rows = [
        {
            _("Moment"): f"{wording.local(one.invited_at):%d-%m-%Y %H:%M}",
            _("What"): _("asked: %(survey)s") % {"survey": one.survey.name},
        }
        for one in asked
    ]
    known = {one for customer in people for one in hashes_of(customer)}
    for since in OptOut.objects.filter(address_hash__in=known).values_list("since_at", flat=True):
        rows.append({_("Moment"): f"{wording.local(since):%d-%m-%Y %H:%M}", _("What"): _("wants no surveys")})
    return [Section(_("Surveys"), tuple(rows))] if rows else []
