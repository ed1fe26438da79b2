"""Nor are reports of the programme emptied at once: TRUNCATE passes the triggers of rows (docs/adr/0017)."""

from django.db import migrations

TABLES = ("programme_issuedstatusreport", "programme_statusreportfile")
GUARD = "\n".join(
    f"CREATE TRIGGER no_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION organisation_append_only();"
    for table in TABLES
)
UNDO = "\n".join(f"DROP TRIGGER no_truncate ON {table};" for table in TABLES)


class Migration(migrations.Migration):
    dependencies = [("programme", "0004_values_of_the_house")]
    operations = [migrations.RunSQL(GUARD, UNDO)]
