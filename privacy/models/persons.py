"""What persons ask about their own data, and what may not go yet: who asked, who decided, when and how many, without personal data."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords


class PersonRequest(models.Model):
    """Erase or restrict one person: asked by one, approved by another, carried out by a sweep; stays as the proof."""

    class Kind(models.TextChoices):
        ERASE = "erase", _("erase")
        RESTRICT = "restrict", _("restrict")

    class State(models.TextChoices):
        ASKED = "asked", _("waits for a second person")
        APPROVED = "approved", _("approved")
        WORKING = "working", _("being carried out")
        DONE = "done", _("done")
        REFUSED = "refused", _("refused")
        WITHDRAWN = "withdrawn", _("withdrawn")
        LIFTED = "lifted", _("lifted")

    kind = models.CharField(max_length=8, choices=Kind.choices)
    customer = models.ForeignKey("contacts.Customer", models.PROTECT, related_name="+")
    reason = models.CharField(_("reason"), max_length=300)
    state = models.CharField(max_length=9, choices=State.choices, default=State.ASKED)
    asked_by = models.ForeignKey("organisation.User", models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey("organisation.User", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    remark = models.CharField(max_length=300, blank=True)
    """Why it was refused, withdrawn or lifted."""
    done_at = models.DateTimeField(null=True)
    lifted_by = models.ForeignKey("organisation.User", models.PROTECT, null=True, related_name="+")
    lifted_at = models.DateTimeField(null=True)
    counts = models.JSONField(default=dict)
    """Kind → number: what was wiped. No personal data."""
    work = models.JSONField(default=dict, editable=False)
    """While it is carried out: the words to look for and how far it came. Emptied at the end."""
    version = models.PositiveIntegerField(default=1)
    history = HistoricalRecords(excluded_fields=["work"])

    OPEN = (State.ASKED, State.APPROVED, State.WORKING)

    class Meta:
        ordering = ["-asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["customer"], condition=Q(state__in=["asked", "approved", "working"]), name="one_open_request"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "working", "done", "lifted"])
                | (Q(decided_by__isnull=False) & ~Q(decided_by=F("asked_by"))),
                name="approved_by_another",
            ),
            models.CheckConstraint(condition=~Q(state="done", kind="erase") | Q(work={}), name="done_keeps_no_words"),
        ]
        indexes = [
            models.Index(fields=["id"], name="request_to_do", condition=Q(state__in=["approved", "working"])),
            models.Index(fields=["customer"], name="request_of_customer"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """`AVG-2026-12`: names the request without the person."""
        return f"AVG-{self.asked_at.year}-{self.pk}"


class LegalHold(models.Model):
    """May not be erased or destroyed, for instance because a court case runs."""

    customer = models.ForeignKey("contacts.Customer", models.PROTECT, null=True, related_name="+")
    question = models.ForeignKey("contacts.Question", models.PROTECT, null=True, related_name="+")
    reason = models.CharField(_("reason"), max_length=300)
    until = models.DateField(_("until"), null=True, blank=True)
    """Empty: until somebody ends it."""
    placed_by = models.ForeignKey("organisation.User", models.PROTECT, related_name="+")
    placed_at = models.DateTimeField()
    ended_by = models.ForeignKey("organisation.User", models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)
    history = HistoricalRecords()

    class Meta:
        ordering = ["-placed_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(customer__isnull=False, question__isnull=True)
                | Q(customer__isnull=True, question__isnull=False),
                name="hold_has_one_object",
            ),
            models.UniqueConstraint(fields=["customer"], condition=Q(ended_at__isnull=True), name="one_hold_customer"),
            models.UniqueConstraint(fields=["question"], condition=Q(ended_at__isnull=True), name="one_hold_question"),
        ]

    def __str__(self) -> str:
        return f"{self.customer_id or ''} {self.question_id or ''}"
