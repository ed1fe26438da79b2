"""People, their roles and teams."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from organisation.actions.roles import WITHOUT_TEAM
from organisation.forms.base import DateInput, HouseForm, HouseModelForm
from organisation.keys import KEYS, clash, own_key, what_differs
from organisation.left_behind import left_behind
from organisation.models import Team, User, WorkingCalendar
from organisation.roles import Right, Role


class PersonForm(HouseModelForm):
    """Who somebody is; the sign-in name is chosen once."""

    class Meta:
        model = User
        fields = ["name", "email", "job_title", "phone", "extension", "room", "knows_about", "is_privacy_officer"]
        widgets = {"knows_about": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "knows_about": _("Words that colleagues search by, for example: building permits, nuisance, events."),
            "is_privacy_officer": _(
                "May read the log of who looked at which customer. A second administrator confirms it."
            ),
        }

    def clean_email(self) -> str:
        """One address belongs to one person, because people sign in with it."""
        email = self.cleaned_data["email"].strip().lower()
        if email and User.objects.filter(email__iexact=email).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("Somebody already has this e-mail address."))
        return email


class NewPersonForm(PersonForm):
    """A person with a sign-in name and a first role."""

    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)
    team = forms.ModelChoiceField(
        label=_("Team"), queryset=Team.objects.none(), required=False, empty_label=_("no team")
    )

    class Meta(PersonForm.Meta):
        fields = ["name", "username", *(name for name in PersonForm.Meta.fields if name != "name")]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].queryset = Team.objects.filter(is_active=True)  # type: ignore[attr-defined]
        self.fields["username"].help_text = _("Small letters, for example f.elamrani. Cannot be changed later.")
        self.fields["username"].error_messages["invalid"] = _("Use only letters, digits and . - _ and no space.")
        self.fields["username"].widget.attrs["autocapitalize"] = "none"

    def clean_username(self) -> str:
        name = self.cleaned_data["username"].strip().lower()
        if User.objects.filter(username__iexact=name).exists():
            raise forms.ValidationError(_("Somebody already has this sign-in name."))
        return name

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("role") and data["role"] not in WITHOUT_TEAM and not data.get("team"):
            self.add_error("team", _("Choose the team in which this person has the role."))
        return data


class RoleForm(HouseForm):
    """A role, in which team, from and until when."""

    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)
    team = forms.ModelChoiceField(
        label=_("Team"), queryset=Team.objects.none(), required=False, empty_label=_("no team")
    )
    valid_from = forms.DateField(label=_("From"), required=False, widget=DateInput)
    valid_until = forms.DateField(label=_("Until (not included)"), required=False, widget=DateInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].queryset = Team.objects.filter(is_active=True)  # type: ignore[attr-defined]


class TeamForm(HouseModelForm):
    """A team."""

    class Meta:
        model = Team
        fields = ["name", "email", "calendar", "is_active"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        calendar = self.fields["calendar"]
        calendar.label = _("Working calendar")
        calendar.queryset = WorkingCalendar.objects.filter(is_default=False)  # type: ignore[attr-defined]
        calendar.empty_label = _("that of the municipality")  # type: ignore[attr-defined]
        calendar.required = False
        if self.instance.pk and self.instance.is_front_office:
            del self.fields["is_active"]

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if Team.objects.filter(name__iexact=name).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("There is already a team with this name."))
        return name

    def clean_is_active(self) -> bool:
        is_active: bool = self.cleaned_data["is_active"]
        was_active = self.instance.pk and Team.objects.filter(pk=self.instance.pk, is_active=True).exists()
        if was_active and not is_active and (words := left_behind(self.instance)):
            raise forms.ValidationError(words)
        return is_active


class ProfileForm(HouseModelForm):
    """What people decide about themselves."""

    class Meta:
        model = User
        fields = [
            "phone",
            "extension",
            "room",
            "knows_about",
            "language",
            "theme",
            "after_saving",
            "shortcuts_on",
            "wants_digest",
        ]
        widgets = {"knows_about": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "knows_about": _("Words that colleagues search by, for example: building permits, nuisance, events."),
            "extension": _("Of the phone where you sit today. A call that rings there stands above your workplace."),
            "after_saving": _("What happens after you register a contact."),
            "wants_digest": _("Once a week: the norms, the signals and what becomes due. No names."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.may(Right.QUESTIONS_WRITE):
            del self.fields["after_saving"]
        if not self.instance.may(Right.SIGNALS_HANDLE):
            del self.fields["wants_digest"]  # nobody sends this person one
        else:
            self.fields["wants_digest"].label = _("Weekly mail with the figures of my teams")


class KeysForm(HouseForm):
    """One field for each key of the house; empty switches it off, and two acts of one screen never share a key."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"version": person.version} | {k: own_key(k, person.own_keys) for k in KEYS})
        super().__init__(*args, auto_id="keys_%s", **kwargs)
        for code, key in KEYS.items():
            self.fields[code] = forms.CharField(label=key.words, required=False)
            attrs = {
                "class": "utrecht-textbox own-keys__key",
                "maxlength": 1,
                "autocomplete": "off",
                "spellcheck": "false",
            }
            self.fields[code].widget.attrs.update(attrs, autocapitalize="none")

    def own(self) -> list[forms.BoundField]:
        """The fields of the keys, in the order of the list."""
        return [self[code] for code in KEYS]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        keys: dict[str, str] = {}
        for code in KEYS:
            pressed = str(data.get(code) or "").lower()
            if len(pressed) > 1 or not pressed.isprintable():
                self.add_error(code, _("Use one letter, digit or sign."))
            keys[code] = pressed
        found = clash(keys)
        if found and not self.errors:
            words = {"one": found[0].words, "other": found[1].words, "key": keys[found[1].code].upper()}
            self.add_error(
                found[1].code,
                _("“%(one)s” and “%(other)s” would both use %(key)s. Choose another key for one of the two.") % words,
            )
        self.changed = what_differs(keys)
        return data


class PresenceForm(HouseForm):
    """Where I am, with a word about it and when I am back."""

    note = forms.CharField(label=_("Note"), max_length=100, required=False)
    back_at = forms.TimeField(label=_("Back at"), required=False, widget=forms.TimeInput(attrs={"type": "time"}))
