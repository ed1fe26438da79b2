"""Which team and person hold a question, why, and since when; who may see and who is looking at it."""

from django.db import models
from django.db.models import Q


class Assignment(models.Model):
    """One row per team or assignee that held the question; exactly one without an end."""

    question = models.ForeignKey("contacts.Question", models.CASCADE, related_name="assignments")
    team = models.ForeignKey("organisation.Team", models.PROTECT, related_name="+")
    assignee = models.ForeignKey("organisation.User", models.PROTECT, null=True, related_name="+")
    rule = models.ForeignKey("contacts.RoutingRule", models.SET_NULL, null=True, related_name="+")
    reason = models.CharField(max_length=300)
    """In words, as shown on the screen."""
    assigned_by = models.ForeignKey("organisation.User", models.PROTECT, null=True, related_name="+")
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["question"], condition=Q(until_at__isnull=True), name="one_current_assignment"
            )
        ]
        indexes = [models.Index(fields=["question", "from_at"], name="assignment_of_question")]

    def __str__(self) -> str:
        return f"{self.question_id} {self.team_id}"


class ConfidentialAccess(models.Model):
    """Who may open a confidential question: people named by a person or by a rule (no end), or break-glass for an hour with a reason."""

    question = models.ForeignKey("contacts.Question", models.CASCADE, related_name="access")
    user = models.ForeignKey("organisation.User", models.PROTECT, related_name="confidential_access")
    reason = models.CharField(max_length=300)
    granted_by = models.ForeignKey("organisation.User", models.PROTECT, null=True, related_name="+")
    """None: by the application, for a routing rule or since nobody was left; `reason` says why."""
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["user", "question"], name="confidential_of_user")]

    def __str__(self) -> str:
        return f"{self.question_id} {self.user_id}"


class QuestionViewer(models.Model):
    """Somebody has the question on the screen now (renewed every 20 s, old rows are swept)."""

    question = models.ForeignKey("contacts.Question", models.CASCADE, related_name="viewers")
    user = models.ForeignKey("organisation.User", models.CASCADE, related_name="+")
    seen_at = models.DateTimeField()
    is_writing = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["question", "user"], name="one_viewer_row")]

    def __str__(self) -> str:
        return f"{self.question_id} {self.user_id}"
