"""A file of calls is looked at before it is taken in, and its columns are remembered."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("channels_app", "0009_scans_and_checked_files"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CallsFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("source", models.CharField(max_length=60)),
                ("file_name", models.CharField(blank=True, max_length=120)),
                ("raw", models.BinaryField(null=True)),
                ("heads", models.JSONField(default=list)),
                ("heads_digest", models.CharField(max_length=64)),
                ("columns", models.JSONField(default=dict)),
                ("brought_at", models.DateTimeField()),
                ("taken_in_at", models.DateTimeField(null=True)),
                (
                    "taken_in_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["heads_digest", "-id"], name="calls_file_like")],
            },
        ),
    ]
