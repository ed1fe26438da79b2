"""“Privacy officer” is asked for and confirmed like a role with high rights."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organisation", "0013_pickup_is_a_norm"),
    ]

    operations = [
        migrations.AlterField(
            model_name="historicalrolerequest",
            name="role",
            field=models.CharField(
                choices=[
                    ("front_office", "Front office"),
                    ("team_member", "Team member"),
                    ("team_lead", "Team lead"),
                    ("coordinator", "Coordinator"),
                    ("director", "Programme director"),
                    ("administrator", "Functional administrator"),
                    ("host", "Host"),
                    ("privacy_officer", "Privacy officer"),
                ],
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="rolerequest",
            name="role",
            field=models.CharField(
                choices=[
                    ("front_office", "Front office"),
                    ("team_member", "Team member"),
                    ("team_lead", "Team lead"),
                    ("coordinator", "Coordinator"),
                    ("director", "Programme director"),
                    ("administrator", "Functional administrator"),
                    ("host", "Host"),
                    ("privacy_officer", "Privacy officer"),
                ],
                max_length=20,
            ),
        ),
    ]
