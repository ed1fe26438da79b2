"""A promise on time to one customer, and the append-only list of what happened to it."""

from django.db import models
from django.db.models import Q


class NormClock(models.Model):
    """The clock's columns are the projection of its events (norms-and-kpis §3); a trigger keeps settled clocks as they are.

    `due_at` is exclusive: in time means stopped before it. A missed clock has no `stopped_at`: it settled at `due_at`,
    whether or not an answer followed, so the result never depends on when a job ran.
    """

    class State(models.TextChoices):
        RUNNING = "running"
        PAUSED = "paused"
        MET = "met"
        MISSED = "missed"
        CANCELLED = "cancelled"

    question = models.ForeignKey("contacts.Question", models.CASCADE, related_name="clocks")
    contact = models.ForeignKey("contacts.Contact", models.PROTECT, related_name="clocks")
    """The contact that asked."""
    norm = models.ForeignKey("contacts.ServiceNorm", models.PROTECT, related_name="+")
    code = models.CharField(max_length=40)
    norm_version = models.PositiveIntegerField()
    unit = models.CharField(max_length=16)
    length = models.PositiveIntegerField()
    may_pause = models.BooleanField(default=True)
    calendar = models.ForeignKey("organisation.WorkingCalendar", models.PROTECT, related_name="+")
    calendar_version = models.PositiveIntegerField()
    team = models.ForeignKey("organisation.Team", models.PROTECT, related_name="+")
    """Team that holds the question; frozen when the clock settles."""
    channel = models.CharField(max_length=12)
    subject = models.ForeignKey("organisation.Subject", models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=9, choices=State.choices, default=State.RUNNING)
    started_at = models.DateTimeField()
    due_at = models.DateTimeField()
    soon_at = models.DateTimeField()
    """From here on a quarter or less of its working time is left."""
    escalate_at = models.DateTimeField()
    """The coordinator is told from here on while there is no answer."""
    stopped_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    settled_on = models.DateField(null=True)
    """Local day of min(stopped_at, due_at): the day on which figures count it."""
    paused_at = models.DateTimeField(null=True)
    remaining = models.PositiveIntegerField(null=True)
    """Working days (or seconds) that were left at the pause."""
    stop_reason = models.CharField(max_length=60, blank=True)
    replaced_by = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaces")
    soon_told_at = models.DateTimeField(null=True)
    late_told_at = models.DateTimeField(null=True)
    escalated_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["question", "code"], condition=Q(state__in=["running", "paused"]), name="one_running_clock"
            ),
            models.UniqueConstraint(
                fields=["contact", "question", "code"],
                condition=Q(replaced_by__isnull=True),
                name="one_clock_per_contact",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["running", "paused"], settled_at__isnull=True)
                | Q(state__in=["met", "missed", "cancelled"], settled_at__isnull=False),
                name="settled_has_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state="met") | Q(stopped_at__lt=models.F("due_at")), name="met_is_in_time"
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], name="clock_due", condition=Q(state="running")),
            models.Index(
                fields=["soon_at"], name="clock_soon", condition=Q(state="running", soon_told_at__isnull=True)
            ),
            models.Index(
                fields=["escalate_at"], name="clock_escalate", condition=Q(state="missed", escalated_at__isnull=True)
            ),
            models.Index(fields=["code", "settled_on"], name="clock_settled", condition=Q(state__in=["met", "missed"])),
            models.Index(fields=["question"], name="clock_of_question"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.state}"


class ClockEvent(models.Model):
    """What happened to a clock; appended, never edited. Kinds that happen once have a unique row."""

    class Kind(models.TextChoices):
        STARTED = "started"
        PAUSED = "paused"
        RESUMED = "resumed"
        MET = "met"
        MISSED = "missed"
        CANCELLED = "cancelled"
        REPLACED = "replaced"
        RECOMPUTED = "recomputed"
        TOLD_ALMOST_DUE = "told_almost_due"
        TOLD_OVERDUE = "told_overdue"
        TOLD_COORDINATOR = "told_coordinator"

    clock = models.ForeignKey(NormClock, models.CASCADE, related_name="events")
    kind = models.CharField(max_length=16, choices=Kind.choices)
    at = models.DateTimeField()
    by = models.ForeignKey("organisation.User", models.PROTECT, null=True, related_name="+")
    cause = models.CharField(max_length=200, blank=True)
    due_at = models.DateTimeField(null=True)
    """The deadline after this event."""
    norm_version = models.PositiveIntegerField()
    calendar_version = models.PositiveIntegerField()
    detail = models.JSONField(default=dict)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["clock", "kind"],
                condition=~Q(kind__in=["paused", "resumed", "recomputed"]),
                name="clock_event_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.clock_id} {self.kind}"
