"""Somebody must call the customer back."""

from typing import Final

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

TRIES: Final = 3
"""After so many tries without a talk the screens say what can be done then: write to the customer, or end the request."""


class CallbackRequest(models.Model):
    """A promise to call, with its own clock (`callback.done`)."""

    class State(models.TextChoices):
        OPEN = "open", _("to be called")
        DONE = "done", _("called back")
        UNREACHABLE = "unreachable", _("not reached")
        CANCELLED = "cancelled", _("cancelled")

    question = models.ForeignKey("contacts.Question", models.CASCADE, related_name="callbacks")
    contact = models.ForeignKey("contacts.Contact", models.PROTECT, related_name="callbacks")
    """The contact in which it was asked for."""
    phone = models.CharField(_("number"), max_length=40)
    name = models.CharField(_("ask for"), max_length=200, blank=True)
    moment = models.CharField(_("when"), max_length=100, blank=True)
    """In the customer's words: `na 14.00 uur`."""
    state = models.CharField(max_length=12, choices=State.choices, default=State.OPEN)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey("organisation.User", models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey("organisation.User", models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1)
    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["question"], condition=Q(state="open"), name="one_open_callback")
        ]

    def __str__(self) -> str:
        return f"{self.question_id} {self.phone}"


class CallbackAttempt(models.Model):
    """One try to reach the customer."""

    class Outcome(models.TextChoices):
        REACHED = "reached", _("reached")
        NO_ANSWER = "no_answer", _("no answer")
        VOICEMAIL = "voicemail", _("voicemail left")
        WRONG_NUMBER = "wrong_number", _("wrong number")

    callback = models.ForeignKey(CallbackRequest, models.CASCADE, related_name="attempts")
    at = models.DateTimeField()
    by = models.ForeignKey("organisation.User", models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=12, choices=Outcome.choices)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["at"]

    def __str__(self) -> str:
        return f"{self.callback_id} {self.outcome}"
