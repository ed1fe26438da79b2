"""Lines of the read log and the audit trail go at the end of their term, and never those of the last year (docs/adr/0024)."""

from django.db import migrations

GUARD = """
CREATE OR REPLACE FUNCTION organisation_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE typed CONSTANT text[] := ARRAY['reason', 'detail', 'cause'];
BEGIN
    IF current_user = (SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = TG_RELID) THEN
        IF TG_OP = 'UPDATE' AND current_setting('kcc.erasing', true) = 'words' AND to_jsonb(NEW) - typed = to_jsonb(OLD) - typed THEN
            RETURN NEW;
        END IF;
        IF TG_OP = 'DELETE' AND current_setting('kcc.erasing', true) = 'old'
            AND TG_TABLE_NAME IN ('organisation_accessentry', 'organisation_auditentry')
            AND (to_jsonb(OLD) ->> 'at')::timestamptz < clock_timestamp() - interval '365 days'
        THEN
            RETURN OLD;
        END IF;
    END IF;
    RAISE EXCEPTION 'rows of % are never changed or removed', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE FUNCTION privacy_old_from_logs(log text, before timestamptz, most integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE n integer := 0; last timestamptz := least(before, clock_timestamp() - interval '365 days');
BEGIN
    IF log NOT IN ('access', 'audit') OR before IS NULL OR most NOT BETWEEN 1 AND 100000 THEN
        RAISE EXCEPTION 'no log is called %', log USING ERRCODE = 'invalid_parameter_value';
    END IF;
    PERFORM set_config('kcc.erasing', 'old', true);
    IF log = 'access' THEN
        DELETE FROM public.organisation_accessentry WHERE id IN
            (SELECT id FROM public.organisation_accessentry WHERE at < last ORDER BY at LIMIT most);
    ELSE
        DELETE FROM public.organisation_auditentry WHERE id IN
            (SELECT id FROM public.organisation_auditentry WHERE at < last ORDER BY at LIMIT most);
    END IF;
    GET DIAGNOSTICS n = ROW_COUNT;
    PERFORM set_config('kcc.erasing', '', true);
    RETURN n;
END $$;
REVOKE EXECUTE ON FUNCTION privacy_old_from_logs(text, timestamptz, integer) FROM PUBLIC;
"""
UNDO = """
DROP FUNCTION privacy_old_from_logs(text, timestamptz, integer);
CREATE OR REPLACE FUNCTION organisation_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE typed CONSTANT text[] := ARRAY['reason', 'detail', 'cause'];
BEGIN
    IF TG_OP = 'UPDATE' AND current_setting('kcc.erasing', true) = 'words'
        AND current_user = (SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = TG_RELID)
        AND to_jsonb(NEW) - typed = to_jsonb(OLD) - typed
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'rows of % are never changed or removed', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("privacy", "0003_terms_and_destruction_lists")]
    operations = [migrations.RunSQL(GUARD, UNDO)]
