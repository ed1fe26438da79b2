"""That a customer said yes to messages that we begin."""

from typing import Final

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

LONGEST_NOTE: Final = 200


class MessageConsent(models.Model):
    """Who, when and how; it is never deleted by withdrawing it, so that what was sent in between stays explained."""

    class How(models.TextChoices):
        PHONE = "phone", _("said on the phone")
        COUNTER = "counter", _("said at the counter")
        WRITTEN = "written", _("written: a letter, a form or an e-mail")
        MESSAGE = "message", _("asked for it in a message")

    customer = models.ForeignKey("contacts.Customer", models.CASCADE, related_name="consents")
    channel = models.CharField(max_length=12)
    number = models.CharField(max_length=40)
    """Digits, with the country in front."""
    how = models.CharField(max_length=8, choices=How.choices)
    note = models.CharField(max_length=LONGEST_NOTE, blank=True)
    given_at = models.DateTimeField()
    given_by = models.ForeignKey("organisation.User", models.PROTECT, related_name="+")
    """The employee who wrote it down."""
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey("organisation.User", models.PROTECT, null=True, related_name="+")
    """None, of one that was withdrawn: the customer did it with STOP."""
    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["customer", "channel", "number"],
                condition=Q(withdrawn_at__isnull=True),
                name="one_consent_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.customer_id} {self.channel} {self.number}"
