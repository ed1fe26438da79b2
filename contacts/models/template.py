"""Texts to begin a reply from."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords


class ReplyTemplate(models.Model):
    """Fields in braces (`contacts.actions.change_template.FIELDS`) are filled in; no code is run."""

    class Use(models.TextChoices):
        REPLY = "", _("to begin a reply from")
        ACKNOWLEDGEMENT = "letter_acknowledgement", _("acknowledgement of a letter")

    name = models.CharField(_("name"), max_length=100, unique=True)
    subject = models.ForeignKey("organisation.Subject", models.PROTECT, null=True, blank=True, related_name="templates")
    team = models.ForeignKey("organisation.Team", models.PROTECT, null=True, blank=True, related_name="templates")
    body = models.TextField(_("text"))
    use = models.CharField(max_length=24, choices=Use.choices, blank=True, default=Use.REPLY)
    """What it is for; for the acknowledgement of a letter there is one at most, and our own words without it."""
    is_active = models.BooleanField(_("in use"), default=True)
    version = models.PositiveIntegerField(default=1)
    history = HistoricalRecords()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["use"], condition=~Q(use="") & Q(is_active=True), name="template_use_once")
        ]

    def __str__(self) -> str:
        return self.name
