"""The forms of mailboxes and of messages that stand aside."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from channels_app.actions.save_mailbox import SECRETS, SENT_TO
from channels_app.adapters.email.tokens import LONGEST
from channels_app.adapters.web import may_call
from channels_app.models import Mailbox
from organisation.forms.base import HouseForm, HouseModelForm
from organisation.models import Team


def _secret(label: Any, most: int = 500) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        max_length=most,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("Kept encrypted and never shown again. Leave it empty to keep what is there."),
    )


class MailboxForm(HouseModelForm):
    """A mailbox; what is secret can be typed, never read."""

    password = _secret(_("Password"))
    client_secret = _secret(_("Client secret"))
    refresh_token = _secret(_("Refresh token"), LONGEST)

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
            "sign_in",
            "token_url",
            "client_id",
            "grant",
            "scope",
            "smtp_host",
            "smtp_port",
            "smtp_security",
            "calendar",
            "has_acknowledgement",
            "acknowledgement_text",
            "is_active",
        ]
        labels = {"calendar": _("Hours"), "has_acknowledgement": _("Send an acknowledgement")}
        widgets = {"acknowledgement_text": forms.Textarea(attrs={"rows": 6})}
        help_texts = {
            "token_url": _("For example https://login.microsoftonline.com/…/oauth2/v2.0/token."),
            "scope": _("For example https://outlook.office365.com/.default."),
            "smtp_host": _("Empty: the mail server of the installation. It signs in like the reading."),
            "calendar": _("The days and hours in which mail to this address is answered. Empty: those of the team."),
            "has_acknowledgement": _("Off: the sender hears nothing, and no figure counts an acknowledgement."),
            "acknowledgement_text": _(
                "{aanhef}, {nummer}, {uiterlijk} and {link} are filled in; a line of which we do not know the field is left out. "
                "Empty: the text of the municipality."
            ),
            "host": _("For example imap.office365.com. Empty: this mailbox is not read."),
            "username": _("Empty: the e-mail address."),
            "done_folder": _("Empty: messages stay where they are. We never change whether a message is read."),
            "team": _("Gets the questions for which there is no rule and no subject."),
            "is_active": _("Off: it is not read, and nothing leaves as this address any more."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        team = self.fields["team"]
        team.queryset = Team.objects.filter(Q(is_active=True) | Q(pk=self.instance.team_id))  # type: ignore[attr-defined]
        team.empty_label = _("the Servicecentrum")  # type: ignore[attr-defined]
        team.required = False
        calendar = self.fields["calendar"]
        calendar.empty_label = _("those of the team")  # type: ignore[attr-defined]
        calendar.required = False
        for name in ("grant", "smtp_port", "smtp_security", "sign_in"):  # half a form is complete with the usual
            self.fields[name].required = False
        if not self.instance.pk:
            for name in SECRETS:
                self.fields[name].help_text = _("Kept encrypted and never shown again.")

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

    def clean_smtp_port(self) -> int:
        port = self.cleaned_data["smtp_port"]
        if port is not None and not 1 <= int(port) <= 65535:
            raise forms.ValidationError(_("A port is a number from 1 to 65535. Usually 587."))
        return int(port or 587)

    def clean_smtp_security(self) -> str:
        return self.cleaned_data["smtp_security"] or Mailbox.Security.STARTTLS

    def clean_sign_in(self) -> str:
        return self.cleaned_data["sign_in"] or Mailbox.SignIn.PASSWORD

    def clean_grant(self) -> str:
        return self.cleaned_data["grant"] or Mailbox.Grant.CLIENT

    def clean_smtp_host(self) -> str:
        host = self.cleaned_data["smtp_host"].strip()
        if any(sign in host for sign in " /:@\\"):
            raise forms.ValidationError(_("Fill in only the name of the server, without address or port."))
        return host

    def clean_token_url(self) -> str:
        url = self.cleaned_data["token_url"].strip()
        if url and not may_call(url):
            raise forms.ValidationError(_("Use an address on the web that begins with https://."))
        return url

    def clean_acknowledgement_text(self) -> str:
        text = self.cleaned_data["acknowledgement_text"].strip()
        if len(text) > 4000:
            raise forms.ValidationError(_("This text is too long. Use at most 4000 characters."))
        return text

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
        if values.get("sign_in") == Mailbox.SignIn.OAUTH:
            self._needs_for_tokens(values)
        self._needs_for_another_server(values)
        return values

    def _needs_for_another_server(self, values: dict[str, Any]) -> None:
        """What is kept and used is typed again: it goes along to no other server by itself (`save_mailbox`)."""
        if not any(values.get(name) and values[name] != self.initial.get(name) for name in SENT_TO):
            return
        used = ["password"]
        if values.get("sign_in") == Mailbox.SignIn.OAUTH:
            used = (
                ["client_secret", "refresh_token"]
                if values.get("grant") == Mailbox.Grant.REFRESH
                else ["client_secret"]
            )
        for name in used:
            if getattr(self.instance, SECRETS[name]) and not values.get(name) and name not in self.errors:
                self.add_error(name, _("Type this again: it goes to another server."))

    def _needs_for_tokens(self, values: dict[str, Any]) -> None:
        wanted = {"token_url": _("Fill in the address that gives tokens."), "client_id": _("Fill in the client id.")}
        for name, words in wanted.items():
            if not values.get(name) and name not in self.errors:
                self.add_error(name, words)
        if values.get("grant") == Mailbox.Grant.REFRESH:
            if not values.get("refresh_token") and not self.instance.refresh_token_encrypted:
                self.add_error("refresh_token", _("Type the refresh token."))
        elif not values.get("client_secret") and not self.instance.client_secret_encrypted:
            self.add_error("client_secret", _("Type the client secret."))


def _folder(name: str) -> str:
    if any(ord(sign) < 32 or sign in '"\\' for sign in name):
        raise forms.ValidationError(_("A folder has no quotation marks in its name."))
    return name.strip()


class DismissForm(HouseForm):
    """Why a message is put away."""

    reason = forms.CharField(label=_("Why is it put away?"), max_length=300)
