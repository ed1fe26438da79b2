"""Reports: what is asked to be made, what was issued and never changes any more, its files, and who gets one by mail when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from organisation.role_reach import reads_whole, teams_with
from organisation.roles import Right

if TYPE_CHECKING:
    from organisation.models import User

KINDS = [("week", _("week")), ("month", _("month")), ("quarter", _("quarter")), ("year", _("year"))]


class ScopedQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> ScopedQuerySet:
        """Coordinator: all. Team lead: own teams. The director: the whole. Who is both: both."""
        reach = teams_with(user, Right.REPORTS_READ)
        if reach is None:
            return self
        own = Q(team_id__in=reach)
        return self.filter(own | Q(team=None) if reads_whole(user, Right.REPORTS_READ) else own)


class IssuedReport(models.Model):
    """A report as it was given: inserted once with everything it says, frozen by a trigger, numbered per period and scope."""

    kind = models.CharField(max_length=8, choices=KINDS)
    first = models.DateField()
    last = models.DateField()
    team = models.ForeignKey("organisation.Team", models.PROTECT, null=True, related_name="+")
    """None: the whole."""
    number = models.PositiveIntegerField()
    """1, 2 …: the issue of this report."""
    replaces = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=300, blank=True)
    """Why it was issued again."""
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey("organisation.User", models.PROTECT, null=True, related_name="+")
    """None: by a schedule."""
    snapshot = models.JSONField()
    sha256 = models.CharField(max_length=64)
    """Of the snapshot as sorted JSON."""

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["-issued_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "first", "team", "number"], nulls_distinct=False, name="report_issue_once"
            ),
            models.CheckConstraint(condition=Q(number=1, replaces=None) | Q(number__gt=1), name="report_first_is_new"),
        ]
        indexes = [models.Index(fields=["-issued_at", "-id"], name="report_newest")]

    def __str__(self) -> str:
        return f"{self.kind} {self.first} #{self.number}"


class ReportFile(models.Model):
    """One file of an issued report, bytes and all, so that a back-up has it and the trigger freezes it too. Lists defer `data`."""

    class Kind(models.TextChoices):
        PDF = "pdf", _("PDF")
        XLSX = "xlsx", _("Excel")
        CSV = "csv", _("CSV")

    report = models.ForeignKey(IssuedReport, models.PROTECT, related_name="files")
    kind = models.CharField(max_length=4, choices=Kind.choices)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    data = models.BinaryField(default=b"")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "kind"], name="report_file_once")]

    def __str__(self) -> str:
        return f"{self.report_id} {self.kind}"


class ReportJob(models.Model):
    """Work for a worker: count and freeze a report, then make its files. The row is the queue."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        DONE = "done", _("done")
        FAILED = "failed", _("failed")

    kind = models.CharField(max_length=8, choices=KINDS)
    first = models.DateField()
    last = models.DateField()
    team = models.ForeignKey("organisation.Team", models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=300, blank=True)
    asked_by = models.ForeignKey("organisation.User", models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField()
    report = models.ForeignKey(IssuedReport, models.PROTECT, null=True, related_name="jobs")
    """Set when it is frozen; what remains are files."""
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    step = models.PositiveSmallIntegerField(default=0)
    """0 waits, 1 counts, 2 writes Excel and CSV, 3 makes the PDF, 4 done."""
    tries = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    next_try_at = models.DateTimeField()
    error = models.CharField(max_length=300, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "first", "team"],
                condition=Q(state="waiting"),
                nulls_distinct=False,
                name="one_report_job_at_a_time",
            )
        ]
        indexes = [models.Index(fields=["next_try_at"], name="report_job_due", condition=Q(state="waiting"))]

    def __str__(self) -> str:
        return f"{self.kind} {self.first} {self.state}"


class ReportSchedule(models.Model):
    """Every week, month, quarter or year a report, and a mail with the way to it to these people."""

    kind = models.CharField(_("period"), max_length=8, choices=KINDS)
    team = models.ForeignKey("organisation.Team", models.PROTECT, null=True, related_name="+")
    people = models.JSONField(default=list)
    """Ids of who gets the mail; whoever may no longer read reports gets none."""
    starts_on = models.DateField()
    """The first period is the one that ends on or after this day."""
    is_active = models.BooleanField(default=True)
    made_by = models.ForeignKey("organisation.User", models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1)
    history = HistoricalRecords()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.kind} {self.team_id}"


class ScheduleRun(models.Model):
    """That a schedule had its turn for a period: once, whoever sweeps and however late."""

    schedule = models.ForeignKey(ReportSchedule, models.CASCADE, related_name="runs")
    first = models.DateField()
    last = models.DateField()
    at = models.DateTimeField()
    report = models.ForeignKey(IssuedReport, models.PROTECT, null=True, related_name="+")
    mailed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["schedule", "first"], name="schedule_run_once")]
        indexes = [models.Index(fields=["id"], name="schedule_run_open", condition=Q(mailed_at=None))]

    def __str__(self) -> str:
        return f"{self.schedule_id} {self.first}"
