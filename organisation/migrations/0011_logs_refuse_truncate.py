"""Nor are the read log and the audit trail emptied at once: TRUNCATE passes the triggers of rows (docs/adr/0017)."""

from django.db import migrations

TABLES = ("organisation_accessentry", "organisation_auditentry")
GUARD = "\n".join(
    f"CREATE TRIGGER no_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION organisation_append_only();"
    for table in TABLES
)
UNDO = "\n".join(f"DROP TRIGGER no_truncate ON {table};" for table in TABLES)


class Migration(migrations.Migration):
    dependencies = [("organisation", "0010_version_never_comes_back")]
    operations = [migrations.RunSQL(GUARD, UNDO)]
