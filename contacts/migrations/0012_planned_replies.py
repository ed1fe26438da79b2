"""Replies that are written and have not left."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("channels_app", "0007_mailboxes_with_tokens_hours_and_words"),
        ("contacts", "0011_levels_of_texts_that_left"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PlannedReply",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField()),
                ("send_at", models.DateTimeField()),
                ("is_scheduled", models.BooleanField(default=False)),
                ("channel", models.CharField(max_length=12)),
                ("to_address", models.CharField(blank=True, max_length=320)),
                ("subject_line", models.CharField(blank=True, max_length=300)),
                ("text", models.TextField()),
                ("then", models.CharField(max_length=8)),
                ("is_answer", models.BooleanField(default=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "waits until its moment"),
                            ("sent", "sent"),
                            ("back", "taken back"),
                            ("refused", "not sent"),
                            ("done", "done"),
                        ],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("why", models.CharField(blank=True, max_length=500)),
                ("settled_at", models.DateTimeField(null=True)),
                (
                    "contact",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="planned",
                        to="contacts.contact",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("files", models.ManyToManyField(related_name="+", to="channels_app.storedfile")),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="planned", to="contacts.question"
                    ),
                ),
                (
                    "settled_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(condition=models.Q(("state", "waiting")), fields=["send_at"], name="planned_due")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("contact__isnull", False), ("state", "sent")),
                            models.Q(models.Q(("state", "sent"), _negated=True), ("contact__isnull", True)),
                            _connector="OR",
                        ),
                        name="sent_reply_is_a_contact",
                    )
                ],
            },
        ),
    ]
