"""What was decided about the programme, by whom."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from programme.models.projects import Project
from programme.querysets import OfProjectQuerySet


class Decision(models.Model):
    """A decision of the management team, the executive or the council."""

    class Body(models.TextChoices):
        MT = "mt", _("MT")
        COLLEGE = "college", _("Executive")
        COUNCIL = "raad", _("Council")

    on = models.DateField(_("date"))
    body = models.CharField(_("decided by"), max_length=7, choices=Body.choices)
    text = models.TextField(_("decision"), max_length=1000)
    project = models.ForeignKey(
        Project, models.SET_NULL, null=True, blank=True, related_name="decisions", verbose_name=_("project")
    )
    is_example = models.BooleanField(_("this is an example"), default=False)
    version = models.PositiveIntegerField(default=1)
    history = HistoricalRecords()

    objects = OfProjectQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "-pk"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="decision_has_text")]

    def __str__(self) -> str:
        return self.text[:80]
