"""A settled clock never changes again (norms-and-kpis §3): only "told" marks and its replacement may be added.

Events of clocks are append-only.
"""

from django.db import migrations

GUARD = """
CREATE FUNCTION contacts_settled_clock_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state IN ('met', 'missed', 'cancelled') AND (
        NEW.state, NEW.started_at, NEW.due_at, NEW.stopped_at, NEW.settled_at, NEW.settled_on, NEW.length, NEW.unit,
        NEW.code, NEW.norm_id, NEW.norm_version, NEW.calendar_id, NEW.calendar_version, NEW.team_id, NEW.question_id,
        NEW.contact_id
    ) IS DISTINCT FROM (
        OLD.state, OLD.started_at, OLD.due_at, OLD.stopped_at, OLD.settled_at, OLD.settled_on, OLD.length, OLD.unit,
        OLD.code, OLD.norm_id, OLD.norm_version, OLD.calendar_id, OLD.calendar_version, OLD.team_id, OLD.question_id,
        OLD.contact_id
    ) THEN
        RAISE EXCEPTION 'clock % is settled', OLD.id USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER settled_clock_stays BEFORE UPDATE ON contacts_normclock
    FOR EACH ROW EXECUTE FUNCTION contacts_settled_clock_stays();
CREATE TRIGGER append_only BEFORE UPDATE ON contacts_clockevent
    FOR EACH ROW EXECUTE FUNCTION organisation_append_only();
"""
UNDO = """
DROP TRIGGER settled_clock_stays ON contacts_normclock;
DROP TRIGGER append_only ON contacts_clockevent;
DROP FUNCTION contacts_settled_clock_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("contacts", "0001_initial"), ("organisation", "0002_logs_are_append_only")]
    operations = [migrations.RunSQL(GUARD, UNDO)]
