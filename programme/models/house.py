"""The house of service: the programme itself, its pillars, and the conditions (with the foundation) under them."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from programme.querysets import ProgrammeQuerySet


class Programme(models.Model):
    """The programme: one row (pk 1)."""

    name = models.CharField(_("name"), max_length=120)
    vision = models.CharField(_("vision in one sentence"), max_length=200, blank=True)
    values_in_words = models.CharField(_("customer values, with commas between them"), max_length=200, blank=True)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until and including"))
    narrative = models.TextField(_("what is the case, in your own words"), max_length=2000, blank=True)
    version = models.PositiveIntegerField(default=1)
    history = HistoricalRecords()

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(pk=1), name="one_programme"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="programme_ends_after_start"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def customer_values(self) -> list[str]:
        """As they stand in the roof of the house."""
        return [word.strip() for word in self.values_in_words.split(",") if word.strip()]


class Pillar(models.Model):
    """One of the ways along which service is given."""

    order = models.PositiveSmallIntegerField(_("place"), validators=[MaxValueValidator(99)])
    name = models.CharField(_("name"), max_length=80, unique=True)
    short_name = models.CharField(_("short name"), max_length=30)
    icon = models.CharField(max_length=30, default="building-community")
    aim = models.TextField(_("what we want to reach"), max_length=1000)
    version = models.PositiveIntegerField(default=1)
    history = HistoricalRecords()

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.name


class Condition(models.Model):
    """What has to be in order before the pillars can stand; at most one is the foundation of the house."""

    order = models.PositiveSmallIntegerField(_("place"), validators=[MaxValueValidator(99)])
    name = models.CharField(_("name"), max_length=80, unique=True)
    short_name = models.CharField(_("short name"), max_length=30)
    icon = models.CharField(max_length=30, default="circle-check")
    aim = models.TextField(_("what we want to reach"), max_length=1000)
    is_foundation = models.BooleanField(_("foundation of the house"), default=False)
    version = models.PositiveIntegerField(default=1)
    history = HistoricalRecords()

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["is_foundation"], condition=Q(is_foundation=True), name="one_foundation")
        ]

    def __str__(self) -> str:
        return self.name
