"""An outgoing message can be dropped: an acknowledgement that the answer overtook. Nothing changes in the table."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("channels_app", "0015_team_that_picked_up")]
    operations = [
        migrations.AlterField(
            model_name="outboundmessage",
            name="state",
            field=models.CharField(
                choices=[
                    ("queued", "waiting to be sent"),
                    ("sending", "being sent"),
                    ("sent", "sent"),
                    ("failed", "not sent"),
                    ("held", "held back"),
                    ("dropped", "not needed any more"),
                ],
                default="queued",
                max_length=8,
            ),
        )
    ]
