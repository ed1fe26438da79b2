"""Until when a person must have an answer who asks something about the own data (AVG, article 12, paragraph 3)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords


class RightsRequest(models.Model):
    """What a person asked: answered on `last_on` at the latest, which may be put off once. What is done about it stands elsewhere: a file
    that was given, a change, a `PersonRequest`. Stays as the proof that it was answered in time."""

    class Kind(models.TextChoices):
        INSPECT = "inspect", _("inspection")
        RECTIFY = "rectify", _("correction")
        ERASE = "erase", _("erasure")
        RESTRICT = "restrict", _("restriction")
        OBJECT = "object", _("objection to the use")

    class Outcome(models.TextChoices):
        GRANTED = "granted", _("done as asked")
        PARTLY = "partly", _("done in part")
        REFUSED = "refused", _("refused")
        WITHDRAWN = "withdrawn", _("no longer wanted by the person")

    class Told(models.TextChoices):
        EMAIL = "email", _("by an e-mail that we send now")
        LETTER = "letter", _("by a letter that I send myself")
        PHONE = "phone", _("I told it on the phone")
        COUNTER = "counter", _("I told it at the counter")

    kind = models.CharField(max_length=8, choices=Kind.choices)
    customer = models.ForeignKey("contacts.Customer", models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300)
    """How it came in."""
    received_on = models.DateField()
    last_on = models.DateField()
    """The last day to answer."""
    handler = models.ForeignKey("organisation.User", models.PROTECT, related_name="+")
    noted_by = models.ForeignKey("organisation.User", models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()
    extended_by = models.ForeignKey("organisation.User", models.PROTECT, null=True, related_name="+")
    extended_at = models.DateTimeField(null=True)
    extension_reason = models.CharField(max_length=300, blank=True)
    """In the words that the person is told."""
    told_by = models.CharField(max_length=8, choices=Told.choices, blank=True)
    outcome = models.CharField(max_length=9, choices=Outcome.choices, blank=True)
    remark = models.CharField(max_length=300, blank=True)
    """What the person was told, and how."""
    answered_by = models.ForeignKey("organisation.User", models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)
    history = HistoricalRecords()

    class Meta:
        ordering = ["last_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["customer", "kind"], condition=Q(answered_at__isnull=True), name="one_open_right"
            ),
            models.CheckConstraint(condition=Q(last_on__gt=F("received_on")), name="right_has_a_term"),
            models.CheckConstraint(
                condition=Q(extended_at__isnull=True) | (~Q(extension_reason="") & ~Q(told_by="")),
                name="longer_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, outcome="") | (Q(answered_at__isnull=False) & ~Q(outcome="")),
                name="answered_with_an_outcome",
            ),
        ]
        indexes = [models.Index(fields=["last_on"], name="right_to_answer", condition=Q(answered_at__isnull=True))]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """`RV-2026-4`: names the request without the person."""
        return f"RV-{self.noted_at.year}-{self.pk}"
