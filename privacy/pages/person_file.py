"""Why what stands in the file about one person is kept, who gets it, and how long (AVG, article 15, paragraph 1, a to h)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext as _

from contacts.person.words import MOST, Row, Section, day, moment, row, without_names
from privacy.models import LegalHold, PersonRequest, RightsRequest
from privacy.pages.register import register_page
from privacy.register import REGISTER

if TYPE_CHECKING:
    from contacts.models import Customer


def requests_section(people: Iterable[Customer]) -> Section:
    """What this person asked about the own data, and what must stay because of a legal hold."""
    ids = [one.pk for one in people]
    asked = PersonRequest.objects.filter(customer__in=ids).select_related("asked_by", "decided_by").order_by("asked_at")
    held = LegalHold.objects.filter(Q(customer__in=ids) | Q(question__customer__in=ids)).select_related("placed_by")
    rights = RightsRequest.objects.filter(customer__in=ids).select_related("noted_by", "extended_by", "answered_by")
    return Section(
        _("Requests about these data, and what must stay"),
        (
            *(_right(one) for one in rights.order_by("noted_at")[:MOST]),
            *(_request(one) for one in asked[:MOST]),
            *(_hold(one) for one in held.order_by("placed_at")[:MOST]),
        ),
    )


def _right(one: RightsRequest) -> Row:
    people = [one.noted_by, one.extended_by, one.answered_by]
    return row(
        (_("Number"), one.number),
        (_("What"), str(one.get_kind_display())),
        (_("Came in"), day(one.received_on)),
        (_("How it came in"), without_names(one.reason, people)),
        (_("Last day"), day(one.last_on)),
        (_("Put off because"), without_names(one.extension_reason, people)),
        (_("Answered"), moment(one.answered_at)),
        (_("What came of it"), str(one.get_outcome_display())),
        (_("What was told"), without_names(one.remark, people)),
    )


def _request(one: PersonRequest) -> Row:
    return row(
        (_("Number"), one.number),
        (_("What"), str(one.get_kind_display())),
        (_("Asked"), moment(one.asked_at)),
        (_("Reason"), without_names(one.reason, [one.asked_by, one.decided_by])),
        (_("Status"), str(one.get_state_display())),
        (_("Decided"), moment(one.decided_at)),
        (_("Remark"), without_names(one.remark, [one.asked_by, one.decided_by])),
    )


def _hold(one: LegalHold) -> Row:
    return row(
        (_("What"), _("legal hold")),
        (_("From"), moment(one.placed_at)),
        (_("Reason"), without_names(one.reason, [one.placed_by])),
        (_("Until and including"), day(one.until)),
        (_("Ended"), moment(one.ended_at)),
    )


def why_section() -> Section:
    """The entries of the register that are about citizens, and what a person may do."""
    about_citizens = {one.code for one in REGISTER if not one.is_about_employees}
    rows = [
        row(
            (_("What"), one.name),
            (_("Purpose"), one.purpose),
            (_("Basis"), one.basis),
            (_("Who gets them"), "\n".join(one.receivers)),
            (_("How long"), "\n".join(one.terms)),
        )
        for one in register_page().entries
        if one.code in about_citizens
    ]
    note = _(
        "What we know we have from you, or from who contacted us for you. You may ask us to correct, erase or restrict it, and object to its use. Are you not satisfied? You may complain to the Autoriteit Persoonsgegevens."
    )
    return Section(_("Why we keep this, and how long"), tuple(rows), note)
