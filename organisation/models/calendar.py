"""Working calendars: opening hours a weekday, and the dates that differ."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords


class WorkingCalendar(models.Model):
    """When a team or the municipality works; `version` rises with every change to it, its hours or its days."""

    name = models.CharField(_("name"), max_length=100, unique=True)
    is_default = models.BooleanField(_("calendar of the municipality"), default=False)
    version = models.PositiveIntegerField(default=1)
    history = HistoricalRecords()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["is_default"], condition=models.Q(is_default=True), name="one_default_calendar"
            )
        ]

    def __str__(self) -> str:
        return self.name


class CalendarHours(models.Model):
    """One opening interval on a weekday; minutes since local midnight, end excluded, 1440 is midnight."""

    calendar = models.ForeignKey(WorkingCalendar, models.CASCADE, related_name="hours")
    weekday = models.PositiveSmallIntegerField()
    """0 is Monday."""
    opens = models.PositiveSmallIntegerField()
    closes = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["weekday", "opens"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(weekday__lte=6, closes__lte=1440, opens__lt=models.F("closes")),
                name="hours_in_a_day",
            ),
            ExclusionConstraint(
                name="hours_do_not_overlap",
                expressions=[
                    (Cast("calendar_id", models.IntegerField()), RangeOperators.EQUAL),
                    (Cast("weekday", models.IntegerField()), RangeOperators.EQUAL),
                    (models.Func("opens", "closes", function="int4range"), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.weekday} {self.opens}-{self.closes}"


class CalendarDay(models.Model):
    """A date that differs from its weekday: a holiday, a closing day, other hours."""

    class Kind(models.TextChoices):
        HOLIDAY = "holiday", _("Public holiday")
        CLOSED = "closed", _("Closing day")
        OTHER_HOURS = "other_hours", _("Other hours")

    calendar = models.ForeignKey(WorkingCalendar, models.CASCADE, related_name="days")
    on = models.DateField()
    kind = models.CharField(max_length=12, choices=Kind.choices)
    name = models.CharField(_("name"), max_length=100)
    intervals = models.JSONField(default=list, blank=True)
    """[[opens, closes], …] in minutes; empty: closed all day."""
    is_confirmed = models.BooleanField(default=False)
    """A holiday proposed by the library counts only when a person has confirmed it."""
    confirmed_by = models.ForeignKey("organisation.User", models.PROTECT, null=True, blank=True, related_name="+")
    history = HistoricalRecords()

    class Meta:
        ordering = ["on"]
        constraints = [models.UniqueConstraint(fields=["calendar", "on"], name="one_day_per_calendar")]

    def __str__(self) -> str:
        return f"{self.on} {self.name}"
