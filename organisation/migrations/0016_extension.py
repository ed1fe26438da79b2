"""Which phone somebody sits at, so that a call that rings there is shown."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("organisation", "0015_public_form")]

    operations = [
        migrations.AddField(
            model_name=model,
            name="extension",
            field=models.CharField(blank=True, default="", max_length=20, verbose_name="extension"),
            preserve_default=False,
        )
        for model in ("user", "historicaluser")
    ]
