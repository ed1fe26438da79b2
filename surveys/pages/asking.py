"""The channels and whether their customers are asked."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from organisation import wording
from surveys.models import ChannelRule


@dataclass(frozen=True)
class RuleRow:
    channel: str
    name: str
    icon: str
    survey: str
    is_active: bool
    how: str
    is_selected: bool


def rule_rows(selected: ChannelRule | None) -> list[RuleRow]:
    rows = ChannelRule.objects.select_related("survey")
    found = [
        RuleRow(
            rule.channel,
            str(wording.channel_name(rule.channel)),
            wording.CHANNEL_ICONS.get(rule.channel, "message-2"),
            rule.survey.name,
            rule.is_active,
            _how(rule),
            selected is not None and rule.pk == selected.pk,
        )
        for rule in rows
    ]
    order = list(wording.CHANNEL_NAMES)
    return sorted(found, key=lambda row: order.index(row.channel))


def _how(rule: ChannelRule) -> str:
    """`25 % van de contacten, 1 uur na het antwoord`."""
    if rule.delay_minutes % 60 == 0 and rule.delay_minutes:
        hours = rule.delay_minutes // 60
        later = ngettext("%(count)s hour after the answer", "%(count)s hours after the answer", hours) % {
            "count": hours
        }
    else:
        later = ngettext(
            "%(count)s minute after the answer", "%(count)s minutes after the answer", rule.delay_minutes
        ) % {"count": rule.delay_minutes}
    return _("%(share)s of the contacts, %(later)s") % {"share": wording.percent(rule.share / 100, 0), "later": later}
