"""Projects, their milestones, and which of them waits for which."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from programme.models.house import Condition, Pillar
from programme.querysets import OfProjectQuerySet, ProjectQuerySet, one_place, withdrawn_says_why


class Light(models.TextChoices):
    """The traffic light; never shown as colour alone."""

    ON_TRACK = "on_track", _("on track")
    ATTENTION = "attention", _("attention")
    BEHIND = "behind", _("behind")


class Project(models.Model):
    """One project: the three questions of the plan, who answers for it, when, and how it stands with the reason in words."""

    pillar = models.ForeignKey(
        Pillar, models.PROTECT, null=True, blank=True, related_name="projects", verbose_name=_("pillar")
    )
    condition = models.ForeignKey(
        Condition, models.PROTECT, null=True, blank=True, related_name="projects", verbose_name=_("condition")
    )
    order = models.PositiveSmallIntegerField(_("place"), default=0, validators=[MaxValueValidator(999)])
    code = models.CharField(_("code"), max_length=12, unique=True)
    name = models.CharField(_("name"), max_length=100)
    want = models.TextField(_("What do we want to reach?"), max_length=2000)
    plan = models.TextField(_("What do we do, and when?"), max_length=2000)
    measure = models.TextField(_("How do we measure it?"), max_length=2000)
    owner = models.ForeignKey(
        "organisation.User", models.PROTECT, null=True, blank=True, related_name="projects", verbose_name=_("owner")
    )
    starts_on = models.DateField(_("begins on"))
    ends_on = models.DateField(_("ends on"))
    dates_are_example = models.BooleanField(_("the dates are an example"), default=False)
    done_on = models.DateField(_("ready on"), null=True, blank=True)
    light = models.CharField(_("state"), max_length=9, choices=Light.choices)
    light_reason = models.CharField(_("reason, in words"), max_length=300)
    light_moved_at = models.DateTimeField()
    """When state or reason was last given."""
    light_moved_by = models.ForeignKey("organisation.User", models.PROTECT, null=True, related_name="+")
    withdrawn_on = models.DateField(null=True, editable=False)
    """From this day on it is no part of the programme; issued reports keep it."""
    withdrawn_why = models.CharField(max_length=300, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1)
    history = HistoricalRecords()

    objects = ProjectQuerySet.as_manager()

    class Meta:
        ordering = ["pillar__order", "condition__order", "order", "pk"]
        constraints = [
            one_place("project_has_one_place"),
            withdrawn_says_why("project_withdrawn_says_why"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="project_ends_after_start"),
            models.CheckConstraint(condition=Q(light__in=Light.values), name="project_light_known"),
            models.CheckConstraint(condition=~Q(light_reason=""), name="project_light_has_reason"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def place(self) -> Pillar | Condition:
        """Where in the house it stands."""
        return self.pillar or self.condition  # type: ignore[return-value]  # the database holds that one is there


class Milestone(models.Model):
    """Something that is ready on a day."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="milestones")
    name = models.CharField(_("milestone"), max_length=100)
    due_on = models.DateField(_("planned on"))
    first_due_on = models.DateField(editable=False)
    """The day that was promised first; it stays when the plan moves."""
    done_on = models.DateField(_("reached on"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    history = HistoricalRecords()

    objects = OfProjectQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [models.UniqueConstraint(fields=["project", "name"], name="one_milestone_name_a_project")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_moved(self) -> bool:
        return self.due_on != self.first_due_on


class Dependency(models.Model):
    """`project` can only be ready when `needs` is; `actions/dependencies.py` refuses a circle."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="dependencies")
    needs = models.ForeignKey(Project, models.CASCADE, related_name="needed_by", verbose_name=_("waits for"))
    history = HistoricalRecords()

    objects = OfProjectQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["project", "needs"], name="one_dependency"),
            models.CheckConstraint(condition=~Q(project=F("needs")), name="no_project_waits_for_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.project_id} → {self.needs_id}"
