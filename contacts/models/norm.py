"""Norms are data: what is promised, on which channel, for how long, since when, for whom."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from contacts.norms.defaults import STARTING_POINTS


class ServiceNorm(models.Model):
    """One version of a norm. Its code is the key of clocks and figures; a narrower one (team, subject) wins."""

    class Unit(models.TextChoices):
        SECONDS = "seconds", _("seconds")
        OPENING_MINUTES = "opening_minutes", _("minutes of opening time")
        WORKING_DAYS = "working_days", _("working days")
        CALENDAR_DAYS = "calendar_days", _("days")
        SHARE = "share", _("share")
        SCORE = "score", _("mark")

    code = models.CharField(_("code"), max_length=40)
    name = models.CharField(_("name"), max_length=120)
    channel = models.CharField(_("channel"), max_length=12, blank=True)
    """Empty: every channel the code applies to."""
    unit = models.CharField(_("measured in"), max_length=16, choices=Unit.choices)
    length = models.PositiveIntegerField(_("length"), null=True, blank=True)
    """In `unit`; None for a share or a mark, which have only a target."""
    target = models.DecimalField(_("target"), max_digits=5, decimal_places=2)
    """Percent for shares, a mark for scores."""
    may_pause = models.BooleanField(_("pauses while waiting for the customer"), default=True)
    team = models.ForeignKey("organisation.Team", models.PROTECT, null=True, blank=True, related_name="norms")
    subject = models.ForeignKey("organisation.Subject", models.PROTECT, null=True, blank=True, related_name="norms")
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    """Not included."""
    source = models.CharField(_("source"), max_length=120, blank=True)
    is_choice = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    history = HistoricalRecords()

    class Meta:
        ordering = ["code", "valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["code", "channel", "team", "subject", "valid_from"],
                nulls_distinct=False,
                name="norm_version_once",
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gt=models.F("valid_from")),
                name="norm_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(unit__in=["share", "score"], length__isnull=True)
                | (~Q(unit__in=["share", "score"]) & Q(length__gte=1)),
                name="norm_length_fits_unit",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def is_start(self) -> bool:
        """The target is where the municipality began: a figure that is equal to it does not meet the norm."""
        return self.code in STARTING_POINTS
