"""Phone calls as the exchange saw them; the source of `phone.pickup`."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Call(models.Model):
    """One call to one of our numbers; a transfer to a second queue is part of the same call."""

    class Outcome(models.TextChoices):
        ANSWERED = "answered", _("answered")
        ABANDONED = "abandoned", _("given up")
        VOICEMAIL = "voicemail", _("voicemail or time-out")
        OUTSIDE_HOURS = "outside_hours", _("outside opening hours")
        OVERFLOW = "overflow", _("overflow")
        TEST = "test", _("test")

    source = models.CharField(max_length=60)
    external_key = models.CharField(max_length=120)
    """The exchange's own call id."""
    queue = models.CharField(max_length=60, blank=True)
    caller = models.CharField(max_length=40, blank=True)
    """Number in E.164 where it could be read, else as given; empty when withheld."""
    entered_at = models.DateTimeField()
    """Entering the (first) queue; the menu before it is not counted."""
    answered_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=14, choices=Outcome.choices)
    wait_seconds = models.PositiveIntegerField()
    """From entering the queue to the pick-up, or to giving up."""
    entered_on = models.DateField()
    """Local day of entering the queue."""
    answered_by = models.ForeignKey("organisation.User", models.PROTECT, null=True, blank=True, related_name="+")
    pickup_limit_seconds = models.PositiveSmallIntegerField(default=30)
    short_abandon_seconds = models.PositiveSmallIntegerField(default=5)
    """The limits of the formula on that day: a later change never rewrites a finished day."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "external_key"], name="call_once")]
        indexes = [
            models.Index(fields=["entered_on", "outcome"], name="call_day"),
            models.Index(fields=["-entered_at"], name="call_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.external_key}"
