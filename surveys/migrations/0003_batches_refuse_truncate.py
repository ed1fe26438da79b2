"""Nor are the batches of answers emptied at once: TRUNCATE passes the triggers of rows (docs/adr/0017)."""

from django.db import migrations

GUARD = """
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON surveys_answerbatch
    FOR EACH STATEMENT EXECUTE FUNCTION organisation_append_only();
"""
UNDO = "DROP TRIGGER no_truncate ON surveys_answerbatch;"


class Migration(migrations.Migration):
    dependencies = [("surveys", "0002_published_stays_and_batches_are_whole")]
    operations = [migrations.RunSQL(GUARD, UNDO)]
