"""The application makes no sequence itself any more: a function of the owner makes that of a year, and nothing else (docs/adr/0017).

The events of clocks refuse TRUNCATE too.
"""

from django.db import migrations

MAKE = """
CREATE FUNCTION contacts_make_number_sequence(year integer) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF year IS NULL OR year NOT BETWEEN 2000 AND 2199 THEN
        RAISE EXCEPTION 'no question numbers for the year %', year USING ERRCODE = 'invalid_parameter_value';
    END IF;
    PERFORM pg_advisory_xact_lock(hashtext('contacts_question_number'));
    EXECUTE format('CREATE SEQUENCE IF NOT EXISTS public.contacts_question_number_%s', year);
END $$;
REVOKE EXECUTE ON FUNCTION contacts_make_number_sequence(integer) FROM PUBLIC;
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON contacts_clockevent
    FOR EACH STATEMENT EXECUTE FUNCTION organisation_append_only();
"""
UNDO = """
DROP TRIGGER no_truncate ON contacts_clockevent;
DROP FUNCTION contacts_make_number_sequence(integer);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("contacts", "0005_reminders_and_counting_what_is_open"),
        ("organisation", "0002_logs_are_append_only"),
    ]
    operations = [migrations.RunSQL(MAKE, UNDO)]
