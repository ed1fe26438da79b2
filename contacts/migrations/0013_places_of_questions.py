"""Where a question is about: the point of a phone on the street, of another system, or an address in words."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("contacts", "0012_planned_replies")]

    operations = [
        migrations.CreateModel(
            name="QuestionPlace",
            fields=[
                (
                    "question",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="place",
                        serialize=False,
                        to="contacts.question",
                    ),
                ),
                ("address", models.CharField(blank=True, max_length=300)),
                ("latitude", models.DecimalField(decimal_places=6, max_digits=8, null=True)),
                ("longitude", models.DecimalField(decimal_places=6, max_digits=9, null=True)),
                ("metres", models.PositiveIntegerField(null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(latitude__isnull=True, longitude__isnull=True)
                        | Q(latitude__gte=-90, latitude__lte=90, longitude__gte=-180, longitude__lte=180),
                        name="place_is_on_earth",
                    ),
                    models.CheckConstraint(
                        condition=~Q(address="", latitude__isnull=True), name="place_says_something"
                    ),
                ],
            },
        ),
    ]
