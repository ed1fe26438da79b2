"""Administrators are told of a role that waits: a notice that is about no question."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("contacts", "0007_pickup_is_a_norm"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

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
                    ("role_asked", "a role waits for a second administrator"),
                ],
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="notice",
            name="question",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.CASCADE, related_name="notices", to="contacts.question"
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "role_asked"), ("question__isnull", True)),
                    models.Q(models.Q(("kind", "role_asked"), _negated=True), ("question__isnull", False)),
                    _connector="OR",
                ),
                name="notice_has_its_question",
            ),
        ),
    ]
