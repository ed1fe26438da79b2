"""The form of a term: of a kind of question, perhaps on one channel, or of something else."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from channels_app.models import Channel
from organisation.forms.base import HouseForm
from privacy.terms import HOUSE, MOST, QUESTION, QUESTIONS


class TermForm(HouseForm):
    code = forms.ChoiceField(
        label=_("Of what?"),
        choices=lambda: [
            (_("Questions"), [(one.code, one.name) for one in QUESTIONS]),
            (_("The rest"), [(one.code, one.name) for one in HOUSE]),
        ],
    )
    channel = forms.ChoiceField(
        label=_("Only on channel"),
        required=False,
        choices=lambda: [("", _("all channels")), *Channel.choices],
        help_text=_("For questions: a term of its own for one channel."),
    )
    days = forms.IntegerField(
        label=_("Days to keep"), min_value=1, max_value=MOST, help_text=_("365 days is one year, 1,825 is five years.")
    )

    def clean(self) -> dict[str, object] | None:
        data = super().clean() or {}
        code, channel = str(data.get("code", "")), str(data.get("channel", ""))
        if channel and code and not code.startswith(QUESTION):
            self.add_error("channel", _("Only questions can have a term of their own for one channel."))
        elif channel:
            data["code"] = f"{code}.{channel}"
        return data
