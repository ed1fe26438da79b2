"""What others measured of us, such as Waarstaatjegemeente: once, here; the goals of the programme read it."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

YEARS = [MinValueValidator(2000), MaxValueValidator(2100)]


class OutsideIndicator(models.Model):
    """One thing that is measured from time to time, always in the same way."""

    class Unit(models.TextChoices):
        MARK = "mark", _("mark from 1 to 10")
        PERCENT = "percent", _("percent")
        NUMBER = "number", _("a number")

    code = models.SlugField(max_length=60, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=100, unique=True)
    question = models.CharField(_("what people were asked"), max_length=300, blank=True)
    unit = models.CharField(_("unit"), max_length=7, choices=Unit.choices)
    is_lower_better = models.BooleanField(_("lower is better"), default=False)
    norm_code = models.CharField(_("norm"), max_length=40, blank=True)
    """Whose target it is held against; empty: none."""
    every_years = models.PositiveSmallIntegerField(
        _("measured every … years"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(10)]
    )
    other_names = models.JSONField(_("other names in files"), default=list, blank=True)
    version = models.PositiveIntegerField(default=1)
    history = HistoricalRecords()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class OutsideResult(models.Model):
    """What one study found in a year. What was wrong is corrected or taken away, and the history keeps it."""

    indicator = models.ForeignKey(
        OutsideIndicator, models.PROTECT, related_name="results", verbose_name=_("what was measured")
    )
    year = models.PositiveSmallIntegerField(_("year"), validators=YEARS)
    month = models.PositiveSmallIntegerField(_("month"), default=0, validators=[MaxValueValidator(12)])
    """0: no month is known."""
    value = models.DecimalField(_("score"), max_digits=9, decimal_places=2)
    sample_size = models.PositiveIntegerField(
        _("number of answers"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    source = models.CharField(_("source"), max_length=200)
    is_example = models.BooleanField(_("this is an example"), default=False)
    is_removed = models.BooleanField(default=False, editable=False)
    """Counts nowhere; can be put back."""
    version = models.PositiveIntegerField(default=1)
    history = HistoricalRecords()

    class Meta:
        ordering = ["year", "month", "source"]
        constraints = [
            models.UniqueConstraint(fields=["indicator", "source", "year", "month"], name="outside_result_once"),
            models.CheckConstraint(condition=~Q(source=""), name="outside_result_has_source"),
            models.CheckConstraint(condition=Q(month__gte=0, month__lte=12), name="outside_result_month"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.year} {self.source}"


class OutsideImport(models.Model):
    """A file that was read and waits for a person to look at it. Its cells go when it is done, thrown away or forgotten."""

    class State(models.TextChoices):
        OPEN = "open", _("waits")
        DONE = "done", _("read in")
        DROPPED = "dropped", _("thrown away")

    by = models.ForeignKey("organisation.User", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    file_name = models.CharField(max_length=120)
    digest = models.CharField(max_length=64)
    state = models.CharField(max_length=7, choices=State.choices, default=State.OPEN)
    heads = models.JSONField(default=list)
    rows = models.JSONField(default=list)
    """Each: the line in the file, and its cells as text."""
    columns = models.JSONField(default=dict)
    """What stands in which column: name of the part → place of the column."""
    fixed = models.JSONField(default=dict)
    """What holds for every row: `source`, `indicator`."""
    added = models.PositiveIntegerField(default=0)
    corrected = models.PositiveIntegerField(default=0)
    same = models.PositiveIntegerField(default=0)
    settled_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open", settled_at__isnull=True)
                | (~Q(state="open") & Q(settled_at__isnull=False, rows=[])),
                name="outside_import_settled_is_empty",
            )
        ]

    def __str__(self) -> str:
        return self.file_name
