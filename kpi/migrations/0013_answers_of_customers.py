"""A finished day also changes when answers of customers begin to count (docs/kpis.md, docs/surveys.md)."""

from django.db import migrations

WATCH = """
CREATE FUNCTION kpi_watch_surveys_answerbatch() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE closed date := kpi_closed_until();
BEGIN
    IF closed IS NULL THEN RETURN NULL; END IF;
    INSERT INTO kpi_changedday ("on") SELECT DISTINCT "on" FROM new_rows WHERE "on" < closed;
    RETURN NULL;
END $$;
CREATE TRIGGER kpi_inserted AFTER INSERT ON surveys_answerbatch REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION kpi_watch_surveys_answerbatch();
"""
UNDO = "DROP TRIGGER kpi_inserted ON surveys_answerbatch; DROP FUNCTION kpi_watch_surveys_answerbatch();"


class Migration(migrations.Migration):
    dependencies = [
        ("kpi", "0012_figures_without_keys_that_are_checked"),
        ("surveys", "0002_published_stays_and_batches_are_whole"),
    ]
    operations = [migrations.RunSQL(WATCH, UNDO)]
