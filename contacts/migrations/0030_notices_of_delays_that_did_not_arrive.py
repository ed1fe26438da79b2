"""Meldingen also says that a person did not hear that the answer about the own data takes longer."""

from django.db import migrations, models

KINDS = [
    ("almost_due", "almost overdue"),
    ("overdue", "overdue"),
    ("overdue_long", "overdue for days"),
    ("assigned", "assigned to you"),
    ("new_contact", "new contact on your question"),
    ("confidential_opened", "confidential question opened"),
    ("access_asked", "access asked to a confidential question"),
    ("reminded", "a colleague reminds you of this question"),
    ("named", "confidential question for you"),
    ("visitor_waits", "a visitor waits for you at the reception"),
    ("send_failed", "message not sent"),
    ("letter_waits", "letter not posted yet"),
    ("role_asked", "a role waits for a second administrator"),
    ("talk_due", "time to talk about an agreement"),
    ("flood", "too much comes in at once"),
    ("news_waits", "a message waits to be read"),
    ("article_due", "look at an answer again"),
    ("person_asked", "a request about a person waits for a second person"),
    ("right_due", "a person waits for an answer about the own data: a week is left at most"),
    ("right_late", "a person waits too long for an answer about the own data"),
    ("right_not_told", "a person did not hear that the answer about the own data takes longer"),
    ("list_made", "a destruction list waits to be proposed"),
    ("list_proposed", "a destruction list waits to be approved"),
    ("provider_passed", "signed in with a password while work accounts do not work"),
    ("account_changed", "something changed in an account"),
]
ABOUT_NO_QUESTION = (
    "role_asked",
    "talk_due",
    "flood",
    "news_waits",
    "article_due",
    "person_asked",
    "right_due",
    "right_late",
    "right_not_told",
    "list_made",
    "list_proposed",
    "provider_passed",
    "account_changed",
)
NAMED = models.Q(kind__in=ABOUT_NO_QUESTION)


class Migration(migrations.Migration):
    dependencies = [("contacts", "0029_notices_of_rights")]
    operations = [
        migrations.RemoveConstraint(model_name="notice", name="notice_has_its_question"),
        migrations.AlterField(model_name="notice", name="kind", field=models.CharField(choices=KINDS, max_length=20)),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(kind__in=ABOUT_NO_QUESTION, question__isnull=True)
                | (~NAMED & models.Q(question__isnull=False)),
                name="notice_has_its_question",
            ),
        ),
    ]
