"""Derived figures: they can be dropped and rebuilt from the contacts, to the last digit."""

from django.db import models


class DailyFigure(models.Model):
    """Numerator and denominator of one measure on one local day for one scope; percentages are never stored."""

    measure = models.CharField(max_length=40)
    on = models.DateField()
    team = models.ForeignKey("organisation.Team", models.CASCADE, null=True, related_name="+")
    channel = models.CharField(max_length=12, blank=True)
    subject = models.ForeignKey("organisation.Subject", models.CASCADE, null=True, related_name="+")
    numerator = models.BigIntegerField()
    denominator = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "on", "team", "channel", "subject"], nulls_distinct=False, name="figure_once"
            )
        ]
        indexes = [models.Index(fields=["measure", "on"], name="figure_day")]

    def __str__(self) -> str:
        return f"{self.measure} {self.on}"


class RollupDay(models.Model):
    """Which days of a measure have been rolled up, and whether something changed since."""

    measure = models.CharField(max_length=40)
    on = models.DateField()
    rolled_up_at = models.DateTimeField()
    is_stale = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["measure", "on"], name="rollup_day_once")]
        indexes = [models.Index(fields=["measure", "on"], name="rollup_stale", condition=models.Q(is_stale=True))]

    def __str__(self) -> str:
        return f"{self.measure} {self.on}"
