"""The goals read what the surveys keep (0007); their own table of scores goes."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("programme", "0007_scores_stand_with_the_surveys"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="goal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("indicator__isnull", True), models.Q(("baseline__isnull", True), ("kpi_code", "")), _connector="OR"
                ),
                name="goal_is_measured_one_way",
            ),
        ),
        migrations.DeleteModel(
            name="HistoricalOutsideScore",
        ),
        migrations.DeleteModel(
            name="OutsideScore",
        ),
    ]
