"""How many people of a team must have picked up before its calls are told apart."""

import django.core.validators
from django.db import migrations, models

LEAST = models.PositiveSmallIntegerField(
    default=3,
    validators=[django.core.validators.MinValueValidator(2), django.core.validators.MaxValueValidator(50)],
    verbose_name="people of a team who picked up on a day before its calls are told apart",
)


class Migration(migrations.Migration):
    dependencies = [("organisation", "0020_english_names_of_subjects")]
    operations = [
        migrations.AddField(model_name="historicalmunicipality", name="phone_team_least", field=LEAST.clone()),
        migrations.AddField(model_name="municipality", name="phone_team_least", field=LEAST.clone()),
    ]
