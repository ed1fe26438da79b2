"""A foreign key of a derived figure is not checked for every row, nor indexed by itself: a rebuild takes half the time (docs/performance.md)."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("kpi", "0011_wall_links"),
        ("organisation", "0001_initial"),
    ]
    operations = [
        migrations.AlterField(
            model_name="dailyfigure",
            name="team",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="organisation.team",
            ),
        ),
        migrations.AlterField(
            model_name="dailyfigure",
            name="subject",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="organisation.subject",
            ),
        ),
    ]
