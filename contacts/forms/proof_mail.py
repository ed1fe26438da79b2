"""The form of the proof mail: a few fields, or a whole message as it came."""

from __future__ import annotations

from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from organisation.clock import now
from organisation.forms.base import HouseForm

MAX_RAW = 500_000


class ProofMailForm(HouseForm):
    """Name, address, subject and text; or everything at once in `raw`, which then counts alone."""

    name = forms.CharField(label=_("Name of the sender"), max_length=100, required=False)
    sender = forms.EmailField(label=_("E-mail address of the sender"), required=False)
    subject = forms.CharField(label=_("Subject line"), max_length=300, required=False)
    text = forms.CharField(label=_("Text"), max_length=20_000, required=False, widget=forms.Textarea(attrs={"rows": 8}))
    raw = forms.CharField(
        label=_("A whole message (.eml)"),
        max_length=MAX_RAW,
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false"}),
        help_text=_("Paste a message with its headers. The fields above do not count then."),
    )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if not (values.get("raw") or "").strip():
            if not values.get("sender") and "sender" not in self.errors:
                self.add_error("sender", _("Fill in an address, for example naam@voorbeeld.nl."))
            if not (values.get("text") or "").strip() and not (values.get("subject") or "").strip():
                self.add_error("text", _("Write a text or a subject."))
        return values

    def message(self, to: str) -> bytes:
        """The bytes that go into the intake; a typed message has an id of its own each time."""
        raw = self.cleaned_data["raw"]
        if raw.strip():
            return raw.replace("\r\n", "\n").lstrip("\n").replace("\n", "\r\n").encode("utf-8", "surrogateescape")
        mail = EmailMessage(policy=SMTP)
        name = " ".join(self.cleaned_data["name"].replace('"', "'").replace("\\", "").split())
        mail["From"] = f'"{name}" <{self.cleaned_data["sender"]}>' if name else self.cleaned_data["sender"]
        mail["To"] = to
        mail["Subject"] = " ".join(self.cleaned_data["subject"].split())
        mail["Date"] = format_datetime(now())
        mail["Message-ID"] = f"<{uuid4()}@proef.invalid>"
        mail.set_content(self.cleaned_data["text"])
        return mail.as_bytes()
