"""An answer for citizens in another language: a text of its own, looked at by two people like the Dutch one it was made of."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from knowledge.models.article import LONG, SHORT, TITLE, Article, lines


class Language(models.TextChoices):
    """Those in which the pages for citizens speak, beside Dutch."""

    EN = "en", _("English")


class ArticleTranslation(models.Model):
    """The texts of an answer that stand outside, in one language. What was published never changes, but for `of_number` (migration 0009)."""

    class State(models.TextChoices):
        DRAFT = "draft", _("being written")
        REVIEW = "review", _("to be looked at")
        PUBLISHED = "published", _("published")
        REPLACED = "replaced", _("replaced")

    article = models.ForeignKey(Article, models.CASCADE, related_name="translations")
    language = models.CharField(max_length=2, choices=Language.choices)
    number = models.PositiveSmallIntegerField()
    of_number = models.PositiveSmallIntegerField()
    """The Dutch version that it says; older than the one that holds: the translation must be looked at."""
    state = models.CharField(max_length=9, choices=State.choices, default=State.DRAFT)
    title = models.CharField(_("title"), max_length=TITLE)
    short_answer = models.TextField(_("short answer"), max_length=SHORT)
    answer = models.TextField(_("full answer"), max_length=LONG, blank=True)
    for_business = models.TextField(_("other for entrepreneurs"), max_length=LONG, blank=True)
    links = lines(_("forms and links"), 400)
    words = lines(_("other words"), 80)
    remark = models.CharField(max_length=500, blank=True)
    """Why it was sent back."""
    written_by = models.ForeignKey("organisation.User", models.PROTECT, null=True, related_name="+")
    written_at = models.DateTimeField()
    published_by = models.ForeignKey("organisation.User", models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField(null=True)
    search_text = models.TextField(default="", editable=False)
    """Title and other words, a line each, without accents: for the order."""
    search_names = models.GeneratedField(
        expression=SearchVector("search_text", config="simple"), output_field=SearchVectorField(), db_persist=True
    )
    """The same words as they are written, so that one index serves every language."""
    search_body = SearchVectorField(null=True, editable=False)
    """All that it says to citizens."""
    version = models.PositiveIntegerField(default=1)
    history = HistoricalRecords(excluded_fields=["search_text", "search_names", "search_body"])

    class Meta:
        ordering = ["article", "language", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["article", "language", "number"], name="article_translation_once"),
            models.UniqueConstraint(
                fields=["article", "language"], condition=Q(state="published"), name="one_published_translation"
            ),
            models.UniqueConstraint(
                fields=["article", "language"],
                condition=Q(state__in=["draft", "review"]),
                name="one_translation_being_written",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "review"], published_at__isnull=True)
                | Q(state__in=["published", "replaced"], published_at__isnull=False, published_by__isnull=False),
                name="translation_published_or_draft",
            ),
            models.CheckConstraint(
                condition=Q(published_by__isnull=True) | ~Q(published_by=models.F("written_by")),
                name="translation_published_by_another",
            ),
        ]
        indexes = [
            GinIndex(fields=["search_names"], name="translation_names", condition=Q(state="published")),
            GinIndex(fields=["search_body"], name="translation_body", condition=Q(state="published")),
            GinIndex(
                fields=["search_text"],
                name="translation_trigram",
                opclasses=["gin_trgm_ops"],
                condition=Q(state="published"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.article_id} {self.language} {self.number}"
