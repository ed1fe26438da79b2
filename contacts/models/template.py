"""Texts to begin a reply from."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords


class ReplyTemplate(models.Model):
    """Fields in braces ({aanhef}, {nummer}, {team}, {medewerker}, {uiterlijk}) are filled in; no code is run."""

    name = models.CharField(_("name"), max_length=100, unique=True)
    subject = models.ForeignKey("organisation.Subject", models.PROTECT, null=True, blank=True, related_name="templates")
    team = models.ForeignKey("organisation.Team", models.PROTECT, null=True, blank=True, related_name="templates")
    body = models.TextField(_("text"))
    is_active = models.BooleanField(_("in use"), default=True)
    version = models.PositiveIntegerField(default=1)
    history = HistoricalRecords()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
