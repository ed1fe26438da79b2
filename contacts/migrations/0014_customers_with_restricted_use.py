"""A customer may ask that the data are kept but not used (AVG article 18)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("contacts", "0013_places_of_questions")]
    operations = [
        migrations.AddField("customer", "restricted_at", models.DateTimeField(editable=False, null=True)),
        migrations.AddField("historicalcustomer", "restricted_at", models.DateTimeField(editable=False, null=True)),
    ]
