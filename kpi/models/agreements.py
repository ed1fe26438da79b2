"""What the Servicecentrum and a team agreed about their service ("dienstverleningsafspraken"), and the talks about it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from organisation.roles import RIGHTS, Right, Role

if TYPE_CHECKING:
    from organisation.models import User


class AgreementQuerySet(models.QuerySet["TeamAgreement"]):
    def visible_to(self, user: User) -> AgreementQuerySet:
        """Coordinator and director: all. Team lead: of the teams that this person leads, whatever else he or she does."""
        others = user.roles - {Role.TEAM_LEAD}
        if any(Right.AGREEMENTS_READ in RIGHTS[role] for role in others):
            return self
        return self.filter(team_id__in=user.led_team_ids)

    def in_force_on(self, day: date) -> AgreementQuerySet:
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=day), starts_on__lte=day)


class TeamAgreement(models.Model):
    """The norms are named, never copied: what is promised on a day is what the norm of that day says for this team."""

    team = models.ForeignKey("organisation.Team", models.PROTECT, related_name="+", verbose_name=_("team"))
    agreed_with = models.ForeignKey(
        "organisation.User", models.PROTECT, related_name="+", verbose_name=_("agreed with")
    )
    norms = models.JSONField(_("what the team promises"), default=list)
    """Keys of `kpi.promises`: `email.answer`, or `email.answer:12` for one subject."""
    text = models.TextField(_("in words"), max_length=4000)
    support = models.TextField(_("what the Servicecentrum does for it"), max_length=4000, blank=True)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    """Included; None: until somebody ends it."""
    end_reason = models.CharField(max_length=300, blank=True)
    review_on = models.DateField(_("talk about it again on"))
    told_of = models.DateField(null=True)
    """The review day of which lead and coordinator were told: once for each."""
    version = models.PositiveIntegerField(default=1)
    history = HistoricalRecords(excluded_fields=["told_of"])

    objects = AgreementQuerySet.as_manager()

    class Meta:
        ordering = ["team__name", "-starts_on"]
        constraints = [
            models.UniqueConstraint(fields=["team"], condition=Q(ends_on=None), name="one_open_agreement"),
            models.UniqueConstraint(fields=["team", "starts_on"], name="agreement_begins_once"),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="agreement_ends_after_start"
            ),
            models.CheckConstraint(condition=Q(review_on__gt=F("starts_on")), name="agreement_talk_after_start"),
        ]
        indexes = [models.Index(fields=["review_on"], name="agreement_review")]

    def __str__(self) -> str:
        return f"{self.team} {self.starts_on}"


class AgreementReview(models.Model):
    """One talk: what was seen, what came of it. Added once; the database refuses every change (migration 0015)."""

    agreement = models.ForeignKey(TeamAgreement, models.PROTECT, related_name="reviews")
    number = models.PositiveIntegerField()
    planned_on = models.DateField()
    """The day on which it should have been."""
    held_on = models.DateField(_("day of the talk"))
    outcome = models.TextField(_("outcome"), max_length=2000)
    next_on = models.DateField(_("next talk"))
    results: Any = models.JSONField(default=list)
    """The results as they were on the screen, in words: figures of a period that runs go on changing."""
    by = models.ForeignKey("organisation.User", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "number"], name="agreement_review_once"),
            models.CheckConstraint(condition=Q(next_on__gt=F("held_on")), name="next_talk_is_later"),
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id} #{self.number}"
