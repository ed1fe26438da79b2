"""Whether there is a chat, and which websites may show our form and chat."""

import django.contrib.postgres.fields
from django.db import migrations, models

from organisation.together import Together


class Migration(migrations.Migration):
    dependencies = [
        ("organisation", "0017_undo_send"),
    ]

    operations = [
        Together(
            [
                migrations.AddField(
                    model_name="historicalmunicipality",
                    name="framing_sites",
                    field=django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=200),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="websites that show our form and chat",
                    ),
                ),
                migrations.AddField(
                    model_name="historicalmunicipality",
                    name="has_chat",
                    field=models.BooleanField(default=False, verbose_name="chat"),
                ),
                migrations.AddField(
                    model_name="municipality",
                    name="framing_sites",
                    field=django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=200),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="websites that show our form and chat",
                    ),
                ),
                migrations.AddField(
                    model_name="municipality",
                    name="has_chat",
                    field=models.BooleanField(default=False, verbose_name="chat"),
                ),
            ]
        )
    ]
