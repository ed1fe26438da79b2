"""Who is asked: the choices for all channels, and one channel."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from organisation.forms.base import HouseModelForm
from surveys.models import AskingChoices, ChannelRule, SurveyVersion


class ChoicesForm(HouseModelForm):
    """What holds for every channel."""

    class Meta:
        model = AskingChoices
        fields = ["days_between", "valid_days", "stale_days", "quiet_from", "quiet_until"]
        help_texts = {
            "quiet_from": _("The same hour twice: there are no quiet hours."),
            "stale_days": _("After an outage nobody is asked about a contact of long ago."),
        }


class ChannelRuleForm(HouseModelForm):
    """One channel."""

    class Meta:
        model = ChannelRule
        fields = ["is_active", "survey", "share", "delay_minutes"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        running = SurveyVersion.objects.filter(state=SurveyVersion.State.RUNNING).values("survey_id")
        self.fields["survey"].queryset = self.fields["survey"].queryset.filter(pk__in=running)  # type: ignore[attr-defined]
        self.fields["survey"].empty_label = None  # type: ignore[attr-defined]
        self.fields["survey"].widget.attrs["required"] = True
