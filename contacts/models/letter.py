"""A letter that we made: it waits until somebody posts it; only then it is an answer."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords


class OutgoingLetter(models.Model):
    """waiting → posted | withdrawn; posted goes back to waiting when it was not posted after all (ADR 27).

    While it waits it touches no clock and no status: those follow on the day it is posted, as if it was written then.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("to be posted")
        POSTED = "posted", _("posted")
        WITHDRAWN = "withdrawn", _("withdrawn")

    class Kind(models.TextChoices):
        ANSWER = "answer", _("answer")
        INTERIM = "interim", _("interim message")
        QUESTION_BACK = "question_back", _("question to the customer")
        ACKNOWLEDGEMENT = "acknowledgement", _("acknowledgement")

    question = models.ForeignKey("contacts.Question", models.CASCADE, related_name="letters")
    also = models.ManyToManyField("contacts.Question", related_name="letters_also")
    """Other questions of the same letter of the customer, which this acknowledgement names as well."""
    kind = models.CharField(max_length=16, choices=Kind.choices)
    then = models.CharField(max_length=8)
    """What happens to the question when it is posted: close, waiting, interim or stay."""
    about = models.CharField(max_length=300)
    recipient = models.TextField()
    """The lines in the window of the envelope."""
    text = models.TextField()
    """The whole text on paper, from the greeting to the closing."""
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("organisation.User", models.PROTECT, related_name="+")
    post_by = models.DateTimeField()
    """The first moment at which it has waited too long."""
    printed_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)
    """When people were told that it waits too long."""
    state = models.CharField(max_length=9, choices=State.choices, default=State.WAITING)
    posted_on = models.DateField(null=True)
    settled_at = models.DateTimeField(null=True)
    """When it was posted or withdrawn, as it was told to us."""
    settled_by = models.ForeignKey("organisation.User", models.PROTECT, null=True, related_name="+")
    contact = models.OneToOneField("contacts.Contact", models.PROTECT, null=True, related_name="letter")
    """What it became."""
    version = models.PositiveIntegerField(default=1)
    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="posted", contact__isnull=False, posted_on__isnull=False)
                | (~Q(state="posted") & Q(contact__isnull=True, posted_on__isnull=True)),
                name="posted_letter_is_a_contact",
            )
        ]
        indexes = [
            models.Index(fields=["post_by", "id"], name="letter_to_post", condition=Q(state="waiting")),
            models.Index(fields=["-settled_at"], name="letter_posted", condition=Q(state="posted")),
        ]

    def __str__(self) -> str:
        return f"{self.question_id} {self.kind} {self.state}"
