"""Phone calls as the exchange saw them; the source of `phone.pickup`."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from channels_app.adapters.phone import fold

STALE: Final = timedelta(minutes=30)
"""Nobody waits on the phone so long without the exchange telling anything: its end was lost."""
LONGEST_WAIT: Final = timedelta(hours=4)
"""Nor in all: an event that was kept back for so long tells of a caller who is gone."""


class Call(models.Model):
    """One call to one of our numbers; a transfer to a second queue is part of the same call."""

    class Outcome(models.TextChoices):
        ANSWERED = "answered", _("answered")
        ABANDONED = "abandoned", _("given up")
        VOICEMAIL = "voicemail", _("voicemail or time-out")
        OUTSIDE_HOURS = "outside_hours", _("outside opening hours")
        OVERFLOW = "overflow", _("overflow")
        TEST = "test", _("test")

    source = models.CharField(max_length=60)
    external_key = models.CharField(max_length=120)
    """The exchange's own call id."""
    queue = models.CharField(max_length=60, blank=True)
    caller = models.CharField(max_length=40, blank=True)
    """Number in E.164 where it could be read, else as given; empty when withheld."""
    entered_at = models.DateTimeField()
    """Entering the (first) queue; the menu before it is not counted."""
    answered_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=14, choices=Outcome.choices)
    wait_seconds = models.PositiveIntegerField()
    """From entering the queue to the pick-up, or to giving up."""
    entered_on = models.DateField()
    """Local day of entering the queue."""
    answered_by = models.ForeignKey("organisation.User", models.PROTECT, null=True, blank=True, related_name="+")
    pickup_limit_seconds = models.PositiveSmallIntegerField(default=30)
    short_abandon_seconds = models.PositiveSmallIntegerField(default=5)
    """The limits of the formula on that day: a later change never rewrites a finished day."""
    answered_team = models.ForeignKey(
        "organisation.Team", models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    """The own team of who picked up, as it was on that day."""
    team_least = models.PositiveSmallIntegerField(null=True, blank=True)
    """So many people of a team must have picked up on that day before it is told apart; None: from before teams were kept."""
    has_no_end = models.BooleanField(default=False)
    """The exchange never told of its end; it was closed after a while, and an end that still comes is written down."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "external_key"], name="call_once")]
        indexes = [
            models.Index(fields=["entered_on", "outcome"], name="call_day"),
            models.Index(fields=["-entered_at"], name="call_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.external_key}"


class PhoneEvent(models.Model):
    """One event of the exchange as it came, once by the exchange's own id; kept until its call is long over."""

    source = models.CharField(max_length=60)
    event_key = models.CharField(max_length=120)
    """The exchange's own id of the event, or what tells it from any other."""
    call_key = models.CharField(max_length=120)
    leg = models.CharField(max_length=60, blank=True)
    kind = models.CharField(max_length=12, choices=[(kind, kind) for kind in fold.KINDS])
    happened_at = models.DateTimeField()
    """The exchange's time, also when its clock is wrong."""
    received_at = models.DateTimeField()
    """Ours."""
    queue = models.CharField(max_length=60, blank=True)
    caller = models.CharField(max_length=40, blank=True)
    agent = models.CharField(max_length=60, blank=True)
    """At which extension, or which name the exchange knows the person by."""
    is_test = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "event_key"], name="phone_event_once")]
        indexes = [
            models.Index(fields=["source", "call_key"], name="phone_event_of_call"),
            models.Index(fields=["received_at"], name="phone_event_age"),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.event_key}"

    def as_fact(self) -> fold.PhoneEvent:
        """For `fold`: a clock of the exchange that runs ahead cannot make a call end before it began here."""
        return fold.PhoneEvent(
            kind=self.kind,
            at=min(self.happened_at, self.received_at),
            leg=self.leg,
            queue=self.queue,
            caller=self.caller,
            agent=self.agent,
            is_test=self.is_test,
        )


RINGS: Final = ("waiting", "ringing")
TALKS: Final = ("talking", "held")
"""States of a live call: nobody has it yet, or somebody does."""


class LiveCallQuerySet(models.QuerySet["LiveCall"]):
    """How calls stand."""

    def real(self) -> LiveCallQuerySet:
        """Without tests, proof calls among them: a test has its outcome from its first event on."""
        return self.exclude(call__outcome=Call.Outcome.TEST)

    def there(self, at: datetime) -> LiveCallQuerySet:
        """Without callers who cannot be waiting any more."""
        return self.heard_of(since=at - STALE, entered=at - LONGEST_WAIT)

    def heard_of(self, *, since: datetime, entered: datetime) -> LiveCallQuerySet:
        """The same for a statement that is built once, which works out no moment itself."""
        gone = Q(last_event_at__lte=since) | Q(entered_at__lte=entered)
        return self.exclude(gone, state__in=RINGS)

    def waiting(self, at: datetime) -> LiveCallQuerySet:
        """Callers whom nobody picked up yet. No tests."""
        return self.real().there(at).filter(state__in=RINGS)


class LiveCall(models.Model):
    """How a call stands now: what the desk and the wall look at. Always the fold of its events; gone a day after its end."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waits")
        RINGING = "ringing", _("rings")
        TALKING = "talking", _("talks")
        HELD = "held", _("on hold")
        ENDED = "ended", _("ended")

    source = models.CharField(max_length=60)
    external_key = models.CharField(max_length=120)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    queue = models.CharField(max_length=60, blank=True)
    caller = models.CharField(max_length=40, blank=True)
    agent = models.CharField(max_length=60, blank=True)
    entered_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    last_event_at = models.DateTimeField()
    """Ours."""
    call = models.OneToOneField(Call, models.SET_NULL, null=True, related_name="live")
    """From the moment that it is known how the call came out."""

    objects = LiveCallQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "external_key"], name="live_call_once")]
        indexes = [
            models.Index(fields=["agent"], name="live_call_at", condition=~Q(state="ended")),
            models.Index(fields=["last_event_at"], name="live_call_age"),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.external_key}"
