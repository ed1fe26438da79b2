"""For how many seconds a reply can be taken back."""

import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organisation", "0016_extension"),
    ]

    operations = [
        migrations.AddField(
            model_name="historicalmunicipality",
            name="undo_send_seconds",
            field=models.PositiveSmallIntegerField(
                default=10,
                validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(60)],
                verbose_name="seconds in which a reply can be taken back",
            ),
        ),
        migrations.AddField(
            model_name="municipality",
            name="undo_send_seconds",
            field=models.PositiveSmallIntegerField(
                default=10,
                validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(60)],
                verbose_name="seconds in which a reply can be taken back",
            ),
        ),
    ]
