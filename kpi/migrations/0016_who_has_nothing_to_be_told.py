"""Who had nothing to be told in the weekly mail is kept for that week, instead of working it out again every five minutes."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("kpi", "0015_talks_stay_as_written")]

    operations = [
        migrations.CreateModel(
            name="DigestState",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("week", models.CharField(blank=True, max_length=8)),
                (
                    "quiet_ids",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), default=list, size=None
                    ),
                ),
            ],
            options={"constraints": [models.CheckConstraint(condition=models.Q(pk=1), name="one_digest_state")]},
        ),
    ]
