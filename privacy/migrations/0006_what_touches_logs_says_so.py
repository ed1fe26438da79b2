"""Whoever has words or old lines taken from a log stands in the audit trail: the functions of the owner write that row themselves.

So also who forges an approval with the application's role leaves a line that it cannot take away (docs/adr/0024).
"""

from django.db import migrations

SAYS_SO = """
CREATE OR REPLACE FUNCTION privacy_words_from_logs(request bigint, pattern text) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE done integer := 0; n integer;
BEGIN
    IF NOT EXISTS (SELECT 1 FROM public.privacy_personrequest r WHERE r.id = request AND r.kind = 'erase' AND r.state = 'working'
        AND r.decided_by_id IS NOT NULL AND r.decided_by_id <> r.asked_by_id)
    THEN
        RAISE EXCEPTION 'two people decided nothing like this' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF pattern IS NULL OR length(pattern) NOT BETWEEN 6 AND 100000 OR 'the reason of 25 november: it is so' ~* pattern OR '' ~* pattern
        OR 'abcdefghijklmnopqrstuvwxyz' ~* pattern THEN
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
    IF done > 0 THEN
        INSERT INTO public.organisation_auditentry (at, user_id, action, object_type, object_id, detail)
            VALUES (clock_timestamp(), NULL, 'log.words_erased', 'privacy.personrequest', request::text, jsonb_build_object('rows', done));
    END IF;
    RETURN done;
END $$;

CREATE OR REPLACE FUNCTION privacy_reasons_from_logs(questions bigint[], people bigint[]) RETURNS integer
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
    IF done > 0 THEN
        INSERT INTO public.organisation_auditentry (at, user_id, action, object_type, object_id, detail)
            VALUES (clock_timestamp(), NULL, 'log.reasons_emptied', '', '', jsonb_build_object('rows', done));
    END IF;
    RETURN done;
END $$;
CREATE OR REPLACE FUNCTION privacy_old_from_logs(log text, before timestamptz, most integer) RETURNS integer
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
    IF n > 0 THEN
        INSERT INTO public.organisation_auditentry (at, user_id, action, object_type, object_id, detail)
            VALUES (clock_timestamp(), NULL, 'log.lines_removed', '', log, jsonb_build_object('rows', n));
    END IF;
    RETURN n;
END $$;
"""
BEFORE = """
CREATE OR REPLACE FUNCTION privacy_words_from_logs(request bigint, pattern text) RETURNS integer
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

CREATE OR REPLACE FUNCTION privacy_reasons_from_logs(questions bigint[], people bigint[]) RETURNS integer
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
CREATE OR REPLACE FUNCTION privacy_old_from_logs(log text, before timestamptz, most integer) RETURNS integer
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
"""


class Migration(migrations.Migration):
    dependencies = [("privacy", "0005_weeks_of_the_read_log"), ("organisation", "0011_logs_refuse_truncate")]
    operations = [migrations.RunSQL(SAYS_SO, BEFORE)]
