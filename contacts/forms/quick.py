"""The form for a phone: what, where, a photo, and who told it when somebody did."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.core.validators import EmailValidator
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from channels_app.photo import NoPhoto, bare_photo
from contacts import normalize
from contacts.actions.quick_register import CHANNELS, QuickAsked
from contacts.finding.subject_index import subject_entries
from contacts.forms.uploads import Limits, Upload, read_files
from contacts.where import LONGEST, NoPlace, Where, where_of
from organisation.errors import Refused
from organisation.forms.base import HouseForm
from organisation.snapshot import Organisation

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.core.files.uploadedfile import UploadedFile

LONGEST_TEXT: Final = 5_000
ACCEPT: Final = "image/jpeg,image/png,image/webp"
PHOTOS: Final = Limits(
    5,
    _("At most %(most)s photos go with one report."),
    _("Together the photos are too big: at most 25 MB."),
    _("We cannot open “%(name)s”. Use a photo (JPEG, PNG or WebP)."),
)
_KEY: Final = re.compile(r"[A-Za-z0-9_-]{16,80}")


class QuickForm(HouseForm):
    """Only the text must be filled in. `lat`, `long` and `metres` come from the phone."""

    key = forms.CharField(max_length=80, widget=forms.HiddenInput)
    ago = forms.CharField(required=False, max_length=12, widget=forms.HiddenInput)
    lat = forms.CharField(required=False, max_length=30, widget=forms.HiddenInput)
    long = forms.CharField(required=False, max_length=30, widget=forms.HiddenInput)
    metres = forms.CharField(required=False, max_length=30, widget=forms.HiddenInput)
    text = forms.CharField(label=_("What is the matter?"), widget=forms.Textarea(attrs={"rows": 4}))
    subject = forms.ChoiceField(label=_("Subject"), required=False)
    place = forms.CharField(
        label=_("Where is it?"),
        required=False,
        max_length=LONGEST,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("Street and number, or what stands beside it."),
    )
    channel = forms.ChoiceField(
        label=_("Where are you?"),
        choices=[(one.value, one.label) for one in CHANNELS],
        initial=CHANNELS[0].value,
    )
    name = forms.CharField(label=_("Name"), required=False, max_length=100)
    phone = forms.CharField(
        label=_("Phone number"),
        required=False,
        max_length=30,
        widget=forms.TextInput(attrs={"inputmode": "tel", "type": "tel"}),
    )
    email = forms.CharField(label=_("E-mail address"), required=False, max_length=254, widget=forms.EmailInput)
    customer = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
    solved = forms.BooleanField(label=_("Solved on the spot"), required=False)

    def __init__(self, *args: Any, house: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["subject"].choices = _subjects(house)  # type: ignore[attr-defined]

    def clean_key(self) -> str:
        if not _KEY.fullmatch(self.cleaned_data["key"]):
            raise forms.ValidationError(_now("This page is damaged. Open it again."))
        return self.cleaned_data["key"]

    def clean_text(self) -> str:
        text = normalize.clean(self.cleaned_data["text"], LONGEST_TEXT + 1)
        if not text:
            raise forms.ValidationError(_now("Write in a few words what it is."))
        if len(text) > LONGEST_TEXT:
            raise forms.ValidationError(_now("This is too long. Use at most 5,000 letters."))
        return text

    def clean_phone(self) -> str:
        typed = normalize.clean_line(self.cleaned_data["phone"], 30)
        if typed and not 9 <= len(normalize.phone(typed)) <= 15:
            raise forms.ValidationError(_now("This is no phone number. Write it like 0226 36 33 33."))
        return typed

    def clean_email(self) -> str:
        address = normalize.email(self.cleaned_data["email"])
        if address:
            try:
                EmailValidator()(address)
            except forms.ValidationError:
                raise forms.ValidationError(_now("This is no e-mail address. Write it like name@example.nl.")) from None
        return address

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        address = normalize.clean_line(values.get("place", ""), LONGEST)
        try:
            values["where"] = where_of(address, *(values.get(name, "") for name in ("lat", "long", "metres")))
        except NoPlace:  # a wrong point may not keep the rest from arriving
            values["where"] = Where(address)
        return values

    def asked(self, files: tuple[str, ...]) -> QuickAsked:
        """Only after `is_valid`."""
        values = self.cleaned_data
        ago = values["ago"]
        return QuickAsked(
            key=values["key"],
            channel=values["channel"],
            subject_id=int(values["subject"]) if values["subject"] else None,
            text=values["text"],
            where=values["where"],
            name=normalize.clean_line(values["name"], 100),
            phone=values["phone"],
            email=values["email"],
            customer=values["customer"],
            is_solved=values["solved"],
            seconds_ago=int(ago) if ago.isascii() and ago.isdigit() else 0,
            files=files,
        )


def read_photos(chosen: Iterable[UploadedFile]) -> list[Upload]:
    """The photos without what they tell of place and device, or `Refused` with the sentence that names the wrong one."""
    photos = []
    for one in read_files(chosen, PHOTOS):
        try:
            photos.append(Upload(one.name, one.declared, bare_photo(one.data)))
        except NoPhoto:
            raise Refused(str(PHOTOS.kind) % {"name": one.name}, "files") from None
    return photos


def hashes(photos: Iterable[Upload]) -> tuple[str, ...]:
    return tuple(hashlib.sha256(one.data).hexdigest() for one in photos)


def _subjects(house: Organisation) -> list[Any]:
    """By theme; what is about public space first."""
    themes: dict[str, list[tuple[str, str]]] = {}
    entries = [house.subjects[one.id] for one in subject_entries(house)]
    for subject in sorted(entries, key=lambda one: (one.kind != "report", one.name)):
        parent = house.subjects.get(subject.parent_id) if subject.parent_id else None
        themes.setdefault(parent.name if parent else "", []).append((str(subject.pk), subject.name))
    loose = themes.pop("", [])
    return [("", _("Something else")), *themes.items(), *loose]
