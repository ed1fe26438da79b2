"""What was written down of a talk about an agreement is never changed, removed or emptied (docs/adr/0017)."""

from django.db import migrations

GUARD = """
CREATE TRIGGER frozen BEFORE UPDATE OR DELETE ON kpi_agreementreview
    FOR EACH ROW EXECUTE FUNCTION organisation_append_only();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON kpi_agreementreview
    FOR EACH STATEMENT EXECUTE FUNCTION organisation_append_only();
"""
UNDO = """
DROP TRIGGER frozen ON kpi_agreementreview;
DROP TRIGGER no_truncate ON kpi_agreementreview;
"""


class Migration(migrations.Migration):
    dependencies = [("kpi", "0014_sums_of_months")]
    operations = [migrations.RunSQL(GUARD, UNDO)]
