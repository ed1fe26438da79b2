"""The list behind a figure of a subject finds its questions in an index alone, instead of reading every one of them."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("contacts", "0008_notices_about_roles")]

    operations = [
        AddIndexConcurrently(
            model_name="question",
            index=models.Index(fields=["subject", "team"], include=["id"], name="question_of_subject_team"),
        ),
    ]
