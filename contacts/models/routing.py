"""Rules that bring a question to a team; the first that fits decides."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from organisation.models import QuestionKind


class RoutingRule(models.Model):
    """Every condition that is filled in must fit; words fit when one of them begins a word of the text."""

    position = models.PositiveIntegerField(_("position"), default=100)
    name = models.CharField(_("name"), max_length=100, unique=True)
    channel = models.CharField(_("channel"), max_length=12, blank=True)
    mailbox = models.ForeignKey("channels_app.Mailbox", models.PROTECT, null=True, blank=True, related_name="+")
    subject = models.ForeignKey("organisation.Subject", models.PROTECT, null=True, blank=True, related_name="+")
    """This subject and everything below it."""
    words = ArrayField(models.CharField(max_length=60), default=list, blank=True, verbose_name=_("words"))
    question_kind = models.CharField(_("kind of question"), max_length=12, choices=QuestionKind.choices, blank=True)
    customer_kind = models.CharField(_("kind of customer"), max_length=12, blank=True)
    team = models.ForeignKey("organisation.Team", models.PROTECT, related_name="routing_rules")
    is_confidential = models.BooleanField(_("makes the question confidential"), default=False)
    confidential_for = ArrayField(
        models.BigIntegerField(), default=list, blank=True, verbose_name=_("who sees the question")
    )
    """Ids of people; empty: the leads of the team."""
    is_active = models.BooleanField(_("in use"), default=True)
    failed_at = models.DateTimeField(null=True, editable=False)
    failure = models.CharField(max_length=300, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1)
    history = HistoricalRecords(excluded_fields=["failed_at", "failure"])

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.name
