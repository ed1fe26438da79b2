"""A questionnaire that is held for some time: to a sample of customers, or behind a link for anybody."""

import secrets

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from surveys.models.survey import Survey, SurveyVersion

MOST_ASKED = 20_000


def new_seed() -> str:
    return secrets.token_hex(8)


class SurveyRound(models.Model):
    """What was decided, and (once it began) whom it went to: enough to draw the same sample again."""

    class Way(models.TextChoices):
        SAMPLE = "sample", _("by e-mail, to a sample of customers")
        LINK = "link", _("with a link that anybody may use")

    class State(models.TextChoices):
        DRAFT = "draft", _("being prepared")
        PLANNED = "planned", _("planned")
        RUNNING = "running", _("running")
        ENDED = "ended", _("ended")
        STOPPED = "stopped", _("stopped")

    class SizeKind(models.TextChoices):
        NUMBER = "number", _("a number of customers")
        SHARE = "share", _("a share, in percent")

    survey = models.ForeignKey(Survey, models.PROTECT, related_name="rounds", verbose_name=_("questionnaire"))
    survey_version = models.ForeignKey(SurveyVersion, models.PROTECT, null=True, related_name="+", editable=False)
    """The questions as they ran when it began; None: not yet."""
    name = models.CharField(_("name"), max_length=80, unique=True)
    way = models.CharField(_("how"), max_length=6, choices=Way.choices, default=Way.SAMPLE)
    state = models.CharField(max_length=7, choices=State.choices, default=State.DRAFT, editable=False)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    intro_nl = models.CharField(_("what stands above the questions"), max_length=400)
    intro_en = models.CharField(_("what stands above the questions, in English"), max_length=400)
    contacts_from = models.DateField(_("had contact from"), null=True, blank=True)
    contacts_until = models.DateField(_("had contact until"), null=True, blank=True)
    size_kind = models.CharField(_("size of the sample"), max_length=6, choices=SizeKind.choices, default="number")
    size = models.PositiveIntegerField(
        _("how many"), default=500, validators=[MinValueValidator(1), MaxValueValidator(MOST_ASKED)]
    )
    reminder_days = models.PositiveSmallIntegerField(
        _("days after which who did not answer is reminded once"),
        null=True,
        blank=True,
        validators=[MinValueValidator(2), MaxValueValidator(60)],
    )
    seed = models.CharField(max_length=16, default=new_seed, editable=False)
    """With the customer's number it decides who is drawn."""
    began_at = models.DateTimeField(null=True, editable=False)
    reminded_at = models.DateTimeField(null=True, editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)
    population = models.PositiveIntegerField(null=True, editable=False)
    """Customers who could be asked."""
    left_out = models.JSONField(default=dict, editable=False)
    """Why others could not: reason → how many."""
    drawn = models.PositiveIntegerField(null=True, editable=False)
    is_example = models.BooleanField(default=False, editable=False)
    version = models.PositiveIntegerField(default=1)
    history = HistoricalRecords()

    class Meta:
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="round_ends_after_start"),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "planned"], began_at__isnull=True)
                | Q(state="stopped")
                | Q(state__in=["running", "ended"], began_at__isnull=False, survey_version__isnull=False),
                name="round_that_began_says_when",
            ),
            models.CheckConstraint(
                condition=~Q(way="sample") | Q(contacts_from__isnull=False, contacts_until__gte=F("contacts_from")),
                name="round_sample_has_a_period",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class WordGroup(models.Model):
    """Words that say the same in what customers write: counted together as a theme."""

    name = models.CharField(_("theme"), max_length=60, unique=True)
    words = models.JSONField(_("words"), default=list)
    """Each the beginning of a word; small letters."""
    version = models.PositiveIntegerField(default=1)
    history = HistoricalRecords()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
