"""Talks on the website while they last: every line is a row before anybody hears that it arrived. Afterwards the talk is a contact."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Chat(models.Model):
    """One visitor of the website who asked something; the question is there from the first line on.

    waiting → open (somebody took it) → closed; handed over to a team it waits again.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waits")
        OPEN = "open", _("is going on")
        CLOSED = "closed", _("closed")

    class Ended(models.TextChoices):
        DESK = "desk", _("closed by us")
        VISITOR = "visitor", _("stopped by the visitor")
        LEFT = "left", _("left alone")

    token_hash = models.CharField(max_length=64, unique=True)
    """SHA-256 of what the visitor's page made up: who has it is the visitor."""
    question = models.OneToOneField("contacts.Question", models.CASCADE, related_name="chat")
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    ended = models.CharField(max_length=8, choices=Ended.choices, blank=True)
    name = models.CharField(max_length=100, blank=True)
    email = models.CharField(max_length=254, blank=True)
    """For the transcript, and for an answer when the visitor is gone."""
    site = models.CharField(max_length=200, blank=True)
    """On which website, as far as the browser says."""
    origin = models.CharField(max_length=32, blank=True, default="")
    origin_network = models.CharField(max_length=32, blank=True, default="")
    """From which address and network (marks of `organisation.origin`); emptied a day after the talk."""
    taken_by = models.ForeignKey("organisation.User", models.PROTECT, null=True, related_name="+")
    begun_at = models.DateTimeField()
    waits_since = models.DateTimeField()
    """Begun, or handed over to a team."""
    taken_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    """First line of a person of ours."""
    closed_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField()
    """When the visitor's page last asked; at most some seconds behind."""
    last_line_at = models.DateTimeField()
    line_count = models.PositiveIntegerField(default=0)
    """Number of the last line."""

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="closed", closed_at__isnull=False) | ~Q(state="closed") & Q(closed_at__isnull=True),
                name="closed_chat_has_moment",
            ),
            models.CheckConstraint(condition=~Q(state="open", taken_by__isnull=True), name="open_chat_has_person"),
        ]
        indexes = [
            models.Index(fields=["waits_since", "id"], name="chat_waiting", condition=Q(state="waiting")),
            models.Index(fields=["taken_by"], name="chat_open", condition=Q(state="open")),
            models.Index(fields=["closed_at"], name="chat_closed", condition=Q(state="closed")),
        ]

    def __str__(self) -> str:
        return f"chat {self.pk}"


class ChatLine(models.Model):
    """Numbered in the order in which they arrived; the sender's own key makes sending again harmless."""

    class Who(models.TextChoices):
        VISITOR = "visitor", _("visitor")
        DESK = "desk", _("employee")
        HOUSE = "house", _("the house")

    chat = models.ForeignKey(Chat, models.CASCADE, related_name="lines")
    number = models.PositiveIntegerField()
    who = models.CharField(max_length=8, choices=Who.choices)
    author = models.ForeignKey("organisation.User", models.PROTECT, null=True, related_name="+")
    key = models.CharField(max_length=60)
    text = models.TextField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["chat", "number"], name="chat_line_number"),
            models.UniqueConstraint(fields=["chat", "key"], name="chat_line_once"),
        ]

    def __str__(self) -> str:
        return f"{self.chat_id} {self.number}"
