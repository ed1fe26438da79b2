"""What a customer wants: one question, with contacts over channels, teams and time."""

from django.contrib.postgres.fields import DateTimeRangeField
from django.contrib.postgres.indexes import GinIndex, GistIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import Func, Q
from django.db.models.functions import Greatest
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from contacts.querysets import QuestionQuerySet
from organisation.models import QuestionKind

FAR_FUTURE = "9999-12-31T00:00:00+00:00"


class Question(models.Model):
    """Status moves only along `contacts.status.MOVES`. Clock columns are a projection of the clocks, for lists."""

    class Status(models.TextChoices):
        NEW = "new", _("New")
        IN_PROGRESS = "in_progress", _("In progress")
        WAITING = "waiting", _("Waiting for customer")
        CLOSED = "closed", _("Answered")
        CANCELLED = "cancelled", _("Cancelled")

    class CloseReason(models.TextChoices):
        DIRECT = "direct", _("Answered at once")
        ANSWERED = "answered", _("Answered")
        NO_REACTION_NEEDED = "no_reaction_needed", _("No reaction needed")
        PASSED_ON = "passed_on", _("Passed on")
        MERGED = "merged", _("Merged")
        SPAM = "spam", _("Spam")
        WRONG_NUMBER = "wrong_number", _("Wrong number")
        DUPLICATE = "duplicate", _("Duplicate")
        INTERNAL = "internal", _("Internal call")
        CONNECTED = "connected", _("Only connected to a colleague")

    number = models.CharField(max_length=20, unique=True)
    """`OPM-2026-000123`."""
    kind = models.CharField(_("kind"), max_length=12, choices=QuestionKind.choices, default=QuestionKind.QUESTION)
    subject = models.ForeignKey(
        "organisation.Subject", models.PROTECT, null=True, related_name="questions", verbose_name=_("subject")
    )
    customer = models.ForeignKey(
        "contacts.Customer", models.PROTECT, null=True, related_name="questions", verbose_name=_("customer")
    )
    channel = models.CharField(_("channel"), max_length=12)
    """Channel of the first contact."""
    title = models.CharField(_("question"), max_length=200)
    summary = models.TextField(_("text"), blank=True)
    """The first contact's text, at most 2,000 characters, for lists and search."""
    status = models.CharField(_("status"), max_length=12, choices=Status.choices, default=Status.NEW)
    close_reason = models.CharField(max_length=20, choices=CloseReason.choices, blank=True)
    team = models.ForeignKey("organisation.Team", models.PROTECT, related_name="questions", verbose_name=_("team"))
    assignee = models.ForeignKey(
        "organisation.User", models.PROTECT, null=True, related_name="questions", verbose_name=_("assignee")
    )
    is_confidential = models.BooleanField(_("confidential"), default=False)
    received_at = models.DateTimeField()
    """Oldest moment of receipt; a merged question keeps the oldest, a split one inherits it."""
    registered_at = models.DateTimeField()
    registered_by = models.ForeignKey("organisation.User", models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    """Latest human answer, also when the clock had already been missed."""
    closed_at = models.DateTimeField(null=True)
    closed_on = models.DateField(null=True)
    is_direct = models.BooleanField(default=False)
    """Answered in the first contact, without forwarding or call-back; counts for `phone.direct`."""
    due_at = models.DateTimeField(null=True)
    """Earliest promise still to be kept (running, or missed and unanswered); None while paused or without promise."""
    soon_at = models.DateTimeField(null=True)
    """From here on it is almost due."""
    sort_at = models.DateTimeField(default=FAR_FUTURE)
    """`due_at`, or far away; never null, so lists page by key."""
    last_contact_at = models.DateTimeField()
    contact_count = models.PositiveIntegerField(default=1)
    transfer_count = models.PositiveSmallIntegerField(default=0)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged")
    search = models.GeneratedField(
        expression=SearchVector("title", "summary", config="dutch_plain"),
        output_field=SearchVectorField(),
        db_persist=True,
    )
    version = models.PositiveIntegerField(default=1)
    history = HistoricalRecords(
        excluded_fields=["search", "due_at", "soon_at", "sort_at", "last_contact_at", "contact_count", "summary"]
    )

    objects = QuestionQuerySet.as_manager()

    OPEN = (Status.NEW, Status.IN_PROGRESS, Status.WAITING)

    class Meta:
        indexes = [
            models.Index(
                fields=["sort_at", "id"],
                name="question_open_due",
                condition=Q(status__in=["new", "in_progress", "waiting"]),
            ),
            models.Index(
                fields=["team", "sort_at", "id"],
                name="question_open_team",
                condition=Q(status__in=["new", "in_progress", "waiting"]),
            ),
            models.Index(
                fields=["assignee", "sort_at", "id"],
                name="question_open_assignee",
                condition=Q(status__in=["new", "in_progress", "waiting"]),
            ),
            models.Index(
                fields=["-received_at", "-id"],
                name="question_open_newest",
                condition=Q(status__in=["new", "in_progress", "waiting"]),
            ),
            models.Index(
                fields=["team"],
                include=[
                    "id",
                    "status",
                    "due_at",
                    "soon_at",
                    "assignee",
                    "received_at",
                    "channel",
                    "subject",
                    "is_confidential",
                ],
                name="question_open_counts",
                condition=Q(status__in=["new", "in_progress", "waiting"]),
            ),
            GistIndex(
                Func("soon_at", Greatest("due_at", "soon_at"), function="tstzrange", output_field=DateTimeRangeField()),
                name="question_almost",
                condition=Q(status__in=["new", "in_progress", "waiting"], soon_at__isnull=False),
            ),
            models.Index(
                fields=["team"],
                include=["id", "is_confidential"],
                name="question_waiting",
                condition=Q(status="waiting"),
            ),
            models.Index(fields=["-received_at", "-id"], name="question_newest"),
            models.Index(fields=["team", "-received_at", "-id"], name="question_team_newest"),
            models.Index(fields=["customer", "-received_at"], name="question_of_customer"),
            models.Index(fields=["subject", "-received_at"], name="question_of_subject"),
            models.Index(fields=["subject", "team"], include=["id"], name="question_of_subject_team"),
            models.Index(fields=["closed_on", "channel"], name="question_closed_day"),
            GinIndex(fields=["search"], name="question_words", gin_pending_list_limit=64),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=["closed", "cancelled"], closed_at__isnull=False)
                | Q(status__in=["new", "in_progress", "waiting"], closed_at__isnull=True),
                name="closed_has_moment",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_open(self) -> bool:
        return self.status in self.OPEN


class QuestionLink(models.Model):
    """Two questions that belong together; a later reaction after the reopening term is linked as `follow_up`."""

    class Kind(models.TextChoices):
        RELATED = "related", _("related")
        FOLLOW_UP = "follow_up", _("follows")
        SPLIT = "split", _("split off from")
        SUGGESTED = "suggested", _("perhaps belongs to")

    question = models.ForeignKey(Question, models.CASCADE, related_name="links")
    other = models.ForeignKey(Question, models.CASCADE, related_name="links_back")
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.RELATED)
    reason = models.CharField(max_length=300, blank=True)
    created_by = models.ForeignKey("organisation.User", models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["question", "other", "kind"], name="link_once"),
            models.CheckConstraint(condition=~Q(question=models.F("other")), name="no_link_to_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.question_id} {self.kind} {self.other_id}"
