"""How each figure is counted, in words, beside the number."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contacts.models import ServiceNorm


def definition_of_norm() -> str:
    """Of a norm for which nothing is counted yet."""
    return _("Nothing is measured for this norm yet; the target stands here so that it is not forgotten.")


def promise_of(norm: ServiceNorm | None) -> str:
    """`Toegezegd: binnen 3 werkdagen.`; empty for a share or a mark."""
    if norm is None or norm.length is None:
        return ""
    count, unit = norm.length, ServiceNorm.Unit(norm.unit)
    if unit == ServiceNorm.Unit.SECONDS and count > 60 and count % 60 == 0:
        return _("Promised: within %(count)s minutes.") % {"count": count // 60}
    texts = {
        ServiceNorm.Unit.SECONDS: ngettext(
            "Promised: within %(count)s second.", "Promised: within %(count)s seconds.", count
        ),
        ServiceNorm.Unit.OPENING_MINUTES: ngettext(
            "Promised: within %(count)s minute of opening time.",
            "Promised: within %(count)s minutes of opening time.",
            count,
        ),
        ServiceNorm.Unit.WORKING_DAYS: ngettext(
            "Promised: within %(count)s working day.", "Promised: within %(count)s working days.", count
        ),
        ServiceNorm.Unit.CALENDAR_DAYS: ngettext(
            "Promised: within %(count)s day.", "Promised: within %(count)s days.", count
        ),
    }
    return texts.get(unit, "") % {"count": count}
