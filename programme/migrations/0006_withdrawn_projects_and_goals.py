from django.conf import settings
from django.db import migrations, models

from organisation.together import Together


class Migration(migrations.Migration):
    dependencies = [
        ("organisation", "0014_privacy_officer_by_two"),
        ("programme", "0005_issued_reports_refuse_truncate"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together([
            migrations.AddField(
                model_name="goal",
                name="withdrawn_on",
                field=models.DateField(editable=False, null=True),
            ),
            migrations.AddField(
                model_name="goal",
                name="withdrawn_why",
                field=models.CharField(blank=True, editable=False, max_length=300),
            ),
            migrations.AddField(
                model_name="historicalgoal",
                name="withdrawn_on",
                field=models.DateField(editable=False, null=True),
            ),
            migrations.AddField(
                model_name="historicalgoal",
                name="withdrawn_why",
                field=models.CharField(blank=True, editable=False, max_length=300),
            ),
            migrations.AddField(
                model_name="historicalproject",
                name="withdrawn_on",
                field=models.DateField(editable=False, null=True),
            ),
            migrations.AddField(
                model_name="historicalproject",
                name="withdrawn_why",
                field=models.CharField(blank=True, editable=False, max_length=300),
            ),
            migrations.AddField(
                model_name="project",
                name="withdrawn_on",
                field=models.DateField(editable=False, null=True),
            ),
            migrations.AddField(
                model_name="project",
                name="withdrawn_why",
                field=models.CharField(blank=True, editable=False, max_length=300),
            ),
            migrations.AddConstraint(
                model_name="goal",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("withdrawn_on", None), ("withdrawn_why", "")),
                        models.Q(("withdrawn_on__isnull", False), models.Q(("withdrawn_why", ""), _negated=True)),
                        _connector="OR",
                    ),
                    name="goal_withdrawn_says_why",
                ),
            ),
            migrations.AddConstraint(
                model_name="project",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("withdrawn_on", None), ("withdrawn_why", "")),
                        models.Q(("withdrawn_on__isnull", False), models.Q(("withdrawn_why", ""), _negated=True)),
                        _connector="OR",
                    ),
                    name="project_withdrawn_says_why",
                ),
            ),
        ]),
    ]
