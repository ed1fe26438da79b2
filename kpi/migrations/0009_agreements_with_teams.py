import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

from organisation.together import Together


class Migration(migrations.Migration):
    dependencies = [
        ("kpi", "0008_own_views_of_the_dashboard"),
        ("organisation", "0010_version_never_comes_back"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together([
            migrations.CreateModel(
                name="HistoricalTeamAgreement",
                fields=[
                    ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                    ("norms", models.JSONField(default=list, verbose_name="what the team promises")),
                    ("text", models.TextField(max_length=4000, verbose_name="in words")),
                    (
                        "support",
                        models.TextField(blank=True, max_length=4000, verbose_name="what the Servicecentrum does for it"),
                    ),
                    ("starts_on", models.DateField(verbose_name="from")),
                    ("ends_on", models.DateField(blank=True, null=True, verbose_name="last day")),
                    ("end_reason", models.CharField(blank=True, max_length=300)),
                    ("review_on", models.DateField(verbose_name="talk about it again on")),
                    ("version", models.PositiveIntegerField(default=1)),
                    ("history_id", models.AutoField(primary_key=True, serialize=False)),
                    ("history_date", models.DateTimeField(db_index=True)),
                    ("history_change_reason", models.CharField(max_length=100, null=True)),
                    (
                        "history_type",
                        models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                    ),
                    (
                        "agreed_with",
                        models.ForeignKey(
                            blank=True,
                            db_constraint=False,
                            null=True,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="agreed with",
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
                            verbose_name="team",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "historical team agreement",
                    "verbose_name_plural": "historical team agreements",
                    "ordering": ("-history_date", "-history_id"),
                    "get_latest_by": ("history_date", "history_id"),
                },
                bases=(simple_history.models.HistoricalChanges, models.Model),
            ),
            migrations.CreateModel(
                name="TeamAgreement",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("norms", models.JSONField(default=list, verbose_name="what the team promises")),
                    ("text", models.TextField(max_length=4000, verbose_name="in words")),
                    (
                        "support",
                        models.TextField(blank=True, max_length=4000, verbose_name="what the Servicecentrum does for it"),
                    ),
                    ("starts_on", models.DateField(verbose_name="from")),
                    ("ends_on", models.DateField(blank=True, null=True, verbose_name="last day")),
                    ("end_reason", models.CharField(blank=True, max_length=300)),
                    ("review_on", models.DateField(verbose_name="talk about it again on")),
                    ("told_of", models.DateField(null=True)),
                    ("version", models.PositiveIntegerField(default=1)),
                    (
                        "agreed_with",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="agreed with",
                        ),
                    ),
                    (
                        "team",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="organisation.team",
                            verbose_name="team",
                        ),
                    ),
                ],
                options={
                    "indexes": [
                        models.Index(fields=["review_on"], name="agreement_review"),
                    ],
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("ends_on", None)), fields=("team",), name="one_open_agreement"
                        ),
                        models.UniqueConstraint(fields=("team", "starts_on"), name="agreement_begins_once"),
                        models.CheckConstraint(
                            condition=models.Q(("ends_on", None), ("ends_on__gte", models.F("starts_on")), _connector="OR"),
                            name="agreement_ends_after_start",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("review_on__gt", models.F("starts_on"))), name="agreement_talk_after_start"
                        ),
                    ],
                    "ordering": ["team__name", "-starts_on"],
                },
            ),
            migrations.CreateModel(
                name="AgreementReview",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("number", models.PositiveIntegerField()),
                    ("planned_on", models.DateField()),
                    ("held_on", models.DateField(verbose_name="day of the talk")),
                    ("outcome", models.TextField(max_length=2000, verbose_name="outcome")),
                    ("next_on", models.DateField(verbose_name="next talk")),
                    ("results", models.JSONField(default=list)),
                    ("at", models.DateTimeField()),
                    (
                        "by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                        ),
                    ),
                    (
                        "agreement",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="reviews", to="kpi.teamagreement"
                        ),
                    ),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(fields=("agreement", "number"), name="agreement_review_once"),
                        models.CheckConstraint(
                            condition=models.Q(("next_on__gt", models.F("held_on"))), name="next_talk_is_later"
                        ),
                    ],
                    "ordering": ["-number"],
                },
            ),
        ]),
    ]
