"""A scan can wait until somebody registers it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("channels_app", "0011_where_things_came_from"),
    ]

    operations = [
        migrations.AlterField(
            model_name="inboundmessage",
            name="outcome",
            field=models.CharField(
                blank=True,
                choices=[
                    ("registered", "registered"),
                    ("attached", "added to a question"),
                    ("parked", "parked"),
                    ("refused", "refused"),
                    ("ignored", "ignored"),
                    ("split", "taken apart"),
                    ("desk", "waits for the desk"),
                ],
                max_length=10,
            ),
        ),
    ]
