"""By which formulas the finished days were counted: a worker that counts by newer ones makes them anew by itself (kpi/rollups.py).

What is there was counted by the first. Adding both columns rewrites no row.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("kpi", "0019_changes_are_told_apart_as_sets")]
    operations = [
        migrations.AddField("rollupstate", "formula", models.PositiveSmallIntegerField(default=1, db_default=1)),
        migrations.AddField("rollupstate", "older_until", models.DateField(null=True)),
    ]
