"""What people ask about: a tree of subjects in citizens' words."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords


class QuestionKind(models.TextChoices):
    """Kinds of question, each with its own route, norm and words."""

    QUESTION = "question", _("Question")
    REPORT = "report", _("Report about public space")
    COMPLAINT = "complaint", _("Complaint")
    IDEA = "idea", _("Idea or initiative")
    COMPLIMENT = "compliment", _("Compliment")
    INFORMATION = "information", _("Information for press or partner")
    OBJECTION = "objection", _("Objection, to be passed on")


class Subject(models.Model):
    """A theme (no parent) or a subject below it; decides the team, the kind and the answer to say."""

    class Handling(models.TextChoices):
        ANSWER = "answer", _("Answer at once")
        FORWARD = "forward", _("Hand over")

    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    code = models.SlugField(max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=100)
    name_en = models.CharField(_("name in English"), max_length=100, blank=True)
    """For citizens who read in English; without one they read the Dutch name, marked as Dutch."""
    synonyms = ArrayField(
        models.CharField(max_length=80), default=list, blank=True, verbose_name=_("words of citizens")
    )
    team = models.ForeignKey("organisation.Team", models.PROTECT, null=True, blank=True, related_name="subjects")
    """None: the team of the parent, else the Servicecentrum."""
    kind = models.CharField(max_length=12, choices=QuestionKind.choices, default=QuestionKind.QUESTION)
    handling = models.CharField(max_length=8, choices=Handling.choices, default=Handling.ANSWER)
    ask_always = ArrayField(
        models.CharField(max_length=200), default=list, blank=True, verbose_name=_("always ask for")
    )
    short_answer = models.TextField(_("answer to say"), blank=True)
    answer_checked_on = models.DateField(null=True, blank=True)
    is_active = models.BooleanField(_("in use"), default=True)
    search_text = models.TextField(default="", editable=False)
    """Name, parent's name and synonyms, lower case without accents, for trigram search."""
    version = models.PositiveIntegerField(default=1)
    history = HistoricalRecords(excluded_fields=["search_text"])

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(parent=models.F("pk")), name="subject_not_own_parent")
        ]

    def __str__(self) -> str:
        return self.name

    def name_in(self, language: str) -> tuple[str, str]:
        """The name for citizens, and its language where that is not the one of the page."""
        if language == "nl":
            return self.name, ""
        return (self.name_en, "") if self.name_en else (self.name, "nl")
