"""The telephone exchange tells its events: kept once each, with how every call stands now."""

import django.db.models.deletion
from django.db import migrations, models

from organisation.together import Together


class Migration(migrations.Migration):
    dependencies = [
        ("channels_app", "0005_invitations_to_surveys"),
    ]

    operations = [
        Together(
            [
                migrations.AddField(
                    model_name="call",
                    name="has_no_end",
                    field=models.BooleanField(default=False),
                ),
                migrations.CreateModel(
                    name="PhoneEvent",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("source", models.CharField(max_length=60)),
                        ("event_key", models.CharField(max_length=120)),
                        ("call_key", models.CharField(max_length=120)),
                        ("leg", models.CharField(blank=True, max_length=60)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("entered", "entered"),
                                    ("ringing", "ringing"),
                                    ("answered", "answered"),
                                    ("held", "held"),
                                    ("resumed", "resumed"),
                                    ("transferred", "transferred"),
                                    ("voicemail", "voicemail"),
                                    ("overflow", "overflow"),
                                    ("ended", "ended"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("happened_at", models.DateTimeField()),
                        ("received_at", models.DateTimeField()),
                        ("queue", models.CharField(blank=True, max_length=60)),
                        ("caller", models.CharField(blank=True, max_length=40)),
                        ("agent", models.CharField(blank=True, max_length=60)),
                        ("is_test", models.BooleanField(default=False)),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["source", "call_key"], name="phone_event_of_call"),
                            models.Index(fields=["received_at"], name="phone_event_age"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("source", "event_key"), name="phone_event_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LiveCall",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("source", models.CharField(max_length=60)),
                        ("external_key", models.CharField(max_length=120)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "waits"),
                                    ("ringing", "rings"),
                                    ("talking", "talks"),
                                    ("held", "on hold"),
                                    ("ended", "ended"),
                                ],
                                default="waiting",
                                max_length=8,
                            ),
                        ),
                        ("queue", models.CharField(blank=True, max_length=60)),
                        ("caller", models.CharField(blank=True, max_length=40)),
                        ("agent", models.CharField(blank=True, max_length=60)),
                        ("entered_at", models.DateTimeField()),
                        ("answered_at", models.DateTimeField(null=True)),
                        ("ended_at", models.DateTimeField(null=True)),
                        ("last_event_at", models.DateTimeField()),
                        (
                            "call",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="live",
                                to="channels_app.call",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state", "ended"), _negated=True),
                                fields=["agent"],
                                name="live_call_at",
                            ),
                            models.Index(fields=["last_event_at"], name="live_call_age"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("source", "external_key"), name="live_call_once")
                        ],
                    },
                ),
            ]
        )
    ]
