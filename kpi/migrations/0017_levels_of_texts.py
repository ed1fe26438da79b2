"""A finished day also changes when a text that left then gets its level, or goes (docs/kpis.md)."""

from importlib import import_module

from django.db import migrations

before = import_module("kpi.migrations.0003_changed_days")

LEVEL = f"""SELECT id, {before.DAY.format("left_at")} AS day, ROW(channel, team_id, subject_id, level)::text AS facts
    FROM {{rows}} WHERE level <> ''"""
UNDO = (
    "".join(
        f"DROP TRIGGER {trigger} ON contacts_textlevel;" for trigger in ("kpi_inserted", "kpi_deleted", "kpi_updated")
    )
    + "DROP FUNCTION kpi_watch_contacts_textlevel();"
)


class Migration(migrations.Migration):
    dependencies = [
        ("kpi", "0016_who_has_nothing_to_be_told"),
        ("contacts", "0011_levels_of_texts_that_left"),
    ]
    operations = [migrations.RunSQL(before.watch("contacts_textlevel", LEVEL), UNDO)]
