"""Other systems that call the API, and the keys that make their writes happen once."""

from datetime import datetime, timedelta

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords


class ApiClient(models.Model):
    """A system with a token (kept hashed), scopes per resource and channels; at most a year valid (quality rule 27)."""

    name = models.CharField(_("name"), max_length=60, unique=True)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    """SHA-256 of the token; the token itself is shown once."""
    token_hint = models.CharField(max_length=8, editable=False)
    scopes = ArrayField(models.CharField(max_length=40), default=list, verbose_name=_("rights"))
    """`questions.read`, `questions.write`, `customers.read`, `customers.write`, `subjects.read`, `articles.read`, `kpi.read` …"""
    channels = ArrayField(models.CharField(max_length=12), default=list, blank=True, verbose_name=_("channels"))
    """Empty: every channel."""
    requests_per_minute = models.PositiveIntegerField(_("requests per minute"), default=600)
    is_active = models.BooleanField(_("in use"), default=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True, editable=False)
    version = models.PositiveIntegerField(default=1)
    history = HistoricalRecords(excluded_fields=["token_hash", "last_used_at"])

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def note_use(self, at: datetime) -> None:
        """Its token opened something; written once in five minutes, without history: nobody edited it."""
        before = at - timedelta(minutes=5)
        if self.last_used_at is None or self.last_used_at < before:
            stale = models.Q(last_used_at__isnull=True) | models.Q(last_used_at__lt=before)
            ApiClient.objects.filter(stale, pk=self.pk).update(last_used_at=at)


class IdempotencyKey(models.Model):
    """The answer that a client (or a person's form) got for its own key; the same key gives the same answer again."""

    owner = models.CharField(max_length=80)
    """`client:<id>` or `user:<id>`."""
    key = models.CharField(max_length=120)
    request_sha256 = models.CharField(max_length=64)
    answer = models.JSONField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "key"], name="idempotency_once")]
        indexes = [models.Index(fields=["created_at"], name="idempotency_age")]

    def __str__(self) -> str:
        return f"{self.owner} {self.key}"
