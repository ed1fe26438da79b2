"""What a team lead or coordinator fills in for a text, and an administrator for a connection."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from channels_app.models import Channel
from contacts.actions.api_clients import SCOPES, ClientTerms
from contacts.actions.change_template import FIELDS, MAX_BODY, TemplateTerms
from contacts.forms.norms import subject_choices, team_choices
from contacts.models import ReplyTemplate
from organisation.forms.base import DateInput, HouseForm
from organisation.snapshot import Organisation


class TemplateForm(HouseForm):
    name = forms.CharField(label=_("Name"), max_length=100)
    body = forms.CharField(label=_("Text"), max_length=MAX_BODY, widget=forms.Textarea(attrs={"rows": 10}))
    team = forms.ChoiceField(label=_("For team"), required=False)
    subject = forms.ChoiceField(label=_("For subject"), required=False)
    use = forms.ChoiceField(
        label=_("What is it for?"),
        choices=ReplyTemplate.Use.choices,
        required=False,
        help_text=_("The acknowledgement of a letter leaves out a line of which a field is not known."),
    )
    is_active = forms.BooleanField(label=_("In use"), required=False, initial=True)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        house: Organisation,
        own_teams: frozenset[int] | None,
        *args: Any,
        row: ReplyTemplate | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        teams = team_choices(house, _("all teams"), row.team_id if row is not None else None)
        if own_teams is not None:
            del self.fields["use"]  # one text for all teams
            teams = [choice for choice in teams if choice[0] and int(choice[0]) in own_teams]
        self.fields["team"].choices = teams  # type: ignore[attr-defined]
        self.fields["subject"].choices = subject_choices(house, _("all subjects"))  # type: ignore[attr-defined]
        self.fields["body"].help_text = _("Filled in by itself: %(fields)s.") % {
            "fields": ", ".join(f"{{{name}}}" for name in FIELDS)
        }

    def terms(self) -> TemplateTerms:
        found = self.cleaned_data
        return TemplateTerms(
            name=found["name"],
            body=found["body"],
            team_id=int(found["team"]) if found["team"] else None,
            subject_id=int(found["subject"]) if found["subject"] else None,
            is_active=found["is_active"],
            use=found.get("use", ""),
        )


class ClientForm(HouseForm):
    name = forms.CharField(label=_("Name of the system"), max_length=60)
    scopes = forms.MultipleChoiceField(
        label=_("Rights"), choices=list(SCOPES.items()), widget=forms.CheckboxSelectMultiple
    )
    channels = forms.MultipleChoiceField(
        label=_("Channels"),
        choices=Channel.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen: every channel."),
    )
    last_day = forms.DateField(label=_("Valid up to and including"), widget=DateInput(), help_text=_("At most a year."))
    requests_per_minute = forms.IntegerField(
        label=_("Requests per minute"), initial=600, widget=forms.TextInput(attrs={"inputmode": "numeric"})
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def terms(self) -> ClientTerms:
        found = self.cleaned_data
        return ClientTerms(
            name=found["name"],
            scopes=found["scopes"],
            channels=found["channels"],
            last_day=found["last_day"],
            requests_per_minute=found["requests_per_minute"],
        )
