"""That a customer said yes to a talk by WhatsApp that we begin: who, when, how, and when it was withdrawn."""

import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

HOW = [
    ("phone", "said on the phone"),
    ("counter", "said at the counter"),
    ("written", "written: a letter, a form or an e-mail"),
    ("message", "asked for it in a message"),
]
KINDS = [("+", "Created"), ("~", "Changed"), ("-", "Deleted")]


def facts():
    return [
        ("channel", models.CharField(max_length=12)),
        ("number", models.CharField(max_length=40)),
        ("how", models.CharField(choices=HOW, max_length=8)),
        ("note", models.CharField(blank=True, max_length=200)),
        ("given_at", models.DateTimeField()),
        ("withdrawn_at", models.DateTimeField(null=True)),
    ]


def former(to):
    return models.ForeignKey(
        blank=True,
        db_constraint=False,
        null=True,
        on_delete=django.db.models.deletion.DO_NOTHING,
        related_name="+",
        to=to,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("contacts", "0023_notices_of_who_came_past_the_provider"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.CreateModel(
            name="HistoricalMessageConsent",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                *facts(),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                ("history_type", models.CharField(choices=KINDS, max_length=1)),
                ("customer", former("contacts.customer")),
                ("given_by", former(settings.AUTH_USER_MODEL)),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("withdrawn_by", former(settings.AUTH_USER_MODEL)),
            ],
            options={
                "verbose_name": "historical message consent",
                "verbose_name_plural": "historical message consents",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="MessageConsent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                *facts(),
                (
                    "customer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="consents", to="contacts.customer"
                    ),
                ),
                (
                    "given_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(withdrawn_at__isnull=True),
                        fields=("customer", "channel", "number"),
                        name="one_consent_at_a_time",
                    )
                ]
            },
        ),
    ]
