"""A municipality chooses whether citizens may send a question by the public form."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("organisation", "0014_privacy_officer_by_two")]

    operations = [
        migrations.AddField(
            model_name=model,
            name="has_public_form",
            field=models.BooleanField(default=True, verbose_name="public form"),
        )
        for model in ("municipality", "historicalmunicipality")
    ]
