"""The forms of mailboxes and of messages that stand aside."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from channels_app.models import Mailbox
from organisation.forms.base import HouseForm, HouseModelForm
from organisation.models import Team


class MailboxForm(HouseModelForm):
    """A mailbox; the password can be typed, never read."""

    password = forms.CharField(
        label=_("Password"),
        required=False,
        max_length=500,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("Kept encrypted and never shown again. Leave it empty to keep the password that is there."),
    )

    class Meta:
        model = Mailbox
        fields = [
            "name",
            "address",
            "team",
            "host",
            "port",
            "security",
            "username",
            "folder",
            "done_folder",
            "is_active",
        ]
        help_texts = {
            "host": _("For example imap.office365.com. Empty: this mailbox is not read."),
            "username": _("Empty: the e-mail address."),
            "done_folder": _("Empty: messages stay where they are. We never change whether a message is read."),
            "team": _("Gets the questions for which there is no rule and no subject."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        team = self.fields["team"]
        team.queryset = Team.objects.filter(is_active=True)  # type: ignore[attr-defined]
        team.empty_label = _("the Servicecentrum")  # type: ignore[attr-defined]
        team.required = False
        if not self.instance.pk:
            self.fields["password"].help_text = _("Kept encrypted and never shown again.")
        self.order_fields(
            ["name", "address", "team", "host", "port", "security", "username", "password", "folder", "done_folder"]
        )

    def clean_port(self) -> int:
        port = int(self.cleaned_data["port"])
        if not 1 <= port <= 65535:
            raise forms.ValidationError(_("A port is a number from 1 to 65535. Usually 993."))
        return port

    def clean_host(self) -> str:
        host = self.cleaned_data["host"].strip()
        if any(sign in host for sign in " /:@\\"):
            raise forms.ValidationError(_("Fill in only the name of the server, without address or port."))
        return host

    def clean_address(self) -> str:
        return self.cleaned_data["address"].strip().lower()

    def clean_folder(self) -> str:
        return _folder(self.cleaned_data["folder"])

    def clean_done_folder(self) -> str:
        return _folder(self.cleaned_data["done_folder"])

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("done_folder") and values.get("done_folder") == values.get("folder"):
            self.add_error("done_folder", _("Choose another folder than the one that is read."))
        return values


def _folder(name: str) -> str:
    if any(ord(sign) < 32 or sign in '"\\' for sign in name):
        raise forms.ValidationError(_("A folder has no quotation marks in its name."))
    return name.strip()


class DismissForm(HouseForm):
    """Why a message is put away."""

    reason = forms.CharField(label=_("Why is it put away?"), max_length=300)
