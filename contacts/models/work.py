"""Half-finished registrations and saved lists of a person."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class Draft(models.Model):
    """A registration that is not saved yet; survives reload and sign-out, swept after 14 days."""

    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    """Also the idempotency key of the registration that it becomes."""
    user = models.ForeignKey("organisation.User", models.CASCADE, related_name="drafts")
    data = models.JSONField(default=dict)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        ordering = ["created_at"]
        indexes = [models.Index(fields=["user", "created_at"], name="draft_of_user")]

    def __str__(self) -> str:
        return str(self.token)


class SavedView(models.Model):
    """A list with its filters under a name of one's own."""

    user = models.ForeignKey("organisation.User", models.CASCADE, related_name="saved_views")
    name = models.CharField(_("name"), max_length=60)
    query = models.CharField(max_length=500)
    """The part of the address after `?`."""
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["user", "name"], name="view_name_once")]

    def __str__(self) -> str:
        return self.name
