"""Short messages for colleagues, and who read them."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from knowledge.models.article import TITLE, Article
from knowledge.querysets import NewsQuerySet
from organisation.roles import Role

NEWS_TEXT = 2000


class News(models.Model):
    """News or a work instruction: for whom, from when until when, and whether it must be read."""

    title = models.CharField(_("title"), max_length=TITLE)
    text = models.TextField(_("text"), max_length=NEWS_TEXT)
    team = models.ForeignKey("organisation.Team", models.PROTECT, related_name="+", verbose_name=_("team"))
    """Whose message it is: its leads may change it."""
    article = models.ForeignKey(Article, models.SET_NULL, null=True, blank=True, related_name="+")
    for_everybody = models.BooleanField(_("for everybody"), default=False)
    for_teams = models.ManyToManyField("organisation.Team", blank=True, related_name="+", verbose_name=_("for teams"))
    for_roles = ArrayField(
        models.CharField(max_length=20, choices=Role.choices), default=list, blank=True, verbose_name=_("for roles")
    )
    must_read = models.BooleanField(_("everybody must read it"), default=False)
    from_at = models.DateTimeField()
    until_at = models.DateTimeField()
    """The midnight after the last day."""
    round = models.PositiveSmallIntegerField(default=1, editable=False)
    """Rises when what changed must be read again."""
    written_by = models.ForeignKey("organisation.User", models.SET_NULL, null=True, related_name="+")
    written_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    readers_then = models.PositiveIntegerField(null=True, editable=False)
    """How many had read it when who they were was forgotten."""
    version = models.PositiveIntegerField(default=1)
    history = HistoricalRecords(m2m_fields=[for_teams])
    objects = NewsQuerySet.as_manager()

    class Meta:
        ordering = ["-from_at", "-pk"]
        constraints = [models.CheckConstraint(condition=Q(until_at__gt=F("from_at")), name="news_ends_after_it_begins")]
        indexes = [models.Index(fields=["until_at"], condition=Q(withdrawn_at__isnull=True), name="news_running")]

    def __str__(self) -> str:
        return self.title


class NewsRead(models.Model):
    """This person pressed "read"."""

    news = models.ForeignKey(News, models.CASCADE, related_name="reads")
    user = models.ForeignKey("organisation.User", models.CASCADE, related_name="+")
    round = models.PositiveSmallIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["news", "user"], name="news_read_once")]

    def __str__(self) -> str:
        return f"{self.news_id} {self.user_id}"
