"""The read-only links of the big screens."""

from __future__ import annotations

from datetime import datetime

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords


class WallLink(models.Model):
    """An address that shows the wallboard without signing in; the token in it is shown once and kept as SHA-256."""

    name = models.CharField(_("name"), max_length=60)
    team_ids = ArrayField(models.PositiveIntegerField(), default=list, blank=True, verbose_name=_("teams"))
    """Empty: every team."""
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    token_hint = models.CharField(max_length=4, editable=False)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey("organisation.User", models.PROTECT, related_name="+")
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True, editable=False)
    version = models.PositiveIntegerField(default=1)
    history = HistoricalRecords(excluded_fields=["token_hash", "last_used_at"])

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["name"], condition=Q(ended_at=None), name="one_wall_link_with_this_name")
        ]

    def __str__(self) -> str:
        return self.name

    def works(self, at: datetime) -> bool:
        return self.ended_at is None and at < self.expires_at
