"""What may go wrong, and what is done against it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from programme.models.projects import Project
from programme.querysets import OfProjectQuerySet


class Risk(models.Model):
    """A risk of one project, or (without one) of the whole programme."""

    class Size(models.IntegerChoices):
        SMALL = 1, _("small")
        MEDIUM = 2, _("medium")
        LARGE = 3, _("large")

    class State(models.TextChoices):
        OPEN = "open", _("open")
        WATCHED = "watched", _("under control")
        CLOSED = "closed", _("over")

    project = models.ForeignKey(
        Project, models.CASCADE, null=True, blank=True, related_name="risks", verbose_name=_("project")
    )
    text = models.CharField(_("what may go wrong"), max_length=200)
    chance = models.PositiveSmallIntegerField(_("chance"), choices=Size.choices)
    impact = models.PositiveSmallIntegerField(_("effect"), choices=Size.choices)
    measure = models.CharField(_("what we do against it"), max_length=300)
    state = models.CharField(_("state"), max_length=7, choices=State.choices, default=State.OPEN)
    version = models.PositiveIntegerField(default=1)
    history = HistoricalRecords()

    objects = OfProjectQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(chance__gte=1, chance__lte=3, impact__gte=1, impact__lte=3), name="risk_sizes_known"
            ),
            models.CheckConstraint(condition=~Q(text="") & ~Q(measure=""), name="risk_has_measure"),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def weight(self) -> int:
        """Chance × effect, 1 to 9."""
        return self.chance * self.impact
