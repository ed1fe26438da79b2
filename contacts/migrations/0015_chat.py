"""Talks on the website: the talk and its lines."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from organisation.together import Together


class Migration(migrations.Migration):
    dependencies = [
        ("contacts", "0014_customers_with_restricted_use"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name="Chat",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("token_hash", models.CharField(max_length=64, unique=True)),
                        (
                            "state",
                            models.CharField(
                                choices=[("waiting", "waits"), ("open", "is going on"), ("closed", "closed")],
                                default="waiting",
                                max_length=8,
                            ),
                        ),
                        (
                            "ended",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("desk", "closed by us"),
                                    ("visitor", "stopped by the visitor"),
                                    ("left", "left alone"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("name", models.CharField(blank=True, max_length=100)),
                        ("email", models.CharField(blank=True, max_length=254)),
                        ("site", models.CharField(blank=True, max_length=200)),
                        ("begun_at", models.DateTimeField()),
                        ("waits_since", models.DateTimeField()),
                        ("taken_at", models.DateTimeField(null=True)),
                        ("answered_at", models.DateTimeField(null=True)),
                        ("closed_at", models.DateTimeField(null=True)),
                        ("seen_at", models.DateTimeField()),
                        ("last_line_at", models.DateTimeField()),
                        ("line_count", models.PositiveIntegerField(default=0)),
                        (
                            "question",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE, related_name="chat", to="contacts.question"
                            ),
                        ),
                        (
                            "taken_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="ChatLine",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveIntegerField()),
                        (
                            "who",
                            models.CharField(
                                choices=[("visitor", "visitor"), ("desk", "employee"), ("house", "the house")],
                                max_length=8,
                            ),
                        ),
                        ("key", models.CharField(max_length=60)),
                        ("text", models.TextField()),
                        ("at", models.DateTimeField()),
                        (
                            "author",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "chat",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="lines", to="contacts.chat"
                            ),
                        ),
                    ],
                ),
                migrations.AddIndex(
                    model_name="chat",
                    index=models.Index(
                        condition=models.Q(("state", "waiting")), fields=["waits_since", "id"], name="chat_waiting"
                    ),
                ),
                migrations.AddIndex(
                    model_name="chat",
                    index=models.Index(condition=models.Q(("state", "open")), fields=["taken_by"], name="chat_open"),
                ),
                migrations.AddIndex(
                    model_name="chat",
                    index=models.Index(
                        condition=models.Q(("state", "closed")), fields=["closed_at"], name="chat_closed"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="chat",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_at__isnull", False), ("state", "closed")),
                            models.Q(models.Q(("state", "closed"), _negated=True), ("closed_at__isnull", True)),
                            _connector="OR",
                        ),
                        name="closed_chat_has_moment",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="chat",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("state", "open"), ("taken_by__isnull", True), _negated=True),
                        name="open_chat_has_person",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="chatline",
                    constraint=models.UniqueConstraint(fields=("chat", "number"), name="chat_line_number"),
                ),
                migrations.AddConstraint(
                    model_name="chatline",
                    constraint=models.UniqueConstraint(fields=("chat", "key"), name="chat_line_once"),
                ),
            ]
        )
    ]
