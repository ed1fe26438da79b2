"""Subjects and the settings of the municipality."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from organisation.forms.base import HouseModelForm, Lines
from organisation.framing import ORIGIN
from organisation.models import Municipality, Subject, Team


class SubjectForm(HouseModelForm):
    """One subject of the tree."""

    synonyms = Lines(
        label=_("Words of citizens"),
        line_length=80,
        most=60,
        required=False,
        help_text=_("One a line, as people say it: “old couch away”."),
    )
    ask_always = Lines(
        label=_("Always ask for"), line_length=200, most=12, required=False, help_text=_("One question a line.")
    )
    is_checked = forms.BooleanField(label=_("I have checked this answer today"), required=False)

    class Meta:
        model = Subject
        fields = [
            "name",
            "name_en",
            "parent",
            "synonyms",
            "team",
            "kind",
            "handling",
            "ask_always",
            "short_answer",
            "is_active",
        ]
        widgets = {"short_answer": forms.Textarea(attrs={"rows": 5})}
        labels = {
            "parent": _("Falls under"),
            "team": _("Team"),
            "kind": _("Kind of question"),
            "handling": _("What to do"),
        }
        help_texts = {
            "name_en": _("For the English pages for citizens. Without one they show the Dutch name."),
            "short_answer": _("What an employee may say at once, in plain words."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parent, team = self.fields["parent"], self.fields["team"]
        subjects = Subject.objects.filter(parent__isnull=True)
        parent.queryset = subjects.exclude(pk=self.instance.pk) if self.instance.pk else subjects  # type: ignore[attr-defined]
        if self.instance.parent_id and self.instance.parent and self.instance.parent.parent_id:
            parent.queryset = Subject.objects.exclude(pk=self.instance.pk)  # type: ignore[attr-defined]
        parent.empty_label = _("nothing, it is a theme")  # type: ignore[attr-defined]
        parent.required = team.required = False
        team.queryset = Team.objects.filter(Q(is_active=True) | Q(pk=self.instance.team_id))  # type: ignore[attr-defined]
        team.empty_label = _("that of the theme, else the Servicecentrum")  # type: ignore[attr-defined]
        self.fields["short_answer"].max_length = 4000  # type: ignore[attr-defined]
        self.fields["short_answer"].widget.attrs["maxlength"] = 4000
        self.order_fields(["version", *self.Meta.fields[:8], "is_checked", "is_active"])

    def clean_short_answer(self) -> str:
        text = self.cleaned_data["short_answer"].strip()
        if len(text) > 4000:
            raise forms.ValidationError(_("This answer is too long. Use at most 4000 characters."))
        return text


class HttpsAddress(forms.URLField):
    """An address on the web; without a scheme it is https."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(assume_scheme="https", **kwargs)


CLOSING_FIELDS = ("medewerker", "team", "nummer")
_FIELD = re.compile(r"\{([^{}]*)\}")
GROUPS = (
    (
        "who",
        _("Who we are"),
        ["name", "short_name", "number_prefix", "phone", "email", "website", "visiting_address", "reply_closing"],
    ),
    ("website", _("Website"), ["has_public_form", "has_chat", "framing_sites"]),
    (
        "questions",
        _("Questions"),
        ["reopen_days", "duplicate_days", "repeat_days", "coordinator_after_days", "complaint_extension_days"],
    ),
    ("phone", _("Phone and figures"), ["short_abandon_seconds", "phone_team_least"]),
    ("signals", _("Signals"), ["signal_weeks", "signal_width", "signal_fewest"]),
    ("digest", _("Weekly mail with the figures"), ["digest_weekday", "digest_hour"]),
    (
        "mail",
        _("E-mail"),
        ["undo_send_seconds", "automatic_per_address_per_hour", "automatic_per_hour", "mailbox_silent_minutes"],
    ),
)


class MunicipalityForm(HouseModelForm):
    """Every choice of the municipality, in groups."""

    framing_sites = Lines(
        label=_("websites that show our form and chat"),
        line_length=200,
        most=20,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One a line, like https://www.opmeer.nl. On other websites the form and the chat do not appear."),
    )

    class Meta:
        model = Municipality
        fields = [name for _key, _title, names in GROUPS for name in names]
        field_classes = {"website": HttpsAddress}
        widgets = {
            "reply_closing": forms.Textarea(attrs={"rows": 4}),
            "has_public_form": forms.Select(choices=((True, _("Yes")), (False, _("No")))),
            "has_chat": forms.Select(choices=((True, _("Yes")), (False, _("No")))),
        }
        help_texts = {
            "has_public_form": _("Citizens ask and report at /formulier/; it goes straight to the right team."),
            "has_chat": _("Visitors chat at /chat/ in the opening hours of the Servicecentrum."),
            "reopen_days": _("After this, a reaction becomes a new question that is linked to the old one."),
            "duplicate_days": _("When the same customer asks the same again, the open question is offered."),
            "short_abandon_seconds": _("In how many seconds the phone is picked up is a norm: Management, Norms."),
            "phone_team_least": _(
                "Fewer: they count with the other teams, so that no figure is about a person. For new calls."
            ),
            "complaint_extension_days": _("Once, told in writing (Awb 9:11: at most 4 weeks). 0: not allowed."),
            "signal_weeks": _("The same weekday in these weeks is what we call usual. Closed days do not count."),
            "signal_width": _("A smaller number tells more, also what is only chance."),
            "signal_fewest": _("Small numbers vary by chance; under this nothing is told."),
            "digest_weekday": _("For team leads and the coordinator, about the last full week."),
            "digest_hour": _("0 to 23. After an outage the mail still comes, up to three days late."),
            "undo_send_seconds": _("0: replies leave at once."),
            "number_prefix": _("Numbers that were given out stay as they are."),
            "reply_closing": _(
                "{medewerker} and {team} are filled in. A template that ends like this itself gets nothing extra."
            ),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["number_prefix"].validators.append(RegexValidator(r"^[A-Za-z]{2,6}$", _("Use two to six letters.")))
        for name, field in self.fields.items():
            if name != "version" and field.label:
                text = str(field.label)
                field.label = text[:1].upper() + text[1:]
            if isinstance(field, forms.IntegerField) and not isinstance(field.widget, forms.HiddenInput):
                field.widget.attrs["inputmode"] = "numeric"

    def clean_framing_sites(self) -> list[str]:
        sites = [one.lower().rstrip("/") for one in self.cleaned_data["framing_sites"]]
        for one in sites:
            if not ORIGIN.fullmatch(one):
                raise forms.ValidationError(
                    _("“%(site)s” is no address of a website. Write it like https://www.opmeer.nl.")
                    % {"site": one[:60]}
                )
        return list(dict.fromkeys(sites))

    def clean_reply_closing(self) -> str:
        """It stands below every reply: a field that does not exist would be read by all citizens."""
        text: str = self.cleaned_data["reply_closing"]
        if unknown := [one for one in _FIELD.findall(text) if one not in CLOSING_FIELDS]:
            told = {"field": unknown[0][:40], "fields": ", ".join(f"{{{one}}}" for one in CLOSING_FIELDS)}
            raise forms.ValidationError(_("{%(field)s} is not a field. You can use %(fields)s.") % told)
        return text

    def clean_number_prefix(self) -> str:
        return self.cleaned_data["number_prefix"].upper()

    def groups(self) -> list[tuple[str, Any, list[forms.BoundField]]]:
        return [(key, title, [self[name] for name in names]) for key, title, names in GROUPS]
