"""Derived figures: they can be dropped and rebuilt from the contacts, to the last digit (docs/kpis.md)."""

from django.contrib.postgres.fields import ArrayField
from django.db import models


class DailyFigure(models.Model):
    """Numerator and denominator of one measure on one finished local day; percentages are never stored.

    The same day is kept at several grains, so that a page reads few rows: `total`, `team`, `channel`, `subject`, `quarter`
    (channel and quarter of an hour) and `full` (team, channel and subject).

    Derived and written by the thousand: a foreign key is not checked again for every row, and the one index serves all reading.
    """

    class Grain(models.TextChoices):
        TOTAL = "total"
        TEAM = "team"
        CHANNEL = "channel"
        SUBJECT = "subject"
        QUARTER = "quarter"
        FULL = "full"

    grain = models.CharField(max_length=8, choices=Grain.choices)
    measure = models.CharField(max_length=40)
    on = models.DateField()
    team = models.ForeignKey(
        "organisation.Team", models.CASCADE, null=True, related_name="+", db_constraint=False, db_index=False
    )
    channel = models.CharField(max_length=12, blank=True)
    subject = models.ForeignKey(
        "organisation.Subject", models.CASCADE, null=True, related_name="+", db_constraint=False, db_index=False
    )
    quarter = models.PositiveSmallIntegerField(null=True)
    """Quarter of an hour since local midnight (0 to 95)."""
    numerator = models.BigIntegerField()
    denominator = models.BigIntegerField()
    highest = models.PositiveIntegerField(null=True)
    """The largest amount behind an average, such as the longest wait."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["grain", "on", "measure", "team", "channel", "subject", "quarter"],
                nulls_distinct=False,
                name="figure_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.grain} {self.measure} {self.on}"


class MonthlyFigure(models.Model):
    """The sum of a whole month of `DailyFigure`, at the same grains but `quarter`: a year is read from 12 rows, not from 365."""

    grain = models.CharField(max_length=8, choices=DailyFigure.Grain.choices)
    measure = models.CharField(max_length=40)
    on = models.DateField()
    """The first day of the month."""
    team = models.ForeignKey(
        "organisation.Team", models.CASCADE, null=True, related_name="+", db_constraint=False, db_index=False
    )
    channel = models.CharField(max_length=12, blank=True)
    subject = models.ForeignKey(
        "organisation.Subject", models.CASCADE, null=True, related_name="+", db_constraint=False, db_index=False
    )
    numerator = models.BigIntegerField()
    denominator = models.BigIntegerField()
    highest = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["grain", "measure", "on", "team", "channel", "subject"],
                nulls_distinct=False,
                name="monthly_figure_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.grain} {self.measure} {self.on:%Y-%m}"


class RollupState(models.Model):
    """How far the figures are rolled up: one row (pk 1).

    Days before `rolled_until` come from `DailyFigure`, unless they stand in `ChangedDay`; later days are counted from the rows.
    From the commit that sets `closed_until` on, the triggers note every change to an earlier day.
    """

    rolled_until = models.DateField(null=True)
    """Not included; None: nothing has been rolled up yet."""
    closed_until = models.DateField(null=True)
    closed_by = models.BigIntegerField(null=True)
    """The transaction that set `closed_until`: transactions older than this one may not have seen it."""
    months = ArrayField(models.DateField(), default=list)
    """First days of the months that are summed: only these are read from `MonthlyFigure`, where a forgotten sum may still lie."""
    revision = models.BigIntegerField(default=0)
    """The transaction that changed the figures last: never the same twice, so it is safe to keep answers under it."""
    swept_by = models.BigIntegerField(default=0, db_default=0)
    """The transaction that last took away notes of days that are not over."""
    formula = models.PositiveSmallIntegerField(default=1, db_default=1)
    """The newest formulas by which days were counted (`FORMULA` in kpi/rollups.py): a worker with older ones counts none any more."""
    older_until = models.DateField(null=True)
    """Days before this one still have the figures of earlier formulas; None: no day."""

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_rollup_state")]

    def __str__(self) -> str:
        return f"{self.rolled_until}"


class ChangedDay(models.Model):
    """A day whose rows changed; written by triggers, and taken away when the day is rolled up again or, when it is not over, by the sweep.

    There may be several rows for one day: writers only add, so they never wait for each other.
    """

    on = models.DateField(db_index=True)

    def __str__(self) -> str:
        return f"{self.on}"
