"""What was answered. Nothing here leads to the invitation or the contact, unless the customer asked for contact."""

import uuid

from django.db import models
from django.db.models import Q

from surveys.models.survey import Survey, SurveyQuestion, SurveyVersion
from surveys.querysets import AnswerQuerySet, BatchQuerySet


class Response(models.Model):
    """One form that was sent in. Its id is random and its day is all that is kept of the moment."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    survey_version = models.ForeignKey(SurveyVersion, models.PROTECT, related_name="responses")
    channel = models.CharField(max_length=12)
    team = models.ForeignKey("organisation.Team", models.PROTECT, null=True, related_name="+")
    theme = models.ForeignKey("organisation.Subject", models.PROTECT, null=True, related_name="+")
    place = models.ForeignKey("surveys.SurveyPlace", models.PROTECT, null=True, related_name="+")
    """Where anybody may answer; None: of who was asked."""
    round = models.ForeignKey("surveys.SurveyRound", models.PROTECT, null=True, related_name="+")
    """The questionnaire that was held; then without channel, team and theme."""
    feeds_figures = models.BooleanField(default=True)
    """As the choice of the place was when it was answered."""
    answered_on = models.DateField()
    revise_hash = models.CharField(max_length=64, blank=True)
    """Only who has the link can work it out; emptied when the response closes. Of a form at a place after the next day."""
    closes_at = models.DateTimeField(null=True)
    """Until then the customer may send another one in its place; None: closed."""
    question = models.ForeignKey("contacts.Question", models.SET_NULL, null=True, related_name="+")
    """Made because the customer asked for contact."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["revise_hash"], condition=~Q(revise_hash=""), name="response_once_per_link")
        ]
        indexes = [
            models.Index(fields=["closes_at"], name="response_open", condition=Q(closes_at__isnull=False)),
            models.Index(fields=["answered_on"], name="response_day"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class AnswerBatch(models.Model):
    """At least ten answers to the same key of a survey, as a sum: the only thing that figures are made of (surveys/batching.py)."""

    survey = models.ForeignKey(Survey, models.PROTECT, related_name="batches")
    key = models.CharField(max_length=20)
    channel = models.CharField(max_length=12)
    team = models.ForeignKey("organisation.Team", models.PROTECT, null=True, related_name="+")
    """None: of several teams."""
    theme = models.ForeignKey("organisation.Subject", models.PROTECT, null=True, related_name="+")
    """None: of several themes."""
    place = models.ForeignKey("surveys.SurveyPlace", models.PROTECT, null=True, related_name="+")
    round = models.ForeignKey("surveys.SurveyRound", models.PROTECT, null=True, related_name="+")
    feeds_figures = models.BooleanField(default=True)
    """Never of both: what anybody may answer moves no figure with a norm unseen."""
    on = models.DateField()
    size = models.PositiveIntegerField()
    total = models.PositiveIntegerField()
    squares = models.PositiveIntegerField()
    n1 = models.PositiveIntegerField(default=0)
    n2 = models.PositiveIntegerField(default=0)
    n3 = models.PositiveIntegerField(default=0)
    n4 = models.PositiveIntegerField(default=0)
    n5 = models.PositiveIntegerField(default=0)
    n6 = models.PositiveIntegerField(default=0)
    n7 = models.PositiveIntegerField(default=0)
    n8 = models.PositiveIntegerField(default=0)
    n9 = models.PositiveIntegerField(default=0)
    n10 = models.PositiveIntegerField(default=0)
    objects = BatchQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(size__gte=10), name="batch_of_ten_or_more")]
        indexes = [
            models.Index(fields=["key", "on"], name="batch_key_day"),
            models.Index(fields=["round"], name="batch_round", condition=Q(round__isnull=False)),
            models.Index(fields=["place"], name="batch_place", condition=Q(place__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.on} {self.size}"


class Answer(models.Model):
    """An answer to one question: a number, or own words in which personal data are masked."""

    response = models.ForeignKey(Response, models.CASCADE, related_name="answers")
    question = models.ForeignKey(SurveyQuestion, models.PROTECT, related_name="+")
    survey = models.ForeignKey(Survey, models.PROTECT, related_name="+")
    key = models.CharField(max_length=20)
    value = models.PositiveSmallIntegerField(null=True)
    text = models.TextField(blank=True)
    batch = models.ForeignKey(AnswerBatch, models.PROTECT, null=True, related_name="answers")
    """With which nine or more others it counts; None: not yet, or own words."""
    objects = AnswerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["response", "key"], name="answer_once_per_key"),
            models.CheckConstraint(
                condition=Q(value__gte=1, value__lte=10, text="") | (Q(value__isnull=True) & ~Q(text="")),
                name="answer_is_number_or_text",
            ),
            models.CheckConstraint(condition=Q(batch__isnull=True) | Q(value__isnull=False), name="only_numbers_count"),
        ]
        indexes = [
            models.Index(
                fields=["survey", "key"], name="answer_waiting", condition=Q(batch__isnull=True, value__isnull=False)
            ),
            models.Index(fields=["response"], name="answer_words", condition=~Q(text="")),
        ]

    def __str__(self) -> str:
        return f"{self.response_id} {self.key}"
