"""One moment of contact on one channel, in or out; and notes, which are none."""

from typing import Final

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from contacts.querysets import VisitQuerySet

UNDONE: Final = "undone by who did it"
"""Why the history has a row that takes the act before it back; also of a contact that was made by it."""
NOT_POSTED: Final = "letter not posted"
"""The same of a letter."""
REOPENED: Final = "reopened_by_employee"
"""Remark of a contact that only records a reopening: no customer was in touch, so it counts in no volume."""


class Contact(models.Model):
    """A call with three questions is one contact on three questions."""

    class Direction(models.TextChoices):
        IN = "in", _("from the customer")
        OUT = "out", _("to the customer")

    questions = models.ManyToManyField("contacts.Question", through="contacts.QuestionContact", related_name="contacts")
    customer = models.ForeignKey("contacts.Customer", models.PROTECT, null=True, related_name="contacts")
    channel = models.CharField(max_length=12)
    direction = models.CharField(max_length=3, choices=Direction.choices, default=Direction.IN)
    received_at = models.DateTimeField()
    """When it happened: receipt stamp, mail server, pick-up; never when it was typed in."""
    registered_at = models.DateTimeField()
    registered_by = models.ForeignKey("organisation.User", models.PROTECT, null=True, related_name="+")
    """None: a machine."""
    text = models.TextField(_("text"), blank=True)
    """What was said or written; for the desk a note of the conversation."""
    quoted_text = models.TextField(blank=True)
    subject_line = models.CharField(max_length=300, blank=True)
    address = models.CharField(max_length=320, blank=True)
    """From or to which address or number."""
    address_name = models.CharField(max_length=200, blank=True)
    is_answer = models.BooleanField(default=False)
    """The human reply (or conversation) that an employee marked as the answer."""
    is_automatic = models.BooleanField(default=False)
    """Written by a machine: out-of-office, our acknowledgement; never stops an answer clock."""
    remarks = models.JSONField(default=list)
    """Machine codes of what was noticed on the way in (`sender_not_verified`, `bsn`, …)."""
    inbound = models.OneToOneField("channels_app.InboundMessage", models.PROTECT, null=True, related_name="contact")
    outbound = models.OneToOneField("channels_app.OutboundMessage", models.PROTECT, null=True, related_name="contact")
    call = models.OneToOneField("channels_app.Call", models.PROTECT, null=True, related_name="contact")
    duration_seconds = models.PositiveIntegerField(null=True)
    """Length of the conversation as the desk measured it."""
    version = models.PositiveIntegerField(default=1)
    history = HistoricalRecords(excluded_fields=["quoted_text"])

    class Meta:
        indexes = [
            models.Index(fields=["customer", "-received_at"], name="contact_of_customer"),
            models.Index(fields=["-received_at"], name="contact_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.direction} {self.received_at:%Y-%m-%d %H:%M}"


class QuestionContact(models.Model):
    """Which contacts belong to which question."""

    question = models.ForeignKey("contacts.Question", models.CASCADE, related_name="question_contacts")
    contact = models.ForeignKey(Contact, models.CASCADE, related_name="question_contacts")
    is_first = models.BooleanField(default=False)
    """The contact that made the question."""
    objects = VisitQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["question", "contact"], name="contact_once_per_question"),
            models.UniqueConstraint(fields=["question"], condition=Q(is_first=True), name="one_first_contact"),
        ]

    def __str__(self) -> str:
        return f"{self.question_id} {self.contact_id}"


class Note(models.Model):
    """Internal: never for the customer, never an answer."""

    question = models.ForeignKey("contacts.Question", models.CASCADE, related_name="notes")
    text = models.TextField(_("note"))
    created_at = models.DateTimeField()
    created_by = models.ForeignKey("organisation.User", models.PROTECT, related_name="+")
    history = HistoricalRecords()

    class Meta:
        ordering = ["created_at"]

    def __str__(self) -> str:
        return f"{self.question_id} {self.created_at:%Y-%m-%d %H:%M}"
