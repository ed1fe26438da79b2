"""The investment agenda: a budget a year and place, and what was promised and paid from it."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from programme.models.goals import YEARS
from programme.models.house import Condition, Pillar
from programme.models.projects import Project
from programme.querysets import ProgrammeQuerySet, one_place


class BudgetLine(models.Model):
    """What may be spent in a year for a pillar or a condition."""

    year = models.PositiveSmallIntegerField(_("year"), validators=YEARS)
    pillar = models.ForeignKey(
        Pillar, models.PROTECT, null=True, blank=True, related_name="budget", verbose_name=_("pillar")
    )
    condition = models.ForeignKey(
        Condition, models.PROTECT, null=True, blank=True, related_name="budget", verbose_name=_("condition")
    )
    amount = models.DecimalField(_("budget"), max_digits=12, decimal_places=2, validators=[MinValueValidator(0)])
    source = models.CharField(_("source"), max_length=200, blank=True)
    is_example = models.BooleanField(_("this is an example"), default=False)
    version = models.PositiveIntegerField(default=1)
    history = HistoricalRecords()

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        ordering = ["year", "pk"]
        constraints = [
            one_place("budget_has_one_place"),
            models.UniqueConstraint(fields=["year", "pillar"], name="one_budget_a_year_pillar"),
            models.UniqueConstraint(fields=["year", "condition"], name="one_budget_a_year_condition"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="budget_not_negative"),
        ]

    def __str__(self) -> str:
        return str(self.year)


class MoneyEntry(models.Model):
    """Money promised or paid on a day. What was promised and is then paid leaves `committed` by an entry below zero."""

    class Kind(models.TextChoices):
        COMMITTED = "committed", _("committed")
        SPENT = "spent", _("spent")

    line = models.ForeignKey(BudgetLine, models.PROTECT, related_name="entries", verbose_name=_("budget"))
    project = models.ForeignKey(
        Project, models.PROTECT, null=True, blank=True, related_name="money", verbose_name=_("project")
    )
    kind = models.CharField(_("kind"), max_length=9, choices=Kind.choices)
    amount = models.DecimalField(_("amount in euros"), max_digits=12, decimal_places=2)
    on = models.DateField(_("date"))
    note = models.CharField(_("what for"), max_length=200)
    is_example = models.BooleanField(_("this is an example"), default=False)
    version = models.PositiveIntegerField(default=1)
    history = HistoricalRecords()

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(amount=0), name="entry_has_amount"),
            models.CheckConstraint(condition=~Q(note=""), name="entry_has_note"),
            models.CheckConstraint(condition=Q(kind__in=["committed", "spent"]), name="entry_kind_known"),
        ]

    def __str__(self) -> str:
        return self.note
