"""The seconds in which the phone is picked up are the norm `phone.pickup` alone (contacts 0007 carried them over)."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("organisation", "0012_weekly_mail"), ("contacts", "0007_pickup_is_a_norm")]

    operations = [
        migrations.RemoveField(model_name="historicalmunicipality", name="pickup_seconds"),
        migrations.RemoveField(model_name="municipality", name="pickup_seconds"),
    ]
