"""A chat knows from which network it was begun, and somebody is told when too much comes in at once."""

from django.db import migrations, models

from organisation.together import Together

KINDS = [
    ("almost_due", "almost overdue"),
    ("overdue", "overdue"),
    ("overdue_long", "overdue for days"),
    ("assigned", "assigned to you"),
    ("new_contact", "new contact on your question"),
    ("confidential_opened", "confidential question opened"),
    ("access_asked", "access asked to a confidential question"),
    ("reminded", "a colleague reminds you of this question"),
    ("send_failed", "message not sent"),
    ("role_asked", "a role waits for a second administrator"),
    ("talk_due", "time to talk about an agreement"),
    ("flood", "too much comes in at once"),
]
ABOUT_NO_QUESTION = ("role_asked", "talk_due", "flood")


class Migration(migrations.Migration):
    dependencies = [("contacts", "0015_chat")]

    operations = [
        migrations.RemoveConstraint(model_name="notice", name="notice_has_its_question"),
        migrations.AlterField(model_name="notice", name="kind", field=models.CharField(choices=KINDS, max_length=20)),
        Together(
            [
                migrations.AddField(
                    model_name="chat", name="origin", field=models.CharField(blank=True, max_length=32, default="")
                ),
                migrations.AddField(
                    model_name="chat",
                    name="origin_network",
                    field=models.CharField(blank=True, max_length=32, default=""),
                ),
                migrations.AddConstraint(
                    model_name="notice",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind__in", ABOUT_NO_QUESTION), ("question__isnull", True)),
                            models.Q(
                                models.Q(("kind__in", ABOUT_NO_QUESTION), _negated=True),
                                ("question__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="notice_has_its_question",
                    ),
                ),
            ]
        ),
    ]
