"""What came in: raw first, read later; one row per message of a source."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class InboundMessage(models.Model):
    """A message as it came. Unique per source and the sender's own id, so taking it in twice is harmless.

    received → parsed → done (with an outcome); or parked, with a reason a person sees, after too many tries or at a limit.
    Workers claim rows by `lease_until` with SKIP LOCKED (quality rule 3).
    """

    class State(models.TextChoices):
        RECEIVED = "received", _("received")
        PARSED = "parsed", _("read")
        DONE = "done", _("done")
        PARKED = "parked", _("parked")

    class Outcome(models.TextChoices):
        REGISTERED = "registered", _("registered")
        ATTACHED = "attached", _("added to a question")
        PARKED = "parked", _("parked")
        REFUSED = "refused", _("refused")
        IGNORED = "ignored", _("ignored")
        SPLIT = "split", _("taken apart")
        DESK = "desk", _("waits for the desk")

    source = models.CharField(max_length=120)
    """`mailbox:<id>`, `test`, `command` …"""
    external_key = models.CharField(max_length=200)
    """The sender's own id: `<uidvalidity>:<uid>`, or `sha256:<hex>` where there is none."""
    mailbox = models.ForeignKey("channels_app.Mailbox", models.PROTECT, null=True, related_name="inbound")
    message_source = models.ForeignKey("channels_app.MessageSource", models.PROTECT, null=True, related_name="inbound")
    envelope = models.ForeignKey("self", models.CASCADE, null=True, related_name="items")
    """The call of a service in which this message came; it has the bytes."""
    conversation = models.CharField(max_length=250, blank=True)
    """`<source>:<who or which thread>` as the adapter tells it: messages of one conversation have the same."""
    channel = models.CharField(max_length=12, default="email")
    received_at = models.DateTimeField()
    """When the mail server received it (INTERNALDATE), never the `Date:` header."""
    taken_in_at = models.DateTimeField()
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    message_id = models.CharField(max_length=500, blank=True)
    body_sha256 = models.CharField(max_length=64, blank=True)
    sender = models.CharField(max_length=320, blank=True)
    subject = models.CharField(max_length=300, blank=True)
    parsed = models.JSONField(null=True)
    """`ParsedMail.to_dict()`; texts and facts, no attachments."""
    state = models.CharField(max_length=8, choices=State.choices, default=State.RECEIVED)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    """Why parked, refused or ignored, in words."""
    tries = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    next_try_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    handled_by = models.ForeignKey("organisation.User", models.PROTECT, null=True, related_name="+")
    """Who retried or dismissed a parked message."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "external_key"], name="inbound_once")]
        indexes = [
            models.Index(fields=["id"], name="inbound_to_parse", condition=Q(state="received")),
            models.Index(fields=["id"], name="inbound_to_register", condition=Q(state="parsed")),
            models.Index(fields=["-id"], name="inbound_parked", condition=Q(state="parked")),
            models.Index(fields=["-id"], name="inbound_left_alone", condition=Q(outcome__in=["refused", "ignored"])),
            models.Index(fields=["message_id"], name="inbound_message_id"),
            models.Index(fields=["conversation", "-id"], name="inbound_talk", condition=~Q(conversation="")),
            models.Index(fields=["-id"], name="inbound_letters", condition=Q(channel="letter")),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.external_key}"


class InboundRaw(models.Model):
    """The bytes as they came, apart from the row so that lists stay light."""

    message = models.OneToOneField(InboundMessage, models.CASCADE, primary_key=True, related_name="raw")
    data = models.BinaryField()

    def __str__(self) -> str:
        return str(self.message_id)


def first_check() -> str:
    """A new file waits for the virus scanner, where there is one."""
    return StoredFile.Check.WAITING if settings.CLAMD else StoredFile.Check.NONE


class StoredFile(models.Model):
    """An attachment of a message or upload: write-once, kept under its sha256 (quality rules 32, 46)."""

    class Check(models.TextChoices):
        NONE = "none", _("not looked at")
        WAITING = "waiting", _("is being checked")
        CLEAN = "clean", _("checked")
        INFECTED = "infected", _("holds a virus")

    inbound = models.ForeignKey(InboundMessage, models.CASCADE, null=True, related_name="files")
    outbound = models.ForeignKey("channels_app.OutboundMessage", models.CASCADE, null=True, related_name="files")
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64, db_index=True)
    created_at = models.DateTimeField()
    check_state = models.CharField(max_length=8, choices=Check.choices, default=first_check)
    """What the virus scanner said; a file that waits or is infected is never handed out."""
    virus = models.CharField(max_length=100, blank=True)
    """What it holds, in the scanner's words."""

    class Meta:
        indexes = [models.Index(fields=["id"], name="file_to_check", condition=Q(check_state="waiting"))]

    def __str__(self) -> str:
        return self.name


WITHHELD = frozenset({StoredFile.Check.WAITING, StoredFile.Check.INFECTED})
"""A file in one of these states is handed to nobody (`channels_app.files.open_file`)."""
