"""Who is asked: the choices for all channels, and one channel."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from organisation.forms.base import HouseModelForm
from surveys.choices import asking_choices
from surveys.models import AskingChoices, ChannelRule, Survey, SurveyVersion
from surveys.sampling import leaves_time

_TOO_LATE = _("By then the contact is too old to be asked about, with the quiet hours: this channel would ask nobody.")


def _times(given: Mapping[str, Any]) -> tuple[int, int, timedelta]:
    return given["quiet_from"], given["quiet_until"], timedelta(days=given["stale_days"])


class ChoicesForm(HouseModelForm):
    """What holds for every channel."""

    class Meta:
        model = AskingChoices
        fields = ["days_between", "valid_days", "stale_days", "quiet_from", "quiet_until"]
        help_texts = {
            "quiet_from": _("The same hour twice: there are no quiet hours."),
            "stale_days": _("After an outage nobody is asked about a contact of long ago."),
        }

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if not {"stale_days", "quiet_from", "quiet_until"} - given.keys():
            longest = max(ChannelRule.objects.filter(is_active=True).values_list("delay_minutes", flat=True), default=0)
            if not leaves_time(timedelta(minutes=longest), *_times(given)):
                self.add_error("stale_days", _TOO_LATE)
        return given


class ChannelRuleForm(HouseModelForm):
    """One channel."""

    class Meta:
        model = ChannelRule
        fields = ["is_active", "survey", "share", "delay_minutes"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        running = SurveyVersion.objects.filter(
            state=SurveyVersion.State.RUNNING, survey__purpose=Survey.Purpose.CONTACT
        ).values("survey_id")
        self.fields["survey"].queryset = self.fields["survey"].queryset.filter(pk__in=running)  # type: ignore[attr-defined]
        self.fields["survey"].empty_label = None  # type: ignore[attr-defined]
        self.fields["survey"].widget.attrs["required"] = True

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("is_active") and given.get("delay_minutes") is not None:
            choices = asking_choices()
            known = {name: getattr(choices, name) for name in ("stale_days", "quiet_from", "quiet_until")}
            if not leaves_time(timedelta(minutes=given["delay_minutes"]), *_times(known)):
                self.add_error("delay_minutes", _TOO_LATE)
        return given
