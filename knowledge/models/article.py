"""An answer of the municipality and its versions. What was published never changes: the database refuses it (migration 0002)."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from knowledge.querysets import ArticleQuerySet

TITLE, SHORT, LONG, LINE, MOST_LINES = 120, 600, 20_000, 200, 20


def lines(label: str, length: int = LINE) -> ArrayField:
    return ArrayField(models.CharField(max_length=length), default=list, blank=True, verbose_name=label)


class Article(models.Model):
    """One answer: who keeps it true, what it is about, and until when it was looked at."""

    team = models.ForeignKey("organisation.Team", models.PROTECT, related_name="articles", verbose_name=_("team"))
    owner = models.ForeignKey(
        "organisation.User", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("owner")
    )
    """Hears that it must be looked at again. None: the leads of the team."""
    subjects = models.ManyToManyField("organisation.Subject", related_name="articles", verbose_name=_("subjects"))
    title = models.CharField(max_length=TITLE)
    """Of the version that is published, else of the newest."""
    is_published = models.BooleanField(default=False)
    checked_on = models.DateField(null=True, blank=True)
    review_on = models.DateField(null=True, blank=True)
    """Until this day it was found to be true."""
    reminded_for = models.DateField(null=True, blank=True, editable=False)
    """The review day that the owner was told of: each is told once."""
    proposed_by = models.ForeignKey("organisation.User", models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField()
    search_text = models.TextField(default="", editable=False)
    """Title, other words and the words of its subjects, a line each, without accents: for the order."""
    search_names = SearchVectorField(null=True, editable=False)
    """Title and words."""
    search_body = SearchVectorField(null=True, editable=False)
    """What it says."""
    is_public = models.BooleanField(default=False, editable=False)
    """What is published may stand on the website, and somebody else looked at it (`knowledge/actions/expose.py`)."""
    address = models.SlugField(max_length=90, null=True, unique=True, editable=False)
    """Of its page for citizens: from its first title there, and never another one."""
    public_at = models.DateTimeField(null=True, editable=False)
    """When what stands outside changed, or went: the API gives changes in this order."""
    public_body = SearchVectorField(null=True, editable=False)
    """What it says to citizens: their search looks at nothing else."""
    version = models.PositiveIntegerField(default=1)
    history = HistoricalRecords(
        excluded_fields=["search_text", "search_names", "search_body", "public_body"], m2m_fields=[subjects]
    )
    objects = ArticleQuerySet.as_manager()

    class Meta:
        ordering = ["title", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_published=False) | Q(checked_on__isnull=False, review_on__isnull=False),
                name="published_article_has_a_review_day",
            ),
            models.CheckConstraint(
                condition=Q(is_public=False) | Q(is_published=True, address__isnull=False, public_at__isnull=False),
                name="public_article_has_an_address",
            ),
        ]
        indexes = [
            GinIndex(fields=["search_names"], name="article_names"),
            GinIndex(fields=["search_body"], name="article_body"),
            GinIndex(fields=["public_body"], name="article_public_body", condition=Q(is_public=True)),
            models.Index(fields=["review_on"], condition=Q(is_published=True), name="article_review"),
            models.Index(fields=["public_at", "id"], condition=Q(public_at__isnull=False), name="article_public_order"),
        ]

    def __str__(self) -> str:
        return self.title


class ArticleWord(models.Model):
    """A word by which some article is or was found: what was typed wrong is held beside these."""

    word = models.CharField(max_length=80, unique=True)

    class Meta:
        indexes = [GinIndex(fields=["word"], name="article_word_trigram", opclasses=["gin_trgm_ops"])]

    def __str__(self) -> str:
        return self.word


class ArticleVersion(models.Model):
    """The text as it was said from `published_at` on, or as it is being written."""

    class State(models.TextChoices):
        DRAFT = "draft", _("being written")
        REVIEW = "review", _("to be looked at")
        PUBLISHED = "published", _("published")
        REPLACED = "replaced", _("replaced")

    article = models.ForeignKey(Article, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=9, choices=State.choices, default=State.DRAFT)
    title = models.CharField(_("title"), max_length=TITLE)
    short_answer = models.TextField(_("short answer to say on the phone"), max_length=SHORT)
    answer = models.TextField(_("full answer"), max_length=LONG, blank=True)
    for_business = models.TextField(_("other for entrepreneurs"), max_length=LONG, blank=True)
    ask = lines(_("always ask"))
    links = lines(_("forms and links"), 400)
    """`Words | https://address`, a line each."""
    words = lines(_("other words"), 80)
    forward_to = models.ForeignKey(
        "organisation.Team", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("hand over to")
    )
    forward_when = models.TextField(_("hand over when"), max_length=SHORT, blank=True)
    internal = models.TextField(_("only for colleagues"), max_length=LONG, blank=True)
    is_public = models.BooleanField(_("may also stand on the website"), default=False)
    why = models.CharField(_("what changes, and why"), max_length=200, blank=True)
    remark = models.CharField(max_length=500, blank=True)
    """Why it was sent back."""
    written_by = models.ForeignKey("organisation.User", models.PROTECT, null=True, related_name="+")
    """None: it came with the example."""
    written_at = models.DateTimeField()
    published_by = models.ForeignKey("organisation.User", models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)
    history = HistoricalRecords()

    class Meta:
        ordering = ["article", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["article", "number"], name="article_version_once"),
            models.UniqueConstraint(fields=["article"], condition=Q(state="published"), name="one_published_version"),
            models.UniqueConstraint(
                fields=["article"], condition=Q(state__in=["draft", "review"]), name="one_version_being_written"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "review"], published_at__isnull=True)
                | Q(state__in=["published", "replaced"], published_at__isnull=False),
                name="article_version_published_or_draft",
            ),
            models.CheckConstraint(
                condition=Q(published_by__isnull=True) | ~Q(published_by=models.F("written_by")),
                name="article_published_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.article_id} {self.number}"
