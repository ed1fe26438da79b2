"""The only way to change what stands in a log: the words of a person whom two people decided to erase (docs/adr/0024).

The triggers of append-only tables let an update pass when it runs as the owner of the table inside one of these functions and touches
nothing but the columns with typed reasons. The application's role is not the owner and has no right to update, so it has only the functions.
"""

from django.db import migrations

GUARD = """
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

CREATE FUNCTION privacy_words_from_logs(request bigint, pattern text) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE done integer := 0; n integer;
BEGIN
    IF NOT EXISTS (SELECT 1 FROM public.privacy_personrequest r WHERE r.id = request AND r.kind = 'erase' AND r.state = 'working'
        AND r.decided_by_id IS NOT NULL AND r.decided_by_id <> r.asked_by_id)
    THEN
        RAISE EXCEPTION 'two people decided nothing like this' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF pattern IS NULL OR length(pattern) NOT BETWEEN 6 AND 100000 OR 'the reason of 25 november: it is so' ~* pattern OR '' ~* pattern THEN
        RAISE EXCEPTION 'this is no name, number or address' USING ERRCODE = 'invalid_parameter_value';
    END IF;
    PERFORM set_config('kcc.erasing', 'words', true);
    UPDATE public.organisation_accessentry SET reason = left(regexp_replace(reason, pattern, '[gewist]', 'gi'), 300)
        WHERE reason <> '' AND reason ~* pattern;
    GET DIAGNOSTICS n = ROW_COUNT; done := done + n;
    UPDATE public.organisation_auditentry SET detail = regexp_replace(detail::text, pattern, '[gewist]', 'gi')::jsonb
        WHERE detail::text ~* pattern;
    GET DIAGNOSTICS n = ROW_COUNT; done := done + n;
    UPDATE public.contacts_clockevent SET cause = left(regexp_replace(cause, pattern, '[gewist]', 'gi'), 200),
        detail = regexp_replace(detail::text, pattern, '[gewist]', 'gi')::jsonb
        WHERE cause ~* pattern OR detail::text ~* pattern;
    GET DIAGNOSTICS n = ROW_COUNT; done := done + n;
    PERFORM set_config('kcc.erasing', '', true);
    RETURN done;
END $$;

CREATE FUNCTION privacy_reasons_from_logs(questions bigint[], people bigint[]) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE done integer := 0; n integer;
BEGIN
    IF EXISTS (SELECT 1 FROM unnest(questions) AS one
            WHERE NOT EXISTS (SELECT 1 FROM public.privacy_wipedquestion w WHERE w.question_id = one))
        OR EXISTS (SELECT 1 FROM unnest(people) AS one
            WHERE NOT EXISTS (SELECT 1 FROM public.contacts_customer c WHERE c.id = one AND c.name = 'Gewiste klant'))
    THEN
        RAISE EXCEPTION 'this question or customer was not wiped' USING ERRCODE = 'insufficient_privilege';
    END IF;
    PERFORM set_config('kcc.erasing', 'words', true);
    UPDATE public.organisation_accessentry SET reason = '' WHERE reason <> '' AND (question_id = ANY(questions) OR customer_id = ANY(people));
    GET DIAGNOSTICS n = ROW_COUNT; done := done + n;
    UPDATE public.organisation_auditentry SET detail = detail - 'reason' WHERE detail ? 'reason'
        AND ((object_type = 'contacts.question' AND object_id = ANY(questions::text[]))
            OR (object_type = 'contacts.customer' AND object_id = ANY(people::text[])));
    GET DIAGNOSTICS n = ROW_COUNT; done := done + n;
    UPDATE public.contacts_clockevent e SET detail = e.detail - 'reason' FROM public.contacts_normclock c
        WHERE c.id = e.clock_id AND c.question_id = ANY(questions) AND e.detail ? 'reason';
    GET DIAGNOSTICS n = ROW_COUNT; done := done + n;
    PERFORM set_config('kcc.erasing', '', true);
    RETURN done;
END $$;
REVOKE EXECUTE ON FUNCTION privacy_words_from_logs(bigint, text), privacy_reasons_from_logs(bigint[], bigint[]) FROM PUBLIC;
"""
UNDO = """
DROP FUNCTION privacy_words_from_logs(bigint, text);
DROP FUNCTION privacy_reasons_from_logs(bigint[], bigint[]);
CREATE OR REPLACE FUNCTION organisation_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rows of % are never changed or removed', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("privacy", "0001_requests_holds_and_what_went"),
        ("organisation", "0011_logs_refuse_truncate"),
        ("contacts", "0006_numbers_without_rights_on_tables"),
    ]
    operations = [migrations.RunSQL(GUARD, UNDO)]
