"""Meldingen also says that a visitor waits at the reception."""

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
    ("list_made", "a destruction list waits to be proposed"),
    ("list_proposed", "a destruction list waits to be approved"),
    ("provider_passed", "signed in with a password while work accounts do not work"),
    ("account_changed", "something changed in an account"),
]


class Migration(migrations.Migration):
    dependencies = [("contacts", "0027_rules_make_questions_confidential")]
    operations = [
        migrations.AlterField(model_name="notice", name="kind", field=models.CharField(choices=KINDS, max_length=20)),
    ]
