"""Counting what is open reads one small index instead of every open question; a reminder is a notice."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("contacts", "0004_access_is_asked_with_a_notice")]

    operations = [
        migrations.AlterField(
            model_name="notice",
            name="kind",
            field=models.CharField(
                choices=[
                    ("almost_due", "almost overdue"),
                    ("overdue", "overdue"),
                    ("overdue_long", "overdue for days"),
                    ("assigned", "assigned to you"),
                    ("new_contact", "new contact on your question"),
                    ("confidential_opened", "confidential question opened"),
                    ("access_asked", "access asked to a confidential question"),
                    ("reminded", "a colleague reminds you of this question"),
                    ("send_failed", "message not sent"),
                ],
                max_length=20,
            ),
        ),
        AddIndexConcurrently(
            model_name="question",
            index=models.Index(
                fields=["team"],
                include=[
                    "id",
                    "status",
                    "due_at",
                    "soon_at",
                    "assignee",
                    "received_at",
                    "channel",
                    "subject",
                    "is_confidential",
                ],
                name="question_open_counts",
                condition=models.Q(status__in=["new", "in_progress", "waiting"]),
            ),
        ),
    ]
