"""A role with high rights that waits for a second administrator (quality §4)."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from organisation.models.people import Team, User
from organisation.roles import Role

PRIVACY_OFFICER: Final = "privacy_officer"
"""Asked for like a role; it is a mark of the person (`User.is_privacy_officer`), because it gives no work, only a look at the read log."""
ASKABLE = [*Role.choices, (PRIVACY_OFFICER, _("Privacy officer"))]


class RoleRequestQuerySet(models.QuerySet["RoleRequest"]):
    def waiting(self, at: datetime) -> RoleRequestQuerySet:
        """Not yet decided and not too old."""
        return self.filter(state=RoleRequest.State.WAITING, expires_at__gt=at)


class RoleRequest(models.Model):
    """Asked by one administrator; nothing changes until another one confirms."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waits")
        CONFIRMED = "confirmed", _("confirmed")
        REFUSED = "refused", _("refused")
        WITHDRAWN = "withdrawn", _("withdrawn")
        EXPIRED = "expired", _("expired")

    user = models.ForeignKey(User, models.CASCADE, related_name="role_requests")
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="+")
    role = models.CharField(max_length=20, choices=ASKABLE)
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    """None while it waits, and when it was confirmed on the server itself."""
    decided_at = models.DateTimeField(null=True, blank=True)
    history = HistoricalRecords()

    objects = RoleRequestQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "team", "role"],
                condition=models.Q(state="waiting"),
                nulls_distinct=False,
                name="one_role_request",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role} {self.state}"
