"""What left to one address within the hour is counted from an index: the ceiling costs the same at the hundred thousandth mail."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.models.functions import Upper


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("channels_app", "0013_copies_and_text_messages")]
    operations = [
        AddIndexConcurrently(
            model_name="outboundmessage",
            index=models.Index(
                Upper("to_address"), "accepted_at", condition=models.Q(is_automatic=True), name="outbound_automatic_to"
            ),
        ),
    ]
