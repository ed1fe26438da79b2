"""Letters that we made and that wait to be posted; a template can be the acknowledgement of a letter."""

import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

from organisation.together import Together


class Migration(migrations.Migration):
    dependencies = [
        ("contacts", "0016_chats_and_floods"),
        ("organisation", "0018_chat_and_websites"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name="HistoricalOutgoingLetter",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("answer", "answer"),
                                    ("interim", "interim message"),
                                    ("question_back", "question to the customer"),
                                    ("acknowledgement", "acknowledgement"),
                                ],
                                max_length=16,
                            ),
                        ),
                        ("then", models.CharField(max_length=8)),
                        ("about", models.CharField(max_length=300)),
                        ("recipient", models.TextField()),
                        ("text", models.TextField()),
                        ("made_at", models.DateTimeField()),
                        ("post_by", models.DateTimeField()),
                        ("printed_at", models.DateTimeField(null=True)),
                        ("told_at", models.DateTimeField(null=True)),
                        (
                            "state",
                            models.CharField(
                                choices=[("waiting", "to be posted"), ("posted", "posted"), ("withdrawn", "withdrawn")],
                                default="waiting",
                                max_length=9,
                            ),
                        ),
                        ("posted_on", models.DateField(null=True)),
                        ("settled_at", models.DateTimeField(null=True)),
                        ("version", models.PositiveIntegerField(default=1)),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.CharField(max_length=100, null=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical outgoing letter",
                        "verbose_name_plural": "historical outgoing letters",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="OutgoingLetter",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("answer", "answer"),
                                    ("interim", "interim message"),
                                    ("question_back", "question to the customer"),
                                    ("acknowledgement", "acknowledgement"),
                                ],
                                max_length=16,
                            ),
                        ),
                        ("then", models.CharField(max_length=8)),
                        ("about", models.CharField(max_length=300)),
                        ("recipient", models.TextField()),
                        ("text", models.TextField()),
                        ("made_at", models.DateTimeField()),
                        ("post_by", models.DateTimeField()),
                        ("printed_at", models.DateTimeField(null=True)),
                        ("told_at", models.DateTimeField(null=True)),
                        (
                            "state",
                            models.CharField(
                                choices=[("waiting", "to be posted"), ("posted", "posted"), ("withdrawn", "withdrawn")],
                                default="waiting",
                                max_length=9,
                            ),
                        ),
                        ("posted_on", models.DateField(null=True)),
                        ("settled_at", models.DateTimeField(null=True)),
                        ("version", models.PositiveIntegerField(default=1)),
                    ],
                ),
                migrations.AddField(
                    model_name="historicalreplytemplate",
                    name="use",
                    field=models.CharField(
                        blank=True,
                        choices=[
                            ("", "to begin a reply from"),
                            ("letter_acknowledgement", "acknowledgement of a letter"),
                        ],
                        default="",
                        max_length=24,
                    ),
                ),
                migrations.AddField(
                    model_name="replytemplate",
                    name="use",
                    field=models.CharField(
                        blank=True,
                        choices=[
                            ("", "to begin a reply from"),
                            ("letter_acknowledgement", "acknowledgement of a letter"),
                        ],
                        default="",
                        max_length=24,
                    ),
                ),
                migrations.AddConstraint(
                    model_name="replytemplate",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(models.Q(("use", ""), _negated=True), ("is_active", True)),
                        fields=("use",),
                        name="template_use_once",
                    ),
                ),
                migrations.AddField(
                    model_name="historicaloutgoingletter",
                    name="contact",
                    field=models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="contacts.contact",
                    ),
                ),
                migrations.AddField(
                    model_name="historicaloutgoingletter",
                    name="history_user",
                    field=models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="historicaloutgoingletter",
                    name="made_by",
                    field=models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="historicaloutgoingletter",
                    name="question",
                    field=models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="contacts.question",
                    ),
                ),
                migrations.AddField(
                    model_name="historicaloutgoingletter",
                    name="settled_by",
                    field=models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="outgoingletter",
                    name="contact",
                    field=models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="letter",
                        to="contacts.contact",
                    ),
                ),
                migrations.AddField(
                    model_name="outgoingletter",
                    name="made_by",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                migrations.AddField(
                    model_name="outgoingletter",
                    name="question",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="letters", to="contacts.question"
                    ),
                ),
                migrations.AddField(
                    model_name="outgoingletter",
                    name="settled_by",
                    field=models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddIndex(
                    model_name="outgoingletter",
                    index=models.Index(
                        condition=models.Q(("state", "waiting")), fields=["post_by", "id"], name="letter_to_post"
                    ),
                ),
                migrations.AddIndex(
                    model_name="outgoingletter",
                    index=models.Index(
                        condition=models.Q(("state", "posted")), fields=["-settled_at"], name="letter_posted"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="outgoingletter",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("contact__isnull", False), ("posted_on__isnull", False), ("state", "posted")),
                            models.Q(
                                models.Q(("state", "posted"), _negated=True),
                                ("contact__isnull", True),
                                ("posted_on__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="posted_letter_is_a_contact",
                    ),
                ),
            ]
        ),
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
                    ("letter_waits", "letter not posted yet"),
                    ("role_asked", "a role waits for a second administrator"),
                    ("talk_due", "time to talk about an agreement"),
                    ("flood", "too much comes in at once"),
                ],
                max_length=20,
            ),
        ),
    ]
