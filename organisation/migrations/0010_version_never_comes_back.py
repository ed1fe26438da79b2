"""The version of the settings comes from a sequence, which no rollback takes back (organisation/snapshot.py)."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("organisation", "0009_recovery_codes_hashed")]

    operations = [
        migrations.RunSQL(
            """
            CREATE SEQUENCE organisation_config_version AS integer;
            SELECT setval('organisation_config_version', coalesce(max(config_version), 1) + 1000)
            FROM organisation_municipality;
            """,
            "DROP SEQUENCE organisation_config_version;",
        )
    ]
