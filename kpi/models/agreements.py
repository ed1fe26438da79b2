"""What the Servicecentrum and a team agreed about their service ("dienstverleningsafspraken")."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from kpi.reach import teams_in_reach

if TYPE_CHECKING:
    from organisation.models import User


class AgreementQuerySet(models.QuerySet["TeamAgreement"]):
    def visible_to(self, user: User) -> AgreementQuerySet:
        """Team lead: own teams. Coordinator and director: all; it holds no personal data."""
        reach = teams_in_reach(user)
        return self if reach is None else self.filter(team_id__in=reach)


class TeamAgreement(models.Model):
    """One edition: a draft can be changed, what is agreed cannot; a new edition replaces it."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        AGREED = "agreed", _("agreed")
        ENDED = "ended", _("lapsed")

    team = models.ForeignKey("organisation.Team", models.PROTECT, related_name="+")
    edition = models.PositiveIntegerField()
    text = models.TextField(_("what is agreed"), max_length=4000)
    review_on = models.DateField(_("look at it again on"))
    state = models.CharField(max_length=8, choices=State.choices, default=State.DRAFT)
    agreed_on = models.DateField(null=True)
    agreed_by = models.ForeignKey("organisation.User", models.PROTECT, null=True, related_name="+")
    ended_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)
    history = HistoricalRecords()

    objects = AgreementQuerySet.as_manager()

    class Meta:
        ordering = ["team__name", "-edition"]
        constraints = [
            models.UniqueConstraint(fields=["team", "edition"], name="agreement_edition_once"),
            models.UniqueConstraint(fields=["team"], condition=Q(state="draft"), name="one_draft_agreement"),
            models.UniqueConstraint(fields=["team"], condition=Q(state="agreed"), name="one_agreement_in_force"),
            models.CheckConstraint(
                condition=Q(state="draft", agreed_on=None) | (~Q(state="draft") & Q(agreed_on__isnull=False)),
                name="agreement_has_its_day",
            ),
        ]
        indexes = [models.Index(fields=["review_on"], name="agreement_review", condition=Q(state="agreed"))]

    def __str__(self) -> str:
        return f"{self.team_id} #{self.edition}"
