"""Changes of days that are not over are noted too, so that what was counted of today can be kept until it changes (docs/kpis.md).

The functions of 0003 and later stay as they are but for their last condition, which left these days out. Nothing is locked.
"""

from django.db import migrations, models

REPLACE = """
DO $$
DECLARE one record; text text; replaced integer := 0;
BEGIN
    FOR one IN SELECT oid FROM pg_proc
        WHERE pronamespace = current_schema()::regnamespace AND proname LIKE 'kpi\\_watch\\_%' AND prosrc LIKE '%closed date%'
    LOOP
        text := pg_get_functiondef(one.oid);
        IF position('{old_day}' IN text) = 0 AND position('{old_on}' IN text) = 0 THEN
            RAISE EXCEPTION 'not the function that was expected: %', text;
        END IF;
        EXECUTE replace(replace(text, '{old_day}', '{new_day}'), '{old_on}', '{new_on}');
        replaced := replaced + 1;
    END LOOP;
    IF replaced <> 8 THEN RAISE EXCEPTION '% functions instead of 8', replaced; END IF;
END $$;
"""
FINISHED = {"day": "WHERE day < closed", "on": 'WHERE "on" < closed'}
EVERY = {"day": "WHERE day IS NOT NULL", "on": 'WHERE "on" IS NOT NULL'}


def replaced(old: dict[str, str], new: dict[str, str]) -> str:
    return REPLACE.format(old_day=old["day"], old_on=old["on"], new_day=new["day"], new_on=new["on"])


class Migration(migrations.Migration):
    dependencies = [("kpi", "0017_levels_of_texts")]
    operations = [
        migrations.AddField(
            model_name="rollupstate",
            name="swept_by",
            field=models.BigIntegerField(default=0, db_default=0),
        ),
        migrations.RunSQL(replaced(FINISHED, EVERY), replaced(EVERY, FINISHED)),
    ]
