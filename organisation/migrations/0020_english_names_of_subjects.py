"""What a theme or subject is called on the English pages for citizens."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organisation", "0019_signing_in_elsewhere"),
    ]

    operations = [
        migrations.AddField(
            model_name=name,
            name="name_en",
            field=models.CharField(blank=True, default="", max_length=100, verbose_name="name in English"),
            preserve_default=False,
        )
        for name in ("historicalsubject", "subject")
    ]
