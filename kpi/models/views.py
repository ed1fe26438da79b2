"""Views of the dashboard that people keep for themselves: filters, kind of period and layout under a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

if TYPE_CHECKING:
    from organisation.models import User


class FiguresViewQuerySet(models.QuerySet["FiguresView"]):
    def visible_to(self, user: User) -> FiguresViewQuerySet:
        """One's own only; others get a link, which shows them what they themselves may see."""
        return self.filter(owner=user.pk)


class FiguresView(models.Model):
    """An address of the dashboard without a date; it holds codes of teams and subjects, nobody's personal data."""

    owner = models.ForeignKey("organisation.User", models.CASCADE, related_name="+")
    name = models.CharField(_("name"), max_length=60)
    query = models.CharField(max_length=800, blank=True)
    is_default = models.BooleanField(default=False)
    """Shown when its owner opens the dashboard without asking for anything."""
    version = models.PositiveIntegerField(default=1)
    history = HistoricalRecords()

    objects = FiguresViewQuerySet.as_manager()

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "name"], name="figures_view_name_once"),
            models.UniqueConstraint(fields=["owner"], condition=Q(is_default=True), name="one_default_figures_view"),
        ]

    def __str__(self) -> str:
        return self.name
