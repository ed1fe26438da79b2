"""What the desk and citizens say about an answer, and how often it is used: by day, without a person."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from knowledge.models.article import Article
from knowledge.querysets import FeedbackQuerySet


class ArticleFeedback(models.Model):
    """A colleague says that an answer is not right or not clear, or a citizen missed something: work for the team.

    It ends with an answer to the colleague; a citizen is not known, so there it ends with what the team did.
    """

    class Kind(models.TextChoices):
        WRONG = "wrong", _("not right")
        UNCLEAR = "unclear", _("not clear")
        WEBSITE = "website", _("from the website")

    article = models.ForeignKey(Article, models.CASCADE, related_name="feedback")
    number = models.PositiveSmallIntegerField()
    """The version it was about."""
    kind = models.CharField(max_length=7, choices=Kind.choices)
    note = models.CharField(_("what is wrong?"), max_length=500, blank=True)
    by = models.ForeignKey("organisation.User", models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey("organisation.User", models.SET_NULL, null=True, related_name="+")
    reply = models.CharField(_("your answer to the colleague"), max_length=500, blank=True)
    objects = FeedbackQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "by", "kind"], condition=Q(closed_at__isnull=True), name="feedback_open_once"
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | ~Q(reply=""), name="feedback_closed_with_an_answer"
            ),
        ]
        indexes = [models.Index(fields=["at"], condition=Q(closed_at__isnull=True), name="feedback_open")]

    def __str__(self) -> str:
        return f"{self.article_id} {self.kind}"


class ArticleUse(models.Model):
    """How often on one day; nothing says by whom or for whom."""

    class Kind(models.TextChoices):
        SHOWN = "shown", _("opened")
        INSERTED = "inserted", _("put in a text")
        ANSWERED = "answered", _("answered at once with it")
        HELPED = "helped", _("helped a citizen")
        UNHELPED = "unhelped", _("did not help a citizen")

    article = models.ForeignKey(Article, models.CASCADE, related_name="uses")
    on = models.DateField()
    kind = models.CharField(max_length=8, choices=Kind.choices)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["article", "on", "kind"], name="use_once_a_day")]
        indexes = [models.Index(fields=["on"], name="use_day")]

    def __str__(self) -> str:
        return f"{self.article_id} {self.on} {self.kind}"
