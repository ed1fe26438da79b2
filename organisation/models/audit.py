"""Who did what, and who looked at which customer: append-only, guarded by a trigger in the database."""

from django.db import models


class AuditEntry(models.Model):
    """An act on settings, people, rights or exports."""

    at = models.DateTimeField()
    user = models.ForeignKey("organisation.User", models.PROTECT, null=True, related_name="+")
    action = models.CharField(max_length=60)
    """Verb in the form `team.changed`, `export.list`, `login.ok`."""
    object_type = models.CharField(max_length=60, blank=True)
    object_id = models.CharField(max_length=60, blank=True)
    detail = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["-at"], name="audit_newest"),
            models.Index(fields=["object_type", "object_id", "-at"], name="audit_of_object"),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.object_type} {self.object_id}"


class AccessEntry(models.Model):
    """A page (or API answer) with personal data was shown to somebody."""

    at = models.DateTimeField()
    user = models.ForeignKey("organisation.User", models.PROTECT, null=True, related_name="+")
    client = models.CharField(max_length=60, blank=True)
    """Name of the API client when no person looked."""
    customer_id = models.BigIntegerField(null=True)
    question_id = models.BigIntegerField(null=True)
    """Plain numbers: this table outlives what it points at, and organisation knows no customers."""
    page = models.CharField(max_length=60)
    reason = models.CharField(max_length=300, blank=True)
    request_id = models.CharField(max_length=40, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["-at"], name="access_newest"),
            models.Index(fields=["customer_id", "-at"], name="access_of_customer"),
            models.Index(fields=["question_id", "-at"], name="access_of_question"),
            models.Index(fields=["user", "-at"], name="access_by_user"),
        ]

    def __str__(self) -> str:
        return f"{self.page} {self.customer_id} {self.question_id}"
