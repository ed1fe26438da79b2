"""Whether citizens may read: a choice of the municipality."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords


class PublicPart(models.Model):
    """The pages for citizens (always pk 1); without a row nothing stands outside."""

    class Shown(models.TextChoices):
        OFF = "off", _("not shown")
        QUIET = "quiet", _("shown, not found by search engines")
        OPEN = "open", _("shown, also found by search engines")

    shown = models.CharField(_("pages for citizens"), max_length=5, choices=Shown.choices, default=Shown.OFF)
    welcome = models.CharField(_("sentence above the search"), max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)
    history = HistoricalRecords()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_public_part")]

    def __str__(self) -> str:
        return self.shown
