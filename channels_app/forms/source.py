"""The form of a source of messages: what its adapter asks for."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from channels_app.adapters.messages import Adapter
from channels_app.models import MessageSource
from organisation.forms.base import HouseModelForm, Lines
from organisation.models import Team

_TEMPLATE_NAME = re.compile(r"[a-z0-9_]{1,512}")
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}")
_LANGUAGE = re.compile(r"[a-z]{2,3}(_[A-Z]{2})?")


class TemplateLines(Lines):
    """One approved template a line: name | language | text."""

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, list) and all(isinstance(one, dict) for one in value):
            value = [f"{one['name']} | {one['language']} | {one['text']}" for one in value]
        return super().prepare_value(value)

    def clean(self, value: Any) -> Any:
        found = []
        for line in super().clean(value):
            parts = [part.strip() for part in line.split("|", 2)]
            is_one = len(parts) == 3 and _TEMPLATE_NAME.fullmatch(parts[0]) and _LANGUAGE.fullmatch(parts[1])
            if not is_one or not parts[2]:
                raise forms.ValidationError(
                    _("Write this line as: name | language | text. For example: follow_up | nl | Hello {{1}}.")
                )
            found.append({"name": parts[0], "language": parts[1], "text": parts[2]})
        return found


class SourceForm(HouseModelForm):
    """A source; secrets can be typed, never read."""

    templates = TemplateLines(
        line_length=1200,
        most=50,
        required=False,
        label=_("Templates"),
        help_text=_(
            "One a line: name | language | text, as the service approved it. For example: follow_up | nl | Hello {{1}}."
        ),
    )

    class Meta:
        model = MessageSource
        fields = ["name", "account", "server", "team", "templates", "sends_status", "sends_surveys", "is_active"]
        help_texts = {
            "team": _("Gets the questions for which there is no rule and no subject."),
            "sends_status": _(
                "To who asked something by phone or at the counter and has no e-mail address: number and last day."
            ),
            "sends_surveys": _("To who has no e-mail address. Never more often than the choices at Surveys allow."),
        }

    def __init__(self, *args: Any, adapter: Adapter, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.adapter = adapter
        self.instance.kind = adapter.kind
        team = self.fields["team"]
        team.queryset = Team.objects.filter(Q(is_active=True) | Q(pk=self.instance.team_id))  # type: ignore[attr-defined]
        team.empty_label = _("the Servicecentrum")  # type: ignore[attr-defined]
        team.required = False
        self.fields["account"].label = adapter.account_label
        self.fields["account"].help_text = adapter.account_help
        self.fields["account"].required = bool(adapter.account_label)
        self.fields["server"].label = adapter.server_label
        self.fields["server"].help_text = _("For example %(address)s.") % {"address": adapter.server_example}
        self.fields["server"].required = bool(adapter.server_label)
        for name, is_asked in (
            ("account", adapter.account_label),
            ("server", adapter.server_label),
            ("templates", adapter.limits.has_templates),
            ("sends_status", adapter.begins),
            ("sends_surveys", adapter.begins),
        ):
            if not is_asked:
                del self.fields[name]
        for secret in adapter.secrets:
            self.fields[f"secret_{secret.name}"] = forms.CharField(
                label=secret.label,
                help_text=secret.help,
                required=False,
                max_length=1000,
                widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
            )
        self.dress()

    @property
    def secret_fields(self) -> list[forms.BoundField]:
        return [self[f"secret_{secret.name}"] for secret in self.adapter.secrets]

    @property
    def secrets(self) -> dict[str, str]:
        return {secret.name: self.cleaned_data.get(f"secret_{secret.name}", "") for secret in self.adapter.secrets}

    def clean(self) -> dict[str, Any]:
        """Kept secrets go along to no other server by themselves (`save_source`)."""
        values = super().clean() or {}
        is_kept = bool(self.instance.pk and self.instance.secrets_encrypted)
        if is_kept and values.get("server", self.initial.get("server")) != self.initial.get("server"):
            for bound in self.secret_fields:
                if not values.get(bound.name):
                    self.add_error(bound.name, _("Type this again: it goes to another server."))
        return values

    def clean_account(self) -> str:
        account = self.cleaned_data["account"].strip()
        if any(sign in account for sign in " /?#&\\"):
            raise forms.ValidationError(_("There are signs in it that do not belong there."))
        return str(account)

    def clean_server(self) -> str:
        given = self.cleaned_data["server"].strip().rstrip("/")
        sentence = _("Fill in the address of the server, for example %(address)s.")
        wrong = forms.ValidationError(sentence % {"address": self.adapter.server_example})
        try:
            parts = urlsplit(given)
            is_whole = bool(parts.hostname) and not (parts.path or parts.query or parts.fragment or parts.username)
            is_outside = parts.scheme == "https" and parts.port in (None, 443) and _is_a_name(parts.hostname or "")
        except ValueError as error:
            raise wrong from error
        if not is_whole or not (is_outside or parts.netloc in settings.MESSAGE_HOSTS_INSIDE):
            raise wrong
        return f"{parts.scheme}://{parts.netloc}"


def _is_a_name(host: str) -> bool:
    """A name on the internet: no number and no machine of our own; whether it leads inside is looked at on every call (`adapters/web.py`)."""
    return bool(_HOST.fullmatch(host)) and not host.endswith((".local", ".localhost", ".internal"))
