"""What is kept how long and what went: who decided, when and how many, without personal data."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords


class WipedQuestion(models.Model):
    """Of this question only what is counted is left."""

    question = models.OneToOneField("contacts.Question", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    request = models.ForeignKey("privacy.PersonRequest", models.PROTECT, null=True, related_name="+")
    """None: at the end of its term."""

    def __str__(self) -> str:
        return str(self.question_id)


class FileToRemove(models.Model):
    """Bytes on disk of which the row went; removed by a sweep after the transaction, when no other row has them."""

    sha256 = models.CharField(max_length=64, unique=True)
    since_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.sha256[:12]


class RetentionTerm(models.Model):
    """How long something is kept, where the municipality chose otherwise than our default; proposed by one, in force when another agrees."""

    code = models.CharField(max_length=60, unique=True)
    """Of `privacy.terms`: `question.complaint`, `question.complaint.letter`, `raw` …"""
    days = models.PositiveIntegerField(null=True)
    """None: nobody agreed yet, the default holds."""
    proposed_days = models.PositiveIntegerField(null=True)
    proposed_by = models.ForeignKey("organisation.User", models.PROTECT, null=True, related_name="+")
    proposed_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey("organisation.User", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)
    history = HistoricalRecords()

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.code


class DestructionList(models.Model):
    """Questions past their term: made by a job, proposed by an administrator, approved by a coordinator, carried out by a sweep; stays as
    the declaration of destruction."""

    class State(models.TextChoices):
        MADE = "made", _("made")
        PROPOSED = "proposed", _("waits for the coordinator")
        APPROVED = "approved", _("being carried out")
        DONE = "done", _("destroyed")
        REFUSED = "refused", _("refused")

    made_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.MADE)
    first_on = models.DateField()
    last_on = models.DateField()
    """Days of closing of the oldest and the newest question."""
    planned = models.JSONField(default=dict)
    """`kind.channel` → number, when it was made."""
    counts = models.JSONField(default=dict)
    """Kind of data → number that was destroyed. No personal data."""
    kept = models.PositiveIntegerField(default=0)
    """Taken out at the last moment: held, open again or restricted."""
    proposed_by = models.ForeignKey("organisation.User", models.PROTECT, null=True, related_name="+")
    proposed_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey("organisation.User", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    remark = models.CharField(max_length=300, blank=True)
    done_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)
    history = HistoricalRecords()

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.UniqueConstraint(
                models.Value(1), condition=Q(state__in=["made", "proposed", "approved"]), name="one_open_list"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "done"])
                | (Q(decided_by__isnull=False) & ~Q(decided_by=F("proposed_by"))),
                name="list_approved_by_another",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """`V-2026-3`."""
        return f"V-{self.made_at.year}-{self.pk}"


class DestructionEntry(models.Model):
    """A question on a list; gone when it was destroyed or taken out."""

    destruction = models.ForeignKey(DestructionList, models.CASCADE, related_name="entries")
    question = models.OneToOneField("contacts.Question", models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.destruction_id} {self.question_id}"


class ReadLogReview(models.Model):
    """Somebody looked through a week of the read log, and what came of it."""

    week_on = models.DateField(unique=True)
    """Its Monday."""
    reviewed_by = models.ForeignKey("organisation.User", models.PROTECT, related_name="+")
    reviewed_at = models.DateTimeField()
    remark = models.CharField(_("what came of it"), max_length=300)
    history = HistoricalRecords()

    class Meta:
        ordering = ["-week_on"]

    def __str__(self) -> str:
        return str(self.week_on)
