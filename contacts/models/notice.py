"""What an employee is told, on the screen and (digested) by mail."""

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _

ABOUT_NO_QUESTION: Final = (
    *("role_asked", "talk_due", "flood", "news_waits", "article_due"),
    *("person_asked", "right_due", "right_late", "right_not_told", "list_made", "list_proposed"),
    *("provider_passed", "account_changed"),
)
"""Kinds whose key tells what they are about (`contacts.notice_topics`)."""


class Notice(models.Model):
    """Once per person, clock and kind; shown at once, mailed in working hours."""

    class Kind(models.TextChoices):
        ALMOST_DUE = "almost_due", _("almost overdue")
        OVERDUE = "overdue", _("overdue")
        OVERDUE_LONG = "overdue_long", _("overdue for days")
        ASSIGNED = "assigned", _("assigned to you")
        NEW_CONTACT = "new_contact", _("new contact on your question")
        CONFIDENTIAL_OPENED = "confidential_opened", _("confidential question opened")
        ACCESS_ASKED = "access_asked", _("access asked to a confidential question")
        REMINDED = "reminded", _("a colleague reminds you of this question")
        NAMED = "named", _("confidential question for you")
        VISITOR_WAITS = "visitor_waits", _("a visitor waits for you at the reception")
        SEND_FAILED = "send_failed", _("message not sent")
        LETTER_WAITS = "letter_waits", _("letter not posted yet")
        ROLE_ASKED = "role_asked", _("a role waits for a second administrator")
        TALK_DUE = "talk_due", _("time to talk about an agreement")
        FLOOD = "flood", _("too much comes in at once")
        NEWS_WAITS = "news_waits", _("a message waits to be read")
        ARTICLE_DUE = "article_due", _("look at an answer again")
        PERSON_ASKED = "person_asked", _("a request about a person waits for a second person")
        RIGHT_DUE = "right_due", _("a person waits for an answer about the own data: a week is left at most")
        RIGHT_LATE = "right_late", _("a person waits too long for an answer about the own data")
        RIGHT_NOT_TOLD = "right_not_told", _("a person did not hear that the answer about the own data takes longer")
        LIST_MADE = "list_made", _("a destruction list waits to be proposed")
        LIST_PROPOSED = "list_proposed", _("a destruction list waits to be approved")
        PROVIDER_PASSED = "provider_passed", _("signed in with a password while work accounts do not work")
        ACCOUNT_CHANGED = "account_changed", _("something changed in an account")

    user = models.ForeignKey("organisation.User", models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    question = models.ForeignKey("contacts.Question", models.CASCADE, null=True, related_name="notices")
    """None only for the kinds of `ABOUT_NO_QUESTION`."""
    clock = models.ForeignKey("contacts.NormClock", models.CASCADE, null=True, related_name="notices")
    key = models.CharField(max_length=80)
    """What happened, e.g. `clock:12`; with user and kind the unique key."""
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "kind", "key"], name="notice_once"),
            models.CheckConstraint(
                condition=models.Q(kind__in=ABOUT_NO_QUESTION, question__isnull=True)
                | (~models.Q(kind__in=ABOUT_NO_QUESTION) & models.Q(question__isnull=False)),
                name="notice_has_its_question",
            ),
        ]
        indexes = [
            models.Index(fields=["user", "-at"], name="notice_of_user"),
            models.Index(fields=["user"], name="notice_unread", condition=models.Q(read_at__isnull=True)),
            models.Index(fields=["at"], name="notice_to_mail", condition=models.Q(mailed_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.kind} {self.key}"
