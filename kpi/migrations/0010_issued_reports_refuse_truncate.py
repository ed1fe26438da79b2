"""Nor are issued reports emptied at once: TRUNCATE passes the triggers of rows (docs/adr/0017)."""

from django.db import migrations

TABLES = ("kpi_issuedreport", "kpi_reportfile")
GUARD = "\n".join(
    f"CREATE TRIGGER no_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION organisation_append_only();"
    for table in TABLES
)
UNDO = "\n".join(f"DROP TRIGGER no_truncate ON {table};" for table in TABLES)


class Migration(migrations.Migration):
    dependencies = [("kpi", "0009_agreements_with_teams")]
    operations = [migrations.RunSQL(GUARD, UNDO)]
