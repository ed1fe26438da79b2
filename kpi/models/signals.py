"""What the watch on the figures noticed, and what people did with it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from organisation.role_reach import reads_whole, teams_with
from organisation.roles import Right

if TYPE_CHECKING:
    from organisation.models import User
    from organisation.snapshot import Organisation


class SignalQuerySet(models.QuerySet["Signal"]):
    def visible_to(self, user: User, house: Organisation) -> SignalQuerySet:
        """Coordinator: all. Team lead: own teams and their subjects, and the phone for who leads the Servicecentrum.
        Director: the whole only; who leads as well: both. Others: nothing."""
        if user.may(Right.SIGNALS_HANDLE):
            teams = teams_with(user, Right.SIGNALS_HANDLE)
            if teams is None:
                return self.without_echoes()
            subjects = [pk for pk in house.subjects if (team := house.subject_team(pk)) and team.pk in teams]
            mine = Q(team_id__in=teams) | Q(subject_id__in=subjects)
            if house.front_office.pk in teams:
                mine |= Q(team=None, subject=None, code__startswith="phone.")
            if reads_whole(user, Right.SIGNALS_READ):
                mine |= Q(team=None, subject=None)
            return self.filter(mine)
        if user.may(Right.SIGNALS_READ):
            return self.filter(team=None, subject=None)
        return self.none()

    def without_echoes(self) -> SignalQuerySet:
        """Without what a team tells with the very numbers of the whole: who sees the whole reads it once."""
        whole = Signal.objects.filter(
            kind=OuterRef("kind"), code=OuterRef("code"), period_kind=OuterRef("period_kind"), first=OuterRef("first")
        )
        same = whole.filter(team=None, subject=None, facts=OuterRef("facts"))
        return self.exclude(Q(team__isnull=False) & Q(Exists(same)))


class Signal(models.Model):
    """One remarkable thing about one figure in one scope; `watch` and `first` make that it is told once.

    `facts` are the numbers as they were when it was noticed; they are never counted again.
    """

    class Kind(models.TextChoices):
        BAND = "band", _("unlike other weeks")
        AT_RISK = "at_risk", _("norm about to be missed")
        MISSED = "missed", _("norm missed")

    class State(models.TextChoices):
        OPEN = "open", _("new")
        FOLLOWED = "followed", _("being followed up")
        DONE = "done", _("settled")
        DISMISSED = "dismissed", _("put aside")
        OVER = "over", _("over by itself")

    kind = models.CharField(max_length=8, choices=Kind.choices)
    code = models.CharField(max_length=40)
    """Of the figure."""
    team = models.ForeignKey("organisation.Team", models.PROTECT, null=True, related_name="+")
    subject = models.ForeignKey("organisation.Subject", models.PROTECT, null=True, related_name="+")
    period_kind = models.CharField(max_length=5)
    """day, week or month."""
    first = models.DateField()
    last = models.DateField()
    seen_until = models.DateField()
    """The last day on which it was still so."""
    watch = models.CharField(max_length=120)
    """Kind, figure and scope: the thing that is watched."""
    facts = models.JSONField(default=dict)
    found_at = models.DateTimeField()
    back_on = models.DateField(null=True)
    """The day on which the figure was as usual again; until then the watch tells nothing new."""
    state = models.CharField(max_length=9, choices=State.choices, default=State.OPEN)
    handled_at = models.DateTimeField(null=True)
    handled_by = models.ForeignKey("organisation.User", models.PROTECT, null=True, related_name="+")
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    """Why it was put aside, or how it ended."""
    note = models.CharField(_("what happens"), max_length=500, blank=True)
    owner = models.ForeignKey("organisation.User", models.PROTECT, null=True, related_name="+")
    follow_until = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)
    history = HistoricalRecords()

    objects = SignalQuerySet.as_manager()

    class Meta:
        ordering = ["-last", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["watch", "first"], name="signal_once"),
            models.UniqueConstraint(fields=["watch"], condition=Q(back_on=None), name="one_signal_per_watch"),
        ]
        indexes = [
            models.Index(fields=["-last", "-id"], name="signal_newest"),
            models.Index(fields=["-last", "-id"], name="signal_alive", condition=Q(state__in=["open", "followed"])),
        ]

    def __str__(self) -> str:
        return f"{self.watch} {self.first}"

    @property
    def is_alive(self) -> bool:
        return self.state in (self.State.OPEN, self.State.FOLLOWED)

    def is_due(self, today: date) -> bool:
        """Whether the date of the follow-up has come."""
        return self.state == self.State.FOLLOWED and self.follow_until is not None and self.follow_until <= today


class SignalState(models.Model):
    """How far the watch is: one row (pk 1)."""

    judged_until = models.DateField(null=True)
    """Not included; None: it has not looked yet."""

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="one_signal_state")]

    def __str__(self) -> str:
        return f"{self.judged_until}"


class DigestState(models.Model):
    """Who was looked at for the weekly mail and had nothing to be told: one row (pk 1), of the newest week."""

    week = models.CharField(max_length=8, blank=True)
    """`2026-W48`."""
    quiet_ids = ArrayField(models.BigIntegerField(), default=list)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="one_digest_state")]

    def __str__(self) -> str:
        return self.week
