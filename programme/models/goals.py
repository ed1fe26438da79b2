"""Goals: measured by a live figure of the Servicecentrum, or by what others measured (`surveys`); with a target a year."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from organisation.wording import CHANNEL_NAMES
from programme.models.house import Condition, Pillar
from programme.querysets import GoalQuerySet, one_place, withdrawn_says_why

YEARS = [MinValueValidator(2000), MaxValueValidator(2100)]


class Goal(models.Model):
    """What the programme wants to reach, in a number. `kpi_code` names a figure; `indicator` what others measure of us."""

    class Unit(models.TextChoices):
        PERCENT = "percent", _("percent")
        MARK = "mark", _("mark from 1 to 10")
        SECONDS = "seconds", _("seconds")
        COUNT = "count", _("a number")

    class Direction(models.TextChoices):
        UP = "up", _("higher is better")
        DOWN = "down", _("lower is better")

    pillar = models.ForeignKey(
        Pillar, models.PROTECT, null=True, blank=True, related_name="goals", verbose_name=_("pillar")
    )
    condition = models.ForeignKey(
        Condition, models.PROTECT, null=True, blank=True, related_name="goals", verbose_name=_("condition")
    )
    order = models.PositiveSmallIntegerField(_("place"), default=0, validators=[MaxValueValidator(999)])
    name = models.CharField(_("name"), max_length=80)
    explanation = models.CharField(_("explanation"), max_length=300, blank=True)
    kpi_code = models.CharField(_("figure of the Servicecentrum"), max_length=40, blank=True)
    channel = models.CharField(
        _("only this channel"),
        max_length=12,
        blank=True,
        choices=[(code, name) for code, name in CHANNEL_NAMES.items()],
    )
    team = models.ForeignKey(
        "organisation.Team", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("only this team")
    )
    indicator = models.ForeignKey(
        "surveys.OutsideIndicator",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("score from outside"),
    )
    """Its first result is where the goal began."""
    unit = models.CharField(_("unit"), max_length=7, choices=Unit.choices)
    direction = models.CharField(_("direction"), max_length=4, choices=Direction.choices, default=Direction.UP)
    baseline = models.DecimalField(_("where we began"), max_digits=9, decimal_places=2, null=True, blank=True)
    baseline_year = models.PositiveSmallIntegerField(_("year where we began"), null=True, blank=True, validators=YEARS)
    baseline_source = models.CharField(_("source of where we began"), max_length=200, blank=True)
    withdrawn_on = models.DateField(null=True, editable=False)
    """From this day on it is no part of the programme; issued reports keep it."""
    withdrawn_why = models.CharField(max_length=300, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1)
    history = HistoricalRecords()

    objects = GoalQuerySet.as_manager()

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            one_place("goal_has_one_place"),
            withdrawn_says_why("goal_withdrawn_says_why"),
            models.CheckConstraint(
                condition=Q(baseline__isnull=True, baseline_year__isnull=True, baseline_source="")
                | (Q(baseline__isnull=False, baseline_year__isnull=False) & ~Q(baseline_source="")),
                name="goal_baseline_has_source",
            ),
            models.CheckConstraint(
                condition=~Q(kpi_code="") | Q(channel="", team__isnull=True), name="goal_scope_is_of_a_figure"
            ),
            models.CheckConstraint(
                condition=Q(indicator__isnull=True) | Q(kpi_code="", baseline__isnull=True),
                name="goal_is_measured_one_way",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def place(self) -> Pillar | Condition:
        """Where in the house it stands."""
        return self.pillar or self.condition  # type: ignore[return-value]  # the database holds that one is there


class GoalTarget(models.Model):
    """What must be reached in a year."""

    goal = models.ForeignKey(Goal, models.CASCADE, related_name="targets")
    year = models.PositiveSmallIntegerField(_("year"), validators=YEARS)
    value = models.DecimalField(_("target"), max_digits=9, decimal_places=2)
    source = models.CharField(_("source"), max_length=200)
    is_example = models.BooleanField(_("this is an example"), default=False)
    history = HistoricalRecords()

    class Meta:
        ordering = ["year"]
        constraints = [
            models.UniqueConstraint(fields=["goal", "year"], name="one_target_a_year"),
            models.CheckConstraint(condition=~Q(source=""), name="target_has_source"),
        ]

    def __str__(self) -> str:
        return str(self.year)
