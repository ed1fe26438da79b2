"""The form with which a citizen asks or reports something: no account, no script, plain words (design 07)."""

from __future__ import annotations

import re
from typing import Any, Final

from django import forms
from django.core import signing
from django.core.validators import EmailValidator
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from channels_app.adapters.email.sensitive import noticed
from contacts import normalize
from contacts.actions.send_form import FormAsked
from contacts.where import NoPlace, Where, where_of
from organisation.forms.base import HouseForm
from organisation.models import QuestionKind

LONGEST: Final = 10_000
QUICKEST: Final = 3
"""Seconds: nobody fills this in faster, machines do."""
OLDEST: Final = 24 * 3600
MAIL, CALL = "mail", "bel"
_POSTCODE = re.compile(r"[1-9][0-9]{3}[A-Z]{2}")
_signer = signing.TimestampSigner(salt="contacts.citizen-form")


def begun() -> str:
    """A mark of when the form was opened that nobody else can make."""
    return _signer.sign("form")


def is_fresh(mark: str, seconds: int = OLDEST) -> bool:
    """Ours, and not older than this."""
    try:
        _signer.unsign(mark, max_age=seconds)
    except signing.BadSignature:
        return False
    return True


class CitizenForm(HouseForm):
    """What it is, where it is (for a report about public space), and how the citizen is answered."""

    once = forms.CharField(required=False, max_length=100, widget=forms.HiddenInput)
    begun = forms.CharField(required=False, max_length=120, widget=forms.HiddenInput)
    website = forms.CharField(
        required=False,
        max_length=500,
        label=_("Leave this empty"),
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )
    """People do not see it; machines fill it in."""
    text = forms.CharField(
        label=_("What do you want to ask or tell?"),
        help_text=_("Do not write your citizen service number (BSN) here."),
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    postcode = forms.CharField(
        label=_("Postcode"),
        max_length=10,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "postal-code"}),
    )
    house_number = forms.CharField(label=_("House number"), max_length=10, required=False)
    place = forms.CharField(
        label=_("Or describe the place"),
        max_length=300,
        required=False,
        help_text=_("For example: next to the playground in the Sperwerstraat."),
    )
    lat = forms.CharField(required=False, max_length=30, widget=forms.HiddenInput)
    long = forms.CharField(required=False, max_length=30, widget=forms.HiddenInput)
    metres = forms.CharField(required=False, max_length=30, widget=forms.HiddenInput)
    """The point of the customer's device, when the customer pressed for it."""
    how = forms.ChoiceField(
        label=_("How do you want our answer?"),
        choices=((MAIL, _("By e-mail")), (CALL, _("Call me"))),
        initial=MAIL,
        widget=forms.RadioSelect,
    )
    name = forms.CharField(label=_("Your name"), max_length=100, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    email = forms.CharField(
        label=_("Your e-mail address"),
        max_length=254,
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    phone = forms.CharField(
        label=_("Your phone number"),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel", "type": "tel"}),
    )

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].error_messages["required"] = _now("Write in a few words what it is.")
        self.has_place = kind == QuestionKind.REPORT
        if self.has_place:
            self.fields["name"].required = False  # a loose paving stone is mended without a name
            self.fields["text"].label = _("What is the matter?")
        else:
            for name in ("postcode", "house_number", "place", "lat", "long", "metres"):
                del self.fields[name]

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            raise forms.ValidationError(
                _now("Your browser filled in a field that people do not see. We emptied it: press Send once more.")
            )
        return ""

    def clean_begun(self) -> str:
        if not is_fresh(self.cleaned_data["begun"]):
            raise forms.ValidationError(_now("This page was open for a long time. Press Send once more."))
        return self.cleaned_data["begun"]

    def clean_text(self) -> str:
        text = normalize.clean(self.cleaned_data["text"], LONGEST + 1)
        if not text:
            raise forms.ValidationError(_now("Write in a few words what it is."))
        if len(text) > LONGEST:
            raise forms.ValidationError(_now("This is too long. Use at most 10,000 letters."))
        if "bsn" in noticed(text):
            raise forms.ValidationError(
                _now("Your text holds a citizen service number (BSN). Take it out: we do not need it here.")
            )
        return text

    def clean_postcode(self) -> str:
        code = normalize.postcode(self.cleaned_data["postcode"])
        if code and not _POSTCODE.fullmatch(code):
            raise forms.ValidationError(_now("Write the postcode like 1716 KA."))
        return code

    def clean_name(self) -> str:
        return normalize.clean_line(self.cleaned_data["name"], 100)

    def clean_email(self) -> str:
        address = normalize.email(self.cleaned_data["email"])
        if address:
            try:
                EmailValidator()(address)
            except forms.ValidationError:
                raise forms.ValidationError(_now("This is no e-mail address. Write it like name@example.nl.")) from None
        return address

    def clean_phone(self) -> str:
        typed = normalize.clean_line(self.cleaned_data["phone"], 30)
        if typed and not 9 <= len(normalize.phone(typed)) <= 15:
            raise forms.ValidationError(_now("This is no phone number. Write it like 0226 36 33 33."))
        return typed

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        try:
            values["point"] = where_of("", *(values.get(name, "") for name in ("lat", "long", "metres")))
        except NoPlace:  # a wrong point may not keep the rest from arriving
            values["point"] = Where()
        if values.get("how") == MAIL and "email" in values and not values["email"]:
            self.add_error("email", _now("Fill in your e-mail address, or choose “Call me”."))
        if values.get("how") == CALL and "phone" in values and not values["phone"]:
            self.add_error("phone", _now("Fill in your phone number, or choose “By e-mail”."))
        if (
            self.has_place
            and not self.errors
            and not (values["place"] or (values["postcode"] and values["house_number"]) or values["point"].point)
        ):
            self.add_error("place", _now("Tell us where it is."))
        if not self.errors and is_fresh(values["begun"], QUICKEST):
            self.add_error("begun", _now("That was very quick. Read it once more, and press Send again."))
        return values

    def asked(self, subject_id: int | None, files: tuple[str, ...] = ()) -> FormAsked:
        """Only after `is_valid`."""
        values = self.cleaned_data
        return FormAsked(
            once=values["once"],
            subject_id=subject_id,
            text=values["text"],
            postcode=values.get("postcode", ""),
            house_number=normalize.clean_line(values.get("house_number", ""), 10),
            place=normalize.clean_line(values.get("place", ""), 300),
            name=values["name"],
            email=values["email"],
            phone=values["phone"],
            point=values["point"],
            wants_call=values["how"] == CALL,
            files=files,
        )
