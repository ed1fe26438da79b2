"""A lead is told on the screen too that an agreement waits for its talk: one more kind of notice that is about no question."""

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
    ("send_failed", "message not sent"),
    ("role_asked", "a role waits for a second administrator"),
    ("talk_due", "time to talk about an agreement"),
]


class Migration(migrations.Migration):
    dependencies = [("contacts", "0009_questions_found_by_subject_and_team")]

    operations = [
        migrations.RemoveConstraint(model_name="notice", name="notice_has_its_question"),
        migrations.AlterField(model_name="notice", name="kind", field=models.CharField(choices=KINDS, max_length=20)),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind__in", ("role_asked", "talk_due")), ("question__isnull", True)),
                    models.Q(
                        models.Q(("kind__in", ("role_asked", "talk_due")), _negated=True), ("question__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="notice_has_its_question",
            ),
        ),
    ]
