"""Messages that services bring (WhatsApp, social media, a bought chat): their sources, conversations and receipts."""

import django.db.models.deletion
import organisation.tokens
import simple_history.models
from django.conf import settings
from django.db import migrations, models

from organisation.together import Together


class Migration(migrations.Migration):
    dependencies = [
        ("channels_app", "0007_mailboxes_with_tokens_hours_and_words"),
        ("organisation", "0017_undo_send"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="inboundmessage",
            name="outcome",
            field=models.CharField(
                blank=True,
                choices=[
                    ("registered", "registered"),
                    ("attached", "added to a question"),
                    ("parked", "parked"),
                    ("refused", "refused"),
                    ("ignored", "ignored"),
                    ("split", "taken apart"),
                ],
                max_length=10,
            ),
        ),
        Together(
            [
                migrations.AddField(
                    model_name="inboundmessage",
                    name="conversation",
                    field=models.CharField(blank=True, max_length=250),
                ),
                migrations.AddField(
                    model_name="inboundmessage",
                    name="envelope",
                    field=models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="items",
                        to="channels_app.inboundmessage",
                    ),
                ),
                migrations.AddField(
                    model_name="outboundmessage",
                    name="conversation",
                    field=models.CharField(blank=True, max_length=250),
                ),
                migrations.AddField(
                    model_name="outboundmessage",
                    name="delivered_at",
                    field=models.DateTimeField(null=True),
                ),
                migrations.AddField(
                    model_name="outboundmessage",
                    name="details",
                    field=models.JSONField(null=True),
                ),
                migrations.AddField(
                    model_name="outboundmessage",
                    name="read_at",
                    field=models.DateTimeField(null=True),
                ),
                migrations.AddField(
                    model_name="outboundmessage",
                    name="remote_id",
                    field=models.CharField(blank=True, max_length=200),
                ),
                migrations.CreateModel(
                    name="HistoricalMessageSource",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("kind", models.CharField(max_length=16)),
                        ("name", models.CharField(db_index=True, max_length=100, verbose_name="name")),
                        ("account", models.CharField(blank=True, max_length=200, verbose_name="account")),
                        ("server", models.CharField(blank=True, max_length=200, verbose_name="server")),
                        ("templates", models.JSONField(blank=True, default=list, verbose_name="templates")),
                        ("is_active", models.BooleanField(default=True, verbose_name="in use")),
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
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "team",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="organisation.team",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical message source",
                        "verbose_name_plural": "historical message sources",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="MessageSource",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("kind", models.CharField(max_length=16)),
                        ("name", models.CharField(max_length=100, unique=True, verbose_name="name")),
                        (
                            "key",
                            models.CharField(
                                default=organisation.tokens.new_token, editable=False, max_length=43, unique=True
                            ),
                        ),
                        ("account", models.CharField(blank=True, max_length=200, verbose_name="account")),
                        ("server", models.CharField(blank=True, max_length=200, verbose_name="server")),
                        ("secrets_encrypted", models.TextField(blank=True, editable=False)),
                        ("templates", models.JSONField(blank=True, default=list, verbose_name="templates")),
                        ("is_active", models.BooleanField(default=True, verbose_name="in use")),
                        ("cursor", models.CharField(blank=True, editable=False, max_length=200)),
                        ("last_heard_at", models.DateTimeField(editable=False, null=True)),
                        ("last_error", models.CharField(blank=True, editable=False, max_length=300)),
                        ("refused_count", models.PositiveIntegerField(default=0, editable=False)),
                        ("refused_at", models.DateTimeField(editable=False, null=True)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "team",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="message_sources",
                                to="organisation.team",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["name"],
                    },
                ),
                migrations.AddField(
                    model_name="inboundmessage",
                    name="message_source",
                    field=models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="inbound",
                        to="channels_app.messagesource",
                    ),
                ),
                migrations.AddField(
                    model_name="outboundmessage",
                    name="message_source",
                    field=models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="outbound",
                        to="channels_app.messagesource",
                    ),
                ),
                migrations.AddIndex(
                    model_name="inboundmessage",
                    index=models.Index(
                        condition=models.Q(("conversation", ""), _negated=True),
                        fields=["conversation", "-id"],
                        name="inbound_talk",
                    ),
                ),
                migrations.AddIndex(
                    model_name="outboundmessage",
                    index=models.Index(
                        condition=models.Q(("remote_id", ""), _negated=True),
                        fields=["remote_id"],
                        name="outbound_remote_id",
                    ),
                ),
                migrations.AddIndex(
                    model_name="outboundmessage",
                    index=models.Index(
                        condition=models.Q(("conversation", ""), _negated=True),
                        fields=["conversation", "-id"],
                        name="outbound_talk",
                    ),
                ),
            ]
        ),
    ]
