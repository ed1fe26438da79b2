"""Figures at several grains and one state of the roll-up. Figures are derived: the table is made anew, nothing is lost."""

import django.db.models.deletion
from django.db import migrations, models

from organisation.together import Together


class Migration(migrations.Migration):
    dependencies = [("kpi", "0001_initial"), ("organisation", "0001_initial")]

    operations = [
        migrations.DeleteModel(name="RollupDay"),
        migrations.DeleteModel(name="DailyFigure"),
        Together([
            migrations.CreateModel(
                name="ChangedDay",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("on", models.DateField(db_index=True)),
                ],
            ),
            migrations.CreateModel(
                name="RollupState",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("rolled_until", models.DateField(null=True)),
                    ("closed_until", models.DateField(null=True)),
                    ("closed_by", models.BigIntegerField(null=True)),
                    ("revision", models.BigIntegerField(default=0)),
                ],
                options={
                    "constraints": [models.CheckConstraint(condition=models.Q(("pk", 1)), name="one_rollup_state")],
                },
            ),
            migrations.CreateModel(
                name="DailyFigure",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "grain",
                        models.CharField(
                            choices=[
                                ("total", "Total"),
                                ("team", "Team"),
                                ("channel", "Channel"),
                                ("subject", "Subject"),
                                ("quarter", "Quarter"),
                                ("full", "Full"),
                            ],
                            max_length=8,
                        ),
                    ),
                    ("measure", models.CharField(max_length=40)),
                    ("on", models.DateField()),
                    ("channel", models.CharField(blank=True, max_length=12)),
                    ("quarter", models.PositiveSmallIntegerField(null=True)),
                    ("numerator", models.BigIntegerField()),
                    ("denominator", models.BigIntegerField()),
                    ("highest", models.PositiveIntegerField(null=True)),
                    (
                        "subject",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="+",
                            to="organisation.subject",
                        ),
                    ),
                    (
                        "team",
                        models.ForeignKey(
                            null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="organisation.team"
                        ),
                    ),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("grain", "on", "measure", "team", "channel", "subject", "quarter"),
                            name="figure_once",
                            nulls_distinct=False,
                        )
                    ],
                },
            ),
        ]),
    ]
