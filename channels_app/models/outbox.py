"""What goes out: a row written in the transaction of its cause, sent by a sweep afterwards."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

ASKS_FOR = timedelta(days=30)
"""After this nobody needs to look any more at a message that was not sent: who wrote it was told when it happened."""


class OutboundQuerySet(models.QuerySet["OutboundMessage"]):
    def for_people(self) -> "OutboundQuerySet":
        """What a person should look at when it was not sent: an invitation to a survey that does not arrive asks nothing of anybody."""
        return self.exclude(purpose=OutboundMessage.Purpose.SURVEY)

    def not_sent(self, since: datetime) -> "OutboundQuerySet":
        """What failed and still asks for somebody, of messages made after this moment."""
        return self.for_people().filter(state=OutboundMessage.State.FAILED, created_at__gt=since)

    def due(self, at: datetime, *, now: datetime, by_services: bool) -> "OutboundQuerySet":
        """What is to be sent at `at`, when a sweep began, and nobody holds `now`; in order, by mail or by the services."""
        rows = self.filter(message_source__isnull=not by_services, next_try_at__lte=at)
        rows = rows.filter(state__in=[OutboundMessage.State.QUEUED, OutboundMessage.State.SENDING])
        return rows.filter(Q(lease_until__isnull=True) | Q(lease_until__lte=now)).order_by("next_try_at", "id")


class OutboundMessage(models.Model):
    """queued → sending → sent | failed | held | dropped. Unique per purpose and object: one acknowledgement per contact."""

    class State(models.TextChoices):
        QUEUED = "queued", _("waiting to be sent")
        SENDING = "sending", _("being sent")
        SENT = "sent", _("sent")
        FAILED = "failed", _("not sent")
        HELD = "held", _("held back")
        DROPPED = "dropped", _("not needed any more")

    class Purpose(models.TextChoices):
        ACKNOWLEDGEMENT = "acknowledgement", _("acknowledgement")
        REPLY = "reply", _("answer")
        INTERIM = "interim", _("interim message")
        QUESTION_BACK = "question_back", _("question to the customer")
        NOTICE = "notice", _("notice to an employee")
        REFUSAL = "refusal", _("refusal")
        SURVEY = "survey", _("survey")

    purpose = models.CharField(max_length=16, choices=Purpose.choices)
    object_key = models.CharField(max_length=120)
    """What it is about, e.g. `contact:123`; with purpose the unique key."""
    channel = models.CharField(max_length=12, default="email")
    mailbox = models.ForeignKey("channels_app.Mailbox", models.PROTECT, null=True, related_name="outbound")
    message_source = models.ForeignKey("channels_app.MessageSource", models.PROTECT, null=True, related_name="outbound")
    conversation = models.CharField(max_length=250, blank=True)
    """As of `InboundMessage`: what the customer writes next belongs to what this was about."""
    details = models.JSONField(null=True)
    """What only the adapter of the source understands: a template, a public answer, what it answers."""
    to_address = models.CharField(max_length=320)
    to_name = models.CharField(max_length=200, blank=True)
    copies = models.JSONField(default=list)
    """E-mail addresses in its Cc."""
    subject = models.CharField(max_length=300)
    body = models.TextField()
    html = models.TextField(blank=True)
    """The body in markup from a template of ours, for a mail that is more than paragraphs; empty: made from the body."""
    is_automatic = models.BooleanField(default=False)
    cause = models.CharField(max_length=12, default="")
    """By which channel came what this automatic message answers: each has a share of the hour (`channels_app.ceilings`)."""
    origin = models.CharField(max_length=32, default="")
    origin_network = models.CharField(max_length=32, default="")
    """From which address and network that came (marks of `organisation.origin`); emptied after a day."""
    message_id = models.CharField(max_length=200, blank=True, db_index=True)
    """Derived from the row's id and signed; the same at every try, so a repeat is recognisable."""
    in_reply_to = models.CharField(max_length=500, blank=True)
    references = models.TextField(blank=True)
    reference_number = models.CharField(max_length=30, blank=True)
    """Question number that a reply must carry back."""
    state = models.CharField(max_length=8, choices=State.choices, default=State.QUEUED)
    tries = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField()
    next_try_at = models.DateTimeField()
    lease_until = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    """When the mail server took it: from here on it is never handed over again, whatever goes wrong on our side."""
    sent_at = models.DateTimeField(null=True)
    remote_id = models.CharField(max_length=200, blank=True)
    """Under which id the service knows it."""
    delivered_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=500, blank=True)
    objects = OutboundQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["purpose", "object_key"], name="outbound_once")]
        indexes = [
            models.Index(fields=["next_try_at"], name="outbound_due", condition=Q(state__in=["queued", "sending"])),
            models.Index(fields=["-id"], name="outbound_failed", condition=Q(state__in=["failed", "held"])),
            models.Index(
                fields=["to_address", "created_at"], name="outbound_automatic", condition=Q(is_automatic=True)
            ),
            models.Index(fields=["accepted_at"], name="outbound_automatic_sent", condition=Q(is_automatic=True)),
            models.Index(
                Upper("to_address"), "accepted_at", name="outbound_automatic_to", condition=Q(is_automatic=True)
            ),
            models.Index(fields=["created_at"], name="outbound_origin", condition=~Q(origin="")),
            models.Index(fields=["remote_id"], name="outbound_remote_id", condition=~Q(remote_id="")),
            models.Index(fields=["conversation", "-id"], name="outbound_talk", condition=~Q(conversation="")),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.object_key}"


class DeadAddress(models.Model):
    """An address from which mail came back for good: nothing automatic goes there any more."""

    address = models.CharField(max_length=320, unique=True)
    since_at = models.DateTimeField()
    status = models.CharField(max_length=20, blank=True)
    detail = models.CharField(max_length=300, blank=True)
    """What the other server said."""

    def __str__(self) -> str:
        return self.address


class StoppedNumber(models.Model):
    """A number from which somebody sent STOP: no text message goes there until START comes."""

    number = models.CharField(max_length=40, unique=True)
    """Digits, with the country in front."""
    since_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.number
