"""The form of the reception: who came, about what, and whom to warn."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from channels_app.models import Channel
from contacts.actions.asked import Asked, NewCustomer
from contacts.finding.subject_index import subject_entries
from contacts.finding.subjects import find, is_sure
from contacts.forms.registration import MAX_NOTE, token_of
from organisation.clock import AMSTERDAM, local_day
from organisation.forms.base import HouseForm
from organisation.snapshot import Organisation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from contacts.pages.visits import Warned

CHANNELS = ((Channel.RECEPTION.value, _("Without appointment")), (Channel.APPOINTMENT.value, _("With appointment")))


class VisitForm(HouseForm):
    """Only what a host may write; the customer is unknown or a new name, never somebody from the register."""

    token = forms.CharField(required=False, max_length=36, widget=forms.HiddenInput)
    channel = forms.ChoiceField(label=_("Visit"), choices=CHANNELS, initial=Channel.RECEPTION.value)
    appointment = forms.TimeField(
        label=_("Time of the appointment"),
        required=False,
        help_text=_("Who comes early waits from this time on."),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": _("Fill in a time, for example 10:30.")},
    )
    name = forms.CharField(
        label=_("Name of the visitor"),
        max_length=200,
        required=False,
        help_text=_("Not known? Leave it empty."),
    )
    subject = forms.CharField(
        label=_("Subject"), max_length=200, required=False, help_text=_("In the words of the customer")
    )
    text = forms.CharField(
        label=_("Note"), max_length=MAX_NOTE, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    warn = forms.ChoiceField(
        label=_("Who is warned when you hand over"),
        required=False,
        help_text=_("A person is warned at once; of a team everybody who is in the house."),
        error_messages={"invalid_choice": _("This colleague is not there any more. Choose somebody else, or a team.")},
    )

    def __init__(self, data: Any = None, *, house: Organisation, warned: Sequence[Warned]) -> None:
        super().__init__(data, initial={"token": uuid.uuid4()})
        self.house = house
        self.meant: list[str] = []
        """Subjects that the words may mean, to choose from; filled when the words are not sure."""
        self.warned = {one.value: one for group in warned for one in group.people}
        self.fields["subject"].widget.attrs |= {"list": "subjects", "autocomplete": "off"}
        self.fields["name"].widget.attrs |= {"autocomplete": "off"}
        self.fields["warn"].choices = [  # type: ignore[attr-defined]
            ("", _now("The team that the rules choose")),
            *((group.team, [(one.value, one.label) for one in group.people]) for group in warned),
        ]

    def clean_subject(self) -> int | None:
        """The id of the subject: by its name, else the one that all words fit; a wrong team costs the visitor the wait."""
        typed = str(self.data.get("meant") or self.cleaned_data["subject"]).strip()[:200]
        if not typed:
            return None
        entries = subject_entries(self.house)
        named = [one.id for one in entries if self.house.subjects[one.id].name.casefold() == typed.casefold()]
        if named:
            return named[0]
        found = find(entries, typed, 3)
        if not found:
            raise forms.ValidationError(_now("No subject looks like this. Try another word, or leave it empty."))
        if not is_sure(next(one for one in entries if one.id == found[0]), typed):
            self.meant = [self.house.subjects[pk].name for pk in found]
            raise forms.ValidationError(_now("Which of these do you mean? Choose one, or leave it empty."))
        return found[0]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if not self.errors and not any(values.get(name) for name in ("name", "subject", "text")):
            self.add_error("text", _now("Write who came or what it was about."))
        return values

    def arguments(self, end: str, at: datetime) -> dict[str, Any]:
        """What `register` needs; only after `is_valid`. An appointment is one of today."""
        values = self.cleaned_data
        time = values["appointment"] if values["channel"] == Channel.APPOINTMENT else None
        warned = self.warned.get(values["warn"]) if end == "forward" else None
        asked = Asked(
            text=values["text"],
            title="" if values["text"] or values["subject"] else _now("Visitor at the reception"),
            subject_id=values["subject"],
            end=end,
            team_id=warned.team_id if warned else None,
            assignee_id=warned.user_id if warned else None,
        )
        return {
            "channel": values["channel"],
            "appointment_at": datetime.combine(local_day(at), time, AMSTERDAM) if time is not None else None,
            "asked": [asked],
            "customer": NewCustomer(name=values["name"]) if values["name"] else None,
            "text": values["text"],
            "key": str(token_of(values["token"])),
        }
