"""The read log and the audit trail can be added to, never changed (quality rule 40)."""

from django.db import migrations

GUARD = """
CREATE FUNCTION organisation_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rows of % are never changed or removed', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON organisation_accessentry
    FOR EACH ROW EXECUTE FUNCTION organisation_append_only();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON organisation_auditentry
    FOR EACH ROW EXECUTE FUNCTION organisation_append_only();
"""
UNDO = """
DROP TRIGGER append_only ON organisation_accessentry;
DROP TRIGGER append_only ON organisation_auditentry;
DROP FUNCTION organisation_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [("organisation", "0001_initial")]
    operations = [migrations.RunSQL(GUARD, UNDO)]
