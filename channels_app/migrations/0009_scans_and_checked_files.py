"""Letters that come in as scans are listed from an index of their own; files carry what the virus scanner said of them."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models

import channels_app.models.inbox


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("channels_app", "0008_messages_of_services")]

    operations = [
        migrations.AddField(
            model_name="storedfile",
            name="check_state",
            field=models.CharField(
                choices=[
                    ("none", "not looked at"),
                    ("waiting", "is being checked"),
                    ("clean", "checked"),
                    ("infected", "holds a virus"),
                ],
                default=channels_app.models.inbox.first_check,
                max_length=8,
            ),
        ),
        migrations.AddField(model_name="storedfile", name="virus", field=models.CharField(blank=True, max_length=100)),
        AddIndexConcurrently(
            model_name="storedfile",
            index=models.Index(condition=models.Q(("check_state", "waiting")), fields=["id"], name="file_to_check"),
        ),
        AddIndexConcurrently(
            model_name="inboundmessage",
            index=models.Index(condition=models.Q(("channel", "letter")), fields=["-id"], name="inbound_letters"),
        ),
    ]
