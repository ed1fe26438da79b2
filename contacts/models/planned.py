"""A reply that is written and has not left: for the seconds in which it can be taken back, or until a chosen moment."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class PlannedReply(models.Model):
    """waiting → sent | back | refused; what came back or could not leave ends as done when somebody went on with it.

    It touches no clock and no status: those follow when it leaves, as if it was written at that moment.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waits until its moment")
        SENT = "sent", _("sent")
        BACK = "back", _("taken back")
        REFUSED = "refused", _("not sent")
        DONE = "done", _("done")

    question = models.ForeignKey("contacts.Question", models.CASCADE, related_name="planned")
    created_by = models.ForeignKey("organisation.User", models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    send_at = models.DateTimeField()
    is_scheduled = models.BooleanField(default=False)
    """Somebody chose the moment; else it waits only for as long as it can be taken back."""
    channel = models.CharField(max_length=12)
    to_address = models.CharField(max_length=320, blank=True)
    copies = models.JSONField(default=list)
    """E-mail addresses that get a copy."""
    subject_line = models.CharField(max_length=300, blank=True)
    text = models.TextField()
    then = models.CharField(max_length=8)
    is_answer = models.BooleanField(default=False)
    files = models.ManyToManyField("channels_app.StoredFile", related_name="+")
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    why = models.CharField(max_length=500, blank=True)
    """Why it could not leave, in words."""
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey("organisation.User", models.PROTECT, null=True, related_name="+")
    contact = models.OneToOneField("contacts.Contact", models.CASCADE, null=True, related_name="planned")
    """What it became."""

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="sent", contact__isnull=False) | (~Q(state="sent") & Q(contact__isnull=True)),
                name="sent_reply_is_a_contact",
            )
        ]
        indexes = [models.Index(fields=["send_at"], name="planned_due", condition=Q(state="waiting"))]

    def __str__(self) -> str:
        return f"{self.question_id} {self.state}"
