"""Whole months are summed, so that a year is read from 12 rows a figure instead of 365; the sweep sums what is there."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


def to(model):
    return models.ForeignKey(
        db_constraint=False,
        db_index=False,
        null=True,
        on_delete=django.db.models.deletion.CASCADE,
        related_name="+",
        to=model,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("kpi", "0013_answers_of_customers"),
        ("organisation", "0001_initial"),
    ]
    operations = [
        migrations.AddField(
            model_name="rollupstate",
            name="months",
            field=django.contrib.postgres.fields.ArrayField(base_field=models.DateField(), default=list, size=None),
        ),
        migrations.CreateModel(
            name="MonthlyFigure",
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
                ("numerator", models.BigIntegerField()),
                ("denominator", models.BigIntegerField()),
                ("highest", models.PositiveIntegerField(null=True)),
                ("subject", to("organisation.subject")),
                ("team", to("organisation.team")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("grain", "measure", "on", "team", "channel", "subject"),
                        name="monthly_figure_once",
                        nulls_distinct=False,
                    )
                ],
            },
        ),
    ]
