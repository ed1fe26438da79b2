"""How hard a text was that left for a customer, or that came to stand on a page: the estimate of its level, never the text and never who wrote it."""

from django.db import models
from django.db.models import Q


class TextLevel(models.Model):
    """One row per text that left (a mail that was sent, a letter, a post) and per text of a page, on the day that citizens could first
    read it there; what `language.b1` counts (docs/plain-language.md).

    Channel, team and subject are those of the moment it left: a text that was sent changes no more.
    """

    contact = models.OneToOneField("contacts.Contact", models.CASCADE, null=True, related_name="text_level")
    question = models.ForeignKey("contacts.Question", models.CASCADE, null=True, related_name="+")
    page = models.CharField(max_length=80, blank=True, default="")
    """Which page and which text of it (`answer:12`, `survey:4`, `screen:contacts/follow.html:…`); empty for what left."""
    page_title = models.CharField(max_length=120, blank=True, default="")
    channel = models.CharField(max_length=12)
    team = models.ForeignKey("organisation.Team", models.PROTECT, related_name="+", db_index=False)
    subject = models.ForeignKey("organisation.Subject", models.PROTECT, null=True, related_name="+", db_index=False)
    left_at = models.DateTimeField()
    level = models.CharField(max_length=2, blank=True)
    """A2, B1, B2 or C1; empty: too few words of one's own to say."""
    score = models.SmallIntegerField()
    words = models.PositiveIntegerField()
    """Words of one's own: without greeting, template and quoted text."""
    sentences = models.PositiveIntegerField()
    method = models.PositiveSmallIntegerField()
    """Version of the estimate (`channels_app.readability.VERSION`)."""

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(level__in=["", "A2", "B1", "B2", "C1"]), name="level_is_one"),
            models.UniqueConstraint(fields=["page"], condition=~Q(page=""), name="level_of_a_page_once"),
            models.CheckConstraint(
                condition=Q(page="", contact__isnull=False, question__isnull=False)
                | (~Q(page="") & Q(contact__isnull=True, question__isnull=True)),
                name="level_of_a_text_or_a_page",
            ),
        ]
        indexes = [models.Index(fields=["left_at"], name="text_left", condition=~Q(level=""))]

    def __str__(self) -> str:
        return f"{self.contact_id} {self.level or '–'}"


class TextLevelState(models.Model):
    """How far the sweep came that looks at texts from before levels were kept: from the newest contact to the oldest."""

    before = models.BigIntegerField()
    """Contacts with a lower key were not looked at yet; 0: all were."""

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="one_text_level_state")]

    def __str__(self) -> str:
        return f"before {self.before}"
