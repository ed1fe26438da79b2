"""The counters of the work list find what is almost due, and what waits, without walking past all that is open (docs/performance.md)."""

from django.contrib.postgres.fields import DateTimeRangeField
from django.contrib.postgres.indexes import GistIndex
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.models.functions import Greatest


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("contacts", "0030_notices_of_delays_that_did_not_arrive")]

    operations = [
        AddIndexConcurrently(
            model_name="question",
            index=GistIndex(
                models.Func(
                    "soon_at", Greatest("due_at", "soon_at"), function="tstzrange", output_field=DateTimeRangeField()
                ),
                name="question_almost",
                condition=models.Q(status__in=["new", "in_progress", "waiting"], soon_at__isnull=False),
            ),
        ),
        AddIndexConcurrently(
            model_name="question",
            index=models.Index(
                fields=["team"],
                include=["id", "is_confidential"],
                name="question_waiting",
                condition=models.Q(status="waiting"),
            ),
        ),
    ]
