"""What was given stays as it was given: the database refuses to change or remove a report or its PDF."""

from django.db import migrations

TABLES = ("programme_issuedstatusreport", "programme_statusreportfile")
GUARD = "\n".join(
    f"CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION organisation_append_only();"
    for table in TABLES
)
UNDO = "\n".join(f"DROP TRIGGER append_only ON {table};" for table in TABLES)


class Migration(migrations.Migration):
    dependencies = [
        ("organisation", "0002_logs_are_append_only"),
        ("programme", "0002_status_rounds"),
    ]
    operations = [migrations.RunSQL(GUARD, UNDO)]
