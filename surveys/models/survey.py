"""A survey and its versions. What was published never changes: the database refuses it (migration 0002)."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords


class Survey(models.Model):
    """One questionnaire, with a version that runs and perhaps one that is being written."""

    class Purpose(models.TextChoices):
        CONTACT = "contact", _("after a contact, or at a code")
        RESEARCH = "research", _("research, held for some time")

    code = models.SlugField(max_length=40, unique=True)
    purpose = models.CharField(_("what for"), max_length=8, choices=Purpose.choices, default=Purpose.CONTACT)
    name = models.CharField(_("name"), max_length=100, unique=True)
    """What employees call it; customers do not see it."""
    version = models.PositiveIntegerField(default=1)
    history = HistoricalRecords()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class SurveyVersion(models.Model):
    """The questions as they were asked from `published_at` on, in Dutch and English."""

    class State(models.TextChoices):
        DRAFT = "draft", _("being written")
        RUNNING = "running", _("running")
        REPLACED = "replaced", _("replaced")

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.DRAFT)
    title_nl = models.CharField(_("heading"), max_length=120)
    title_en = models.CharField(_("heading in English"), max_length=120)
    created_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey("organisation.User", models.PROTECT, null=True, related_name="+")
    """None: it came with the product."""
    version = models.PositiveIntegerField(default=1)
    history = HistoricalRecords()

    class Meta:
        ordering = ["survey", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["survey", "number"], name="survey_version_once"),
            models.UniqueConstraint(fields=["survey"], condition=Q(state="running"), name="one_running_version"),
            models.UniqueConstraint(fields=["survey"], condition=Q(state="draft"), name="one_draft_version"),
            models.CheckConstraint(
                condition=Q(state="draft", published_at__isnull=True)
                | Q(state__in=["running", "replaced"], published_at__isnull=False),
                name="version_published_or_draft",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.survey_id} {self.number}"


class SurveyQuestion(models.Model):
    """One question of a version."""

    class Kind(models.TextChoices):
        MARK = "mark", _("mark from 1 to 10")
        EFFORT = "effort", _("effort, from 1 to 5")
        YES = "yes", _("yes, partly or no")
        SCALE = "scale", _("agree, from 1 to 5")
        YES_NO = "yesno", _("yes or no")
        ONE = "one", _("choose one")
        MANY = "many", _("choose one or more")
        TEXT = "text", _("own words")

    class Key(models.TextChoices):
        """What is measured: answers to the same key are one figure, whatever the words of the question."""

        MARK = "mark", _("Mark for the contact")
        FRIENDLINESS = "friendliness", _("Friendliness")
        CLEAR_LANGUAGE = "clear_language", _("Clear language")
        ANSWERED = "answered", _("Question answered")
        EFFORT = "effort", _("Effort")
        SPEED = "speed", _("Speed")
        EXPERTISE = "expertise", _("Expertise")
        BETTER = "better", _("What can be better")

    version = models.ForeignKey(SurveyVersion, models.CASCADE, related_name="questions")
    order = models.PositiveSmallIntegerField(_("place"), validators=[MaxValueValidator(99)])
    key = models.CharField(_("what it measures"), max_length=20)
    """One of `Key`, or of a question of one's own `q1`, `q2` …: the same in every version in which it asks the same."""
    kind = models.CharField(_("kind of answer"), max_length=6, choices=Kind.choices)
    text_nl = models.CharField(_("question"), max_length=200)
    text_en = models.CharField(_("question in English"), max_length=200)
    low_nl = models.CharField(_("word at the lowest"), max_length=40, blank=True)
    low_en = models.CharField(_("word at the lowest, in English"), max_length=40, blank=True)
    high_nl = models.CharField(_("word at the highest"), max_length=40, blank=True)
    high_en = models.CharField(_("word at the highest, in English"), max_length=40, blank=True)
    options = models.JSONField(default=list, blank=True)
    """What can be chosen, each in Dutch and English."""
    is_required = models.BooleanField(_("must be answered"), default=False)
    history = HistoricalRecords()

    HIGHEST = {"mark": 10, "effort": 5, "yes": 3, "scale": 5, "yesno": 2, "text": 0}

    class Meta:
        ordering = ["version", "order", "pk"]
        constraints = [models.UniqueConstraint(fields=["version", "key"], name="key_once_per_version")]

    def __str__(self) -> str:
        return self.text_nl

    @property
    def highest(self) -> int:
        """The largest number that can be answered; 0 for own words."""
        return self.HIGHEST.get(self.kind, len(self.options))

    @property
    def measures(self) -> str:
        """In words what it measures; of a question of one's own nothing but how it is answered."""
        return str(self.Key(self.key).label) if self.key in self.Key.values else ""
