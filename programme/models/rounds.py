"""Status rounds: owners are asked for an update, the director writes the story, the report is given and stays as it was given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from programme.models.decisions import Decision
from programme.models.projects import Light, Milestone, Project
from programme.querysets import OfProjectQuerySet, ProgrammeQuerySet

Body = Decision.Body


@dataclass(frozen=True)
class StepDays:
    """The two days of a milestone."""

    due_on: date
    done_on: date | None

    @classmethod
    def of(cls, step: Milestone) -> StepDays:
        return cls(step.due_on, step.done_on)

    @classmethod
    def from_text(cls, text: str) -> StepDays | None:
        """None for what `as_text` did not write."""
        due, _slash, done = text.partition("/")
        try:
            return cls(date.fromisoformat(due), date.fromisoformat(done) if done else None)
        except ValueError:
            return None

    @classmethod
    def kept(cls, days: dict[str, str]) -> StepDays | None:
        """As a draft of an update holds them, also one of before drafts told what the owner saw."""
        return cls.from_text(days.get("is") or f"{days.get('due_on', '')}/{days.get('done_on', '')}")

    def as_text(self) -> str:
        """`2027-01-15/`, with the day on which it was reached behind it."""
        return f"{self.due_on}/{self.done_on or ''}"


class StatusRound(models.Model):
    """One round; at most one is open. Issuing its first report ends it."""

    title = models.CharField(_("name"), max_length=60, unique=True)
    last_day = models.DateField(_("last day for updates"))
    narrative = models.TextField(_("the story of this round"), max_length=4000, blank=True)
    is_open = models.BooleanField(default=True)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey("organisation.User", models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)
    history = HistoricalRecords()

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["is_open"], condition=Q(is_open=True), name="one_open_round"),
            models.CheckConstraint(
                condition=Q(is_open=True, ended_at=None) | Q(is_open=False, ended_at__isnull=False),
                name="round_ended_says_when",
            ),
            models.CheckConstraint(condition=~Q(title=""), name="round_has_title"),
        ]

    def __str__(self) -> str:
        return self.title


class StatusUpdate(models.Model):
    """What the owner of one project says in one round. A draft changes nothing; handing it in moves the light and the milestones."""

    round = models.ForeignKey(StatusRound, models.CASCADE, related_name="updates")
    project = models.ForeignKey(Project, models.CASCADE, related_name="updates")
    light = models.CharField(_("state"), max_length=9, choices=Light.choices, blank=True)
    reason = models.CharField(_("reason, in words"), max_length=300, blank=True)
    done = models.TextField(_("what was done"), max_length=1500, blank=True)
    ahead = models.TextField(_("what comes next"), max_length=1500, blank=True)
    milestones = models.JSONField(default=dict, blank=True)
    """Milestone → {"was", "is"} of those that the owner moved, as texts of `StepDays`; of before {"due_on", "done_on"} of each."""
    handed_in_at = models.DateTimeField(null=True)
    saved_by = models.ForeignKey("organisation.User", models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1)
    history = HistoricalRecords()

    objects = OfProjectQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["round", "project"], name="one_update_a_round"),
            models.CheckConstraint(
                condition=Q(handed_in_at=None) | (~Q(light="") & ~Q(reason="")), name="update_handed_in_is_whole"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round_id} {self.project_id}"


class IssuedStatusReport(models.Model):
    """A report as it was given: numbers and page are never made again. The database refuses every change (migration 0003)."""

    round = models.ForeignKey(StatusRound, models.PROTECT, related_name="reports")
    body = models.CharField(_("given to"), max_length=7, choices=Body.choices)
    year = models.PositiveSmallIntegerField()
    sequence = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=60)
    day = models.DateField()
    """How things stood at the end of this day."""
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey("organisation.User", models.PROTECT, null=True, related_name="+")
    content = models.JSONField()
    html = models.TextField()
    """The page of which the PDF is made."""
    html_sha256 = models.CharField(max_length=64)

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        ordering = ["-issued_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["year", "sequence"], name="one_status_report_number"),
            models.UniqueConstraint(fields=["round", "body"], name="one_status_report_a_body"),
            models.CheckConstraint(condition=Q(sequence__gte=1), name="status_report_counts_from_one"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """`STATUS-2026-03`."""
        return f"STATUS-{self.year}-{self.sequence:02d}"


class StatusReportFile(models.Model):
    """The PDF of a report, written once; never changed (migration 0003)."""

    report = models.OneToOneField(IssuedStatusReport, models.PROTECT, related_name="file")
    data = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.report_id}"


class StatusReportJob(models.Model):
    """The queue of PDFs to make: a row that is claimed with a lease; a worker that died lets it go."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waits for its turn")
        MAKING = "making", _("is being made")
        READY = "ready", _("ready")
        FAILED = "failed", _("did not succeed")

    report = models.OneToOneField(IssuedStatusReport, models.CASCADE, related_name="job")
    state = models.CharField(max_length=7, choices=State.choices, default=State.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField()
    """When it may be taken: at once, or when the lease of who took it is over."""
    error = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["due_at"], name="status_pdf_due", condition=Q(state__in=["waiting", "making"]))]
        constraints = [models.CheckConstraint(condition=Q(tries__lte=5), name="status_pdf_five_tries")]

    def __str__(self) -> str:
        return f"{self.report_id} {self.state}"
