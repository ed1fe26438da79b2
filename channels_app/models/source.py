"""Accounts and services that bring messages by themselves: WhatsApp, Facebook, Mastodon, a bought chat."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from organisation.tokens import new_token


class MessageSource(models.Model):
    """Where messages of one account come from and go to; `kind` is the name of its adapter (`channels_app/adapters/registry.py`)."""

    kind = models.CharField(max_length=16)
    name = models.CharField(_("name"), max_length=100, unique=True)
    key = models.CharField(max_length=43, unique=True, default=new_token, editable=False)
    """The last part of the address that the service calls."""
    account = models.CharField(_("account"), max_length=200, blank=True)
    """The service's own number or name of our account: phone number id, page id, `@gemeente`."""
    server = models.CharField(_("server"), max_length=200, blank=True)
    """Of a service that has more than one, `https://mastodon.nl`; empty: the one server of the service."""
    secrets_encrypted = models.TextField(blank=True, editable=False)
    """The secrets by name, sealed together."""
    templates = models.JSONField(_("templates"), default=list, blank=True)
    """Messages that the service approved beforehand: name, language and text."""
    team = models.ForeignKey("organisation.Team", models.PROTECT, null=True, blank=True, related_name="message_sources")
    """Team that questions go to when no rule says otherwise; None: the Servicecentrum."""
    sends_surveys = models.BooleanField(_("invites to surveys"), default=False)
    """Also who never wrote by it; only a service that may begin (SMS)."""
    sends_status = models.BooleanField(_("tells that a question arrived"), default=False)
    is_active = models.BooleanField(_("in use"), default=True)
    cursor = models.CharField(max_length=200, blank=True, editable=False)
    """How far a source that must be asked was read."""
    last_heard_at = models.DateTimeField(null=True, editable=False)
    last_error = models.CharField(max_length=300, blank=True, editable=False)
    refused_count = models.PositiveIntegerField(default=0, editable=False)
    """Calls whose signature did not fit; nothing else of them is kept."""
    refused_at = models.DateTimeField(null=True, editable=False)
    version = models.PositiveIntegerField(default=1)
    history = HistoricalRecords(
        excluded_fields=[
            "key",
            "secrets_encrypted",
            "cursor",
            "last_heard_at",
            "last_error",
            "refused_count",
            "refused_at",
        ]
    )

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
