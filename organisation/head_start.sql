-- Written by script/head-start
-- PostgreSQL: 18
-- auth.0001_initial: 845cff319606332f
-- auth.0002_alter_permission_name_max_length: feaf97e0e8f7d148
-- auth.0003_alter_user_email_max_length: 9d5657b4db9872dc
-- auth.0004_alter_user_username_opts: 9538db342c9a9bec
-- auth.0005_alter_user_last_login_null: 79f60a35dc000fdd
-- auth.0006_require_contenttypes_0002: 00cb16e3405f14b6
-- auth.0007_alter_validators_add_error_messages: 115db87dc327530f
-- auth.0008_alter_user_username_max_length: 02857f65f7d64814
-- auth.0009_alter_user_last_name_max_length: 19a89500e7f108a7
-- auth.0010_alter_group_name_max_length: 0963ed6498ac0b3a
-- auth.0011_update_proxy_permissions: 85a5dde708dc4b61
-- auth.0012_alter_user_first_name_max_length: 6cefbc9f80903763
-- axes.0001_initial: e4c0194cf158395b
-- axes.0002_auto_20151217_2044: a092989bdd502de7
-- axes.0003_auto_20160322_0929: ff269df1341caca0
-- axes.0004_auto_20181024_1538: 71cdafbe7458c772
-- axes.0005_remove_accessattempt_trusted: baf3f5f6de5b5ee8
-- axes.0006_remove_accesslog_trusted: 82850f25ae37e081
-- axes.0007_alter_accessattempt_unique_together: c9fdd81629030721
-- axes.0008_accessfailurelog: 2680dce9ecfcd4df
-- axes.0009_add_session_hash: 82762be269ea4c62
-- axes.0010_accessattemptexpiration: 524ca5b4566a41b8
-- channels_app.0001_initial: 175b16f79de9bc41
-- channels_app.0002_dead_addresses_and_accepted_mail: e72ea164fee77453
-- channels_app.0003_messages_left_alone: 1df14e717725987c
-- channels_app.0004_messages_with_markup: 54c2eadeeb8a6abe
-- channels_app.0005_invitations_to_surveys: d911649538aee38a
-- channels_app.0006_events_of_the_exchange: 4878f410bb1a9f24
-- channels_app.0007_mailboxes_with_tokens_hours_and_words: 96dcdff282f0d507
-- channels_app.0008_messages_of_services: da8a83580fce3a59
-- channels_app.0009_scans_and_checked_files: 4379e748c4474b4a
-- channels_app.0010_calls_files: fa7dac5cd6138e1b
-- channels_app.0011_where_things_came_from: 84c8894edadb4478
-- channels_app.0012_scans_that_wait_for_the_desk: a3030c132ae8ac63
-- channels_app.0013_copies_and_text_messages: da18d4648de466fe
-- channels_app.0014_automatic_mail_by_address: 55e142903045c803
-- channels_app.0015_team_that_picked_up: 6be5a5bea60be5c2
-- channels_app.0016_messages_that_are_not_needed_any_more: b999811a6b9df558
-- contacts.0001_initial: ad72c814c4774879
-- contacts.0002_settled_clocks_stay: c0a33068c9f9bdd9
-- contacts.0003_unread_notices_are_counted_from_an_index: 241974a4bc6204ae
-- contacts.0004_access_is_asked_with_a_notice: 0b78c9e1efc8f4cb
-- contacts.0005_reminders_and_counting_what_is_open: 677ffb40eecd2e68
-- contacts.0006_numbers_without_rights_on_tables: d959fc715487dcc8
-- contacts.0007_pickup_is_a_norm: f5958c9fe7becc7a
-- contacts.0008_notices_about_roles: 62bec69ed1464e9e
-- contacts.0009_questions_found_by_subject_and_team: 28b49e0d377679fe
-- contacts.0010_notices_about_talks: eee33aeb7f9899af
-- contacts.0011_levels_of_texts_that_left: 14e7aa2e84599e91
-- contacts.0012_planned_replies: 951a3ab190c8eaca
-- contacts.0013_places_of_questions: f7494aee86debe9d
-- contacts.0014_customers_with_restricted_use: fad55ebb7a3c78b0
-- contacts.0015_chat: 3d59274ad1b9531e
-- contacts.0016_chats_and_floods: ca8a64f9398e65c2
-- contacts.0017_letters_that_wait_to_be_posted: 798b9e12a857648e
-- contacts.0018_pages_have_levels: b887c0404ff7833f
-- contacts.0019_notices_of_the_knowledge_base: 730bb6c746c0088b
-- contacts.0020_notices_of_privacy: b23d24b204d51f80
-- contacts.0021_numbers_of_before_are_covered: 18046cc48cb98503
-- contacts.0022_letters_about_several_questions: d976cff3cf24d4c2
-- contacts.0023_notices_of_who_came_past_the_provider: c070d8612771cdd3
-- contacts.0024_consent_to_whatsapp: f4d9df4227507bf0
-- contacts.0025_short_lists_of_what_is_not_indexed_yet: 646f2dfba89414c1
-- contacts.0026_notices_of_changed_accounts: 87ff6e658751fd5c
-- contacts.0027_rules_make_questions_confidential: 93d4ea23a5daa2f3
-- contacts.0028_notices_of_visitors: 970d3b326d82c27d
-- contacts.0029_notices_of_rights: 931733e5dc64c6e4
-- contacts.0030_notices_of_delays_that_did_not_arrive: 8982204ee4e003ca
-- contacts.0031_few_among_many_that_are_open: b21f9bef706e8e93
-- contenttypes.0001_initial: 35ed8489a147e0b4
-- contenttypes.0002_remove_content_type_name: 7d36494075750f0e
-- knowledge.0001_articles_and_their_use: fa258bae7ed38f8b
-- knowledge.0002_published_articles_stay: 52e49be00992b37d
-- knowledge.0003_subjects_have_history: 2b8bfa3ff61127f2
-- knowledge.0004_answers_for_citizens: 392ce9b4ccc62dc0
-- knowledge.0005_public_articles_have_addresses: 601a5cc12c2afa36
-- knowledge.0006_news_for_colleagues: 4409394a55725bca
-- knowledge.0007_products_of_lists: 67ec22d1fbcc26da
-- knowledge.0008_only_what_two_looked_at_is_public: c6aa7fc0df300784
-- knowledge.0009_answers_in_other_languages: f7db6f79f9ad89a6
-- knowledge.0010_words_in_other_languages_have_an_index: b2d867116bf20b27
-- kpi.0001_initial: 62348f4c358e9a43
-- kpi.0002_figures_by_grain: 24b6e6df39db6717
-- kpi.0003_changed_days: 4afad4d477edd71d
-- kpi.0004_signals: 89cda22c0c3ac3a3
-- kpi.0005_reports: f65c5562d2a5b3ba
-- kpi.0006_changed_days_of_transfers_repeats_and_holds: d01b0a10d8a3d45e
-- kpi.0007_report_files_hold_their_bytes: 9084ba6ffc176997
-- kpi.0008_own_views_of_the_dashboard: 805509b0aa099e16
-- kpi.0009_agreements_with_teams: 3741481748954514
-- kpi.0010_issued_reports_refuse_truncate: 69d69e3b9804bdad
-- kpi.0011_wall_links: c560025fa1d8722e
-- kpi.0012_figures_without_keys_that_are_checked: 4f8bd99b99c355df
-- kpi.0013_answers_of_customers: c9eb9b339e146607
-- kpi.0014_sums_of_months: cdbfeefbf618aebe
-- kpi.0015_talks_stay_as_written: 62eb10eb8be44701
-- kpi.0016_who_has_nothing_to_be_told: e921e4db39f345ee
-- kpi.0017_levels_of_texts: 8772e7c64727416f
-- kpi.0018_open_days_that_change: 75b4b76baed612b1
-- kpi.0019_changes_are_told_apart_as_sets: ed618a6b465697aa
-- kpi.0020_figures_know_their_formula: ca64ed06681466d5
-- organisation.0001_initial: f8865ec4d79adc74
-- organisation.0002_logs_are_append_only: 051fbee6aac7e10b
-- organisation.0003_one_time_password: c9807912e986c55a
-- organisation.0004_access_newest: af4545e3aa702451
-- organisation.0005_signal_choices: 3f607bf1b96fc40d
-- organisation.0006_own_keys: e7846c1486d2696c
-- organisation.0007_role_requests: b530a0b2446a5ce6
-- organisation.0008_settings_that_steer_nothing: 8e221256323017b2
-- organisation.0009_recovery_codes_hashed: 4094c6b8b4a399a6
-- organisation.0010_version_never_comes_back: ebc5d23f96c8e0b4
-- organisation.0011_logs_refuse_truncate: 3c608c32dd1005da
-- organisation.0012_weekly_mail: af1fdf42a8559fd8
-- organisation.0013_pickup_is_a_norm: 61139428b0285638
-- organisation.0014_privacy_officer_by_two: af5fbd0a2333baaf
-- organisation.0015_public_form: f418e573909ce66f
-- organisation.0016_extension: 5b75bef674d2c298
-- organisation.0017_undo_send: ae8a13ebd0ccf240
-- organisation.0018_chat_and_websites: 537d90110acd658f
-- organisation.0019_signing_in_elsewhere: b422ca777614189e
-- organisation.0020_english_names_of_subjects: b625728412692fec
-- organisation.0021_people_in_a_team_of_the_phone: efcb9e8d96d9aaaa
-- otp_static.0001_initial: e5f44e1c6a9e7a66
-- otp_static.0002_throttling: 88bc119b723dda21
-- otp_static.0003_add_timestamps: f225fc7493e55f28
-- otp_totp.0001_initial: 366d9effe737f771
-- otp_totp.0002_auto_20190420_0723: 2bf09966867c24ae
-- otp_totp.0003_add_timestamps: 7999680ed610b0c8
-- privacy.0001_requests_holds_and_what_went: 73bf13119ccfdceb
-- privacy.0002_words_may_go_from_logs: b65d18ccd3937b5d
-- privacy.0003_terms_and_destruction_lists: ff0b1cb07ff3a8d5
-- privacy.0004_old_lines_of_logs_go: 4f80f6222d79dfa6
-- privacy.0005_weeks_of_the_read_log: 5fcad144faf032b9
-- privacy.0006_what_touches_logs_says_so: d8abbf4643a36262
-- privacy.0007_rights_requests: db5d3a6b80ade5f1
-- programme.0001_the_programme: bce5e672eb56913d
-- programme.0002_status_rounds: 6664ee9d5c4cec8b
-- programme.0003_issued_reports_stay: 23b96c29640f6cad
-- programme.0004_values_of_the_house: c704e7dfcca745c5
-- programme.0005_issued_reports_refuse_truncate: 2bc2f94067d09ee1
-- programme.0006_withdrawn_projects_and_goals: 4460ca66ac500132
-- programme.0007_scores_stand_with_the_surveys: 2ccaf56929831561
-- programme.0008_no_scores_of_its_own: c3c109c36f9998dc
-- programme.0009_sms_is_a_channel: e6d218db48d4612c
-- sessions.0001_initial: 2aa438e2393ee513
-- surveys.0001_surveys_and_answers: 3429635466f1411c
-- surveys.0002_published_stays_and_batches_are_whole: 3a9e07fec9eed511
-- surveys.0003_batches_refuse_truncate: 6a59da166efb6e84
-- surveys.0004_places_where_anybody_may_answer: a3893a8bad987a4a
-- surveys.0005_answers_of_places_apart: 5905a554332e75be
-- surveys.0006_what_others_measured: db67eee39dd9da81
-- surveys.0007_questionnaires_held_for_some_time: 86f099e069fd19fd
-- surveys.0008_answering_touches_no_index: e9e8b0503f80b5c6
-- surveys.0009_a_place_after_the_form: b76d38212e35a0f7
-- surveys.0010_a_place_on_letters: f3768379b06c90a8
-- surveys.0011_sms_is_a_channel: 2d5a29328263f1a8

CREATE EXTENSION IF NOT EXISTS btree_gist WITH SCHEMA public;
CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA public;
CREATE EXTENSION IF NOT EXISTS unaccent WITH SCHEMA public;
CREATE FUNCTION public.contacts_make_number_sequence(year integer) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
BEGIN
    IF year IS NULL OR year NOT BETWEEN 2000 AND 2199 THEN
        RAISE EXCEPTION 'no question numbers for the year %', year USING ERRCODE = 'invalid_parameter_value';
    END IF;
    PERFORM pg_advisory_xact_lock(hashtext('contacts_question_number'));
    EXECUTE format('CREATE SEQUENCE IF NOT EXISTS public.contacts_question_number_%s', year);
END $$;
CREATE FUNCTION public.contacts_settled_clock_stays() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
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
CREATE FUNCTION public.knowledge_public_is_published() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    wanted bigint := coalesce(to_jsonb(NEW) ->> 'article_id', to_jsonb(NEW) ->> 'id')::bigint;
BEGIN
    IF EXISTS (
        SELECT 1 FROM knowledge_article a WHERE a.id = wanted AND a.is_public AND NOT EXISTS (
            SELECT 1 FROM knowledge_articleversion v
            WHERE v.article_id = a.id AND v.state = 'published' AND v.is_public AND v.published_by_id IS NOT NULL
        )
    ) THEN
        RAISE EXCEPTION 'nobody published this article for citizens' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE FUNCTION public.knowledge_translation_stays() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    may_change text[] := ARRAY['state', 'of_number', 'search_text', 'search_body', 'search_names'];
BEGIN
    IF OLD.published_at IS NULL THEN
        IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
        RETURN NEW;
    END IF;
    IF TG_OP = 'UPDATE' AND (NEW.state = OLD.state OR OLD.state = 'published' AND NEW.state = 'replaced')
            AND NEW.of_number >= OLD.of_number AND to_jsonb(OLD) - may_change = to_jsonb(NEW) - may_change THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a published translation never changes' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE FUNCTION public.knowledge_version_stays() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF OLD.published_at IS NULL THEN
        IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
        RETURN NEW;
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.state = 'published' AND NEW.state = 'replaced'
            AND to_jsonb(OLD) - 'state' = to_jsonb(NEW) - 'state' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a published version never changes' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE FUNCTION public.kpi_closed_until() RETURNS date
    LANGUAGE sql
    AS $$
    SELECT closed_until FROM kpi_rollupstate WHERE id = 1
$$;
CREATE FUNCTION public.kpi_watch_channels_app_call() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE closed date := kpi_closed_until();
BEGIN
    IF closed IS NULL THEN RETURN NULL; END IF;
    IF TG_OP = 'INSERT' THEN
        INSERT INTO kpi_changedday ("on") SELECT DISTINCT day FROM (SELECT day FROM (SELECT id, entered_on AS day, ROW(outcome, wait_seconds, entered_at, answered_at, ended_at,
    pickup_limit_seconds, short_abandon_seconds)::text AS facts FROM new_rows) AS r) AS d WHERE day IS NOT NULL;
    ELSIF TG_OP = 'DELETE' THEN
        INSERT INTO kpi_changedday ("on") SELECT DISTINCT day FROM (SELECT day FROM (SELECT id, entered_on AS day, ROW(outcome, wait_seconds, entered_at, answered_at, ended_at,
    pickup_limit_seconds, short_abandon_seconds)::text AS facts FROM old_rows) AS r) AS d WHERE day IS NOT NULL;
    ELSE
        INSERT INTO kpi_changedday ("on") SELECT DISTINCT day FROM (SELECT o.day FROM (SELECT id, entered_on AS day, ROW(outcome, wait_seconds, entered_at, answered_at, ended_at,
    pickup_limit_seconds, short_abandon_seconds)::text AS facts FROM old_rows EXCEPT SELECT id, entered_on AS day, ROW(outcome, wait_seconds, entered_at, answered_at, ended_at,
    pickup_limit_seconds, short_abandon_seconds)::text AS facts FROM new_rows) o
    UNION SELECT n.day FROM (SELECT id, entered_on AS day, ROW(outcome, wait_seconds, entered_at, answered_at, ended_at,
    pickup_limit_seconds, short_abandon_seconds)::text AS facts FROM new_rows EXCEPT SELECT id, entered_on AS day, ROW(outcome, wait_seconds, entered_at, answered_at, ended_at,
    pickup_limit_seconds, short_abandon_seconds)::text AS facts FROM old_rows) n) AS d WHERE day IS NOT NULL;
    END IF;
    RETURN NULL;
END $$;
CREATE FUNCTION public.kpi_watch_contacts_assignment() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE closed date := kpi_closed_until();
BEGIN
    IF closed IS NULL THEN RETURN NULL; END IF;
    IF TG_OP = 'INSERT' THEN
        INSERT INTO kpi_changedday ("on") SELECT DISTINCT day FROM (SELECT q.closed_on AS day FROM new_rows a JOIN contacts_question q ON q.id = a.question_id
        WHERE q.closed_on IS NOT NULL) AS d WHERE day IS NOT NULL;
    ELSIF TG_OP = 'DELETE' THEN
        INSERT INTO kpi_changedday ("on") SELECT DISTINCT day FROM (SELECT q.closed_on AS day FROM old_rows a JOIN contacts_question q ON q.id = a.question_id
        WHERE q.closed_on IS NOT NULL) AS d WHERE day IS NOT NULL;
    ELSE
        INSERT INTO kpi_changedday ("on") SELECT DISTINCT day FROM (SELECT q.closed_on AS day FROM old_rows a JOIN contacts_question q ON q.id = a.question_id
        WHERE q.closed_on IS NOT NULL UNION SELECT q.closed_on AS day FROM new_rows a JOIN contacts_question q ON q.id = a.question_id
        WHERE q.closed_on IS NOT NULL) AS d WHERE day IS NOT NULL;
    END IF;
    RETURN NULL;
END $$;
CREATE FUNCTION public.kpi_watch_contacts_contact() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE closed date := kpi_closed_until();
BEGIN
    IF closed IS NULL THEN RETURN NULL; END IF;
    IF TG_OP = 'INSERT' THEN
        INSERT INTO kpi_changedday ("on") SELECT DISTINCT day FROM (SELECT day FROM (SELECT id, ((received_at) AT TIME ZONE 'Europe/Amsterdam')::date AS day,
    ROW(channel, direction, is_automatic, received_at, call_id)::text AS facts FROM new_rows) AS r) AS d WHERE day IS NOT NULL;
    ELSIF TG_OP = 'DELETE' THEN
        INSERT INTO kpi_changedday ("on") SELECT DISTINCT day FROM (SELECT day FROM (SELECT id, ((received_at) AT TIME ZONE 'Europe/Amsterdam')::date AS day,
    ROW(channel, direction, is_automatic, received_at, call_id)::text AS facts FROM old_rows) AS r) AS d WHERE day IS NOT NULL;
    ELSE
        INSERT INTO kpi_changedday ("on") SELECT DISTINCT day FROM (SELECT o.day FROM (SELECT id, ((received_at) AT TIME ZONE 'Europe/Amsterdam')::date AS day,
    ROW(channel, direction, is_automatic, received_at, call_id)::text AS facts FROM old_rows EXCEPT SELECT id, ((received_at) AT TIME ZONE 'Europe/Amsterdam')::date AS day,
    ROW(channel, direction, is_automatic, received_at, call_id)::text AS facts FROM new_rows) o
    UNION SELECT n.day FROM (SELECT id, ((received_at) AT TIME ZONE 'Europe/Amsterdam')::date AS day,
    ROW(channel, direction, is_automatic, received_at, call_id)::text AS facts FROM new_rows EXCEPT SELECT id, ((received_at) AT TIME ZONE 'Europe/Amsterdam')::date AS day,
    ROW(channel, direction, is_automatic, received_at, call_id)::text AS facts FROM old_rows) n UNION SELECT ((e.received_at) AT TIME ZONE 'Europe/Amsterdam')::date AS day FROM old_rows o JOIN new_rows n ON n.id = o.id
        JOIN contacts_questioncontact qc ON qc.contact_id = n.id JOIN contacts_question e ON e.id = qc.question_id
        WHERE e.is_direct AND e.channel = 'phone'
            AND (n.received_at, n.direction, n.is_automatic, n.remarks::text)
                IS DISTINCT FROM (o.received_at, o.direction, o.is_automatic, o.remarks::text)) AS d WHERE day IS NOT NULL;
    END IF;
    RETURN NULL;
END $$;
CREATE FUNCTION public.kpi_watch_contacts_normclock() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE closed date := kpi_closed_until();
BEGIN
    IF closed IS NULL THEN RETURN NULL; END IF;
    IF TG_OP = 'INSERT' THEN
        INSERT INTO kpi_changedday ("on") SELECT DISTINCT day FROM (SELECT day FROM (SELECT id, CASE WHEN state IN ('met', 'missed') THEN settled_on
        WHEN state = 'running' THEN ((due_at) AT TIME ZONE 'Europe/Amsterdam')::date END AS day,
    ROW(code, state = 'met', team_id, channel, subject_id)::text AS facts
    FROM new_rows WHERE replaced_by_id IS NULL AND state IN ('met', 'missed', 'running')) AS r) AS d WHERE day IS NOT NULL;
    ELSIF TG_OP = 'DELETE' THEN
        INSERT INTO kpi_changedday ("on") SELECT DISTINCT day FROM (SELECT day FROM (SELECT id, CASE WHEN state IN ('met', 'missed') THEN settled_on
        WHEN state = 'running' THEN ((due_at) AT TIME ZONE 'Europe/Amsterdam')::date END AS day,
    ROW(code, state = 'met', team_id, channel, subject_id)::text AS facts
    FROM old_rows WHERE replaced_by_id IS NULL AND state IN ('met', 'missed', 'running')) AS r) AS d WHERE day IS NOT NULL;
    ELSE
        INSERT INTO kpi_changedday ("on") SELECT DISTINCT day FROM (SELECT o.day FROM (SELECT id, CASE WHEN state IN ('met', 'missed') THEN settled_on
        WHEN state = 'running' THEN ((due_at) AT TIME ZONE 'Europe/Amsterdam')::date END AS day,
    ROW(code, state = 'met', team_id, channel, subject_id)::text AS facts
    FROM old_rows WHERE replaced_by_id IS NULL AND state IN ('met', 'missed', 'running') EXCEPT SELECT id, CASE WHEN state IN ('met', 'missed') THEN settled_on
        WHEN state = 'running' THEN ((due_at) AT TIME ZONE 'Europe/Amsterdam')::date END AS day,
    ROW(code, state = 'met', team_id, channel, subject_id)::text AS facts
    FROM new_rows WHERE replaced_by_id IS NULL AND state IN ('met', 'missed', 'running')) o
    UNION SELECT n.day FROM (SELECT id, CASE WHEN state IN ('met', 'missed') THEN settled_on
        WHEN state = 'running' THEN ((due_at) AT TIME ZONE 'Europe/Amsterdam')::date END AS day,
    ROW(code, state = 'met', team_id, channel, subject_id)::text AS facts
    FROM new_rows WHERE replaced_by_id IS NULL AND state IN ('met', 'missed', 'running') EXCEPT SELECT id, CASE WHEN state IN ('met', 'missed') THEN settled_on
        WHEN state = 'running' THEN ((due_at) AT TIME ZONE 'Europe/Amsterdam')::date END AS day,
    ROW(code, state = 'met', team_id, channel, subject_id)::text AS facts
    FROM old_rows WHERE replaced_by_id IS NULL AND state IN ('met', 'missed', 'running')) n) AS d WHERE day IS NOT NULL;
    END IF;
    RETURN NULL;
END $$;
CREATE FUNCTION public.kpi_watch_contacts_question() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE closed date := kpi_closed_until();
BEGIN
    IF closed IS NULL THEN RETURN NULL; END IF;
    IF TG_OP = 'INSERT' THEN
        INSERT INTO kpi_changedday ("on") SELECT DISTINCT day FROM (SELECT day FROM (SELECT id, ((received_at) AT TIME ZONE 'Europe/Amsterdam')::date AS day, ROW(channel, team_id, subject_id, status = 'cancelled',
    is_direct, close_reason IN ('spam', 'wrong_number', 'duplicate', 'internal', 'connected'), merged_into_id, transfer_count,
    CASE WHEN is_direct AND channel = 'phone' THEN customer_id END)::text AS facts
    FROM new_rows) AS r UNION SELECT closed_on AS day FROM new_rows WHERE closed_on IS NOT NULL UNION SELECT ((e.received_at) AT TIME ZONE 'Europe/Amsterdam')::date AS day FROM new_rows r JOIN contacts_question e
        ON e.customer_id = r.customer_id AND e.subject_id = r.subject_id AND e.is_direct AND e.channel = 'phone'
        AND e.received_at < r.received_at
        AND e.received_at >= r.received_at
            - make_interval(days => 1 + COALESCE((SELECT repeat_days FROM organisation_municipality WHERE id = 1), 7))) AS d WHERE day IS NOT NULL;
    ELSIF TG_OP = 'DELETE' THEN
        INSERT INTO kpi_changedday ("on") SELECT DISTINCT day FROM (SELECT day FROM (SELECT id, ((received_at) AT TIME ZONE 'Europe/Amsterdam')::date AS day, ROW(channel, team_id, subject_id, status = 'cancelled',
    is_direct, close_reason IN ('spam', 'wrong_number', 'duplicate', 'internal', 'connected'), merged_into_id, transfer_count,
    CASE WHEN is_direct AND channel = 'phone' THEN customer_id END)::text AS facts
    FROM old_rows) AS r UNION SELECT closed_on AS day FROM old_rows WHERE closed_on IS NOT NULL UNION SELECT ((e.received_at) AT TIME ZONE 'Europe/Amsterdam')::date AS day FROM old_rows r JOIN contacts_question e
        ON e.customer_id = r.customer_id AND e.subject_id = r.subject_id AND e.is_direct AND e.channel = 'phone'
        AND e.received_at < r.received_at
        AND e.received_at >= r.received_at
            - make_interval(days => 1 + COALESCE((SELECT repeat_days FROM organisation_municipality WHERE id = 1), 7))) AS d WHERE day IS NOT NULL;
    ELSE
        INSERT INTO kpi_changedday ("on") SELECT DISTINCT day FROM (SELECT o.day FROM (SELECT id, ((received_at) AT TIME ZONE 'Europe/Amsterdam')::date AS day, ROW(channel, team_id, subject_id, status = 'cancelled',
    is_direct, close_reason IN ('spam', 'wrong_number', 'duplicate', 'internal', 'connected'), merged_into_id, transfer_count,
    CASE WHEN is_direct AND channel = 'phone' THEN customer_id END)::text AS facts
    FROM old_rows EXCEPT SELECT id, ((received_at) AT TIME ZONE 'Europe/Amsterdam')::date AS day, ROW(channel, team_id, subject_id, status = 'cancelled',
    is_direct, close_reason IN ('spam', 'wrong_number', 'duplicate', 'internal', 'connected'), merged_into_id, transfer_count,
    CASE WHEN is_direct AND channel = 'phone' THEN customer_id END)::text AS facts
    FROM new_rows) o
    UNION SELECT n.day FROM (SELECT id, ((received_at) AT TIME ZONE 'Europe/Amsterdam')::date AS day, ROW(channel, team_id, subject_id, status = 'cancelled',
    is_direct, close_reason IN ('spam', 'wrong_number', 'duplicate', 'internal', 'connected'), merged_into_id, transfer_count,
    CASE WHEN is_direct AND channel = 'phone' THEN customer_id END)::text AS facts
    FROM new_rows EXCEPT SELECT id, ((received_at) AT TIME ZONE 'Europe/Amsterdam')::date AS day, ROW(channel, team_id, subject_id, status = 'cancelled',
    is_direct, close_reason IN ('spam', 'wrong_number', 'duplicate', 'internal', 'connected'), merged_into_id, transfer_count,
    CASE WHEN is_direct AND channel = 'phone' THEN customer_id END)::text AS facts
    FROM old_rows) n UNION SELECT ((c.received_at) AT TIME ZONE 'Europe/Amsterdam')::date AS day FROM old_rows o JOIN new_rows n ON n.id = o.id
        JOIN contacts_questioncontact qc ON qc.question_id = n.id JOIN contacts_contact c ON c.id = qc.contact_id
        WHERE (n.team_id, n.subject_id, n.status = 'cancelled')
            IS DISTINCT FROM (o.team_id, o.subject_id, o.status = 'cancelled')
    UNION SELECT k.entered_on FROM old_rows o JOIN new_rows n ON n.id = o.id
        JOIN contacts_questioncontact qc ON qc.question_id = n.id JOIN contacts_contact c ON c.id = qc.contact_id
        JOIN channels_app_call k ON k.id = c.call_id
        WHERE (n.subject_id, n.status = 'cancelled') IS DISTINCT FROM (o.subject_id, o.status = 'cancelled') UNION SELECT x.day FROM old_rows o JOIN new_rows n ON n.id = o.id
        CROSS JOIN LATERAL (VALUES (o.closed_on), (n.closed_on)) AS x(day)
        WHERE x.day IS NOT NULL AND (n.closed_at, n.closed_on, n.status, n.close_reason, n.merged_into_id, n.channel, n.subject_id)
            IS DISTINCT FROM (o.closed_at, o.closed_on, o.status, o.close_reason, o.merged_into_id, o.channel, o.subject_id) UNION SELECT ((e.received_at) AT TIME ZONE 'Europe/Amsterdam')::date AS day FROM (SELECT o.* FROM old_rows o JOIN new_rows n ON n.id = o.id
        WHERE (n.customer_id, n.subject_id, n.received_at, n.status = 'cancelled', n.merged_into_id)
            IS DISTINCT FROM (o.customer_id, o.subject_id, o.received_at, o.status = 'cancelled', o.merged_into_id)) AS r JOIN contacts_question e
        ON e.customer_id = r.customer_id AND e.subject_id = r.subject_id AND e.is_direct AND e.channel = 'phone'
        AND e.received_at < r.received_at
        AND e.received_at >= r.received_at
            - make_interval(days => 1 + COALESCE((SELECT repeat_days FROM organisation_municipality WHERE id = 1), 7)) UNION SELECT ((e.received_at) AT TIME ZONE 'Europe/Amsterdam')::date AS day FROM (SELECT n.* FROM old_rows o JOIN new_rows n ON n.id = o.id
        WHERE (n.customer_id, n.subject_id, n.received_at, n.status = 'cancelled', n.merged_into_id)
            IS DISTINCT FROM (o.customer_id, o.subject_id, o.received_at, o.status = 'cancelled', o.merged_into_id)) AS r JOIN contacts_question e
        ON e.customer_id = r.customer_id AND e.subject_id = r.subject_id AND e.is_direct AND e.channel = 'phone'
        AND e.received_at < r.received_at
        AND e.received_at >= r.received_at
            - make_interval(days => 1 + COALESCE((SELECT repeat_days FROM organisation_municipality WHERE id = 1), 7))) AS d WHERE day IS NOT NULL;
    END IF;
    RETURN NULL;
END $$;
CREATE FUNCTION public.kpi_watch_contacts_questioncontact() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE closed date := kpi_closed_until();
BEGIN
    IF closed IS NULL THEN RETURN NULL; END IF;
    IF TG_OP = 'INSERT' THEN
        INSERT INTO kpi_changedday ("on") SELECT DISTINCT day FROM (SELECT day FROM (SELECT q.id, ((c.received_at) AT TIME ZONE 'Europe/Amsterdam')::date AS day, ROW(q.question_id, q.contact_id)::text AS facts
    FROM new_rows q JOIN contacts_contact c ON c.id = q.contact_id) AS r UNION SELECT k.entered_on FROM new_rows q JOIN contacts_contact c ON c.id = q.contact_id
        JOIN channels_app_call k ON k.id = c.call_id UNION SELECT ((e.received_at) AT TIME ZONE 'Europe/Amsterdam')::date AS day FROM new_rows q JOIN contacts_question e ON e.id = q.question_id
        WHERE e.is_direct AND e.channel = 'phone' AND NOT q.is_first) AS d WHERE day IS NOT NULL;
    ELSIF TG_OP = 'DELETE' THEN
        INSERT INTO kpi_changedday ("on") SELECT DISTINCT day FROM (SELECT day FROM (SELECT q.id, ((c.received_at) AT TIME ZONE 'Europe/Amsterdam')::date AS day, ROW(q.question_id, q.contact_id)::text AS facts
    FROM old_rows q JOIN contacts_contact c ON c.id = q.contact_id) AS r UNION SELECT k.entered_on FROM old_rows q JOIN contacts_contact c ON c.id = q.contact_id
        JOIN channels_app_call k ON k.id = c.call_id UNION SELECT ((e.received_at) AT TIME ZONE 'Europe/Amsterdam')::date AS day FROM old_rows q JOIN contacts_question e ON e.id = q.question_id
        WHERE e.is_direct AND e.channel = 'phone' AND NOT q.is_first) AS d WHERE day IS NOT NULL;
    ELSE
        INSERT INTO kpi_changedday ("on") SELECT DISTINCT day FROM (SELECT o.day FROM (SELECT q.id, ((c.received_at) AT TIME ZONE 'Europe/Amsterdam')::date AS day, ROW(q.question_id, q.contact_id)::text AS facts
    FROM old_rows q JOIN contacts_contact c ON c.id = q.contact_id EXCEPT SELECT q.id, ((c.received_at) AT TIME ZONE 'Europe/Amsterdam')::date AS day, ROW(q.question_id, q.contact_id)::text AS facts
    FROM new_rows q JOIN contacts_contact c ON c.id = q.contact_id) o
    UNION SELECT n.day FROM (SELECT q.id, ((c.received_at) AT TIME ZONE 'Europe/Amsterdam')::date AS day, ROW(q.question_id, q.contact_id)::text AS facts
    FROM new_rows q JOIN contacts_contact c ON c.id = q.contact_id EXCEPT SELECT q.id, ((c.received_at) AT TIME ZONE 'Europe/Amsterdam')::date AS day, ROW(q.question_id, q.contact_id)::text AS facts
    FROM old_rows q JOIN contacts_contact c ON c.id = q.contact_id) n UNION SELECT k.entered_on FROM old_rows q JOIN contacts_contact c ON c.id = q.contact_id
        JOIN channels_app_call k ON k.id = c.call_id UNION SELECT k.entered_on FROM new_rows q JOIN contacts_contact c ON c.id = q.contact_id
        JOIN channels_app_call k ON k.id = c.call_id UNION SELECT ((e.received_at) AT TIME ZONE 'Europe/Amsterdam')::date AS day FROM old_rows q JOIN contacts_question e ON e.id = q.question_id
        WHERE e.is_direct AND e.channel = 'phone' AND NOT q.is_first UNION SELECT ((e.received_at) AT TIME ZONE 'Europe/Amsterdam')::date AS day FROM new_rows q JOIN contacts_question e ON e.id = q.question_id
        WHERE e.is_direct AND e.channel = 'phone' AND NOT q.is_first) AS d WHERE day IS NOT NULL;
    END IF;
    RETURN NULL;
END $$;
CREATE FUNCTION public.kpi_watch_contacts_textlevel() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE closed date := kpi_closed_until();
BEGIN
    IF closed IS NULL THEN RETURN NULL; END IF;
    IF TG_OP = 'INSERT' THEN
        INSERT INTO kpi_changedday ("on") SELECT DISTINCT day FROM (SELECT day FROM (SELECT id, ((left_at) AT TIME ZONE 'Europe/Amsterdam')::date AS day, ROW(channel, team_id, subject_id, level)::text AS facts
    FROM new_rows WHERE level <> '') AS r) AS d WHERE day IS NOT NULL;
    ELSIF TG_OP = 'DELETE' THEN
        INSERT INTO kpi_changedday ("on") SELECT DISTINCT day FROM (SELECT day FROM (SELECT id, ((left_at) AT TIME ZONE 'Europe/Amsterdam')::date AS day, ROW(channel, team_id, subject_id, level)::text AS facts
    FROM old_rows WHERE level <> '') AS r) AS d WHERE day IS NOT NULL;
    ELSE
        INSERT INTO kpi_changedday ("on") SELECT DISTINCT day FROM (SELECT o.day FROM (SELECT id, ((left_at) AT TIME ZONE 'Europe/Amsterdam')::date AS day, ROW(channel, team_id, subject_id, level)::text AS facts
    FROM old_rows WHERE level <> '' EXCEPT SELECT id, ((left_at) AT TIME ZONE 'Europe/Amsterdam')::date AS day, ROW(channel, team_id, subject_id, level)::text AS facts
    FROM new_rows WHERE level <> '') o
    UNION SELECT n.day FROM (SELECT id, ((left_at) AT TIME ZONE 'Europe/Amsterdam')::date AS day, ROW(channel, team_id, subject_id, level)::text AS facts
    FROM new_rows WHERE level <> '' EXCEPT SELECT id, ((left_at) AT TIME ZONE 'Europe/Amsterdam')::date AS day, ROW(channel, team_id, subject_id, level)::text AS facts
    FROM old_rows WHERE level <> '') n) AS d WHERE day IS NOT NULL;
    END IF;
    RETURN NULL;
END $$;
CREATE FUNCTION public.kpi_watch_repeat_days() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO kpi_changedday ("on") SELECT DISTINCT "on" FROM kpi_dailyfigure WHERE measure = 'phone.repeat';
    RETURN NULL;
END $$;
CREATE FUNCTION public.kpi_watch_surveys_answerbatch() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE closed date := kpi_closed_until();
BEGIN
    IF closed IS NULL THEN RETURN NULL; END IF;
    INSERT INTO kpi_changedday ("on") SELECT DISTINCT "on" FROM new_rows WHERE "on" IS NOT NULL;
    RETURN NULL;
END $$;
CREATE FUNCTION public.organisation_append_only() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
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
CREATE FUNCTION public.privacy_old_from_logs(log text, before timestamp with time zone, most integer) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
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
CREATE FUNCTION public.privacy_reasons_from_logs(questions bigint[], people bigint[]) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
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
CREATE FUNCTION public.privacy_words_from_logs(request bigint, pattern text) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
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
CREATE FUNCTION public.surveys_batch_is_whole() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE wrong boolean;
BEGIN
    SELECT COUNT(*) <> NEW.size OR SUM(a.value) <> NEW.total OR SUM(a.value * a.value) <> NEW.squares
        OR NEW.n1 + NEW.n2 + NEW.n3 + NEW.n4 + NEW.n5 + NEW.n6 + NEW.n7 + NEW.n8 + NEW.n9 + NEW.n10 <> NEW.size
        OR BOOL_OR(a.key <> NEW.key OR a.survey_id <> NEW.survey_id OR r.channel <> NEW.channel OR r.closes_at IS NOT NULL
            OR r.place_id IS DISTINCT FROM NEW.place_id OR r.feeds_figures <> NEW.feeds_figures
            OR r.round_id IS DISTINCT FROM NEW.round_id
            OR (NEW.team_id IS NOT NULL AND r.team_id IS DISTINCT FROM NEW.team_id)
            OR (NEW.theme_id IS NOT NULL AND r.theme_id IS DISTINCT FROM NEW.theme_id))
        INTO wrong FROM surveys_answer a JOIN surveys_response r ON r.id = a.response_id WHERE a.batch_id = NEW.id;
    IF wrong IS DISTINCT FROM false THEN
        RAISE EXCEPTION 'a batch says something else than its answers' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE FUNCTION public.surveys_counted_stays() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF OLD.batch_id IS NOT NULL AND (TG_OP = 'DELETE' OR (NEW.batch_id, NEW.value, NEW.key, NEW.survey_id, NEW.response_id)
            IS DISTINCT FROM (OLD.batch_id, OLD.value, OLD.key, OLD.survey_id, OLD.response_id)) THEN
        RAISE EXCEPTION 'an answer that counts never changes' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
CREATE FUNCTION public.surveys_question_stays() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE its_version bigint := CASE WHEN TG_OP = 'INSERT' THEN NEW.version_id ELSE OLD.version_id END;
BEGIN
    IF EXISTS (SELECT 1 FROM surveys_surveyversion WHERE id = its_version AND published_at IS NOT NULL) THEN
        RAISE EXCEPTION 'questions of a published version never change' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
CREATE FUNCTION public.surveys_version_stays() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF OLD.published_at IS NULL THEN
        IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
        RETURN NEW;
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.state = 'running' AND NEW.state = 'replaced' AND (OLD.survey_id, OLD.number, OLD.title_nl, OLD.title_en,
            OLD.created_at, OLD.published_at, OLD.published_by_id) IS NOT DISTINCT FROM (NEW.survey_id, NEW.number, NEW.title_nl,
            NEW.title_en, NEW.created_at, NEW.published_at, NEW.published_by_id) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a published version never changes' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TEXT SEARCH CONFIGURATION public.dutch_plain (
    PARSER = pg_catalog."default" );
ALTER TEXT SEARCH CONFIGURATION public.dutch_plain
    ADD MAPPING FOR asciiword WITH dutch_stem;
ALTER TEXT SEARCH CONFIGURATION public.dutch_plain
    ADD MAPPING FOR word WITH public.unaccent, dutch_stem;
ALTER TEXT SEARCH CONFIGURATION public.dutch_plain
    ADD MAPPING FOR numword WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.dutch_plain
    ADD MAPPING FOR email WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.dutch_plain
    ADD MAPPING FOR url WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.dutch_plain
    ADD MAPPING FOR host WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.dutch_plain
    ADD MAPPING FOR sfloat WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.dutch_plain
    ADD MAPPING FOR version WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.dutch_plain
    ADD MAPPING FOR hword_numpart WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.dutch_plain
    ADD MAPPING FOR hword_part WITH public.unaccent, dutch_stem;
ALTER TEXT SEARCH CONFIGURATION public.dutch_plain
    ADD MAPPING FOR hword_asciipart WITH dutch_stem;
ALTER TEXT SEARCH CONFIGURATION public.dutch_plain
    ADD MAPPING FOR numhword WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.dutch_plain
    ADD MAPPING FOR asciihword WITH dutch_stem;
ALTER TEXT SEARCH CONFIGURATION public.dutch_plain
    ADD MAPPING FOR hword WITH public.unaccent, dutch_stem;
ALTER TEXT SEARCH CONFIGURATION public.dutch_plain
    ADD MAPPING FOR url_path WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.dutch_plain
    ADD MAPPING FOR file WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.dutch_plain
    ADD MAPPING FOR "float" WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.dutch_plain
    ADD MAPPING FOR "int" WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.dutch_plain
    ADD MAPPING FOR uint WITH simple;
CREATE TABLE public.auth_group (
    id integer NOT NULL,
    name character varying(150) NOT NULL
);
ALTER TABLE public.auth_group ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_group_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.auth_group_permissions (
    id bigint NOT NULL,
    group_id integer NOT NULL,
    permission_id integer NOT NULL
);
ALTER TABLE public.auth_group_permissions ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_group_permissions_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.auth_permission (
    id integer NOT NULL,
    name character varying(255) NOT NULL,
    content_type_id integer NOT NULL,
    codename character varying(100) NOT NULL
);
ALTER TABLE public.auth_permission ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_permission_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.axes_accessattempt (
    id integer NOT NULL,
    user_agent character varying(255) NOT NULL,
    ip_address inet,
    username character varying(255),
    http_accept character varying(1025) NOT NULL,
    path_info character varying(255) NOT NULL,
    attempt_time timestamp with time zone NOT NULL,
    get_data text NOT NULL,
    post_data text NOT NULL,
    failures_since_start integer NOT NULL,
    CONSTRAINT axes_accessattempt_failures_since_start_check CHECK ((failures_since_start >= 0))
);
ALTER TABLE public.axes_accessattempt ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.axes_accessattempt_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.axes_accessattemptexpiration (
    access_attempt_id integer NOT NULL,
    expires_at timestamp with time zone NOT NULL
);
CREATE TABLE public.axes_accessfailurelog (
    id integer NOT NULL,
    user_agent character varying(255) NOT NULL,
    ip_address inet,
    username character varying(255),
    http_accept character varying(1025) NOT NULL,
    path_info character varying(255) NOT NULL,
    attempt_time timestamp with time zone NOT NULL,
    locked_out boolean NOT NULL
);
ALTER TABLE public.axes_accessfailurelog ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.axes_accessfailurelog_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.axes_accesslog (
    id integer NOT NULL,
    user_agent character varying(255) NOT NULL,
    ip_address inet,
    username character varying(255),
    http_accept character varying(1025) NOT NULL,
    path_info character varying(255) NOT NULL,
    attempt_time timestamp with time zone NOT NULL,
    logout_time timestamp with time zone,
    session_hash character varying(64) DEFAULT ''::character varying NOT NULL
);
ALTER TABLE public.axes_accesslog ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.axes_accesslog_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.channels_app_arrival (
    id bigint NOT NULL,
    kind character varying(8) NOT NULL,
    address character varying(32) NOT NULL,
    network character varying(32) NOT NULL,
    at timestamp with time zone NOT NULL
);
ALTER TABLE public.channels_app_arrival ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.channels_app_arrival_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.channels_app_call (
    id bigint NOT NULL,
    source character varying(60) NOT NULL,
    external_key character varying(120) NOT NULL,
    queue character varying(60) NOT NULL,
    caller character varying(40) NOT NULL,
    entered_at timestamp with time zone NOT NULL,
    answered_at timestamp with time zone,
    ended_at timestamp with time zone,
    outcome character varying(14) NOT NULL,
    wait_seconds integer NOT NULL,
    entered_on date NOT NULL,
    pickup_limit_seconds smallint NOT NULL,
    short_abandon_seconds smallint NOT NULL,
    answered_by_id bigint,
    has_no_end boolean DEFAULT false NOT NULL,
    answered_team_id bigint,
    team_least smallint,
    CONSTRAINT channels_app_call_pickup_limit_seconds_check CHECK ((pickup_limit_seconds >= 0)),
    CONSTRAINT channels_app_call_short_abandon_seconds_check CHECK ((short_abandon_seconds >= 0)),
    CONSTRAINT channels_app_call_team_least_check CHECK ((team_least >= 0)),
    CONSTRAINT channels_app_call_wait_seconds_check CHECK ((wait_seconds >= 0))
);
ALTER TABLE public.channels_app_call ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.channels_app_call_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.channels_app_callsfile (
    id bigint NOT NULL,
    source character varying(60) NOT NULL,
    file_name character varying(120) NOT NULL,
    raw bytea,
    heads jsonb NOT NULL,
    heads_digest character varying(64) NOT NULL,
    columns jsonb NOT NULL,
    brought_at timestamp with time zone NOT NULL,
    taken_in_at timestamp with time zone,
    taken_in_by_id bigint NOT NULL
);
ALTER TABLE public.channels_app_callsfile ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.channels_app_callsfile_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.channels_app_deadaddress (
    id bigint NOT NULL,
    address character varying(320) NOT NULL,
    since_at timestamp with time zone NOT NULL,
    status character varying(20) NOT NULL,
    detail character varying(300) NOT NULL
);
ALTER TABLE public.channels_app_deadaddress ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.channels_app_deadaddress_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.channels_app_historicalmailbox (
    id bigint NOT NULL,
    name character varying(100) NOT NULL,
    address character varying(254) NOT NULL,
    host character varying(200) NOT NULL,
    port integer NOT NULL,
    security character varying(8) NOT NULL,
    username character varying(200) NOT NULL,
    folder character varying(200) NOT NULL,
    done_folder character varying(200) NOT NULL,
    is_active boolean NOT NULL,
    version integer NOT NULL,
    history_id integer NOT NULL,
    history_date timestamp with time zone NOT NULL,
    history_change_reason character varying(100),
    history_type character varying(1) NOT NULL,
    history_user_id bigint,
    team_id bigint,
    acknowledgement_text text DEFAULT ''::text NOT NULL,
    calendar_id bigint,
    client_id character varying(200) DEFAULT ''::character varying NOT NULL,
    "grant" character varying(20) DEFAULT 'client_credentials'::character varying NOT NULL,
    has_acknowledgement boolean DEFAULT true NOT NULL,
    scope character varying(500) DEFAULT ''::character varying NOT NULL,
    sign_in character varying(8) DEFAULT 'password'::character varying NOT NULL,
    smtp_host character varying(200) DEFAULT ''::character varying NOT NULL,
    smtp_port integer DEFAULT 587 NOT NULL,
    smtp_security character varying(8) DEFAULT 'starttls'::character varying NOT NULL,
    token_url character varying(500) DEFAULT ''::character varying NOT NULL,
    CONSTRAINT channels_app_historicalmailbox_port_check CHECK ((port >= 0)),
    CONSTRAINT channels_app_historicalmailbox_smtp_port_check CHECK ((smtp_port >= 0)),
    CONSTRAINT channels_app_historicalmailbox_version_check CHECK ((version >= 0))
);
ALTER TABLE public.channels_app_historicalmailbox ALTER COLUMN history_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.channels_app_historicalmailbox_history_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.channels_app_historicalmessagesource (
    id bigint NOT NULL,
    kind character varying(16) NOT NULL,
    name character varying(100) NOT NULL,
    account character varying(200) NOT NULL,
    server character varying(200) NOT NULL,
    templates jsonb NOT NULL,
    is_active boolean NOT NULL,
    version integer NOT NULL,
    history_id integer NOT NULL,
    history_date timestamp with time zone NOT NULL,
    history_change_reason character varying(100),
    history_type character varying(1) NOT NULL,
    history_user_id bigint,
    team_id bigint,
    sends_status boolean DEFAULT false NOT NULL,
    sends_surveys boolean DEFAULT false NOT NULL,
    CONSTRAINT channels_app_historicalmessagesource_version_check CHECK ((version >= 0))
);
ALTER TABLE public.channels_app_historicalmessagesource ALTER COLUMN history_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.channels_app_historicalmessagesource_history_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.channels_app_inboundmessage (
    id bigint NOT NULL,
    source character varying(120) NOT NULL,
    external_key character varying(200) NOT NULL,
    channel character varying(12) NOT NULL,
    received_at timestamp with time zone NOT NULL,
    taken_in_at timestamp with time zone NOT NULL,
    sha256 character varying(64) NOT NULL,
    size integer NOT NULL,
    message_id character varying(500) NOT NULL,
    body_sha256 character varying(64) NOT NULL,
    sender character varying(320) NOT NULL,
    subject character varying(300) NOT NULL,
    parsed jsonb,
    state character varying(8) NOT NULL,
    outcome character varying(10) NOT NULL,
    reason character varying(500) NOT NULL,
    tries smallint NOT NULL,
    lease_until timestamp with time zone,
    next_try_at timestamp with time zone,
    done_at timestamp with time zone,
    handled_by_id bigint,
    mailbox_id bigint,
    conversation character varying(250) DEFAULT ''::character varying NOT NULL,
    envelope_id bigint,
    message_source_id bigint,
    CONSTRAINT channels_app_inboundmessage_size_check CHECK ((size >= 0)),
    CONSTRAINT channels_app_inboundmessage_tries_check CHECK ((tries >= 0))
);
ALTER TABLE public.channels_app_inboundmessage ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.channels_app_inboundmessage_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.channels_app_inboundraw (
    message_id bigint NOT NULL,
    data bytea NOT NULL
);
CREATE TABLE public.channels_app_livecall (
    id bigint NOT NULL,
    source character varying(60) NOT NULL,
    external_key character varying(120) NOT NULL,
    state character varying(8) NOT NULL,
    queue character varying(60) NOT NULL,
    caller character varying(40) NOT NULL,
    agent character varying(60) NOT NULL,
    entered_at timestamp with time zone NOT NULL,
    answered_at timestamp with time zone,
    ended_at timestamp with time zone,
    last_event_at timestamp with time zone NOT NULL,
    call_id bigint
);
ALTER TABLE public.channels_app_livecall ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.channels_app_livecall_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.channels_app_mailbox (
    id bigint NOT NULL,
    name character varying(100) NOT NULL,
    address character varying(254) NOT NULL,
    host character varying(200) NOT NULL,
    port integer NOT NULL,
    security character varying(8) NOT NULL,
    username character varying(200) NOT NULL,
    password_encrypted text NOT NULL,
    folder character varying(200) NOT NULL,
    done_folder character varying(200) NOT NULL,
    is_active boolean NOT NULL,
    uid_validity bigint,
    last_uid bigint NOT NULL,
    last_read_at timestamp with time zone,
    last_error character varying(300) NOT NULL,
    version integer NOT NULL,
    team_id bigint,
    access_token_encrypted text DEFAULT ''::text NOT NULL,
    acknowledgement_text text DEFAULT ''::text NOT NULL,
    calendar_id bigint,
    client_id character varying(200) DEFAULT ''::character varying NOT NULL,
    client_secret_encrypted text DEFAULT ''::text NOT NULL,
    "grant" character varying(20) DEFAULT 'client_credentials'::character varying NOT NULL,
    has_acknowledgement boolean DEFAULT true NOT NULL,
    refresh_token_encrypted text DEFAULT ''::text NOT NULL,
    scope character varying(500) DEFAULT ''::character varying NOT NULL,
    sign_in character varying(8) DEFAULT 'password'::character varying NOT NULL,
    smtp_host character varying(200) DEFAULT ''::character varying NOT NULL,
    smtp_port integer DEFAULT 587 NOT NULL,
    smtp_security character varying(8) DEFAULT 'starttls'::character varying NOT NULL,
    token_until timestamp with time zone,
    token_url character varying(500) DEFAULT ''::character varying NOT NULL,
    CONSTRAINT channels_app_mailbox_port_check CHECK ((port >= 0)),
    CONSTRAINT channels_app_mailbox_smtp_port_check CHECK ((smtp_port >= 0)),
    CONSTRAINT channels_app_mailbox_version_check CHECK ((version >= 0))
);
ALTER TABLE public.channels_app_mailbox ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.channels_app_mailbox_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.channels_app_messagesource (
    id bigint NOT NULL,
    kind character varying(16) NOT NULL,
    name character varying(100) NOT NULL,
    key character varying(43) NOT NULL,
    account character varying(200) NOT NULL,
    server character varying(200) NOT NULL,
    secrets_encrypted text NOT NULL,
    templates jsonb NOT NULL,
    is_active boolean NOT NULL,
    cursor character varying(200) NOT NULL,
    last_heard_at timestamp with time zone,
    last_error character varying(300) NOT NULL,
    refused_count integer NOT NULL,
    refused_at timestamp with time zone,
    version integer NOT NULL,
    team_id bigint,
    sends_status boolean DEFAULT false NOT NULL,
    sends_surveys boolean DEFAULT false NOT NULL,
    CONSTRAINT channels_app_messagesource_refused_count_check CHECK ((refused_count >= 0)),
    CONSTRAINT channels_app_messagesource_version_check CHECK ((version >= 0))
);
ALTER TABLE public.channels_app_messagesource ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.channels_app_messagesource_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.channels_app_outboundmessage (
    id bigint NOT NULL,
    purpose character varying(16) NOT NULL,
    object_key character varying(120) NOT NULL,
    channel character varying(12) NOT NULL,
    to_address character varying(320) NOT NULL,
    to_name character varying(200) NOT NULL,
    subject character varying(300) NOT NULL,
    body text NOT NULL,
    is_automatic boolean NOT NULL,
    message_id character varying(200) NOT NULL,
    in_reply_to character varying(500) NOT NULL,
    "references" text NOT NULL,
    reference_number character varying(30) NOT NULL,
    state character varying(8) NOT NULL,
    tries smallint NOT NULL,
    created_at timestamp with time zone NOT NULL,
    next_try_at timestamp with time zone NOT NULL,
    lease_until timestamp with time zone,
    sent_at timestamp with time zone,
    error character varying(500) NOT NULL,
    mailbox_id bigint,
    accepted_at timestamp with time zone,
    html text DEFAULT ''::text NOT NULL,
    conversation character varying(250) DEFAULT ''::character varying NOT NULL,
    delivered_at timestamp with time zone,
    details jsonb,
    read_at timestamp with time zone,
    remote_id character varying(200) DEFAULT ''::character varying NOT NULL,
    message_source_id bigint,
    cause character varying(12) DEFAULT ''::character varying NOT NULL,
    origin character varying(32) DEFAULT ''::character varying NOT NULL,
    origin_network character varying(32) DEFAULT ''::character varying NOT NULL,
    copies jsonb DEFAULT '[]'::jsonb NOT NULL,
    CONSTRAINT channels_app_outboundmessage_tries_check CHECK ((tries >= 0))
);
ALTER TABLE public.channels_app_outboundmessage ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.channels_app_outboundmessage_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.channels_app_phoneevent (
    id bigint NOT NULL,
    source character varying(60) NOT NULL,
    event_key character varying(120) NOT NULL,
    call_key character varying(120) NOT NULL,
    leg character varying(60) NOT NULL,
    kind character varying(12) NOT NULL,
    happened_at timestamp with time zone NOT NULL,
    received_at timestamp with time zone NOT NULL,
    queue character varying(60) NOT NULL,
    caller character varying(40) NOT NULL,
    agent character varying(60) NOT NULL,
    is_test boolean NOT NULL
);
ALTER TABLE public.channels_app_phoneevent ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.channels_app_phoneevent_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.channels_app_stoppednumber (
    id bigint NOT NULL,
    number character varying(40) NOT NULL,
    since_at timestamp with time zone NOT NULL
);
ALTER TABLE public.channels_app_stoppednumber ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.channels_app_stoppednumber_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.channels_app_storedfile (
    id bigint NOT NULL,
    name character varying(200) NOT NULL,
    content_type character varying(100) NOT NULL,
    size bigint NOT NULL,
    sha256 character varying(64) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    inbound_id bigint,
    outbound_id bigint,
    check_state character varying(8) DEFAULT 'none'::character varying NOT NULL,
    virus character varying(100) DEFAULT ''::character varying NOT NULL,
    CONSTRAINT channels_app_storedfile_size_check CHECK ((size >= 0))
);
ALTER TABLE public.channels_app_storedfile ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.channels_app_storedfile_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.contacts_apiclient (
    id bigint NOT NULL,
    name character varying(60) NOT NULL,
    token_hash character varying(64) NOT NULL,
    token_hint character varying(8) NOT NULL,
    scopes character varying(40)[] NOT NULL,
    channels character varying(12)[] NOT NULL,
    requests_per_minute integer NOT NULL,
    is_active boolean NOT NULL,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    last_used_at timestamp with time zone,
    version integer NOT NULL,
    CONSTRAINT contacts_apiclient_requests_per_minute_check CHECK ((requests_per_minute >= 0)),
    CONSTRAINT contacts_apiclient_version_check CHECK ((version >= 0))
);
ALTER TABLE public.contacts_apiclient ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.contacts_apiclient_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.contacts_assignment (
    id bigint NOT NULL,
    reason character varying(300) NOT NULL,
    from_at timestamp with time zone NOT NULL,
    until_at timestamp with time zone,
    assigned_by_id bigint,
    assignee_id bigint,
    team_id bigint NOT NULL,
    question_id bigint NOT NULL,
    rule_id bigint
);
ALTER TABLE public.contacts_assignment ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.contacts_assignment_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.contacts_callbackattempt (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    outcome character varying(12) NOT NULL,
    note character varying(300) NOT NULL,
    by_id bigint NOT NULL,
    callback_id bigint NOT NULL
);
ALTER TABLE public.contacts_callbackattempt ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.contacts_callbackattempt_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.contacts_callbackrequest (
    id bigint NOT NULL,
    phone character varying(40) NOT NULL,
    name character varying(200) NOT NULL,
    moment character varying(100) NOT NULL,
    state character varying(12) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    settled_at timestamp with time zone,
    version integer NOT NULL,
    created_by_id bigint,
    settled_by_id bigint,
    contact_id bigint NOT NULL,
    question_id bigint NOT NULL,
    CONSTRAINT contacts_callbackrequest_version_check CHECK ((version >= 0))
);
ALTER TABLE public.contacts_callbackrequest ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.contacts_callbackrequest_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.contacts_chat (
    id bigint NOT NULL,
    token_hash character varying(64) NOT NULL,
    state character varying(8) NOT NULL,
    ended character varying(8) NOT NULL,
    name character varying(100) NOT NULL,
    email character varying(254) NOT NULL,
    site character varying(200) NOT NULL,
    begun_at timestamp with time zone NOT NULL,
    waits_since timestamp with time zone NOT NULL,
    taken_at timestamp with time zone,
    answered_at timestamp with time zone,
    closed_at timestamp with time zone,
    seen_at timestamp with time zone NOT NULL,
    last_line_at timestamp with time zone NOT NULL,
    line_count integer NOT NULL,
    question_id bigint NOT NULL,
    taken_by_id bigint,
    origin character varying(32) DEFAULT ''::character varying NOT NULL,
    origin_network character varying(32) DEFAULT ''::character varying NOT NULL,
    CONSTRAINT closed_chat_has_moment CHECK ((((closed_at IS NOT NULL) AND ((state)::text = 'closed'::text)) OR ((NOT ((state)::text = 'closed'::text)) AND (closed_at IS NULL)))),
    CONSTRAINT contacts_chat_line_count_check CHECK ((line_count >= 0)),
    CONSTRAINT open_chat_has_person CHECK ((NOT (((state)::text = 'open'::text) AND (taken_by_id IS NULL))))
);
ALTER TABLE public.contacts_chat ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.contacts_chat_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.contacts_chatline (
    id bigint NOT NULL,
    number integer NOT NULL,
    who character varying(8) NOT NULL,
    key character varying(60) NOT NULL,
    text text NOT NULL,
    at timestamp with time zone NOT NULL,
    author_id bigint,
    chat_id bigint NOT NULL,
    CONSTRAINT contacts_chatline_number_check CHECK ((number >= 0))
);
ALTER TABLE public.contacts_chatline ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.contacts_chatline_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.contacts_clockevent (
    id bigint NOT NULL,
    kind character varying(16) NOT NULL,
    at timestamp with time zone NOT NULL,
    cause character varying(200) NOT NULL,
    due_at timestamp with time zone,
    norm_version integer NOT NULL,
    calendar_version integer NOT NULL,
    detail jsonb NOT NULL,
    by_id bigint,
    clock_id bigint NOT NULL,
    CONSTRAINT contacts_clockevent_calendar_version_check CHECK ((calendar_version >= 0)),
    CONSTRAINT contacts_clockevent_norm_version_check CHECK ((norm_version >= 0))
);
ALTER TABLE public.contacts_clockevent ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.contacts_clockevent_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.contacts_confidentialaccess (
    id bigint NOT NULL,
    reason character varying(300) NOT NULL,
    from_at timestamp with time zone NOT NULL,
    until_at timestamp with time zone,
    granted_by_id bigint,
    user_id bigint NOT NULL,
    question_id bigint NOT NULL
);
ALTER TABLE public.contacts_confidentialaccess ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.contacts_confidentialaccess_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.contacts_contact (
    id bigint NOT NULL,
    channel character varying(12) NOT NULL,
    direction character varying(3) NOT NULL,
    received_at timestamp with time zone NOT NULL,
    registered_at timestamp with time zone NOT NULL,
    text text NOT NULL,
    quoted_text text NOT NULL,
    subject_line character varying(300) NOT NULL,
    address character varying(320) NOT NULL,
    address_name character varying(200) NOT NULL,
    is_answer boolean NOT NULL,
    is_automatic boolean NOT NULL,
    remarks jsonb NOT NULL,
    duration_seconds integer,
    version integer NOT NULL,
    call_id bigint,
    inbound_id bigint,
    outbound_id bigint,
    registered_by_id bigint,
    customer_id bigint,
    CONSTRAINT contacts_contact_duration_seconds_check CHECK ((duration_seconds >= 0)),
    CONSTRAINT contacts_contact_version_check CHECK ((version >= 0))
);
ALTER TABLE public.contacts_contact ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.contacts_contact_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.contacts_contactaddress (
    id bigint NOT NULL,
    kind character varying(8) NOT NULL,
    value character varying(320) NOT NULL,
    normalized character varying(320) NOT NULL,
    is_verified boolean NOT NULL,
    is_preferred boolean NOT NULL,
    bounced_at timestamp with time zone,
    customer_id bigint NOT NULL
);
ALTER TABLE public.contacts_contactaddress ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.contacts_contactaddress_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.contacts_customer (
    id bigint NOT NULL,
    kind character varying(12) NOT NULL,
    salutation character varying(4) NOT NULL,
    name character varying(200) NOT NULL,
    street character varying(100) NOT NULL,
    house_number character varying(20) NOT NULL,
    postcode character varying(10) NOT NULL,
    place character varying(80) NOT NULL,
    remark character varying(300) NOT NULL,
    search_text text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    version integer NOT NULL,
    merged_into_id bigint,
    restricted_at timestamp with time zone,
    CONSTRAINT contacts_customer_version_check CHECK ((version >= 0))
);
ALTER TABLE public.contacts_customer ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.contacts_customer_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.contacts_draft (
    id bigint NOT NULL,
    token uuid NOT NULL,
    data jsonb NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    user_id bigint NOT NULL
);
ALTER TABLE public.contacts_draft ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.contacts_draft_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.contacts_historicalapiclient (
    id bigint NOT NULL,
    name character varying(60) NOT NULL,
    token_hint character varying(8) NOT NULL,
    scopes character varying(40)[] NOT NULL,
    channels character varying(12)[] NOT NULL,
    requests_per_minute integer NOT NULL,
    is_active boolean NOT NULL,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    version integer NOT NULL,
    history_id integer NOT NULL,
    history_date timestamp with time zone NOT NULL,
    history_change_reason character varying(100),
    history_type character varying(1) NOT NULL,
    history_user_id bigint,
    CONSTRAINT contacts_historicalapiclient_requests_per_minute_check CHECK ((requests_per_minute >= 0)),
    CONSTRAINT contacts_historicalapiclient_version_check CHECK ((version >= 0))
);
ALTER TABLE public.contacts_historicalapiclient ALTER COLUMN history_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.contacts_historicalapiclient_history_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.contacts_historicalcallbackrequest (
    id bigint NOT NULL,
    phone character varying(40) NOT NULL,
    name character varying(200) NOT NULL,
    moment character varying(100) NOT NULL,
    state character varying(12) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    settled_at timestamp with time zone,
    version integer NOT NULL,
    history_id integer NOT NULL,
    history_date timestamp with time zone NOT NULL,
    history_change_reason character varying(100),
    history_type character varying(1) NOT NULL,
    contact_id bigint,
    created_by_id bigint,
    history_user_id bigint,
    settled_by_id bigint,
    question_id bigint,
    CONSTRAINT contacts_historicalcallbackrequest_version_check CHECK ((version >= 0))
);
ALTER TABLE public.contacts_historicalcallbackrequest ALTER COLUMN history_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.contacts_historicalcallbackrequest_history_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.contacts_historicalcontact (
    id bigint NOT NULL,
    channel character varying(12) NOT NULL,
    direction character varying(3) NOT NULL,
    received_at timestamp with time zone NOT NULL,
    registered_at timestamp with time zone NOT NULL,
    text text NOT NULL,
    subject_line character varying(300) NOT NULL,
    address character varying(320) NOT NULL,
    address_name character varying(200) NOT NULL,
    is_answer boolean NOT NULL,
    is_automatic boolean NOT NULL,
    remarks jsonb NOT NULL,
    duration_seconds integer,
    version integer NOT NULL,
    history_id integer NOT NULL,
    history_date timestamp with time zone NOT NULL,
    history_change_reason character varying(100),
    history_type character varying(1) NOT NULL,
    call_id bigint,
    customer_id bigint,
    history_user_id bigint,
    inbound_id bigint,
    outbound_id bigint,
    registered_by_id bigint,
    CONSTRAINT contacts_historicalcontact_duration_seconds_check CHECK ((duration_seconds >= 0)),
    CONSTRAINT contacts_historicalcontact_version_check CHECK ((version >= 0))
);
ALTER TABLE public.contacts_historicalcontact ALTER COLUMN history_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.contacts_historicalcontact_history_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.contacts_historicalcontactaddress (
    id bigint NOT NULL,
    kind character varying(8) NOT NULL,
    value character varying(320) NOT NULL,
    normalized character varying(320) NOT NULL,
    is_verified boolean NOT NULL,
    is_preferred boolean NOT NULL,
    bounced_at timestamp with time zone,
    history_id integer NOT NULL,
    history_date timestamp with time zone NOT NULL,
    history_change_reason character varying(100),
    history_type character varying(1) NOT NULL,
    customer_id bigint,
    history_user_id bigint
);
ALTER TABLE public.contacts_historicalcontactaddress ALTER COLUMN history_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.contacts_historicalcontactaddress_history_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.contacts_historicalcustomer (
    id bigint NOT NULL,
    kind character varying(12) NOT NULL,
    salutation character varying(4) NOT NULL,
    name character varying(200) NOT NULL,
    street character varying(100) NOT NULL,
    house_number character varying(20) NOT NULL,
    postcode character varying(10) NOT NULL,
    place character varying(80) NOT NULL,
    remark character varying(300) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    version integer NOT NULL,
    history_id integer NOT NULL,
    history_date timestamp with time zone NOT NULL,
    history_change_reason character varying(100),
    history_type character varying(1) NOT NULL,
    history_user_id bigint,
    merged_into_id bigint,
    restricted_at timestamp with time zone,
    CONSTRAINT contacts_historicalcustomer_version_check CHECK ((version >= 0))
);
ALTER TABLE public.contacts_historicalcustomer ALTER COLUMN history_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.contacts_historicalcustomer_history_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.contacts_historicalmessageconsent (
    id bigint NOT NULL,
    channel character varying(12) NOT NULL,
    number character varying(40) NOT NULL,
    how character varying(8) NOT NULL,
    note character varying(200) NOT NULL,
    given_at timestamp with time zone NOT NULL,
    withdrawn_at timestamp with time zone,
    history_id integer NOT NULL,
    history_date timestamp with time zone NOT NULL,
    history_change_reason character varying(100),
    history_type character varying(1) NOT NULL,
    customer_id bigint,
    given_by_id bigint,
    history_user_id bigint,
    withdrawn_by_id bigint
);
ALTER TABLE public.contacts_historicalmessageconsent ALTER COLUMN history_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.contacts_historicalmessageconsent_history_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.contacts_historicalnote (
    id bigint NOT NULL,
    text text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    history_id integer NOT NULL,
    history_date timestamp with time zone NOT NULL,
    history_change_reason character varying(100),
    history_type character varying(1) NOT NULL,
    created_by_id bigint,
    history_user_id bigint,
    question_id bigint
);
ALTER TABLE public.contacts_historicalnote ALTER COLUMN history_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.contacts_historicalnote_history_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.contacts_historicaloutgoingletter (
    id bigint NOT NULL,
    kind character varying(16) NOT NULL,
    "then" character varying(8) NOT NULL,
    about character varying(300) NOT NULL,
    recipient text NOT NULL,
    text text NOT NULL,
    made_at timestamp with time zone NOT NULL,
    post_by timestamp with time zone NOT NULL,
    printed_at timestamp with time zone,
    told_at timestamp with time zone,
    state character varying(9) NOT NULL,
    posted_on date,
    settled_at timestamp with time zone,
    version integer NOT NULL,
    history_id integer NOT NULL,
    history_date timestamp with time zone NOT NULL,
    history_change_reason character varying(100),
    history_type character varying(1) NOT NULL,
    contact_id bigint,
    history_user_id bigint,
    made_by_id bigint,
    question_id bigint,
    settled_by_id bigint,
    CONSTRAINT contacts_historicaloutgoingletter_version_check CHECK ((version >= 0))
);
ALTER TABLE public.contacts_historicaloutgoingletter ALTER COLUMN history_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.contacts_historicaloutgoingletter_history_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.contacts_historicalquestion (
    id bigint NOT NULL,
    number character varying(20) NOT NULL,
    kind character varying(12) NOT NULL,
    channel character varying(12) NOT NULL,
    title character varying(200) NOT NULL,
    status character varying(12) NOT NULL,
    close_reason character varying(20) NOT NULL,
    is_confidential boolean NOT NULL,
    received_at timestamp with time zone NOT NULL,
    registered_at timestamp with time zone NOT NULL,
    answered_at timestamp with time zone,
    closed_at timestamp with time zone,
    closed_on date,
    is_direct boolean NOT NULL,
    transfer_count smallint NOT NULL,
    version integer NOT NULL,
    history_id integer NOT NULL,
    history_date timestamp with time zone NOT NULL,
    history_change_reason character varying(100),
    history_type character varying(1) NOT NULL,
    assignee_id bigint,
    customer_id bigint,
    history_user_id bigint,
    registered_by_id bigint,
    subject_id bigint,
    team_id bigint,
    merged_into_id bigint,
    CONSTRAINT contacts_historicalquestion_transfer_count_check CHECK ((transfer_count >= 0)),
    CONSTRAINT contacts_historicalquestion_version_check CHECK ((version >= 0))
);
ALTER TABLE public.contacts_historicalquestion ALTER COLUMN history_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.contacts_historicalquestion_history_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.contacts_historicalreplytemplate (
    id bigint NOT NULL,
    name character varying(100) NOT NULL,
    body text NOT NULL,
    is_active boolean NOT NULL,
    version integer NOT NULL,
    history_id integer NOT NULL,
    history_date timestamp with time zone NOT NULL,
    history_change_reason character varying(100),
    history_type character varying(1) NOT NULL,
    history_user_id bigint,
    subject_id bigint,
    team_id bigint,
    use character varying(24) DEFAULT ''::character varying NOT NULL,
    CONSTRAINT contacts_historicalreplytemplate_version_check CHECK ((version >= 0))
);
ALTER TABLE public.contacts_historicalreplytemplate ALTER COLUMN history_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.contacts_historicalreplytemplate_history_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.contacts_historicalroutingrule (
    id bigint NOT NULL,
    "position" integer NOT NULL,
    name character varying(100) NOT NULL,
    channel character varying(12) NOT NULL,
    words character varying(60)[] NOT NULL,
    question_kind character varying(12) NOT NULL,
    customer_kind character varying(12) NOT NULL,
    is_active boolean NOT NULL,
    version integer NOT NULL,
    history_id integer NOT NULL,
    history_date timestamp with time zone NOT NULL,
    history_change_reason character varying(100),
    history_type character varying(1) NOT NULL,
    history_user_id bigint,
    mailbox_id bigint,
    subject_id bigint,
    team_id bigint,
    is_confidential boolean DEFAULT false NOT NULL,
    confidential_for bigint[] DEFAULT '{}'::bigint[] NOT NULL,
    CONSTRAINT contacts_historicalroutingrule_position_check CHECK (("position" >= 0)),
    CONSTRAINT contacts_historicalroutingrule_version_check CHECK ((version >= 0))
);
ALTER TABLE public.contacts_historicalroutingrule ALTER COLUMN history_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.contacts_historicalroutingrule_history_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.contacts_historicalservicenorm (
    id bigint NOT NULL,
    code character varying(40) NOT NULL,
    name character varying(120) NOT NULL,
    channel character varying(12) NOT NULL,
    unit character varying(16) NOT NULL,
    length integer,
    target numeric(5,2) NOT NULL,
    may_pause boolean NOT NULL,
    valid_from date NOT NULL,
    valid_until date,
    source character varying(120) NOT NULL,
    is_choice boolean NOT NULL,
    version integer NOT NULL,
    history_id integer NOT NULL,
    history_date timestamp with time zone NOT NULL,
    history_change_reason character varying(100),
    history_type character varying(1) NOT NULL,
    history_user_id bigint,
    subject_id bigint,
    team_id bigint,
    CONSTRAINT contacts_historicalservicenorm_length_check CHECK ((length >= 0)),
    CONSTRAINT contacts_historicalservicenorm_version_check CHECK ((version >= 0))
);
ALTER TABLE public.contacts_historicalservicenorm ALTER COLUMN history_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.contacts_historicalservicenorm_history_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.contacts_idempotencykey (
    id bigint NOT NULL,
    owner character varying(80) NOT NULL,
    key character varying(120) NOT NULL,
    request_sha256 character varying(64) NOT NULL,
    answer jsonb,
    created_at timestamp with time zone NOT NULL
);
ALTER TABLE public.contacts_idempotencykey ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.contacts_idempotencykey_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.contacts_mergeproposal (
    id bigint NOT NULL,
    proposed_at timestamp with time zone NOT NULL,
    decided_at timestamp with time zone,
    is_accepted boolean,
    decided_by_id bigint,
    keep_id bigint NOT NULL,
    merge_id bigint NOT NULL,
    proposed_by_id bigint NOT NULL
);
ALTER TABLE public.contacts_mergeproposal ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.contacts_mergeproposal_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.contacts_messageconsent (
    id bigint NOT NULL,
    channel character varying(12) NOT NULL,
    number character varying(40) NOT NULL,
    how character varying(8) NOT NULL,
    note character varying(200) NOT NULL,
    given_at timestamp with time zone NOT NULL,
    withdrawn_at timestamp with time zone,
    customer_id bigint NOT NULL,
    given_by_id bigint NOT NULL,
    withdrawn_by_id bigint
);
ALTER TABLE public.contacts_messageconsent ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.contacts_messageconsent_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.contacts_normclock (
    id bigint NOT NULL,
    code character varying(40) NOT NULL,
    norm_version integer NOT NULL,
    unit character varying(16) NOT NULL,
    length integer NOT NULL,
    may_pause boolean NOT NULL,
    calendar_version integer NOT NULL,
    channel character varying(12) NOT NULL,
    state character varying(9) NOT NULL,
    started_at timestamp with time zone NOT NULL,
    due_at timestamp with time zone NOT NULL,
    soon_at timestamp with time zone NOT NULL,
    escalate_at timestamp with time zone NOT NULL,
    stopped_at timestamp with time zone,
    settled_at timestamp with time zone,
    settled_on date,
    paused_at timestamp with time zone,
    remaining integer,
    stop_reason character varying(60) NOT NULL,
    soon_told_at timestamp with time zone,
    late_told_at timestamp with time zone,
    escalated_at timestamp with time zone,
    calendar_id bigint NOT NULL,
    contact_id bigint NOT NULL,
    replaced_by_id bigint,
    subject_id bigint,
    team_id bigint NOT NULL,
    question_id bigint NOT NULL,
    norm_id bigint NOT NULL,
    CONSTRAINT contacts_normclock_calendar_version_check CHECK ((calendar_version >= 0)),
    CONSTRAINT contacts_normclock_length_check CHECK ((length >= 0)),
    CONSTRAINT contacts_normclock_norm_version_check CHECK ((norm_version >= 0)),
    CONSTRAINT contacts_normclock_remaining_check CHECK ((remaining >= 0)),
    CONSTRAINT met_is_in_time CHECK (((NOT ((state)::text = 'met'::text)) OR (stopped_at < due_at))),
    CONSTRAINT settled_has_moment CHECK ((((settled_at IS NULL) AND ((state)::text = ANY ((ARRAY['running'::character varying, 'paused'::character varying]::character varying[])::text[]))) OR ((settled_at IS NOT NULL) AND ((state)::text = ANY ((ARRAY['met'::character varying, 'missed'::character varying, 'cancelled'::character varying]::character varying[])::text[])))))
);
ALTER TABLE public.contacts_normclock ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.contacts_normclock_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.contacts_note (
    id bigint NOT NULL,
    text text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    created_by_id bigint NOT NULL,
    question_id bigint NOT NULL
);
ALTER TABLE public.contacts_note ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.contacts_note_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.contacts_notice (
    id bigint NOT NULL,
    kind character varying(20) NOT NULL,
    key character varying(80) NOT NULL,
    at timestamp with time zone NOT NULL,
    read_at timestamp with time zone,
    mailed_at timestamp with time zone,
    clock_id bigint,
    user_id bigint NOT NULL,
    question_id bigint,
    CONSTRAINT notice_has_its_question CHECK (((((kind)::text = ANY ((ARRAY['role_asked'::character varying, 'talk_due'::character varying, 'flood'::character varying, 'news_waits'::character varying, 'article_due'::character varying, 'person_asked'::character varying, 'right_due'::character varying, 'right_late'::character varying, 'right_not_told'::character varying, 'list_made'::character varying, 'list_proposed'::character varying, 'provider_passed'::character varying, 'account_changed'::character varying]::character varying[])::text[])) AND (question_id IS NULL)) OR ((NOT ((kind)::text = ANY ((ARRAY['role_asked'::character varying, 'talk_due'::character varying, 'flood'::character varying, 'news_waits'::character varying, 'article_due'::character varying, 'person_asked'::character varying, 'right_due'::character varying, 'right_late'::character varying, 'right_not_told'::character varying, 'list_made'::character varying, 'list_proposed'::character varying, 'provider_passed'::character varying, 'account_changed'::character varying]::character varying[])::text[]))) AND (question_id IS NOT NULL))))
);
ALTER TABLE public.contacts_notice ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.contacts_notice_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.contacts_outgoingletter (
    id bigint NOT NULL,
    kind character varying(16) NOT NULL,
    "then" character varying(8) NOT NULL,
    about character varying(300) NOT NULL,
    recipient text NOT NULL,
    text text NOT NULL,
    made_at timestamp with time zone NOT NULL,
    post_by timestamp with time zone NOT NULL,
    printed_at timestamp with time zone,
    told_at timestamp with time zone,
    state character varying(9) NOT NULL,
    posted_on date,
    settled_at timestamp with time zone,
    version integer NOT NULL,
    contact_id bigint,
    made_by_id bigint NOT NULL,
    question_id bigint NOT NULL,
    settled_by_id bigint,
    CONSTRAINT contacts_outgoingletter_version_check CHECK ((version >= 0)),
    CONSTRAINT posted_letter_is_a_contact CHECK ((((contact_id IS NOT NULL) AND (posted_on IS NOT NULL) AND ((state)::text = 'posted'::text)) OR ((NOT ((state)::text = 'posted'::text)) AND (contact_id IS NULL) AND (posted_on IS NULL))))
);
CREATE TABLE public.contacts_outgoingletter_also (
    id bigint NOT NULL,
    outgoingletter_id bigint NOT NULL,
    question_id bigint NOT NULL
);
ALTER TABLE public.contacts_outgoingletter_also ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.contacts_outgoingletter_also_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
ALTER TABLE public.contacts_outgoingletter ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.contacts_outgoingletter_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.contacts_plannedreply (
    id bigint NOT NULL,
    created_at timestamp with time zone NOT NULL,
    send_at timestamp with time zone NOT NULL,
    is_scheduled boolean NOT NULL,
    channel character varying(12) NOT NULL,
    to_address character varying(320) NOT NULL,
    subject_line character varying(300) NOT NULL,
    text text NOT NULL,
    "then" character varying(8) NOT NULL,
    is_answer boolean NOT NULL,
    state character varying(8) NOT NULL,
    why character varying(500) NOT NULL,
    settled_at timestamp with time zone,
    contact_id bigint,
    created_by_id bigint NOT NULL,
    question_id bigint NOT NULL,
    settled_by_id bigint,
    copies jsonb DEFAULT '[]'::jsonb NOT NULL,
    CONSTRAINT sent_reply_is_a_contact CHECK ((((contact_id IS NOT NULL) AND ((state)::text = 'sent'::text)) OR ((NOT ((state)::text = 'sent'::text)) AND (contact_id IS NULL))))
);
CREATE TABLE public.contacts_plannedreply_files (
    id bigint NOT NULL,
    plannedreply_id bigint NOT NULL,
    storedfile_id bigint NOT NULL
);
ALTER TABLE public.contacts_plannedreply_files ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.contacts_plannedreply_files_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
ALTER TABLE public.contacts_plannedreply ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.contacts_plannedreply_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.contacts_question (
    id bigint NOT NULL,
    number character varying(20) NOT NULL,
    kind character varying(12) NOT NULL,
    channel character varying(12) NOT NULL,
    title character varying(200) NOT NULL,
    summary text NOT NULL,
    status character varying(12) NOT NULL,
    close_reason character varying(20) NOT NULL,
    is_confidential boolean NOT NULL,
    received_at timestamp with time zone NOT NULL,
    registered_at timestamp with time zone NOT NULL,
    answered_at timestamp with time zone,
    closed_at timestamp with time zone,
    closed_on date,
    is_direct boolean NOT NULL,
    due_at timestamp with time zone,
    soon_at timestamp with time zone,
    sort_at timestamp with time zone NOT NULL,
    last_contact_at timestamp with time zone NOT NULL,
    contact_count integer NOT NULL,
    transfer_count smallint NOT NULL,
    search tsvector GENERATED ALWAYS AS (to_tsvector('public.dutch_plain'::regconfig, (((COALESCE(title, ''::character varying))::text || ' '::text) || COALESCE(summary, ''::text)))) STORED,
    version integer NOT NULL,
    assignee_id bigint,
    customer_id bigint,
    merged_into_id bigint,
    registered_by_id bigint,
    subject_id bigint,
    team_id bigint NOT NULL,
    CONSTRAINT closed_has_moment CHECK ((((closed_at IS NOT NULL) AND ((status)::text = ANY ((ARRAY['closed'::character varying, 'cancelled'::character varying]::character varying[])::text[]))) OR ((closed_at IS NULL) AND ((status)::text = ANY ((ARRAY['new'::character varying, 'in_progress'::character varying, 'waiting'::character varying]::character varying[])::text[]))))),
    CONSTRAINT contacts_question_contact_count_check CHECK ((contact_count >= 0)),
    CONSTRAINT contacts_question_transfer_count_check CHECK ((transfer_count >= 0)),
    CONSTRAINT contacts_question_version_check CHECK ((version >= 0))
);
ALTER TABLE public.contacts_question ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.contacts_question_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.contacts_questioncontact (
    id bigint NOT NULL,
    is_first boolean NOT NULL,
    contact_id bigint NOT NULL,
    question_id bigint NOT NULL
);
ALTER TABLE public.contacts_questioncontact ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.contacts_questioncontact_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.contacts_questionlink (
    id bigint NOT NULL,
    kind character varying(10) NOT NULL,
    reason character varying(300) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    created_by_id bigint,
    other_id bigint NOT NULL,
    question_id bigint NOT NULL,
    CONSTRAINT no_link_to_itself CHECK ((NOT (question_id = other_id)))
);
ALTER TABLE public.contacts_questionlink ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.contacts_questionlink_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.contacts_questionplace (
    question_id bigint NOT NULL,
    address character varying(300) NOT NULL,
    latitude numeric(8,6),
    longitude numeric(9,6),
    metres integer,
    CONSTRAINT contacts_questionplace_metres_check CHECK ((metres >= 0)),
    CONSTRAINT place_is_on_earth CHECK ((((latitude IS NULL) AND (longitude IS NULL)) OR ((latitude >= ('-90'::integer)::numeric) AND (latitude <= (90)::numeric) AND (longitude >= ('-180'::integer)::numeric) AND (longitude <= (180)::numeric)))),
    CONSTRAINT place_says_something CHECK ((NOT (((address)::text = ''::text) AND (latitude IS NULL))))
);
CREATE TABLE public.contacts_questionviewer (
    id bigint NOT NULL,
    seen_at timestamp with time zone NOT NULL,
    is_writing boolean NOT NULL,
    question_id bigint NOT NULL,
    user_id bigint NOT NULL
);
ALTER TABLE public.contacts_questionviewer ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.contacts_questionviewer_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.contacts_replytemplate (
    id bigint NOT NULL,
    name character varying(100) NOT NULL,
    body text NOT NULL,
    is_active boolean NOT NULL,
    version integer NOT NULL,
    subject_id bigint,
    team_id bigint,
    use character varying(24) DEFAULT ''::character varying NOT NULL,
    CONSTRAINT contacts_replytemplate_version_check CHECK ((version >= 0))
);
ALTER TABLE public.contacts_replytemplate ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.contacts_replytemplate_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.contacts_routingrule (
    id bigint NOT NULL,
    "position" integer NOT NULL,
    name character varying(100) NOT NULL,
    channel character varying(12) NOT NULL,
    words character varying(60)[] NOT NULL,
    question_kind character varying(12) NOT NULL,
    customer_kind character varying(12) NOT NULL,
    is_active boolean NOT NULL,
    failed_at timestamp with time zone,
    failure character varying(300) NOT NULL,
    version integer NOT NULL,
    mailbox_id bigint,
    subject_id bigint,
    team_id bigint NOT NULL,
    is_confidential boolean DEFAULT false NOT NULL,
    confidential_for bigint[] DEFAULT '{}'::bigint[] NOT NULL,
    CONSTRAINT contacts_routingrule_position_check CHECK (("position" >= 0)),
    CONSTRAINT contacts_routingrule_version_check CHECK ((version >= 0))
);
ALTER TABLE public.contacts_routingrule ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.contacts_routingrule_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.contacts_savedview (
    id bigint NOT NULL,
    name character varying(60) NOT NULL,
    query character varying(500) NOT NULL,
    "position" smallint NOT NULL,
    user_id bigint NOT NULL,
    CONSTRAINT contacts_savedview_position_check CHECK (("position" >= 0))
);
ALTER TABLE public.contacts_savedview ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.contacts_savedview_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.contacts_servicenorm (
    id bigint NOT NULL,
    code character varying(40) NOT NULL,
    name character varying(120) NOT NULL,
    channel character varying(12) NOT NULL,
    unit character varying(16) NOT NULL,
    length integer,
    target numeric(5,2) NOT NULL,
    may_pause boolean NOT NULL,
    valid_from date NOT NULL,
    valid_until date,
    source character varying(120) NOT NULL,
    is_choice boolean NOT NULL,
    version integer NOT NULL,
    subject_id bigint,
    team_id bigint,
    CONSTRAINT contacts_servicenorm_length_check CHECK ((length >= 0)),
    CONSTRAINT contacts_servicenorm_version_check CHECK ((version >= 0)),
    CONSTRAINT norm_ends_after_start CHECK (((valid_until IS NULL) OR (valid_until > valid_from))),
    CONSTRAINT norm_length_fits_unit CHECK ((((length IS NULL) AND ((unit)::text = ANY ((ARRAY['share'::character varying, 'score'::character varying]::character varying[])::text[]))) OR ((NOT ((unit)::text = ANY ((ARRAY['share'::character varying, 'score'::character varying]::character varying[])::text[]))) AND (length >= 1))))
);
ALTER TABLE public.contacts_servicenorm ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.contacts_servicenorm_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.contacts_textlevel (
    id bigint NOT NULL,
    channel character varying(12) NOT NULL,
    left_at timestamp with time zone NOT NULL,
    level character varying(2) NOT NULL,
    score smallint NOT NULL,
    words integer NOT NULL,
    sentences integer NOT NULL,
    method smallint NOT NULL,
    contact_id bigint,
    question_id bigint,
    subject_id bigint,
    team_id bigint NOT NULL,
    page character varying(80) DEFAULT ''::character varying NOT NULL,
    page_title character varying(120) DEFAULT ''::character varying NOT NULL,
    CONSTRAINT contacts_textlevel_method_check CHECK ((method >= 0)),
    CONSTRAINT contacts_textlevel_sentences_check CHECK ((sentences >= 0)),
    CONSTRAINT contacts_textlevel_words_check CHECK ((words >= 0)),
    CONSTRAINT level_is_one CHECK (((level)::text = ANY ((ARRAY[''::character varying, 'A2'::character varying, 'B1'::character varying, 'B2'::character varying, 'C1'::character varying]::character varying[])::text[]))),
    CONSTRAINT level_of_a_text_or_a_page CHECK ((((contact_id IS NOT NULL) AND ((page)::text = ''::text) AND (question_id IS NOT NULL)) OR ((NOT ((page)::text = ''::text)) AND (contact_id IS NULL) AND (question_id IS NULL))))
);
ALTER TABLE public.contacts_textlevel ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.contacts_textlevel_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.contacts_textlevelstate (
    id bigint NOT NULL,
    before bigint NOT NULL,
    CONSTRAINT one_text_level_state CHECK ((id = 1))
);
ALTER TABLE public.contacts_textlevelstate ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.contacts_textlevelstate_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.django_content_type (
    id integer NOT NULL,
    app_label character varying(100) NOT NULL,
    model character varying(100) NOT NULL
);
ALTER TABLE public.django_content_type ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.django_content_type_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.django_migrations (
    id bigint NOT NULL,
    app character varying(255) NOT NULL,
    name character varying(255) NOT NULL,
    applied timestamp with time zone NOT NULL
);
ALTER TABLE public.django_migrations ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.django_migrations_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.django_session (
    session_key character varying(40) NOT NULL,
    session_data text NOT NULL,
    expire_date timestamp with time zone NOT NULL
);
CREATE TABLE public.knowledge_article (
    id bigint NOT NULL,
    title character varying(120) NOT NULL,
    is_published boolean NOT NULL,
    checked_on date,
    review_on date,
    reminded_for date,
    created_at timestamp with time zone NOT NULL,
    search_text text NOT NULL,
    search_names tsvector,
    search_body tsvector,
    version integer NOT NULL,
    owner_id bigint,
    proposed_by_id bigint,
    team_id bigint NOT NULL,
    address character varying(90),
    is_public boolean DEFAULT false NOT NULL,
    public_at timestamp with time zone,
    public_body tsvector,
    CONSTRAINT knowledge_article_version_check CHECK ((version >= 0)),
    CONSTRAINT public_article_has_an_address CHECK (((NOT is_public) OR ((address IS NOT NULL) AND is_published AND (public_at IS NOT NULL)))),
    CONSTRAINT published_article_has_a_review_day CHECK (((NOT is_published) OR ((checked_on IS NOT NULL) AND (review_on IS NOT NULL))))
);
ALTER TABLE public.knowledge_article ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.knowledge_article_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.knowledge_article_subjects (
    id bigint NOT NULL,
    article_id bigint NOT NULL,
    subject_id bigint NOT NULL
);
ALTER TABLE public.knowledge_article_subjects ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.knowledge_article_subjects_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.knowledge_articlefeedback (
    id bigint NOT NULL,
    number smallint NOT NULL,
    kind character varying(7) NOT NULL,
    note character varying(500) NOT NULL,
    at timestamp with time zone NOT NULL,
    closed_at timestamp with time zone,
    reply character varying(500) NOT NULL,
    article_id bigint NOT NULL,
    by_id bigint,
    closed_by_id bigint,
    CONSTRAINT feedback_closed_with_an_answer CHECK (((closed_at IS NULL) OR (NOT ((reply)::text = ''::text)))),
    CONSTRAINT knowledge_articlefeedback_number_check CHECK ((number >= 0))
);
ALTER TABLE public.knowledge_articlefeedback ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.knowledge_articlefeedback_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.knowledge_articletranslation (
    id bigint NOT NULL,
    language character varying(2) NOT NULL,
    number smallint NOT NULL,
    of_number smallint NOT NULL,
    state character varying(9) NOT NULL,
    title character varying(120) NOT NULL,
    short_answer text NOT NULL,
    answer text NOT NULL,
    for_business text NOT NULL,
    links character varying(400)[] NOT NULL,
    words character varying(80)[] NOT NULL,
    remark character varying(500) NOT NULL,
    written_at timestamp with time zone NOT NULL,
    published_at timestamp with time zone,
    search_text text NOT NULL,
    search_body tsvector,
    version integer NOT NULL,
    article_id bigint NOT NULL,
    published_by_id bigint,
    written_by_id bigint,
    search_names tsvector GENERATED ALWAYS AS (to_tsvector('simple'::regconfig, COALESCE(search_text, ''::text))) STORED,
    CONSTRAINT knowledge_articletranslation_number_check CHECK ((number >= 0)),
    CONSTRAINT knowledge_articletranslation_of_number_check CHECK ((of_number >= 0)),
    CONSTRAINT knowledge_articletranslation_version_check CHECK ((version >= 0)),
    CONSTRAINT translation_published_by_another CHECK (((published_by_id IS NULL) OR (NOT ((published_by_id = written_by_id) AND (published_by_id IS NOT NULL) AND (written_by_id IS NOT NULL))))),
    CONSTRAINT translation_published_or_draft CHECK ((((published_at IS NULL) AND ((state)::text = ANY ((ARRAY['draft'::character varying, 'review'::character varying]::character varying[])::text[]))) OR ((published_at IS NOT NULL) AND (published_by_id IS NOT NULL) AND ((state)::text = ANY ((ARRAY['published'::character varying, 'replaced'::character varying]::character varying[])::text[])))))
);
ALTER TABLE public.knowledge_articletranslation ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.knowledge_articletranslation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.knowledge_articleuse (
    id bigint NOT NULL,
    "on" date NOT NULL,
    kind character varying(8) NOT NULL,
    count integer NOT NULL,
    article_id bigint NOT NULL,
    CONSTRAINT knowledge_articleuse_count_check CHECK ((count >= 0))
);
ALTER TABLE public.knowledge_articleuse ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.knowledge_articleuse_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.knowledge_articleversion (
    id bigint NOT NULL,
    number smallint NOT NULL,
    state character varying(9) NOT NULL,
    title character varying(120) NOT NULL,
    short_answer text NOT NULL,
    answer text NOT NULL,
    for_business text NOT NULL,
    ask character varying(200)[] NOT NULL,
    links character varying(400)[] NOT NULL,
    words character varying(80)[] NOT NULL,
    forward_when text NOT NULL,
    internal text NOT NULL,
    is_public boolean NOT NULL,
    why character varying(200) NOT NULL,
    remark character varying(500) NOT NULL,
    written_at timestamp with time zone NOT NULL,
    published_at timestamp with time zone,
    version integer NOT NULL,
    article_id bigint NOT NULL,
    forward_to_id bigint,
    published_by_id bigint,
    written_by_id bigint,
    CONSTRAINT article_published_by_another CHECK (((published_by_id IS NULL) OR (NOT ((published_by_id = written_by_id) AND (published_by_id IS NOT NULL) AND (written_by_id IS NOT NULL))))),
    CONSTRAINT article_version_published_or_draft CHECK ((((published_at IS NULL) AND ((state)::text = ANY ((ARRAY['draft'::character varying, 'review'::character varying]::character varying[])::text[]))) OR ((published_at IS NOT NULL) AND ((state)::text = ANY ((ARRAY['published'::character varying, 'replaced'::character varying]::character varying[])::text[]))))),
    CONSTRAINT knowledge_articleversion_number_check CHECK ((number >= 0)),
    CONSTRAINT knowledge_articleversion_version_check CHECK ((version >= 0))
);
ALTER TABLE public.knowledge_articleversion ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.knowledge_articleversion_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.knowledge_articleword (
    id bigint NOT NULL,
    word character varying(80) NOT NULL
);
ALTER TABLE public.knowledge_articleword ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.knowledge_articleword_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.knowledge_historicalarticle (
    id bigint NOT NULL,
    title character varying(120) NOT NULL,
    is_published boolean NOT NULL,
    checked_on date,
    review_on date,
    reminded_for date,
    created_at timestamp with time zone NOT NULL,
    version integer NOT NULL,
    history_id integer NOT NULL,
    history_date timestamp with time zone NOT NULL,
    history_change_reason character varying(100),
    history_type character varying(1) NOT NULL,
    history_user_id bigint,
    owner_id bigint,
    proposed_by_id bigint,
    team_id bigint,
    address character varying(90),
    is_public boolean DEFAULT false NOT NULL,
    public_at timestamp with time zone,
    CONSTRAINT knowledge_historicalarticle_version_check CHECK ((version >= 0))
);
ALTER TABLE public.knowledge_historicalarticle ALTER COLUMN history_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.knowledge_historicalarticle_history_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.knowledge_historicalarticle_subjects (
    id bigint NOT NULL,
    m2m_history_id integer NOT NULL,
    article_id bigint,
    history_id integer NOT NULL,
    subject_id bigint
);
ALTER TABLE public.knowledge_historicalarticle_subjects ALTER COLUMN m2m_history_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.knowledge_historicalarticle_subjects_m2m_history_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.knowledge_historicalarticletranslation (
    id bigint NOT NULL,
    language character varying(2) NOT NULL,
    number smallint NOT NULL,
    of_number smallint NOT NULL,
    state character varying(9) NOT NULL,
    title character varying(120) NOT NULL,
    short_answer text NOT NULL,
    answer text NOT NULL,
    for_business text NOT NULL,
    links character varying(400)[] NOT NULL,
    words character varying(80)[] NOT NULL,
    remark character varying(500) NOT NULL,
    written_at timestamp with time zone NOT NULL,
    published_at timestamp with time zone,
    version integer NOT NULL,
    history_id integer NOT NULL,
    history_date timestamp with time zone NOT NULL,
    history_change_reason character varying(100),
    history_type character varying(1) NOT NULL,
    article_id bigint,
    history_user_id bigint,
    published_by_id bigint,
    written_by_id bigint,
    CONSTRAINT knowledge_historicalarticletranslation_number_check CHECK ((number >= 0)),
    CONSTRAINT knowledge_historicalarticletranslation_of_number_check CHECK ((of_number >= 0)),
    CONSTRAINT knowledge_historicalarticletranslation_version_check CHECK ((version >= 0))
);
ALTER TABLE public.knowledge_historicalarticletranslation ALTER COLUMN history_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.knowledge_historicalarticletranslation_history_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.knowledge_historicalarticleversion (
    id bigint NOT NULL,
    number smallint NOT NULL,
    state character varying(9) NOT NULL,
    title character varying(120) NOT NULL,
    short_answer text NOT NULL,
    answer text NOT NULL,
    for_business text NOT NULL,
    ask character varying(200)[] NOT NULL,
    links character varying(400)[] NOT NULL,
    words character varying(80)[] NOT NULL,
    forward_when text NOT NULL,
    internal text NOT NULL,
    is_public boolean NOT NULL,
    why character varying(200) NOT NULL,
    remark character varying(500) NOT NULL,
    written_at timestamp with time zone NOT NULL,
    published_at timestamp with time zone,
    version integer NOT NULL,
    history_id integer NOT NULL,
    history_date timestamp with time zone NOT NULL,
    history_change_reason character varying(100),
    history_type character varying(1) NOT NULL,
    article_id bigint,
    forward_to_id bigint,
    history_user_id bigint,
    published_by_id bigint,
    written_by_id bigint,
    CONSTRAINT knowledge_historicalarticleversion_number_check CHECK ((number >= 0)),
    CONSTRAINT knowledge_historicalarticleversion_version_check CHECK ((version >= 0))
);
ALTER TABLE public.knowledge_historicalarticleversion ALTER COLUMN history_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.knowledge_historicalarticleversion_history_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.knowledge_historicalnews (
    id bigint NOT NULL,
    title character varying(120) NOT NULL,
    text text NOT NULL,
    for_everybody boolean NOT NULL,
    for_roles character varying(20)[] NOT NULL,
    must_read boolean NOT NULL,
    from_at timestamp with time zone NOT NULL,
    until_at timestamp with time zone NOT NULL,
    round smallint NOT NULL,
    written_at timestamp with time zone NOT NULL,
    reminded_at timestamp with time zone,
    withdrawn_at timestamp with time zone,
    readers_then integer,
    version integer NOT NULL,
    history_id integer NOT NULL,
    history_date timestamp with time zone NOT NULL,
    history_change_reason character varying(100),
    history_type character varying(1) NOT NULL,
    article_id bigint,
    history_user_id bigint,
    team_id bigint,
    written_by_id bigint,
    CONSTRAINT knowledge_historicalnews_readers_then_check CHECK ((readers_then >= 0)),
    CONSTRAINT knowledge_historicalnews_round_check CHECK ((round >= 0)),
    CONSTRAINT knowledge_historicalnews_version_check CHECK ((version >= 0))
);
CREATE TABLE public.knowledge_historicalnews_for_teams (
    id bigint NOT NULL,
    m2m_history_id integer NOT NULL,
    history_id integer NOT NULL,
    team_id bigint,
    news_id bigint
);
ALTER TABLE public.knowledge_historicalnews_for_teams ALTER COLUMN m2m_history_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.knowledge_historicalnews_for_teams_m2m_history_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
ALTER TABLE public.knowledge_historicalnews ALTER COLUMN history_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.knowledge_historicalnews_history_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.knowledge_historicalpublicpart (
    id bigint NOT NULL,
    shown character varying(5) NOT NULL,
    welcome character varying(200) NOT NULL,
    version integer NOT NULL,
    history_id integer NOT NULL,
    history_date timestamp with time zone NOT NULL,
    history_change_reason character varying(100),
    history_type character varying(1) NOT NULL,
    history_user_id bigint,
    CONSTRAINT knowledge_historicalpublicpart_version_check CHECK ((version >= 0))
);
ALTER TABLE public.knowledge_historicalpublicpart ALTER COLUMN history_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.knowledge_historicalpublicpart_history_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.knowledge_news (
    id bigint NOT NULL,
    title character varying(120) NOT NULL,
    text text NOT NULL,
    for_everybody boolean NOT NULL,
    for_roles character varying(20)[] NOT NULL,
    must_read boolean NOT NULL,
    from_at timestamp with time zone NOT NULL,
    until_at timestamp with time zone NOT NULL,
    round smallint NOT NULL,
    written_at timestamp with time zone NOT NULL,
    reminded_at timestamp with time zone,
    withdrawn_at timestamp with time zone,
    readers_then integer,
    version integer NOT NULL,
    article_id bigint,
    team_id bigint NOT NULL,
    written_by_id bigint,
    CONSTRAINT knowledge_news_readers_then_check CHECK ((readers_then >= 0)),
    CONSTRAINT knowledge_news_round_check CHECK ((round >= 0)),
    CONSTRAINT knowledge_news_version_check CHECK ((version >= 0)),
    CONSTRAINT news_ends_after_it_begins CHECK ((until_at > from_at))
);
CREATE TABLE public.knowledge_news_for_teams (
    id bigint NOT NULL,
    news_id bigint NOT NULL,
    team_id bigint NOT NULL
);
ALTER TABLE public.knowledge_news_for_teams ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.knowledge_news_for_teams_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
ALTER TABLE public.knowledge_news ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.knowledge_news_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.knowledge_newsread (
    id bigint NOT NULL,
    round smallint NOT NULL,
    at timestamp with time zone NOT NULL,
    news_id bigint NOT NULL,
    user_id bigint NOT NULL,
    CONSTRAINT knowledge_newsread_round_check CHECK ((round >= 0))
);
ALTER TABLE public.knowledge_newsread ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.knowledge_newsread_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.knowledge_product (
    id bigint NOT NULL,
    key character varying(420) NOT NULL,
    taken_in_at timestamp with time zone NOT NULL,
    article_id bigint
);
ALTER TABLE public.knowledge_product ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.knowledge_product_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.knowledge_productimport (
    id bigint NOT NULL,
    name character varying(120) NOT NULL,
    at timestamp with time zone NOT NULL,
    rows jsonb NOT NULL,
    unused jsonb NOT NULL,
    done_at timestamp with time zone,
    result jsonb NOT NULL,
    version integer NOT NULL,
    by_id bigint NOT NULL,
    CONSTRAINT knowledge_productimport_version_check CHECK ((version >= 0))
);
ALTER TABLE public.knowledge_productimport ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.knowledge_productimport_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.knowledge_publicpart (
    id bigint NOT NULL,
    shown character varying(5) NOT NULL,
    welcome character varying(200) NOT NULL,
    version integer NOT NULL,
    CONSTRAINT knowledge_publicpart_version_check CHECK ((version >= 0)),
    CONSTRAINT one_public_part CHECK ((id = 1))
);
ALTER TABLE public.knowledge_publicpart ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.knowledge_publicpart_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.kpi_agreementreview (
    id bigint NOT NULL,
    number integer NOT NULL,
    planned_on date NOT NULL,
    held_on date NOT NULL,
    outcome text NOT NULL,
    next_on date NOT NULL,
    results jsonb NOT NULL,
    at timestamp with time zone NOT NULL,
    by_id bigint NOT NULL,
    agreement_id bigint NOT NULL,
    CONSTRAINT kpi_agreementreview_number_check CHECK ((number >= 0)),
    CONSTRAINT next_talk_is_later CHECK ((next_on > held_on))
);
ALTER TABLE public.kpi_agreementreview ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.kpi_agreementreview_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.kpi_changedday (
    id bigint NOT NULL,
    "on" date NOT NULL
);
ALTER TABLE public.kpi_changedday ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.kpi_changedday_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.kpi_dailyfigure (
    id bigint NOT NULL,
    grain character varying(8) NOT NULL,
    measure character varying(40) NOT NULL,
    "on" date NOT NULL,
    channel character varying(12) NOT NULL,
    quarter smallint,
    numerator bigint NOT NULL,
    denominator bigint NOT NULL,
    highest integer,
    subject_id bigint,
    team_id bigint,
    CONSTRAINT kpi_dailyfigure_highest_check CHECK ((highest >= 0)),
    CONSTRAINT kpi_dailyfigure_quarter_check CHECK ((quarter >= 0))
);
ALTER TABLE public.kpi_dailyfigure ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.kpi_dailyfigure_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.kpi_digeststate (
    id bigint NOT NULL,
    week character varying(8) NOT NULL,
    quiet_ids bigint[] NOT NULL,
    CONSTRAINT one_digest_state CHECK ((id = 1))
);
ALTER TABLE public.kpi_digeststate ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.kpi_digeststate_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.kpi_figuresview (
    id bigint NOT NULL,
    name character varying(60) NOT NULL,
    query character varying(800) NOT NULL,
    is_default boolean NOT NULL,
    version integer NOT NULL,
    owner_id bigint NOT NULL,
    CONSTRAINT kpi_figuresview_version_check CHECK ((version >= 0))
);
ALTER TABLE public.kpi_figuresview ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.kpi_figuresview_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.kpi_historicalfiguresview (
    id bigint NOT NULL,
    name character varying(60) NOT NULL,
    query character varying(800) NOT NULL,
    is_default boolean NOT NULL,
    version integer NOT NULL,
    history_id integer NOT NULL,
    history_date timestamp with time zone NOT NULL,
    history_change_reason character varying(100),
    history_type character varying(1) NOT NULL,
    history_user_id bigint,
    owner_id bigint,
    CONSTRAINT kpi_historicalfiguresview_version_check CHECK ((version >= 0))
);
ALTER TABLE public.kpi_historicalfiguresview ALTER COLUMN history_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.kpi_historicalfiguresview_history_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.kpi_historicalreportschedule (
    id bigint NOT NULL,
    kind character varying(8) NOT NULL,
    people jsonb NOT NULL,
    starts_on date NOT NULL,
    is_active boolean NOT NULL,
    version integer NOT NULL,
    history_id integer NOT NULL,
    history_date timestamp with time zone NOT NULL,
    history_change_reason character varying(100),
    history_type character varying(1) NOT NULL,
    history_user_id bigint,
    made_by_id bigint,
    team_id bigint,
    CONSTRAINT kpi_historicalreportschedule_version_check CHECK ((version >= 0))
);
ALTER TABLE public.kpi_historicalreportschedule ALTER COLUMN history_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.kpi_historicalreportschedule_history_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.kpi_historicalsignal (
    id bigint NOT NULL,
    kind character varying(8) NOT NULL,
    code character varying(40) NOT NULL,
    period_kind character varying(5) NOT NULL,
    first date NOT NULL,
    last date NOT NULL,
    seen_until date NOT NULL,
    watch character varying(120) NOT NULL,
    facts jsonb NOT NULL,
    found_at timestamp with time zone NOT NULL,
    back_on date,
    state character varying(9) NOT NULL,
    handled_at timestamp with time zone,
    reason character varying(300) NOT NULL,
    note character varying(500) NOT NULL,
    follow_until date,
    version integer NOT NULL,
    history_id integer NOT NULL,
    history_date timestamp with time zone NOT NULL,
    history_change_reason character varying(100),
    history_type character varying(1) NOT NULL,
    handled_by_id bigint,
    history_user_id bigint,
    owner_id bigint,
    subject_id bigint,
    team_id bigint,
    CONSTRAINT kpi_historicalsignal_version_check CHECK ((version >= 0))
);
ALTER TABLE public.kpi_historicalsignal ALTER COLUMN history_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.kpi_historicalsignal_history_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.kpi_historicalteamagreement (
    id bigint NOT NULL,
    norms jsonb NOT NULL,
    text text NOT NULL,
    support text NOT NULL,
    starts_on date NOT NULL,
    ends_on date,
    end_reason character varying(300) NOT NULL,
    review_on date NOT NULL,
    version integer NOT NULL,
    history_id integer NOT NULL,
    history_date timestamp with time zone NOT NULL,
    history_change_reason character varying(100),
    history_type character varying(1) NOT NULL,
    agreed_with_id bigint,
    history_user_id bigint,
    team_id bigint,
    CONSTRAINT kpi_historicalteamagreement_version_check CHECK ((version >= 0))
);
ALTER TABLE public.kpi_historicalteamagreement ALTER COLUMN history_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.kpi_historicalteamagreement_history_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.kpi_historicalwalllink (
    id bigint NOT NULL,
    name character varying(60) NOT NULL,
    team_ids integer[] NOT NULL,
    token_hint character varying(4) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    version integer NOT NULL,
    history_id integer NOT NULL,
    history_date timestamp with time zone NOT NULL,
    history_change_reason character varying(100),
    history_type character varying(1) NOT NULL,
    created_by_id bigint,
    history_user_id bigint,
    CONSTRAINT kpi_historicalwalllink_version_check CHECK ((version >= 0))
);
ALTER TABLE public.kpi_historicalwalllink ALTER COLUMN history_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.kpi_historicalwalllink_history_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.kpi_issuedreport (
    id bigint NOT NULL,
    kind character varying(8) NOT NULL,
    first date NOT NULL,
    last date NOT NULL,
    number integer NOT NULL,
    reason character varying(300) NOT NULL,
    issued_at timestamp with time zone NOT NULL,
    snapshot jsonb NOT NULL,
    sha256 character varying(64) NOT NULL,
    issued_by_id bigint,
    replaces_id bigint,
    team_id bigint,
    CONSTRAINT kpi_issuedreport_number_check CHECK ((number >= 0)),
    CONSTRAINT report_first_is_new CHECK ((((number = 1) AND (replaces_id IS NULL)) OR (number > 1)))
);
ALTER TABLE public.kpi_issuedreport ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.kpi_issuedreport_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.kpi_monthlyfigure (
    id bigint NOT NULL,
    grain character varying(8) NOT NULL,
    measure character varying(40) NOT NULL,
    "on" date NOT NULL,
    channel character varying(12) NOT NULL,
    numerator bigint NOT NULL,
    denominator bigint NOT NULL,
    highest integer,
    subject_id bigint,
    team_id bigint,
    CONSTRAINT kpi_monthlyfigure_highest_check CHECK ((highest >= 0))
);
ALTER TABLE public.kpi_monthlyfigure ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.kpi_monthlyfigure_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.kpi_reportfile (
    id bigint NOT NULL,
    kind character varying(4) NOT NULL,
    sha256 character varying(64) NOT NULL,
    size integer NOT NULL,
    made_at timestamp with time zone NOT NULL,
    report_id bigint NOT NULL,
    data bytea DEFAULT '\x'::bytea NOT NULL,
    CONSTRAINT kpi_reportfile_size_check CHECK ((size >= 0))
);
ALTER TABLE public.kpi_reportfile ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.kpi_reportfile_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.kpi_reportjob (
    id bigint NOT NULL,
    kind character varying(8) NOT NULL,
    first date NOT NULL,
    last date NOT NULL,
    reason character varying(300) NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    state character varying(8) NOT NULL,
    step smallint NOT NULL,
    tries smallint NOT NULL,
    lease_until timestamp with time zone,
    next_try_at timestamp with time zone NOT NULL,
    error character varying(300) NOT NULL,
    asked_by_id bigint,
    report_id bigint,
    team_id bigint,
    CONSTRAINT kpi_reportjob_step_check CHECK ((step >= 0)),
    CONSTRAINT kpi_reportjob_tries_check CHECK ((tries >= 0))
);
ALTER TABLE public.kpi_reportjob ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.kpi_reportjob_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.kpi_reportschedule (
    id bigint NOT NULL,
    kind character varying(8) NOT NULL,
    people jsonb NOT NULL,
    starts_on date NOT NULL,
    is_active boolean NOT NULL,
    version integer NOT NULL,
    made_by_id bigint,
    team_id bigint,
    CONSTRAINT kpi_reportschedule_version_check CHECK ((version >= 0))
);
ALTER TABLE public.kpi_reportschedule ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.kpi_reportschedule_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.kpi_rollupstate (
    id bigint NOT NULL,
    rolled_until date,
    closed_until date,
    closed_by bigint,
    revision bigint NOT NULL,
    months date[] DEFAULT '{}'::date[] NOT NULL,
    swept_by bigint DEFAULT 0 NOT NULL,
    formula smallint DEFAULT 1 NOT NULL,
    older_until date,
    CONSTRAINT kpi_rollupstate_formula_check CHECK ((formula >= 0)),
    CONSTRAINT one_rollup_state CHECK ((id = 1))
);
ALTER TABLE public.kpi_rollupstate ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.kpi_rollupstate_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.kpi_schedulerun (
    id bigint NOT NULL,
    first date NOT NULL,
    last date NOT NULL,
    at timestamp with time zone NOT NULL,
    mailed_at timestamp with time zone,
    report_id bigint,
    schedule_id bigint NOT NULL
);
ALTER TABLE public.kpi_schedulerun ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.kpi_schedulerun_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.kpi_signal (
    id bigint NOT NULL,
    kind character varying(8) NOT NULL,
    code character varying(40) NOT NULL,
    period_kind character varying(5) NOT NULL,
    first date NOT NULL,
    last date NOT NULL,
    seen_until date NOT NULL,
    watch character varying(120) NOT NULL,
    facts jsonb NOT NULL,
    found_at timestamp with time zone NOT NULL,
    back_on date,
    state character varying(9) NOT NULL,
    handled_at timestamp with time zone,
    reason character varying(300) NOT NULL,
    note character varying(500) NOT NULL,
    follow_until date,
    version integer NOT NULL,
    handled_by_id bigint,
    owner_id bigint,
    subject_id bigint,
    team_id bigint,
    CONSTRAINT kpi_signal_version_check CHECK ((version >= 0))
);
ALTER TABLE public.kpi_signal ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.kpi_signal_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.kpi_signalstate (
    id bigint NOT NULL,
    judged_until date,
    CONSTRAINT one_signal_state CHECK ((id = 1))
);
ALTER TABLE public.kpi_signalstate ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.kpi_signalstate_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.kpi_teamagreement (
    id bigint NOT NULL,
    norms jsonb NOT NULL,
    text text NOT NULL,
    support text NOT NULL,
    starts_on date NOT NULL,
    ends_on date,
    end_reason character varying(300) NOT NULL,
    review_on date NOT NULL,
    told_of date,
    version integer NOT NULL,
    agreed_with_id bigint NOT NULL,
    team_id bigint NOT NULL,
    CONSTRAINT agreement_ends_after_start CHECK (((ends_on IS NULL) OR (ends_on >= starts_on))),
    CONSTRAINT agreement_talk_after_start CHECK ((review_on > starts_on)),
    CONSTRAINT kpi_teamagreement_version_check CHECK ((version >= 0))
);
ALTER TABLE public.kpi_teamagreement ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.kpi_teamagreement_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.kpi_walllink (
    id bigint NOT NULL,
    name character varying(60) NOT NULL,
    team_ids integer[] NOT NULL,
    token_hash character varying(64) NOT NULL,
    token_hint character varying(4) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    last_used_at timestamp with time zone,
    version integer NOT NULL,
    created_by_id bigint NOT NULL,
    CONSTRAINT kpi_walllink_version_check CHECK ((version >= 0))
);
ALTER TABLE public.kpi_walllink ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.kpi_walllink_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.organisation_accessentry (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    client character varying(60) NOT NULL,
    customer_id bigint,
    question_id bigint,
    page character varying(60) NOT NULL,
    reason character varying(300) NOT NULL,
    request_id character varying(40) NOT NULL,
    user_id bigint
);
ALTER TABLE public.organisation_accessentry ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.organisation_accessentry_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.organisation_auditentry (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    action character varying(60) NOT NULL,
    object_type character varying(60) NOT NULL,
    object_id character varying(60) NOT NULL,
    detail jsonb NOT NULL,
    user_id bigint
);
ALTER TABLE public.organisation_auditentry ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.organisation_auditentry_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.organisation_calendarday (
    id bigint NOT NULL,
    "on" date NOT NULL,
    kind character varying(12) NOT NULL,
    name character varying(100) NOT NULL,
    intervals jsonb NOT NULL,
    is_confirmed boolean NOT NULL,
    confirmed_by_id bigint,
    calendar_id bigint NOT NULL
);
ALTER TABLE public.organisation_calendarday ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.organisation_calendarday_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.organisation_calendarhours (
    id bigint NOT NULL,
    weekday smallint NOT NULL,
    opens smallint NOT NULL,
    closes smallint NOT NULL,
    calendar_id bigint NOT NULL,
    CONSTRAINT hours_in_a_day CHECK (((closes <= 1440) AND (opens < closes) AND (weekday <= 6))),
    CONSTRAINT organisation_calendarhours_closes_check CHECK ((closes >= 0)),
    CONSTRAINT organisation_calendarhours_opens_check CHECK ((opens >= 0)),
    CONSTRAINT organisation_calendarhours_weekday_check CHECK ((weekday >= 0))
);
ALTER TABLE public.organisation_calendarhours ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.organisation_calendarhours_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE SEQUENCE public.organisation_config_version
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
CREATE TABLE public.organisation_heartbeat (
    name character varying(60) NOT NULL,
    beat_at timestamp with time zone NOT NULL,
    detail jsonb NOT NULL
);
CREATE TABLE public.organisation_historicalcalendarday (
    id bigint NOT NULL,
    "on" date NOT NULL,
    kind character varying(12) NOT NULL,
    name character varying(100) NOT NULL,
    intervals jsonb NOT NULL,
    is_confirmed boolean NOT NULL,
    history_id integer NOT NULL,
    history_date timestamp with time zone NOT NULL,
    history_change_reason character varying(100),
    history_type character varying(1) NOT NULL,
    confirmed_by_id bigint,
    history_user_id bigint,
    calendar_id bigint
);
ALTER TABLE public.organisation_historicalcalendarday ALTER COLUMN history_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.organisation_historicalcalendarday_history_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.organisation_historicalmembership (
    id bigint NOT NULL,
    role character varying(20) NOT NULL,
    valid_from date,
    valid_until date,
    history_id integer NOT NULL,
    history_date timestamp with time zone NOT NULL,
    history_change_reason character varying(100),
    history_type character varying(1) NOT NULL,
    history_user_id bigint,
    user_id bigint,
    team_id bigint
);
ALTER TABLE public.organisation_historicalmembership ALTER COLUMN history_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.organisation_historicalmembership_history_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.organisation_historicalmunicipality (
    id bigint NOT NULL,
    name character varying(100) NOT NULL,
    short_name character varying(40) NOT NULL,
    number_prefix character varying(6) NOT NULL,
    phone character varying(30) NOT NULL,
    email character varying(254) NOT NULL,
    website character varying(200) NOT NULL,
    visiting_address character varying(200) NOT NULL,
    reply_closing text NOT NULL,
    reopen_days smallint NOT NULL,
    duplicate_days smallint NOT NULL,
    repeat_days smallint NOT NULL,
    short_abandon_seconds smallint CONSTRAINT organisation_historicalmunicipal_short_abandon_seconds_not_null NOT NULL,
    coordinator_after_days smallint CONSTRAINT organisation_historicalmunicipa_coordinator_after_days_not_null NOT NULL,
    complaint_extension_days smallint CONSTRAINT organisation_historicalmunici_complaint_extension_days_not_null NOT NULL,
    automatic_per_address_per_hour smallint CONSTRAINT organisation_historicalmuni_automatic_per_address_per__not_null NOT NULL,
    automatic_per_hour integer NOT NULL,
    mailbox_silent_minutes smallint CONSTRAINT organisation_historicalmunicipa_mailbox_silent_minutes_not_null NOT NULL,
    version integer NOT NULL,
    history_id integer NOT NULL,
    history_date timestamp with time zone NOT NULL,
    history_change_reason character varying(100),
    history_type character varying(1) NOT NULL,
    history_user_id bigint,
    signal_fewest smallint DEFAULT 10 NOT NULL,
    signal_weeks smallint DEFAULT 8 NOT NULL,
    signal_width numeric(3,1) DEFAULT 3.0 NOT NULL,
    digest_hour smallint DEFAULT 7 NOT NULL,
    digest_weekday smallint DEFAULT 1 NOT NULL,
    has_public_form boolean DEFAULT true NOT NULL,
    undo_send_seconds smallint DEFAULT 10 NOT NULL,
    framing_sites character varying(200)[] DEFAULT '{}'::character varying[] NOT NULL,
    has_chat boolean DEFAULT false NOT NULL,
    phone_team_least smallint DEFAULT 3 NOT NULL,
    CONSTRAINT organisation_historicalmunic_automatic_per_address_per_ho_check CHECK ((automatic_per_address_per_hour >= 0)),
    CONSTRAINT organisation_historicalmunicipal_complaint_extension_days_check CHECK ((complaint_extension_days >= 0)),
    CONSTRAINT organisation_historicalmunicipalit_coordinator_after_days_check CHECK ((coordinator_after_days >= 0)),
    CONSTRAINT organisation_historicalmunicipalit_mailbox_silent_minutes_check CHECK ((mailbox_silent_minutes >= 0)),
    CONSTRAINT organisation_historicalmunicipality_automatic_per_hour_check CHECK ((automatic_per_hour >= 0)),
    CONSTRAINT organisation_historicalmunicipality_digest_hour_check CHECK ((digest_hour >= 0)),
    CONSTRAINT organisation_historicalmunicipality_digest_weekday_check CHECK ((digest_weekday >= 0)),
    CONSTRAINT organisation_historicalmunicipality_duplicate_days_check CHECK ((duplicate_days >= 0)),
    CONSTRAINT organisation_historicalmunicipality_phone_team_least_check CHECK ((phone_team_least >= 0)),
    CONSTRAINT organisation_historicalmunicipality_reopen_days_check CHECK ((reopen_days >= 0)),
    CONSTRAINT organisation_historicalmunicipality_repeat_days_check CHECK ((repeat_days >= 0)),
    CONSTRAINT organisation_historicalmunicipality_short_abandon_seconds_check CHECK ((short_abandon_seconds >= 0)),
    CONSTRAINT organisation_historicalmunicipality_signal_fewest_check CHECK ((signal_fewest >= 0)),
    CONSTRAINT organisation_historicalmunicipality_signal_weeks_check CHECK ((signal_weeks >= 0)),
    CONSTRAINT organisation_historicalmunicipality_undo_send_seconds_check CHECK ((undo_send_seconds >= 0)),
    CONSTRAINT organisation_historicalmunicipality_version_check CHECK ((version >= 0))
);
ALTER TABLE public.organisation_historicalmunicipality ALTER COLUMN history_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.organisation_historicalmunicipality_history_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.organisation_historicalrolerequest (
    id bigint NOT NULL,
    role character varying(20) NOT NULL,
    valid_from date,
    valid_until date,
    asked_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    state character varying(10) NOT NULL,
    decided_at timestamp with time zone,
    history_id integer NOT NULL,
    history_date timestamp with time zone NOT NULL,
    history_change_reason character varying(100),
    history_type character varying(1) NOT NULL,
    asked_by_id bigint,
    decided_by_id bigint,
    history_user_id bigint,
    team_id bigint,
    user_id bigint
);
ALTER TABLE public.organisation_historicalrolerequest ALTER COLUMN history_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.organisation_historicalrolerequest_history_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.organisation_historicalsubject (
    id bigint NOT NULL,
    code character varying(60) NOT NULL,
    name character varying(100) NOT NULL,
    synonyms character varying(80)[] NOT NULL,
    kind character varying(12) NOT NULL,
    handling character varying(8) NOT NULL,
    ask_always character varying(200)[] NOT NULL,
    short_answer text NOT NULL,
    answer_checked_on date,
    is_active boolean NOT NULL,
    version integer NOT NULL,
    history_id integer NOT NULL,
    history_date timestamp with time zone NOT NULL,
    history_change_reason character varying(100),
    history_type character varying(1) NOT NULL,
    history_user_id bigint,
    parent_id bigint,
    team_id bigint,
    name_en character varying(100) DEFAULT ''::character varying NOT NULL,
    CONSTRAINT organisation_historicalsubject_version_check CHECK ((version >= 0))
);
ALTER TABLE public.organisation_historicalsubject ALTER COLUMN history_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.organisation_historicalsubject_history_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.organisation_historicalteam (
    id bigint NOT NULL,
    name character varying(100) NOT NULL,
    code character varying(40) NOT NULL,
    email character varying(254) NOT NULL,
    is_front_office boolean NOT NULL,
    is_active boolean NOT NULL,
    version integer NOT NULL,
    history_id integer NOT NULL,
    history_date timestamp with time zone NOT NULL,
    history_change_reason character varying(100),
    history_type character varying(1) NOT NULL,
    history_user_id bigint,
    calendar_id bigint,
    CONSTRAINT organisation_historicalteam_version_check CHECK ((version >= 0))
);
ALTER TABLE public.organisation_historicalteam ALTER COLUMN history_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.organisation_historicalteam_history_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.organisation_historicaluser (
    id bigint NOT NULL,
    username character varying(60) NOT NULL,
    email character varying(254) NOT NULL,
    is_active boolean NOT NULL,
    created_at timestamp with time zone NOT NULL,
    name character varying(100) NOT NULL,
    job_title character varying(100) NOT NULL,
    phone character varying(30) NOT NULL,
    room character varying(40) NOT NULL,
    knows_about text NOT NULL,
    language character varying(2) NOT NULL,
    theme character varying(6) NOT NULL,
    shortcuts_on boolean NOT NULL,
    after_saving character varying(6) NOT NULL,
    is_privacy_officer boolean NOT NULL,
    password_changed_at timestamp with time zone,
    version integer NOT NULL,
    history_id integer NOT NULL,
    history_date timestamp with time zone NOT NULL,
    history_change_reason character varying(100),
    history_type character varying(1) NOT NULL,
    history_user_id bigint,
    one_time_until timestamp with time zone,
    own_keys jsonb DEFAULT '{}'::jsonb NOT NULL,
    wants_digest boolean DEFAULT true NOT NULL,
    extension character varying(20) DEFAULT ''::character varying NOT NULL,
    oidc_issuer character varying(255) DEFAULT ''::character varying NOT NULL,
    oidc_subject character varying(255) DEFAULT ''::character varying NOT NULL,
    CONSTRAINT organisation_historicaluser_version_check CHECK ((version >= 0))
);
ALTER TABLE public.organisation_historicaluser ALTER COLUMN history_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.organisation_historicaluser_history_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.organisation_historicalworkingcalendar (
    id bigint NOT NULL,
    name character varying(100) NOT NULL,
    is_default boolean NOT NULL,
    version integer NOT NULL,
    history_id integer NOT NULL,
    history_date timestamp with time zone NOT NULL,
    history_change_reason character varying(100),
    history_type character varying(1) NOT NULL,
    history_user_id bigint,
    CONSTRAINT organisation_historicalworkingcalendar_version_check CHECK ((version >= 0))
);
ALTER TABLE public.organisation_historicalworkingcalendar ALTER COLUMN history_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.organisation_historicalworkingcalendar_history_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.organisation_membership (
    id bigint NOT NULL,
    role character varying(20) NOT NULL,
    valid_from date,
    valid_until date,
    user_id bigint NOT NULL,
    team_id bigint,
    CONSTRAINT role_has_team CHECK ((((role)::text = ANY ((ARRAY['director'::character varying, 'administrator'::character varying]::character varying[])::text[])) OR (team_id IS NOT NULL)))
);
ALTER TABLE public.organisation_membership ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.organisation_membership_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.organisation_municipality (
    id bigint NOT NULL,
    name character varying(100) NOT NULL,
    short_name character varying(40) NOT NULL,
    number_prefix character varying(6) NOT NULL,
    phone character varying(30) NOT NULL,
    email character varying(254) NOT NULL,
    website character varying(200) NOT NULL,
    visiting_address character varying(200) NOT NULL,
    reply_closing text NOT NULL,
    reopen_days smallint NOT NULL,
    duplicate_days smallint NOT NULL,
    repeat_days smallint NOT NULL,
    short_abandon_seconds smallint NOT NULL,
    coordinator_after_days smallint NOT NULL,
    complaint_extension_days smallint NOT NULL,
    automatic_per_address_per_hour smallint CONSTRAINT organisation_municipality_automatic_per_address_per_ho_not_null NOT NULL,
    automatic_per_hour integer NOT NULL,
    mailbox_silent_minutes smallint NOT NULL,
    config_version integer NOT NULL,
    version integer NOT NULL,
    signal_fewest smallint DEFAULT 10 NOT NULL,
    signal_weeks smallint DEFAULT 8 NOT NULL,
    signal_width numeric(3,1) DEFAULT 3.0 NOT NULL,
    digest_hour smallint DEFAULT 7 NOT NULL,
    digest_weekday smallint DEFAULT 1 NOT NULL,
    has_public_form boolean DEFAULT true NOT NULL,
    undo_send_seconds smallint DEFAULT 10 NOT NULL,
    framing_sites character varying(200)[] DEFAULT '{}'::character varying[] NOT NULL,
    has_chat boolean DEFAULT false NOT NULL,
    phone_team_least smallint DEFAULT 3 NOT NULL,
    CONSTRAINT one_municipality CHECK ((id = 1)),
    CONSTRAINT organisation_municipality_automatic_per_address_per_hour_check CHECK ((automatic_per_address_per_hour >= 0)),
    CONSTRAINT organisation_municipality_automatic_per_hour_check CHECK ((automatic_per_hour >= 0)),
    CONSTRAINT organisation_municipality_complaint_extension_days_check CHECK ((complaint_extension_days >= 0)),
    CONSTRAINT organisation_municipality_config_version_check CHECK ((config_version >= 0)),
    CONSTRAINT organisation_municipality_coordinator_after_days_check CHECK ((coordinator_after_days >= 0)),
    CONSTRAINT organisation_municipality_digest_hour_check CHECK ((digest_hour >= 0)),
    CONSTRAINT organisation_municipality_digest_weekday_check CHECK ((digest_weekday >= 0)),
    CONSTRAINT organisation_municipality_duplicate_days_check CHECK ((duplicate_days >= 0)),
    CONSTRAINT organisation_municipality_mailbox_silent_minutes_check CHECK ((mailbox_silent_minutes >= 0)),
    CONSTRAINT organisation_municipality_phone_team_least_check CHECK ((phone_team_least >= 0)),
    CONSTRAINT organisation_municipality_reopen_days_check CHECK ((reopen_days >= 0)),
    CONSTRAINT organisation_municipality_repeat_days_check CHECK ((repeat_days >= 0)),
    CONSTRAINT organisation_municipality_short_abandon_seconds_check CHECK ((short_abandon_seconds >= 0)),
    CONSTRAINT organisation_municipality_signal_fewest_check CHECK ((signal_fewest >= 0)),
    CONSTRAINT organisation_municipality_signal_weeks_check CHECK ((signal_weeks >= 0)),
    CONSTRAINT organisation_municipality_undo_send_seconds_check CHECK ((undo_send_seconds >= 0)),
    CONSTRAINT organisation_municipality_version_check CHECK ((version >= 0))
);
ALTER TABLE public.organisation_municipality ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.organisation_municipality_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.organisation_presence (
    user_id bigint NOT NULL,
    status character varying(10) NOT NULL,
    note character varying(100) NOT NULL,
    back_at timestamp with time zone,
    changed_at timestamp with time zone NOT NULL
);
CREATE TABLE public.organisation_rolerequest (
    id bigint NOT NULL,
    role character varying(20) NOT NULL,
    valid_from date,
    valid_until date,
    asked_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    state character varying(10) NOT NULL,
    decided_at timestamp with time zone,
    asked_by_id bigint NOT NULL,
    decided_by_id bigint,
    team_id bigint,
    user_id bigint NOT NULL
);
ALTER TABLE public.organisation_rolerequest ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.organisation_rolerequest_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.organisation_subject (
    id bigint NOT NULL,
    code character varying(60) NOT NULL,
    name character varying(100) NOT NULL,
    synonyms character varying(80)[] NOT NULL,
    kind character varying(12) NOT NULL,
    handling character varying(8) NOT NULL,
    ask_always character varying(200)[] NOT NULL,
    short_answer text NOT NULL,
    answer_checked_on date,
    is_active boolean NOT NULL,
    search_text text NOT NULL,
    version integer NOT NULL,
    parent_id bigint,
    team_id bigint,
    name_en character varying(100) DEFAULT ''::character varying NOT NULL,
    CONSTRAINT organisation_subject_version_check CHECK ((version >= 0)),
    CONSTRAINT subject_not_own_parent CHECK ((NOT ((parent_id = id) AND (parent_id IS NOT NULL))))
);
ALTER TABLE public.organisation_subject ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.organisation_subject_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.organisation_team (
    id bigint NOT NULL,
    name character varying(100) NOT NULL,
    code character varying(40) NOT NULL,
    email character varying(254) NOT NULL,
    is_front_office boolean NOT NULL,
    is_active boolean NOT NULL,
    version integer NOT NULL,
    calendar_id bigint,
    CONSTRAINT organisation_team_version_check CHECK ((version >= 0))
);
ALTER TABLE public.organisation_team ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.organisation_team_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.organisation_user (
    id bigint NOT NULL,
    password character varying(128) NOT NULL,
    last_login timestamp with time zone,
    username character varying(60) NOT NULL,
    email character varying(254) NOT NULL,
    is_active boolean NOT NULL,
    created_at timestamp with time zone NOT NULL,
    name character varying(100) NOT NULL,
    job_title character varying(100) NOT NULL,
    phone character varying(30) NOT NULL,
    room character varying(40) NOT NULL,
    knows_about text NOT NULL,
    language character varying(2) NOT NULL,
    theme character varying(6) NOT NULL,
    shortcuts_on boolean NOT NULL,
    after_saving character varying(6) NOT NULL,
    is_privacy_officer boolean NOT NULL,
    password_changed_at timestamp with time zone,
    version integer NOT NULL,
    one_time_until timestamp with time zone,
    own_keys jsonb DEFAULT '{}'::jsonb NOT NULL,
    wants_digest boolean DEFAULT true NOT NULL,
    extension character varying(20) DEFAULT ''::character varying NOT NULL,
    oidc_issuer character varying(255) DEFAULT ''::character varying NOT NULL,
    oidc_subject character varying(255) DEFAULT ''::character varying NOT NULL,
    CONSTRAINT organisation_user_version_check CHECK ((version >= 0))
);
ALTER TABLE public.organisation_user ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.organisation_user_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.organisation_workingcalendar (
    id bigint NOT NULL,
    name character varying(100) NOT NULL,
    is_default boolean NOT NULL,
    version integer NOT NULL,
    CONSTRAINT organisation_workingcalendar_version_check CHECK ((version >= 0))
);
ALTER TABLE public.organisation_workingcalendar ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.organisation_workingcalendar_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.otp_static_staticdevice (
    id integer NOT NULL,
    name character varying(64) NOT NULL,
    confirmed boolean NOT NULL,
    user_id bigint NOT NULL,
    throttling_failure_count integer DEFAULT 0 NOT NULL,
    throttling_failure_timestamp timestamp with time zone,
    created_at timestamp with time zone DEFAULT now(),
    last_used_at timestamp with time zone,
    CONSTRAINT otp_static_staticdevice_throttling_failure_count_check CHECK ((throttling_failure_count >= 0))
);
ALTER TABLE public.otp_static_staticdevice ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.otp_static_staticdevice_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.otp_static_statictoken (
    id integer NOT NULL,
    token character varying(16) NOT NULL,
    device_id integer NOT NULL
);
ALTER TABLE public.otp_static_statictoken ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.otp_static_statictoken_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.otp_totp_totpdevice (
    id integer NOT NULL,
    name character varying(64) NOT NULL,
    confirmed boolean NOT NULL,
    key character varying(80) NOT NULL,
    step smallint NOT NULL,
    t0 bigint NOT NULL,
    digits smallint NOT NULL,
    tolerance smallint NOT NULL,
    drift smallint NOT NULL,
    last_t bigint NOT NULL,
    user_id bigint NOT NULL,
    throttling_failure_count integer DEFAULT 0 NOT NULL,
    throttling_failure_timestamp timestamp with time zone,
    created_at timestamp with time zone DEFAULT now(),
    last_used_at timestamp with time zone,
    CONSTRAINT otp_totp_totpdevice_digits_check CHECK ((digits >= 0)),
    CONSTRAINT otp_totp_totpdevice_step_check CHECK ((step >= 0)),
    CONSTRAINT otp_totp_totpdevice_throttling_failure_count_check CHECK ((throttling_failure_count >= 0)),
    CONSTRAINT otp_totp_totpdevice_tolerance_check CHECK ((tolerance >= 0))
);
ALTER TABLE public.otp_totp_totpdevice ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.otp_totp_totpdevice_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.privacy_destructionentry (
    id bigint NOT NULL,
    question_id bigint NOT NULL,
    destruction_id bigint NOT NULL
);
ALTER TABLE public.privacy_destructionentry ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.privacy_destructionentry_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.privacy_destructionlist (
    id bigint NOT NULL,
    made_at timestamp with time zone NOT NULL,
    state character varying(8) NOT NULL,
    first_on date NOT NULL,
    last_on date NOT NULL,
    planned jsonb NOT NULL,
    counts jsonb NOT NULL,
    kept integer NOT NULL,
    proposed_at timestamp with time zone,
    decided_at timestamp with time zone,
    remark character varying(300) NOT NULL,
    done_at timestamp with time zone,
    version integer NOT NULL,
    decided_by_id bigint,
    proposed_by_id bigint,
    CONSTRAINT list_approved_by_another CHECK (((NOT ((state)::text = ANY ((ARRAY['approved'::character varying, 'done'::character varying]::character varying[])::text[]))) OR ((decided_by_id IS NOT NULL) AND (NOT ((decided_by_id = proposed_by_id) AND (decided_by_id IS NOT NULL) AND (proposed_by_id IS NOT NULL)))))),
    CONSTRAINT privacy_destructionlist_kept_check CHECK ((kept >= 0)),
    CONSTRAINT privacy_destructionlist_version_check CHECK ((version >= 0))
);
ALTER TABLE public.privacy_destructionlist ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.privacy_destructionlist_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.privacy_filetoremove (
    id bigint NOT NULL,
    sha256 character varying(64) NOT NULL,
    since_at timestamp with time zone NOT NULL
);
ALTER TABLE public.privacy_filetoremove ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.privacy_filetoremove_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.privacy_historicaldestructionlist (
    id bigint NOT NULL,
    made_at timestamp with time zone NOT NULL,
    state character varying(8) NOT NULL,
    first_on date NOT NULL,
    last_on date NOT NULL,
    planned jsonb NOT NULL,
    counts jsonb NOT NULL,
    kept integer NOT NULL,
    proposed_at timestamp with time zone,
    decided_at timestamp with time zone,
    remark character varying(300) NOT NULL,
    done_at timestamp with time zone,
    version integer NOT NULL,
    history_id integer NOT NULL,
    history_date timestamp with time zone NOT NULL,
    history_change_reason character varying(100),
    history_type character varying(1) NOT NULL,
    decided_by_id bigint,
    history_user_id bigint,
    proposed_by_id bigint,
    CONSTRAINT privacy_historicaldestructionlist_kept_check CHECK ((kept >= 0)),
    CONSTRAINT privacy_historicaldestructionlist_version_check CHECK ((version >= 0))
);
ALTER TABLE public.privacy_historicaldestructionlist ALTER COLUMN history_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.privacy_historicaldestructionlist_history_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.privacy_historicallegalhold (
    id bigint NOT NULL,
    reason character varying(300) NOT NULL,
    until date,
    placed_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    version integer NOT NULL,
    history_id integer NOT NULL,
    history_date timestamp with time zone NOT NULL,
    history_change_reason character varying(100),
    history_type character varying(1) NOT NULL,
    customer_id bigint,
    ended_by_id bigint,
    history_user_id bigint,
    placed_by_id bigint,
    question_id bigint,
    CONSTRAINT privacy_historicallegalhold_version_check CHECK ((version >= 0))
);
ALTER TABLE public.privacy_historicallegalhold ALTER COLUMN history_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.privacy_historicallegalhold_history_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.privacy_historicalpersonrequest (
    id bigint NOT NULL,
    kind character varying(8) NOT NULL,
    reason character varying(300) NOT NULL,
    state character varying(9) NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    decided_at timestamp with time zone,
    remark character varying(300) NOT NULL,
    done_at timestamp with time zone,
    lifted_at timestamp with time zone,
    counts jsonb NOT NULL,
    version integer NOT NULL,
    history_id integer NOT NULL,
    history_date timestamp with time zone NOT NULL,
    history_change_reason character varying(100),
    history_type character varying(1) NOT NULL,
    asked_by_id bigint,
    customer_id bigint,
    decided_by_id bigint,
    history_user_id bigint,
    lifted_by_id bigint,
    CONSTRAINT privacy_historicalpersonrequest_version_check CHECK ((version >= 0))
);
ALTER TABLE public.privacy_historicalpersonrequest ALTER COLUMN history_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.privacy_historicalpersonrequest_history_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.privacy_historicalreadlogreview (
    id bigint NOT NULL,
    week_on date NOT NULL,
    reviewed_at timestamp with time zone NOT NULL,
    remark character varying(300) NOT NULL,
    history_id integer NOT NULL,
    history_date timestamp with time zone NOT NULL,
    history_change_reason character varying(100),
    history_type character varying(1) NOT NULL,
    history_user_id bigint,
    reviewed_by_id bigint
);
ALTER TABLE public.privacy_historicalreadlogreview ALTER COLUMN history_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.privacy_historicalreadlogreview_history_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.privacy_historicalretentionterm (
    id bigint NOT NULL,
    code character varying(60) NOT NULL,
    days integer,
    proposed_days integer,
    proposed_at timestamp with time zone,
    decided_at timestamp with time zone,
    version integer NOT NULL,
    history_id integer NOT NULL,
    history_date timestamp with time zone NOT NULL,
    history_change_reason character varying(100),
    history_type character varying(1) NOT NULL,
    decided_by_id bigint,
    history_user_id bigint,
    proposed_by_id bigint,
    CONSTRAINT privacy_historicalretentionterm_days_check CHECK ((days >= 0)),
    CONSTRAINT privacy_historicalretentionterm_proposed_days_check CHECK ((proposed_days >= 0)),
    CONSTRAINT privacy_historicalretentionterm_version_check CHECK ((version >= 0))
);
ALTER TABLE public.privacy_historicalretentionterm ALTER COLUMN history_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.privacy_historicalretentionterm_history_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.privacy_historicalrightsrequest (
    id bigint NOT NULL,
    kind character varying(8) NOT NULL,
    reason character varying(300) NOT NULL,
    received_on date NOT NULL,
    last_on date NOT NULL,
    noted_at timestamp with time zone NOT NULL,
    extended_at timestamp with time zone,
    extension_reason character varying(300) NOT NULL,
    told_by character varying(8) NOT NULL,
    outcome character varying(9) NOT NULL,
    remark character varying(300) NOT NULL,
    answered_at timestamp with time zone,
    version integer NOT NULL,
    history_id integer NOT NULL,
    history_date timestamp with time zone NOT NULL,
    history_change_reason character varying(100),
    history_type character varying(1) NOT NULL,
    answered_by_id bigint,
    customer_id bigint,
    extended_by_id bigint,
    handler_id bigint,
    history_user_id bigint,
    noted_by_id bigint,
    CONSTRAINT privacy_historicalrightsrequest_version_check CHECK ((version >= 0))
);
ALTER TABLE public.privacy_historicalrightsrequest ALTER COLUMN history_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.privacy_historicalrightsrequest_history_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.privacy_legalhold (
    id bigint NOT NULL,
    reason character varying(300) NOT NULL,
    until date,
    placed_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    version integer NOT NULL,
    customer_id bigint,
    ended_by_id bigint,
    placed_by_id bigint NOT NULL,
    question_id bigint,
    CONSTRAINT hold_has_one_object CHECK ((((customer_id IS NOT NULL) AND (question_id IS NULL)) OR ((customer_id IS NULL) AND (question_id IS NOT NULL)))),
    CONSTRAINT privacy_legalhold_version_check CHECK ((version >= 0))
);
ALTER TABLE public.privacy_legalhold ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.privacy_legalhold_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.privacy_personrequest (
    id bigint NOT NULL,
    kind character varying(8) NOT NULL,
    reason character varying(300) NOT NULL,
    state character varying(9) NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    decided_at timestamp with time zone,
    remark character varying(300) NOT NULL,
    done_at timestamp with time zone,
    lifted_at timestamp with time zone,
    counts jsonb NOT NULL,
    work jsonb NOT NULL,
    version integer NOT NULL,
    asked_by_id bigint NOT NULL,
    customer_id bigint NOT NULL,
    decided_by_id bigint,
    lifted_by_id bigint,
    CONSTRAINT approved_by_another CHECK (((NOT ((state)::text = ANY ((ARRAY['approved'::character varying, 'working'::character varying, 'done'::character varying, 'lifted'::character varying]::character varying[])::text[]))) OR ((decided_by_id IS NOT NULL) AND (NOT ((decided_by_id = asked_by_id) AND (decided_by_id IS NOT NULL)))))),
    CONSTRAINT done_keeps_no_words CHECK (((NOT (((kind)::text = 'erase'::text) AND ((state)::text = 'done'::text))) OR (work = '{}'::jsonb))),
    CONSTRAINT privacy_personrequest_version_check CHECK ((version >= 0))
);
ALTER TABLE public.privacy_personrequest ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.privacy_personrequest_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.privacy_readlogreview (
    id bigint NOT NULL,
    week_on date NOT NULL,
    reviewed_at timestamp with time zone NOT NULL,
    remark character varying(300) NOT NULL,
    reviewed_by_id bigint NOT NULL
);
ALTER TABLE public.privacy_readlogreview ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.privacy_readlogreview_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.privacy_retentionterm (
    id bigint NOT NULL,
    code character varying(60) NOT NULL,
    days integer,
    proposed_days integer,
    proposed_at timestamp with time zone,
    decided_at timestamp with time zone,
    version integer NOT NULL,
    decided_by_id bigint,
    proposed_by_id bigint,
    CONSTRAINT privacy_retentionterm_days_check CHECK ((days >= 0)),
    CONSTRAINT privacy_retentionterm_proposed_days_check CHECK ((proposed_days >= 0)),
    CONSTRAINT privacy_retentionterm_version_check CHECK ((version >= 0))
);
ALTER TABLE public.privacy_retentionterm ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.privacy_retentionterm_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.privacy_rightsrequest (
    id bigint NOT NULL,
    kind character varying(8) NOT NULL,
    reason character varying(300) NOT NULL,
    received_on date NOT NULL,
    last_on date NOT NULL,
    noted_at timestamp with time zone NOT NULL,
    extended_at timestamp with time zone,
    extension_reason character varying(300) NOT NULL,
    told_by character varying(8) NOT NULL,
    outcome character varying(9) NOT NULL,
    remark character varying(300) NOT NULL,
    answered_at timestamp with time zone,
    version integer NOT NULL,
    answered_by_id bigint,
    customer_id bigint NOT NULL,
    extended_by_id bigint,
    handler_id bigint NOT NULL,
    noted_by_id bigint NOT NULL,
    CONSTRAINT answered_with_an_outcome CHECK ((((answered_at IS NULL) AND ((outcome)::text = ''::text)) OR ((answered_at IS NOT NULL) AND (NOT ((outcome)::text = ''::text))))),
    CONSTRAINT longer_with_a_reason CHECK (((extended_at IS NULL) OR ((NOT ((extension_reason)::text = ''::text)) AND (NOT ((told_by)::text = ''::text))))),
    CONSTRAINT privacy_rightsrequest_version_check CHECK ((version >= 0)),
    CONSTRAINT right_has_a_term CHECK ((last_on > received_on))
);
ALTER TABLE public.privacy_rightsrequest ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.privacy_rightsrequest_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.privacy_wipedquestion (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    question_id bigint NOT NULL,
    request_id bigint
);
ALTER TABLE public.privacy_wipedquestion ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.privacy_wipedquestion_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.programme_budgetline (
    id bigint NOT NULL,
    year smallint NOT NULL,
    amount numeric(12,2) NOT NULL,
    source character varying(200) NOT NULL,
    is_example boolean NOT NULL,
    version integer NOT NULL,
    condition_id bigint,
    pillar_id bigint,
    CONSTRAINT budget_has_one_place CHECK ((((condition_id IS NOT NULL) AND (pillar_id IS NULL)) OR ((condition_id IS NULL) AND (pillar_id IS NOT NULL)))),
    CONSTRAINT budget_not_negative CHECK ((amount >= (0)::numeric)),
    CONSTRAINT programme_budgetline_version_check CHECK ((version >= 0)),
    CONSTRAINT programme_budgetline_year_check CHECK ((year >= 0))
);
ALTER TABLE public.programme_budgetline ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programme_budgetline_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.programme_condition (
    id bigint NOT NULL,
    "order" smallint NOT NULL,
    name character varying(80) NOT NULL,
    short_name character varying(30) NOT NULL,
    icon character varying(30) NOT NULL,
    aim text NOT NULL,
    is_foundation boolean NOT NULL,
    version integer NOT NULL,
    CONSTRAINT programme_condition_order_check CHECK (("order" >= 0)),
    CONSTRAINT programme_condition_version_check CHECK ((version >= 0))
);
ALTER TABLE public.programme_condition ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programme_condition_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.programme_decision (
    id bigint NOT NULL,
    "on" date NOT NULL,
    body character varying(7) NOT NULL,
    text text NOT NULL,
    is_example boolean NOT NULL,
    version integer NOT NULL,
    project_id bigint,
    CONSTRAINT decision_has_text CHECK ((NOT (text = ''::text))),
    CONSTRAINT programme_decision_version_check CHECK ((version >= 0))
);
ALTER TABLE public.programme_decision ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programme_decision_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.programme_dependency (
    id bigint NOT NULL,
    needs_id bigint NOT NULL,
    project_id bigint NOT NULL,
    CONSTRAINT no_project_waits_for_itself CHECK ((NOT (project_id = needs_id)))
);
ALTER TABLE public.programme_dependency ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programme_dependency_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.programme_goal (
    id bigint NOT NULL,
    "order" smallint NOT NULL,
    name character varying(80) NOT NULL,
    explanation character varying(300) NOT NULL,
    kpi_code character varying(40) NOT NULL,
    channel character varying(12) NOT NULL,
    unit character varying(7) NOT NULL,
    direction character varying(4) NOT NULL,
    baseline numeric(9,2),
    baseline_year smallint,
    baseline_source character varying(200) NOT NULL,
    version integer NOT NULL,
    condition_id bigint,
    team_id bigint,
    pillar_id bigint,
    withdrawn_on date,
    withdrawn_why character varying(300) DEFAULT ''::character varying NOT NULL,
    indicator_id bigint,
    CONSTRAINT goal_baseline_has_source CHECK ((((baseline IS NULL) AND ((baseline_source)::text = ''::text) AND (baseline_year IS NULL)) OR ((baseline IS NOT NULL) AND (baseline_year IS NOT NULL) AND (NOT ((baseline_source)::text = ''::text))))),
    CONSTRAINT goal_has_one_place CHECK ((((condition_id IS NOT NULL) AND (pillar_id IS NULL)) OR ((condition_id IS NULL) AND (pillar_id IS NOT NULL)))),
    CONSTRAINT goal_is_measured_one_way CHECK (((indicator_id IS NULL) OR ((baseline IS NULL) AND ((kpi_code)::text = ''::text)))),
    CONSTRAINT goal_scope_is_of_a_figure CHECK (((NOT ((kpi_code)::text = ''::text)) OR (((channel)::text = ''::text) AND (team_id IS NULL)))),
    CONSTRAINT goal_withdrawn_says_why CHECK ((((withdrawn_on IS NULL) AND ((withdrawn_why)::text = ''::text)) OR ((withdrawn_on IS NOT NULL) AND (NOT ((withdrawn_why)::text = ''::text))))),
    CONSTRAINT programme_goal_baseline_year_check CHECK ((baseline_year >= 0)),
    CONSTRAINT programme_goal_order_check CHECK (("order" >= 0)),
    CONSTRAINT programme_goal_version_check CHECK ((version >= 0))
);
ALTER TABLE public.programme_goal ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programme_goal_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.programme_goaltarget (
    id bigint NOT NULL,
    year smallint NOT NULL,
    value numeric(9,2) NOT NULL,
    source character varying(200) NOT NULL,
    is_example boolean NOT NULL,
    goal_id bigint NOT NULL,
    CONSTRAINT programme_goaltarget_year_check CHECK ((year >= 0)),
    CONSTRAINT target_has_source CHECK ((NOT ((source)::text = ''::text)))
);
ALTER TABLE public.programme_goaltarget ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programme_goaltarget_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.programme_historicalbudgetline (
    id bigint NOT NULL,
    year smallint NOT NULL,
    amount numeric(12,2) NOT NULL,
    source character varying(200) NOT NULL,
    is_example boolean NOT NULL,
    version integer NOT NULL,
    history_id integer NOT NULL,
    history_date timestamp with time zone NOT NULL,
    history_change_reason character varying(100),
    history_type character varying(1) NOT NULL,
    condition_id bigint,
    history_user_id bigint,
    pillar_id bigint,
    CONSTRAINT programme_historicalbudgetline_version_check CHECK ((version >= 0)),
    CONSTRAINT programme_historicalbudgetline_year_check CHECK ((year >= 0))
);
ALTER TABLE public.programme_historicalbudgetline ALTER COLUMN history_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programme_historicalbudgetline_history_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.programme_historicalcondition (
    id bigint NOT NULL,
    "order" smallint NOT NULL,
    name character varying(80) NOT NULL,
    short_name character varying(30) NOT NULL,
    icon character varying(30) NOT NULL,
    aim text NOT NULL,
    is_foundation boolean NOT NULL,
    version integer NOT NULL,
    history_id integer NOT NULL,
    history_date timestamp with time zone NOT NULL,
    history_change_reason character varying(100),
    history_type character varying(1) NOT NULL,
    history_user_id bigint,
    CONSTRAINT programme_historicalcondition_order_check CHECK (("order" >= 0)),
    CONSTRAINT programme_historicalcondition_version_check CHECK ((version >= 0))
);
ALTER TABLE public.programme_historicalcondition ALTER COLUMN history_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programme_historicalcondition_history_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.programme_historicaldecision (
    id bigint NOT NULL,
    "on" date NOT NULL,
    body character varying(7) NOT NULL,
    text text NOT NULL,
    is_example boolean NOT NULL,
    version integer NOT NULL,
    history_id integer NOT NULL,
    history_date timestamp with time zone NOT NULL,
    history_change_reason character varying(100),
    history_type character varying(1) NOT NULL,
    history_user_id bigint,
    project_id bigint,
    CONSTRAINT programme_historicaldecision_version_check CHECK ((version >= 0))
);
ALTER TABLE public.programme_historicaldecision ALTER COLUMN history_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programme_historicaldecision_history_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.programme_historicaldependency (
    id bigint NOT NULL,
    history_id integer NOT NULL,
    history_date timestamp with time zone NOT NULL,
    history_change_reason character varying(100),
    history_type character varying(1) NOT NULL,
    history_user_id bigint,
    needs_id bigint,
    project_id bigint
);
ALTER TABLE public.programme_historicaldependency ALTER COLUMN history_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programme_historicaldependency_history_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.programme_historicalgoal (
    id bigint NOT NULL,
    "order" smallint NOT NULL,
    name character varying(80) NOT NULL,
    explanation character varying(300) NOT NULL,
    kpi_code character varying(40) NOT NULL,
    channel character varying(12) NOT NULL,
    unit character varying(7) NOT NULL,
    direction character varying(4) NOT NULL,
    baseline numeric(9,2),
    baseline_year smallint,
    baseline_source character varying(200) NOT NULL,
    version integer NOT NULL,
    history_id integer NOT NULL,
    history_date timestamp with time zone NOT NULL,
    history_change_reason character varying(100),
    history_type character varying(1) NOT NULL,
    condition_id bigint,
    history_user_id bigint,
    team_id bigint,
    pillar_id bigint,
    withdrawn_on date,
    withdrawn_why character varying(300) DEFAULT ''::character varying NOT NULL,
    indicator_id bigint,
    CONSTRAINT programme_historicalgoal_baseline_year_check CHECK ((baseline_year >= 0)),
    CONSTRAINT programme_historicalgoal_order_check CHECK (("order" >= 0)),
    CONSTRAINT programme_historicalgoal_version_check CHECK ((version >= 0))
);
ALTER TABLE public.programme_historicalgoal ALTER COLUMN history_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programme_historicalgoal_history_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.programme_historicalgoaltarget (
    id bigint NOT NULL,
    year smallint NOT NULL,
    value numeric(9,2) NOT NULL,
    source character varying(200) NOT NULL,
    is_example boolean NOT NULL,
    history_id integer NOT NULL,
    history_date timestamp with time zone NOT NULL,
    history_change_reason character varying(100),
    history_type character varying(1) NOT NULL,
    goal_id bigint,
    history_user_id bigint,
    CONSTRAINT programme_historicalgoaltarget_year_check CHECK ((year >= 0))
);
ALTER TABLE public.programme_historicalgoaltarget ALTER COLUMN history_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programme_historicalgoaltarget_history_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.programme_historicalmilestone (
    id bigint NOT NULL,
    name character varying(100) NOT NULL,
    due_on date NOT NULL,
    first_due_on date NOT NULL,
    done_on date,
    version integer NOT NULL,
    history_id integer NOT NULL,
    history_date timestamp with time zone NOT NULL,
    history_change_reason character varying(100),
    history_type character varying(1) NOT NULL,
    history_user_id bigint,
    project_id bigint,
    CONSTRAINT programme_historicalmilestone_version_check CHECK ((version >= 0))
);
ALTER TABLE public.programme_historicalmilestone ALTER COLUMN history_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programme_historicalmilestone_history_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.programme_historicalmoneyentry (
    id bigint NOT NULL,
    kind character varying(9) NOT NULL,
    amount numeric(12,2) NOT NULL,
    "on" date NOT NULL,
    note character varying(200) NOT NULL,
    is_example boolean NOT NULL,
    version integer NOT NULL,
    history_id integer NOT NULL,
    history_date timestamp with time zone NOT NULL,
    history_change_reason character varying(100),
    history_type character varying(1) NOT NULL,
    history_user_id bigint,
    line_id bigint,
    project_id bigint,
    CONSTRAINT programme_historicalmoneyentry_version_check CHECK ((version >= 0))
);
ALTER TABLE public.programme_historicalmoneyentry ALTER COLUMN history_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programme_historicalmoneyentry_history_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.programme_historicalpillar (
    id bigint NOT NULL,
    "order" smallint NOT NULL,
    name character varying(80) NOT NULL,
    short_name character varying(30) NOT NULL,
    icon character varying(30) NOT NULL,
    aim text NOT NULL,
    version integer NOT NULL,
    history_id integer NOT NULL,
    history_date timestamp with time zone NOT NULL,
    history_change_reason character varying(100),
    history_type character varying(1) NOT NULL,
    history_user_id bigint,
    CONSTRAINT programme_historicalpillar_order_check CHECK (("order" >= 0)),
    CONSTRAINT programme_historicalpillar_version_check CHECK ((version >= 0))
);
ALTER TABLE public.programme_historicalpillar ALTER COLUMN history_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programme_historicalpillar_history_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.programme_historicalprogramme (
    id bigint NOT NULL,
    name character varying(120) NOT NULL,
    vision character varying(200) NOT NULL,
    starts_on date NOT NULL,
    ends_on date NOT NULL,
    narrative text NOT NULL,
    version integer NOT NULL,
    history_id integer NOT NULL,
    history_date timestamp with time zone NOT NULL,
    history_change_reason character varying(100),
    history_type character varying(1) NOT NULL,
    history_user_id bigint,
    values_in_words character varying(200) DEFAULT ''::character varying NOT NULL,
    CONSTRAINT programme_historicalprogramme_version_check CHECK ((version >= 0))
);
ALTER TABLE public.programme_historicalprogramme ALTER COLUMN history_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programme_historicalprogramme_history_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.programme_historicalproject (
    id bigint NOT NULL,
    "order" smallint NOT NULL,
    code character varying(12) NOT NULL,
    name character varying(100) NOT NULL,
    want text NOT NULL,
    plan text NOT NULL,
    measure text NOT NULL,
    starts_on date NOT NULL,
    ends_on date NOT NULL,
    dates_are_example boolean NOT NULL,
    done_on date,
    light character varying(9) NOT NULL,
    light_reason character varying(300) NOT NULL,
    light_moved_at timestamp with time zone NOT NULL,
    version integer NOT NULL,
    history_id integer NOT NULL,
    history_date timestamp with time zone NOT NULL,
    history_change_reason character varying(100),
    history_type character varying(1) NOT NULL,
    condition_id bigint,
    history_user_id bigint,
    light_moved_by_id bigint,
    owner_id bigint,
    pillar_id bigint,
    withdrawn_on date,
    withdrawn_why character varying(300) DEFAULT ''::character varying NOT NULL,
    CONSTRAINT programme_historicalproject_order_check CHECK (("order" >= 0)),
    CONSTRAINT programme_historicalproject_version_check CHECK ((version >= 0))
);
ALTER TABLE public.programme_historicalproject ALTER COLUMN history_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programme_historicalproject_history_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.programme_historicalrisk (
    id bigint NOT NULL,
    text character varying(200) NOT NULL,
    chance smallint NOT NULL,
    impact smallint NOT NULL,
    measure character varying(300) NOT NULL,
    state character varying(7) NOT NULL,
    version integer NOT NULL,
    history_id integer NOT NULL,
    history_date timestamp with time zone NOT NULL,
    history_change_reason character varying(100),
    history_type character varying(1) NOT NULL,
    history_user_id bigint,
    project_id bigint,
    CONSTRAINT programme_historicalrisk_chance_check CHECK ((chance >= 0)),
    CONSTRAINT programme_historicalrisk_impact_check CHECK ((impact >= 0)),
    CONSTRAINT programme_historicalrisk_version_check CHECK ((version >= 0))
);
ALTER TABLE public.programme_historicalrisk ALTER COLUMN history_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programme_historicalrisk_history_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.programme_historicalstatusround (
    id bigint NOT NULL,
    title character varying(60) NOT NULL,
    last_day date NOT NULL,
    narrative text NOT NULL,
    is_open boolean NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    version integer NOT NULL,
    history_id integer NOT NULL,
    history_date timestamp with time zone NOT NULL,
    history_change_reason character varying(100),
    history_type character varying(1) NOT NULL,
    history_user_id bigint,
    opened_by_id bigint,
    CONSTRAINT programme_historicalstatusround_version_check CHECK ((version >= 0))
);
ALTER TABLE public.programme_historicalstatusround ALTER COLUMN history_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programme_historicalstatusround_history_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.programme_historicalstatusupdate (
    id bigint NOT NULL,
    light character varying(9) NOT NULL,
    reason character varying(300) NOT NULL,
    done text NOT NULL,
    ahead text NOT NULL,
    milestones jsonb NOT NULL,
    handed_in_at timestamp with time zone,
    version integer NOT NULL,
    history_id integer NOT NULL,
    history_date timestamp with time zone NOT NULL,
    history_change_reason character varying(100),
    history_type character varying(1) NOT NULL,
    history_user_id bigint,
    project_id bigint,
    saved_by_id bigint,
    round_id bigint,
    CONSTRAINT programme_historicalstatusupdate_version_check CHECK ((version >= 0))
);
ALTER TABLE public.programme_historicalstatusupdate ALTER COLUMN history_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programme_historicalstatusupdate_history_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.programme_issuedstatusreport (
    id bigint NOT NULL,
    body character varying(7) NOT NULL,
    year smallint NOT NULL,
    sequence smallint NOT NULL,
    title character varying(60) NOT NULL,
    day date NOT NULL,
    issued_at timestamp with time zone NOT NULL,
    content jsonb NOT NULL,
    html text NOT NULL,
    html_sha256 character varying(64) NOT NULL,
    issued_by_id bigint,
    round_id bigint NOT NULL,
    CONSTRAINT programme_issuedstatusreport_sequence_check CHECK ((sequence >= 0)),
    CONSTRAINT programme_issuedstatusreport_year_check CHECK ((year >= 0)),
    CONSTRAINT status_report_counts_from_one CHECK ((sequence >= 1))
);
ALTER TABLE public.programme_issuedstatusreport ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programme_issuedstatusreport_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.programme_milestone (
    id bigint NOT NULL,
    name character varying(100) NOT NULL,
    due_on date NOT NULL,
    first_due_on date NOT NULL,
    done_on date,
    version integer NOT NULL,
    project_id bigint NOT NULL,
    CONSTRAINT programme_milestone_version_check CHECK ((version >= 0))
);
ALTER TABLE public.programme_milestone ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programme_milestone_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.programme_moneyentry (
    id bigint NOT NULL,
    kind character varying(9) NOT NULL,
    amount numeric(12,2) NOT NULL,
    "on" date NOT NULL,
    note character varying(200) NOT NULL,
    is_example boolean NOT NULL,
    version integer NOT NULL,
    line_id bigint NOT NULL,
    project_id bigint,
    CONSTRAINT entry_has_amount CHECK ((NOT (amount = (0)::numeric))),
    CONSTRAINT entry_has_note CHECK ((NOT ((note)::text = ''::text))),
    CONSTRAINT entry_kind_known CHECK (((kind)::text = ANY ((ARRAY['committed'::character varying, 'spent'::character varying]::character varying[])::text[]))),
    CONSTRAINT programme_moneyentry_version_check CHECK ((version >= 0))
);
ALTER TABLE public.programme_moneyentry ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programme_moneyentry_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.programme_pillar (
    id bigint NOT NULL,
    "order" smallint NOT NULL,
    name character varying(80) NOT NULL,
    short_name character varying(30) NOT NULL,
    icon character varying(30) NOT NULL,
    aim text NOT NULL,
    version integer NOT NULL,
    CONSTRAINT programme_pillar_order_check CHECK (("order" >= 0)),
    CONSTRAINT programme_pillar_version_check CHECK ((version >= 0))
);
ALTER TABLE public.programme_pillar ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programme_pillar_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.programme_programme (
    id bigint NOT NULL,
    name character varying(120) NOT NULL,
    vision character varying(200) NOT NULL,
    starts_on date NOT NULL,
    ends_on date NOT NULL,
    narrative text NOT NULL,
    version integer NOT NULL,
    values_in_words character varying(200) DEFAULT ''::character varying NOT NULL,
    CONSTRAINT one_programme CHECK ((id = 1)),
    CONSTRAINT programme_ends_after_start CHECK ((ends_on >= starts_on)),
    CONSTRAINT programme_programme_version_check CHECK ((version >= 0))
);
ALTER TABLE public.programme_programme ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programme_programme_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.programme_project (
    id bigint NOT NULL,
    "order" smallint NOT NULL,
    code character varying(12) NOT NULL,
    name character varying(100) NOT NULL,
    want text NOT NULL,
    plan text NOT NULL,
    measure text NOT NULL,
    starts_on date NOT NULL,
    ends_on date NOT NULL,
    dates_are_example boolean NOT NULL,
    done_on date,
    light character varying(9) NOT NULL,
    light_reason character varying(300) NOT NULL,
    light_moved_at timestamp with time zone NOT NULL,
    version integer NOT NULL,
    condition_id bigint,
    light_moved_by_id bigint,
    owner_id bigint,
    pillar_id bigint,
    withdrawn_on date,
    withdrawn_why character varying(300) DEFAULT ''::character varying NOT NULL,
    CONSTRAINT programme_project_order_check CHECK (("order" >= 0)),
    CONSTRAINT programme_project_version_check CHECK ((version >= 0)),
    CONSTRAINT project_ends_after_start CHECK ((ends_on >= starts_on)),
    CONSTRAINT project_has_one_place CHECK ((((condition_id IS NOT NULL) AND (pillar_id IS NULL)) OR ((condition_id IS NULL) AND (pillar_id IS NOT NULL)))),
    CONSTRAINT project_light_has_reason CHECK ((NOT ((light_reason)::text = ''::text))),
    CONSTRAINT project_light_known CHECK (((light)::text = ANY ((ARRAY['on_track'::character varying, 'attention'::character varying, 'behind'::character varying]::character varying[])::text[]))),
    CONSTRAINT project_withdrawn_says_why CHECK ((((withdrawn_on IS NULL) AND ((withdrawn_why)::text = ''::text)) OR ((withdrawn_on IS NOT NULL) AND (NOT ((withdrawn_why)::text = ''::text)))))
);
ALTER TABLE public.programme_project ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programme_project_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.programme_risk (
    id bigint NOT NULL,
    text character varying(200) NOT NULL,
    chance smallint NOT NULL,
    impact smallint NOT NULL,
    measure character varying(300) NOT NULL,
    state character varying(7) NOT NULL,
    version integer NOT NULL,
    project_id bigint,
    CONSTRAINT programme_risk_chance_check CHECK ((chance >= 0)),
    CONSTRAINT programme_risk_impact_check CHECK ((impact >= 0)),
    CONSTRAINT programme_risk_version_check CHECK ((version >= 0)),
    CONSTRAINT risk_has_measure CHECK (((NOT ((text)::text = ''::text)) AND (NOT ((measure)::text = ''::text)))),
    CONSTRAINT risk_sizes_known CHECK (((chance >= 1) AND (chance <= 3) AND (impact >= 1) AND (impact <= 3)))
);
ALTER TABLE public.programme_risk ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programme_risk_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.programme_statusreportfile (
    id bigint NOT NULL,
    data bytea NOT NULL,
    sha256 character varying(64) NOT NULL,
    made_at timestamp with time zone NOT NULL,
    report_id bigint NOT NULL
);
ALTER TABLE public.programme_statusreportfile ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programme_statusreportfile_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.programme_statusreportjob (
    id bigint NOT NULL,
    state character varying(7) NOT NULL,
    tries smallint NOT NULL,
    due_at timestamp with time zone NOT NULL,
    error character varying(300) NOT NULL,
    report_id bigint NOT NULL,
    CONSTRAINT programme_statusreportjob_tries_check CHECK ((tries >= 0)),
    CONSTRAINT status_pdf_five_tries CHECK ((tries <= 5))
);
ALTER TABLE public.programme_statusreportjob ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programme_statusreportjob_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.programme_statusround (
    id bigint NOT NULL,
    title character varying(60) NOT NULL,
    last_day date NOT NULL,
    narrative text NOT NULL,
    is_open boolean NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    version integer NOT NULL,
    opened_by_id bigint,
    CONSTRAINT programme_statusround_version_check CHECK ((version >= 0)),
    CONSTRAINT round_ended_says_when CHECK ((((ended_at IS NULL) AND is_open) OR ((ended_at IS NOT NULL) AND (NOT is_open)))),
    CONSTRAINT round_has_title CHECK ((NOT ((title)::text = ''::text)))
);
ALTER TABLE public.programme_statusround ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programme_statusround_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.programme_statusupdate (
    id bigint NOT NULL,
    light character varying(9) NOT NULL,
    reason character varying(300) NOT NULL,
    done text NOT NULL,
    ahead text NOT NULL,
    milestones jsonb NOT NULL,
    handed_in_at timestamp with time zone,
    version integer NOT NULL,
    project_id bigint NOT NULL,
    round_id bigint NOT NULL,
    saved_by_id bigint,
    CONSTRAINT programme_statusupdate_version_check CHECK ((version >= 0)),
    CONSTRAINT update_handed_in_is_whole CHECK (((handed_in_at IS NULL) OR ((NOT ((light)::text = ''::text)) AND (NOT ((reason)::text = ''::text)))))
);
ALTER TABLE public.programme_statusupdate ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programme_statusupdate_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.surveys_answer (
    id bigint NOT NULL,
    key character varying(20) NOT NULL,
    value smallint,
    text text NOT NULL,
    batch_id bigint,
    response_id uuid NOT NULL,
    survey_id bigint NOT NULL,
    question_id bigint NOT NULL,
    CONSTRAINT answer_is_number_or_text CHECK ((((text = ''::text) AND (value >= 1) AND (value <= 10)) OR ((value IS NULL) AND (NOT (text = ''::text))))),
    CONSTRAINT only_numbers_count CHECK (((batch_id IS NULL) OR (value IS NOT NULL))),
    CONSTRAINT surveys_answer_value_check CHECK ((value >= 0))
);
ALTER TABLE public.surveys_answer ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.surveys_answer_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.surveys_answerbatch (
    id bigint NOT NULL,
    key character varying(20) NOT NULL,
    channel character varying(12) NOT NULL,
    "on" date NOT NULL,
    size integer NOT NULL,
    total integer NOT NULL,
    squares integer NOT NULL,
    n1 integer NOT NULL,
    n2 integer NOT NULL,
    n3 integer NOT NULL,
    n4 integer NOT NULL,
    n5 integer NOT NULL,
    n6 integer NOT NULL,
    n7 integer NOT NULL,
    n8 integer NOT NULL,
    n9 integer NOT NULL,
    n10 integer NOT NULL,
    team_id bigint,
    theme_id bigint,
    survey_id bigint NOT NULL,
    feeds_figures boolean DEFAULT true NOT NULL,
    place_id bigint,
    round_id bigint,
    CONSTRAINT batch_of_ten_or_more CHECK ((size >= 10)),
    CONSTRAINT surveys_answerbatch_n10_check CHECK ((n10 >= 0)),
    CONSTRAINT surveys_answerbatch_n1_check CHECK ((n1 >= 0)),
    CONSTRAINT surveys_answerbatch_n2_check CHECK ((n2 >= 0)),
    CONSTRAINT surveys_answerbatch_n3_check CHECK ((n3 >= 0)),
    CONSTRAINT surveys_answerbatch_n4_check CHECK ((n4 >= 0)),
    CONSTRAINT surveys_answerbatch_n5_check CHECK ((n5 >= 0)),
    CONSTRAINT surveys_answerbatch_n6_check CHECK ((n6 >= 0)),
    CONSTRAINT surveys_answerbatch_n7_check CHECK ((n7 >= 0)),
    CONSTRAINT surveys_answerbatch_n8_check CHECK ((n8 >= 0)),
    CONSTRAINT surveys_answerbatch_n9_check CHECK ((n9 >= 0)),
    CONSTRAINT surveys_answerbatch_size_check CHECK ((size >= 0)),
    CONSTRAINT surveys_answerbatch_squares_check CHECK ((squares >= 0)),
    CONSTRAINT surveys_answerbatch_total_check CHECK ((total >= 0))
);
ALTER TABLE public.surveys_answerbatch ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.surveys_answerbatch_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.surveys_askingchoices (
    id bigint NOT NULL,
    days_between smallint NOT NULL,
    quiet_from smallint NOT NULL,
    quiet_until smallint NOT NULL,
    stale_days smallint NOT NULL,
    valid_days smallint NOT NULL,
    salt character varying(32) NOT NULL,
    version integer NOT NULL,
    CONSTRAINT one_row_of_asking_choices CHECK ((id = 1)),
    CONSTRAINT surveys_askingchoices_days_between_check CHECK ((days_between >= 0)),
    CONSTRAINT surveys_askingchoices_quiet_from_check CHECK ((quiet_from >= 0)),
    CONSTRAINT surveys_askingchoices_quiet_until_check CHECK ((quiet_until >= 0)),
    CONSTRAINT surveys_askingchoices_stale_days_check CHECK ((stale_days >= 0)),
    CONSTRAINT surveys_askingchoices_valid_days_check CHECK ((valid_days >= 0)),
    CONSTRAINT surveys_askingchoices_version_check CHECK ((version >= 0))
);
ALTER TABLE public.surveys_askingchoices ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.surveys_askingchoices_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.surveys_channelrule (
    id bigint NOT NULL,
    channel character varying(12) NOT NULL,
    share smallint NOT NULL,
    delay_minutes integer NOT NULL,
    is_active boolean NOT NULL,
    version integer NOT NULL,
    survey_id bigint NOT NULL,
    CONSTRAINT surveys_channelrule_delay_minutes_check CHECK ((delay_minutes >= 0)),
    CONSTRAINT surveys_channelrule_share_check CHECK ((share >= 0)),
    CONSTRAINT surveys_channelrule_version_check CHECK ((version >= 0))
);
ALTER TABLE public.surveys_channelrule ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.surveys_channelrule_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.surveys_historicalaskingchoices (
    id bigint NOT NULL,
    days_between smallint NOT NULL,
    quiet_from smallint NOT NULL,
    quiet_until smallint NOT NULL,
    stale_days smallint NOT NULL,
    valid_days smallint NOT NULL,
    version integer NOT NULL,
    history_id integer NOT NULL,
    history_date timestamp with time zone NOT NULL,
    history_change_reason character varying(100),
    history_type character varying(1) NOT NULL,
    history_user_id bigint,
    CONSTRAINT surveys_historicalaskingchoices_days_between_check CHECK ((days_between >= 0)),
    CONSTRAINT surveys_historicalaskingchoices_quiet_from_check CHECK ((quiet_from >= 0)),
    CONSTRAINT surveys_historicalaskingchoices_quiet_until_check CHECK ((quiet_until >= 0)),
    CONSTRAINT surveys_historicalaskingchoices_stale_days_check CHECK ((stale_days >= 0)),
    CONSTRAINT surveys_historicalaskingchoices_valid_days_check CHECK ((valid_days >= 0)),
    CONSTRAINT surveys_historicalaskingchoices_version_check CHECK ((version >= 0))
);
ALTER TABLE public.surveys_historicalaskingchoices ALTER COLUMN history_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.surveys_historicalaskingchoices_history_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.surveys_historicalchannelrule (
    id bigint NOT NULL,
    channel character varying(12) NOT NULL,
    share smallint NOT NULL,
    delay_minutes integer NOT NULL,
    is_active boolean NOT NULL,
    version integer NOT NULL,
    history_id integer NOT NULL,
    history_date timestamp with time zone NOT NULL,
    history_change_reason character varying(100),
    history_type character varying(1) NOT NULL,
    history_user_id bigint,
    survey_id bigint,
    CONSTRAINT surveys_historicalchannelrule_delay_minutes_check CHECK ((delay_minutes >= 0)),
    CONSTRAINT surveys_historicalchannelrule_share_check CHECK ((share >= 0)),
    CONSTRAINT surveys_historicalchannelrule_version_check CHECK ((version >= 0))
);
ALTER TABLE public.surveys_historicalchannelrule ALTER COLUMN history_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.surveys_historicalchannelrule_history_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.surveys_historicaloutsideindicator (
    id bigint NOT NULL,
    code character varying(60) NOT NULL,
    name character varying(100) NOT NULL,
    question character varying(300) NOT NULL,
    unit character varying(7) NOT NULL,
    is_lower_better boolean NOT NULL,
    norm_code character varying(40) NOT NULL,
    every_years smallint,
    other_names jsonb NOT NULL,
    version integer NOT NULL,
    history_id integer NOT NULL,
    history_date timestamp with time zone NOT NULL,
    history_change_reason character varying(100),
    history_type character varying(1) NOT NULL,
    history_user_id bigint,
    CONSTRAINT surveys_historicaloutsideindicator_every_years_check CHECK ((every_years >= 0)),
    CONSTRAINT surveys_historicaloutsideindicator_version_check CHECK ((version >= 0))
);
ALTER TABLE public.surveys_historicaloutsideindicator ALTER COLUMN history_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.surveys_historicaloutsideindicator_history_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.surveys_historicaloutsideresult (
    id bigint NOT NULL,
    year smallint NOT NULL,
    month smallint NOT NULL,
    value numeric(9,2) NOT NULL,
    sample_size integer,
    source character varying(200) NOT NULL,
    is_example boolean NOT NULL,
    is_removed boolean NOT NULL,
    version integer NOT NULL,
    history_id integer NOT NULL,
    history_date timestamp with time zone NOT NULL,
    history_change_reason character varying(100),
    history_type character varying(1) NOT NULL,
    history_user_id bigint,
    indicator_id bigint,
    CONSTRAINT surveys_historicaloutsideresult_month_check CHECK ((month >= 0)),
    CONSTRAINT surveys_historicaloutsideresult_sample_size_check CHECK ((sample_size >= 0)),
    CONSTRAINT surveys_historicaloutsideresult_version_check CHECK ((version >= 0)),
    CONSTRAINT surveys_historicaloutsideresult_year_check CHECK ((year >= 0))
);
ALTER TABLE public.surveys_historicaloutsideresult ALTER COLUMN history_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.surveys_historicaloutsideresult_history_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.surveys_historicalsurvey (
    id bigint NOT NULL,
    code character varying(40) NOT NULL,
    name character varying(100) NOT NULL,
    version integer NOT NULL,
    history_id integer NOT NULL,
    history_date timestamp with time zone NOT NULL,
    history_change_reason character varying(100),
    history_type character varying(1) NOT NULL,
    history_user_id bigint,
    purpose character varying(8) DEFAULT 'contact'::character varying NOT NULL,
    CONSTRAINT surveys_historicalsurvey_version_check CHECK ((version >= 0))
);
ALTER TABLE public.surveys_historicalsurvey ALTER COLUMN history_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.surveys_historicalsurvey_history_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.surveys_historicalsurveyplace (
    id bigint NOT NULL,
    code character varying(12) NOT NULL,
    name character varying(60) NOT NULL,
    channel character varying(12) NOT NULL,
    is_active boolean NOT NULL,
    version integer NOT NULL,
    history_id integer NOT NULL,
    history_date timestamp with time zone NOT NULL,
    history_change_reason character varying(100),
    history_type character varying(1) NOT NULL,
    history_user_id bigint,
    survey_id bigint,
    team_id bigint,
    feeds_figures boolean DEFAULT false NOT NULL,
    round_id bigint,
    is_after_form boolean DEFAULT false NOT NULL,
    is_on_letters boolean DEFAULT false NOT NULL,
    CONSTRAINT surveys_historicalsurveyplace_version_check CHECK ((version >= 0))
);
ALTER TABLE public.surveys_historicalsurveyplace ALTER COLUMN history_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.surveys_historicalsurveyplace_history_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.surveys_historicalsurveyquestion (
    id bigint NOT NULL,
    "order" smallint NOT NULL,
    key character varying(20) NOT NULL,
    kind character varying(6) NOT NULL,
    text_nl character varying(200) NOT NULL,
    text_en character varying(200) NOT NULL,
    low_nl character varying(40) NOT NULL,
    low_en character varying(40) NOT NULL,
    high_nl character varying(40) NOT NULL,
    high_en character varying(40) NOT NULL,
    is_required boolean NOT NULL,
    history_id integer NOT NULL,
    history_date timestamp with time zone NOT NULL,
    history_change_reason character varying(100),
    history_type character varying(1) NOT NULL,
    history_user_id bigint,
    version_id bigint,
    options jsonb DEFAULT '[]'::jsonb NOT NULL,
    CONSTRAINT surveys_historicalsurveyquestion_order_check CHECK (("order" >= 0))
);
ALTER TABLE public.surveys_historicalsurveyquestion ALTER COLUMN history_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.surveys_historicalsurveyquestion_history_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.surveys_historicalsurveyround (
    id bigint NOT NULL,
    name character varying(80) NOT NULL,
    way character varying(6) NOT NULL,
    state character varying(7) NOT NULL,
    starts_on date NOT NULL,
    ends_on date NOT NULL,
    intro_nl character varying(400) NOT NULL,
    intro_en character varying(400) NOT NULL,
    contacts_from date,
    contacts_until date,
    size_kind character varying(6) NOT NULL,
    size integer NOT NULL,
    reminder_days smallint,
    seed character varying(16) NOT NULL,
    began_at timestamp with time zone,
    reminded_at timestamp with time zone,
    ended_at timestamp with time zone,
    population integer,
    left_out jsonb NOT NULL,
    drawn integer,
    is_example boolean NOT NULL,
    version integer NOT NULL,
    history_id integer NOT NULL,
    history_date timestamp with time zone NOT NULL,
    history_change_reason character varying(100),
    history_type character varying(1) NOT NULL,
    history_user_id bigint,
    survey_id bigint,
    survey_version_id bigint,
    CONSTRAINT surveys_historicalsurveyround_drawn_check CHECK ((drawn >= 0)),
    CONSTRAINT surveys_historicalsurveyround_population_check CHECK ((population >= 0)),
    CONSTRAINT surveys_historicalsurveyround_reminder_days_check CHECK ((reminder_days >= 0)),
    CONSTRAINT surveys_historicalsurveyround_size_check CHECK ((size >= 0)),
    CONSTRAINT surveys_historicalsurveyround_version_check CHECK ((version >= 0))
);
ALTER TABLE public.surveys_historicalsurveyround ALTER COLUMN history_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.surveys_historicalsurveyround_history_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.surveys_historicalsurveyversion (
    id bigint NOT NULL,
    number smallint NOT NULL,
    state character varying(8) NOT NULL,
    title_nl character varying(120) NOT NULL,
    title_en character varying(120) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    published_at timestamp with time zone,
    version integer NOT NULL,
    history_id integer NOT NULL,
    history_date timestamp with time zone NOT NULL,
    history_change_reason character varying(100),
    history_type character varying(1) NOT NULL,
    history_user_id bigint,
    published_by_id bigint,
    survey_id bigint,
    CONSTRAINT surveys_historicalsurveyversion_number_check CHECK ((number >= 0)),
    CONSTRAINT surveys_historicalsurveyversion_version_check CHECK ((version >= 0))
);
ALTER TABLE public.surveys_historicalsurveyversion ALTER COLUMN history_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.surveys_historicalsurveyversion_history_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.surveys_historicalwordgroup (
    id bigint NOT NULL,
    name character varying(60) NOT NULL,
    words jsonb NOT NULL,
    version integer NOT NULL,
    history_id integer NOT NULL,
    history_date timestamp with time zone NOT NULL,
    history_change_reason character varying(100),
    history_type character varying(1) NOT NULL,
    history_user_id bigint,
    CONSTRAINT surveys_historicalwordgroup_version_check CHECK ((version >= 0))
);
ALTER TABLE public.surveys_historicalwordgroup ALTER COLUMN history_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.surveys_historicalwordgroup_history_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.surveys_invitation (
    id bigint NOT NULL,
    address_hash character varying(64) NOT NULL,
    token_hash character varying(64) NOT NULL,
    channel character varying(12) NOT NULL,
    contact_on date NOT NULL,
    invited_at timestamp with time zone NOT NULL,
    invited_on date NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    is_answered boolean NOT NULL,
    is_undelivered boolean NOT NULL,
    contact_id bigint,
    customer_id bigint,
    subject_id bigint,
    team_id bigint NOT NULL,
    survey_id bigint NOT NULL,
    survey_version_id bigint NOT NULL,
    reminded_at timestamp with time zone,
    reminder_hash character varying(64) DEFAULT ''::character varying NOT NULL,
    round_id bigint
);
ALTER TABLE public.surveys_invitation ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.surveys_invitation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.surveys_optout (
    id bigint NOT NULL,
    address_hash character varying(64) NOT NULL,
    since_at timestamp with time zone NOT NULL
);
ALTER TABLE public.surveys_optout ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.surveys_optout_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.surveys_outsideimport (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    file_name character varying(120) NOT NULL,
    digest character varying(64) NOT NULL,
    state character varying(7) NOT NULL,
    heads jsonb NOT NULL,
    rows jsonb NOT NULL,
    columns jsonb NOT NULL,
    fixed jsonb NOT NULL,
    added integer NOT NULL,
    corrected integer NOT NULL,
    same integer NOT NULL,
    settled_at timestamp with time zone,
    version integer NOT NULL,
    by_id bigint NOT NULL,
    CONSTRAINT outside_import_settled_is_empty CHECK ((((settled_at IS NULL) AND ((state)::text = 'open'::text)) OR ((NOT ((state)::text = 'open'::text)) AND (rows = '[]'::jsonb) AND (settled_at IS NOT NULL)))),
    CONSTRAINT surveys_outsideimport_added_check CHECK ((added >= 0)),
    CONSTRAINT surveys_outsideimport_corrected_check CHECK ((corrected >= 0)),
    CONSTRAINT surveys_outsideimport_same_check CHECK ((same >= 0)),
    CONSTRAINT surveys_outsideimport_version_check CHECK ((version >= 0))
);
ALTER TABLE public.surveys_outsideimport ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.surveys_outsideimport_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.surveys_outsideindicator (
    id bigint NOT NULL,
    code character varying(60) NOT NULL,
    name character varying(100) NOT NULL,
    question character varying(300) NOT NULL,
    unit character varying(7) NOT NULL,
    is_lower_better boolean NOT NULL,
    norm_code character varying(40) NOT NULL,
    every_years smallint,
    other_names jsonb NOT NULL,
    version integer NOT NULL,
    CONSTRAINT surveys_outsideindicator_every_years_check CHECK ((every_years >= 0)),
    CONSTRAINT surveys_outsideindicator_version_check CHECK ((version >= 0))
);
ALTER TABLE public.surveys_outsideindicator ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.surveys_outsideindicator_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.surveys_outsideresult (
    id bigint NOT NULL,
    year smallint NOT NULL,
    month smallint NOT NULL,
    value numeric(9,2) NOT NULL,
    sample_size integer,
    source character varying(200) NOT NULL,
    is_example boolean NOT NULL,
    is_removed boolean NOT NULL,
    version integer NOT NULL,
    indicator_id bigint NOT NULL,
    CONSTRAINT outside_result_has_source CHECK ((NOT ((source)::text = ''::text))),
    CONSTRAINT outside_result_month CHECK (((month >= 0) AND (month <= 12))),
    CONSTRAINT surveys_outsideresult_month_check CHECK ((month >= 0)),
    CONSTRAINT surveys_outsideresult_sample_size_check CHECK ((sample_size >= 0)),
    CONSTRAINT surveys_outsideresult_version_check CHECK ((version >= 0)),
    CONSTRAINT surveys_outsideresult_year_check CHECK ((year >= 0))
);
ALTER TABLE public.surveys_outsideresult ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.surveys_outsideresult_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.surveys_response (
    id uuid NOT NULL,
    channel character varying(12) NOT NULL,
    answered_on date NOT NULL,
    revise_hash character varying(64) NOT NULL,
    closes_at timestamp with time zone,
    question_id bigint,
    team_id bigint,
    theme_id bigint,
    survey_version_id bigint NOT NULL,
    feeds_figures boolean DEFAULT true NOT NULL,
    place_id bigint,
    round_id bigint
);
CREATE TABLE public.surveys_survey (
    id bigint NOT NULL,
    code character varying(40) NOT NULL,
    name character varying(100) NOT NULL,
    version integer NOT NULL,
    purpose character varying(8) DEFAULT 'contact'::character varying NOT NULL,
    CONSTRAINT surveys_survey_version_check CHECK ((version >= 0))
);
ALTER TABLE public.surveys_survey ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.surveys_survey_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.surveys_surveyplace (
    id bigint NOT NULL,
    code character varying(12) NOT NULL,
    name character varying(60) NOT NULL,
    channel character varying(12) NOT NULL,
    is_active boolean NOT NULL,
    version integer NOT NULL,
    survey_id bigint NOT NULL,
    team_id bigint,
    feeds_figures boolean DEFAULT false NOT NULL,
    round_id bigint,
    is_after_form boolean DEFAULT false NOT NULL,
    is_on_letters boolean DEFAULT false NOT NULL,
    CONSTRAINT surveys_surveyplace_version_check CHECK ((version >= 0))
);
ALTER TABLE public.surveys_surveyplace ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.surveys_surveyplace_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.surveys_surveyquestion (
    id bigint NOT NULL,
    "order" smallint NOT NULL,
    key character varying(20) NOT NULL,
    kind character varying(6) NOT NULL,
    text_nl character varying(200) NOT NULL,
    text_en character varying(200) NOT NULL,
    low_nl character varying(40) NOT NULL,
    low_en character varying(40) NOT NULL,
    high_nl character varying(40) NOT NULL,
    high_en character varying(40) NOT NULL,
    is_required boolean NOT NULL,
    version_id bigint NOT NULL,
    options jsonb DEFAULT '[]'::jsonb NOT NULL,
    CONSTRAINT surveys_surveyquestion_order_check CHECK (("order" >= 0))
);
ALTER TABLE public.surveys_surveyquestion ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.surveys_surveyquestion_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.surveys_surveyround (
    id bigint NOT NULL,
    name character varying(80) NOT NULL,
    way character varying(6) NOT NULL,
    state character varying(7) NOT NULL,
    starts_on date NOT NULL,
    ends_on date NOT NULL,
    intro_nl character varying(400) NOT NULL,
    intro_en character varying(400) NOT NULL,
    contacts_from date,
    contacts_until date,
    size_kind character varying(6) NOT NULL,
    size integer NOT NULL,
    reminder_days smallint,
    seed character varying(16) NOT NULL,
    began_at timestamp with time zone,
    reminded_at timestamp with time zone,
    ended_at timestamp with time zone,
    population integer,
    left_out jsonb NOT NULL,
    drawn integer,
    is_example boolean NOT NULL,
    version integer NOT NULL,
    survey_id bigint NOT NULL,
    survey_version_id bigint,
    CONSTRAINT round_ends_after_start CHECK ((ends_on >= starts_on)),
    CONSTRAINT round_sample_has_a_period CHECK (((NOT ((way)::text = 'sample'::text)) OR ((contacts_from IS NOT NULL) AND (contacts_until >= contacts_from)))),
    CONSTRAINT round_that_began_says_when CHECK ((((began_at IS NULL) AND ((state)::text = ANY ((ARRAY['draft'::character varying, 'planned'::character varying]::character varying[])::text[]))) OR ((state)::text = 'stopped'::text) OR ((began_at IS NOT NULL) AND ((state)::text = ANY ((ARRAY['running'::character varying, 'ended'::character varying]::character varying[])::text[])) AND (survey_version_id IS NOT NULL)))),
    CONSTRAINT surveys_surveyround_drawn_check CHECK ((drawn >= 0)),
    CONSTRAINT surveys_surveyround_population_check CHECK ((population >= 0)),
    CONSTRAINT surveys_surveyround_reminder_days_check CHECK ((reminder_days >= 0)),
    CONSTRAINT surveys_surveyround_size_check CHECK ((size >= 0)),
    CONSTRAINT surveys_surveyround_version_check CHECK ((version >= 0))
);
ALTER TABLE public.surveys_surveyround ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.surveys_surveyround_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.surveys_surveyversion (
    id bigint NOT NULL,
    number smallint NOT NULL,
    state character varying(8) NOT NULL,
    title_nl character varying(120) NOT NULL,
    title_en character varying(120) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    published_at timestamp with time zone,
    version integer NOT NULL,
    published_by_id bigint,
    survey_id bigint NOT NULL,
    CONSTRAINT surveys_surveyversion_number_check CHECK ((number >= 0)),
    CONSTRAINT surveys_surveyversion_version_check CHECK ((version >= 0)),
    CONSTRAINT version_published_or_draft CHECK ((((published_at IS NULL) AND ((state)::text = 'draft'::text)) OR ((published_at IS NOT NULL) AND ((state)::text = ANY ((ARRAY['running'::character varying, 'replaced'::character varying]::character varying[])::text[])))))
);
ALTER TABLE public.surveys_surveyversion ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.surveys_surveyversion_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.surveys_wordgroup (
    id bigint NOT NULL,
    name character varying(60) NOT NULL,
    words jsonb NOT NULL,
    version integer NOT NULL,
    CONSTRAINT surveys_wordgroup_version_check CHECK ((version >= 0))
);
ALTER TABLE public.surveys_wordgroup ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.surveys_wordgroup_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
INSERT INTO public.django_migrations VALUES (1, 'contenttypes', '0001_initial', now());
INSERT INTO public.django_migrations VALUES (2, 'contenttypes', '0002_remove_content_type_name', now());
INSERT INTO public.django_migrations VALUES (3, 'auth', '0001_initial', now());
INSERT INTO public.django_migrations VALUES (4, 'auth', '0002_alter_permission_name_max_length', now());
INSERT INTO public.django_migrations VALUES (5, 'auth', '0003_alter_user_email_max_length', now());
INSERT INTO public.django_migrations VALUES (6, 'auth', '0004_alter_user_username_opts', now());
INSERT INTO public.django_migrations VALUES (7, 'auth', '0005_alter_user_last_login_null', now());
INSERT INTO public.django_migrations VALUES (8, 'auth', '0006_require_contenttypes_0002', now());
INSERT INTO public.django_migrations VALUES (9, 'auth', '0007_alter_validators_add_error_messages', now());
INSERT INTO public.django_migrations VALUES (10, 'auth', '0008_alter_user_username_max_length', now());
INSERT INTO public.django_migrations VALUES (11, 'auth', '0009_alter_user_last_name_max_length', now());
INSERT INTO public.django_migrations VALUES (12, 'auth', '0010_alter_group_name_max_length', now());
INSERT INTO public.django_migrations VALUES (13, 'auth', '0011_update_proxy_permissions', now());
INSERT INTO public.django_migrations VALUES (14, 'auth', '0012_alter_user_first_name_max_length', now());
INSERT INTO public.django_migrations VALUES (15, 'axes', '0001_initial', now());
INSERT INTO public.django_migrations VALUES (16, 'axes', '0002_auto_20151217_2044', now());
INSERT INTO public.django_migrations VALUES (17, 'axes', '0003_auto_20160322_0929', now());
INSERT INTO public.django_migrations VALUES (18, 'axes', '0004_auto_20181024_1538', now());
INSERT INTO public.django_migrations VALUES (19, 'axes', '0005_remove_accessattempt_trusted', now());
INSERT INTO public.django_migrations VALUES (20, 'axes', '0006_remove_accesslog_trusted', now());
INSERT INTO public.django_migrations VALUES (21, 'axes', '0007_alter_accessattempt_unique_together', now());
INSERT INTO public.django_migrations VALUES (22, 'axes', '0008_accessfailurelog', now());
INSERT INTO public.django_migrations VALUES (23, 'axes', '0009_add_session_hash', now());
INSERT INTO public.django_migrations VALUES (24, 'axes', '0010_accessattemptexpiration', now());
INSERT INTO public.django_migrations VALUES (25, 'organisation', '0001_initial', now());
INSERT INTO public.django_migrations VALUES (26, 'otp_static', '0001_initial', now());
INSERT INTO public.django_migrations VALUES (27, 'otp_static', '0002_throttling', now());
INSERT INTO public.django_migrations VALUES (28, 'otp_static', '0003_add_timestamps', now());
INSERT INTO public.django_migrations VALUES (29, 'organisation', '0002_logs_are_append_only', now());
INSERT INTO public.django_migrations VALUES (30, 'organisation', '0003_one_time_password', now());
INSERT INTO public.django_migrations VALUES (31, 'organisation', '0004_access_newest', now());
INSERT INTO public.django_migrations VALUES (32, 'organisation', '0005_signal_choices', now());
INSERT INTO public.django_migrations VALUES (33, 'organisation', '0006_own_keys', now());
INSERT INTO public.django_migrations VALUES (34, 'organisation', '0007_role_requests', now());
INSERT INTO public.django_migrations VALUES (35, 'organisation', '0008_settings_that_steer_nothing', now());
INSERT INTO public.django_migrations VALUES (36, 'organisation', '0009_recovery_codes_hashed', now());
INSERT INTO public.django_migrations VALUES (37, 'organisation', '0010_version_never_comes_back', now());
INSERT INTO public.django_migrations VALUES (38, 'organisation', '0011_logs_refuse_truncate', now());
INSERT INTO public.django_migrations VALUES (39, 'organisation', '0012_weekly_mail', now());
INSERT INTO public.django_migrations VALUES (40, 'channels_app', '0001_initial', now());
INSERT INTO public.django_migrations VALUES (41, 'contacts', '0001_initial', now());
INSERT INTO public.django_migrations VALUES (42, 'contacts', '0002_settled_clocks_stay', now());
INSERT INTO public.django_migrations VALUES (43, 'contacts', '0003_unread_notices_are_counted_from_an_index', now());
INSERT INTO public.django_migrations VALUES (44, 'contacts', '0004_access_is_asked_with_a_notice', now());
INSERT INTO public.django_migrations VALUES (45, 'contacts', '0005_reminders_and_counting_what_is_open', now());
INSERT INTO public.django_migrations VALUES (46, 'contacts', '0006_numbers_without_rights_on_tables', now());
INSERT INTO public.django_migrations VALUES (47, 'contacts', '0007_pickup_is_a_norm', now());
INSERT INTO public.django_migrations VALUES (48, 'organisation', '0013_pickup_is_a_norm', now());
INSERT INTO public.django_migrations VALUES (49, 'organisation', '0014_privacy_officer_by_two', now());
INSERT INTO public.django_migrations VALUES (50, 'organisation', '0015_public_form', now());
INSERT INTO public.django_migrations VALUES (51, 'organisation', '0016_extension', now());
INSERT INTO public.django_migrations VALUES (52, 'organisation', '0017_undo_send', now());
INSERT INTO public.django_migrations VALUES (53, 'organisation', '0018_chat_and_websites', now());
INSERT INTO public.django_migrations VALUES (54, 'organisation', '0019_signing_in_elsewhere', now());
INSERT INTO public.django_migrations VALUES (55, 'organisation', '0020_english_names_of_subjects', now());
INSERT INTO public.django_migrations VALUES (56, 'organisation', '0021_people_in_a_team_of_the_phone', now());
INSERT INTO public.django_migrations VALUES (57, 'channels_app', '0002_dead_addresses_and_accepted_mail', now());
INSERT INTO public.django_migrations VALUES (58, 'channels_app', '0003_messages_left_alone', now());
INSERT INTO public.django_migrations VALUES (59, 'channels_app', '0004_messages_with_markup', now());
INSERT INTO public.django_migrations VALUES (60, 'channels_app', '0005_invitations_to_surveys', now());
INSERT INTO public.django_migrations VALUES (61, 'channels_app', '0006_events_of_the_exchange', now());
INSERT INTO public.django_migrations VALUES (62, 'channels_app', '0007_mailboxes_with_tokens_hours_and_words', now());
INSERT INTO public.django_migrations VALUES (63, 'channels_app', '0008_messages_of_services', now());
INSERT INTO public.django_migrations VALUES (64, 'channels_app', '0009_scans_and_checked_files', now());
INSERT INTO public.django_migrations VALUES (65, 'channels_app', '0010_calls_files', now());
INSERT INTO public.django_migrations VALUES (66, 'channels_app', '0011_where_things_came_from', now());
INSERT INTO public.django_migrations VALUES (67, 'channels_app', '0012_scans_that_wait_for_the_desk', now());
INSERT INTO public.django_migrations VALUES (68, 'channels_app', '0013_copies_and_text_messages', now());
INSERT INTO public.django_migrations VALUES (69, 'channels_app', '0014_automatic_mail_by_address', now());
INSERT INTO public.django_migrations VALUES (70, 'channels_app', '0015_team_that_picked_up', now());
INSERT INTO public.django_migrations VALUES (71, 'channels_app', '0016_messages_that_are_not_needed_any_more', now());
INSERT INTO public.django_migrations VALUES (72, 'contacts', '0008_notices_about_roles', now());
INSERT INTO public.django_migrations VALUES (73, 'contacts', '0009_questions_found_by_subject_and_team', now());
INSERT INTO public.django_migrations VALUES (74, 'contacts', '0010_notices_about_talks', now());
INSERT INTO public.django_migrations VALUES (75, 'contacts', '0011_levels_of_texts_that_left', now());
INSERT INTO public.django_migrations VALUES (76, 'contacts', '0012_planned_replies', now());
INSERT INTO public.django_migrations VALUES (77, 'contacts', '0013_places_of_questions', now());
INSERT INTO public.django_migrations VALUES (78, 'contacts', '0014_customers_with_restricted_use', now());
INSERT INTO public.django_migrations VALUES (79, 'contacts', '0015_chat', now());
INSERT INTO public.django_migrations VALUES (80, 'contacts', '0016_chats_and_floods', now());
INSERT INTO public.django_migrations VALUES (81, 'contacts', '0017_letters_that_wait_to_be_posted', now());
INSERT INTO public.django_migrations VALUES (82, 'contacts', '0018_pages_have_levels', now());
INSERT INTO public.django_migrations VALUES (83, 'contacts', '0019_notices_of_the_knowledge_base', now());
INSERT INTO public.django_migrations VALUES (84, 'contacts', '0020_notices_of_privacy', now());
INSERT INTO public.django_migrations VALUES (85, 'contacts', '0021_numbers_of_before_are_covered', now());
INSERT INTO public.django_migrations VALUES (86, 'contacts', '0022_letters_about_several_questions', now());
INSERT INTO public.django_migrations VALUES (87, 'contacts', '0023_notices_of_who_came_past_the_provider', now());
INSERT INTO public.django_migrations VALUES (88, 'contacts', '0024_consent_to_whatsapp', now());
INSERT INTO public.django_migrations VALUES (89, 'contacts', '0025_short_lists_of_what_is_not_indexed_yet', now());
INSERT INTO public.django_migrations VALUES (90, 'contacts', '0026_notices_of_changed_accounts', now());
INSERT INTO public.django_migrations VALUES (91, 'contacts', '0027_rules_make_questions_confidential', now());
INSERT INTO public.django_migrations VALUES (92, 'contacts', '0028_notices_of_visitors', now());
INSERT INTO public.django_migrations VALUES (93, 'contacts', '0029_notices_of_rights', now());
INSERT INTO public.django_migrations VALUES (94, 'contacts', '0030_notices_of_delays_that_did_not_arrive', now());
INSERT INTO public.django_migrations VALUES (95, 'contacts', '0031_few_among_many_that_are_open', now());
INSERT INTO public.django_migrations VALUES (96, 'knowledge', '0001_articles_and_their_use', now());
INSERT INTO public.django_migrations VALUES (97, 'knowledge', '0002_published_articles_stay', now());
INSERT INTO public.django_migrations VALUES (98, 'knowledge', '0003_subjects_have_history', now());
INSERT INTO public.django_migrations VALUES (99, 'knowledge', '0004_answers_for_citizens', now());
INSERT INTO public.django_migrations VALUES (100, 'knowledge', '0005_public_articles_have_addresses', now());
INSERT INTO public.django_migrations VALUES (101, 'knowledge', '0006_news_for_colleagues', now());
INSERT INTO public.django_migrations VALUES (102, 'knowledge', '0007_products_of_lists', now());
INSERT INTO public.django_migrations VALUES (103, 'knowledge', '0008_only_what_two_looked_at_is_public', now());
INSERT INTO public.django_migrations VALUES (104, 'knowledge', '0009_answers_in_other_languages', now());
INSERT INTO public.django_migrations VALUES (105, 'knowledge', '0010_words_in_other_languages_have_an_index', now());
INSERT INTO public.django_migrations VALUES (106, 'surveys', '0001_surveys_and_answers', now());
INSERT INTO public.django_migrations VALUES (107, 'surveys', '0002_published_stays_and_batches_are_whole', now());
INSERT INTO public.django_migrations VALUES (108, 'kpi', '0001_initial', now());
INSERT INTO public.django_migrations VALUES (109, 'kpi', '0002_figures_by_grain', now());
INSERT INTO public.django_migrations VALUES (110, 'kpi', '0003_changed_days', now());
INSERT INTO public.django_migrations VALUES (111, 'kpi', '0004_signals', now());
INSERT INTO public.django_migrations VALUES (112, 'kpi', '0005_reports', now());
INSERT INTO public.django_migrations VALUES (113, 'kpi', '0006_changed_days_of_transfers_repeats_and_holds', now());
INSERT INTO public.django_migrations VALUES (114, 'kpi', '0007_report_files_hold_their_bytes', now());
INSERT INTO public.django_migrations VALUES (115, 'kpi', '0008_own_views_of_the_dashboard', now());
INSERT INTO public.django_migrations VALUES (116, 'kpi', '0009_agreements_with_teams', now());
INSERT INTO public.django_migrations VALUES (117, 'kpi', '0010_issued_reports_refuse_truncate', now());
INSERT INTO public.django_migrations VALUES (118, 'kpi', '0011_wall_links', now());
INSERT INTO public.django_migrations VALUES (119, 'kpi', '0012_figures_without_keys_that_are_checked', now());
INSERT INTO public.django_migrations VALUES (120, 'kpi', '0013_answers_of_customers', now());
INSERT INTO public.django_migrations VALUES (121, 'kpi', '0014_sums_of_months', now());
INSERT INTO public.django_migrations VALUES (122, 'kpi', '0015_talks_stay_as_written', now());
INSERT INTO public.django_migrations VALUES (123, 'kpi', '0016_who_has_nothing_to_be_told', now());
INSERT INTO public.django_migrations VALUES (124, 'kpi', '0017_levels_of_texts', now());
INSERT INTO public.django_migrations VALUES (125, 'kpi', '0018_open_days_that_change', now());
INSERT INTO public.django_migrations VALUES (126, 'kpi', '0019_changes_are_told_apart_as_sets', now());
INSERT INTO public.django_migrations VALUES (127, 'kpi', '0020_figures_know_their_formula', now());
INSERT INTO public.django_migrations VALUES (128, 'otp_totp', '0001_initial', now());
INSERT INTO public.django_migrations VALUES (129, 'otp_totp', '0002_auto_20190420_0723', now());
INSERT INTO public.django_migrations VALUES (130, 'otp_totp', '0003_add_timestamps', now());
INSERT INTO public.django_migrations VALUES (131, 'privacy', '0001_requests_holds_and_what_went', now());
INSERT INTO public.django_migrations VALUES (132, 'privacy', '0002_words_may_go_from_logs', now());
INSERT INTO public.django_migrations VALUES (133, 'privacy', '0003_terms_and_destruction_lists', now());
INSERT INTO public.django_migrations VALUES (134, 'privacy', '0004_old_lines_of_logs_go', now());
INSERT INTO public.django_migrations VALUES (135, 'privacy', '0005_weeks_of_the_read_log', now());
INSERT INTO public.django_migrations VALUES (136, 'privacy', '0006_what_touches_logs_says_so', now());
INSERT INTO public.django_migrations VALUES (137, 'privacy', '0007_rights_requests', now());
INSERT INTO public.django_migrations VALUES (138, 'surveys', '0003_batches_refuse_truncate', now());
INSERT INTO public.django_migrations VALUES (139, 'surveys', '0004_places_where_anybody_may_answer', now());
INSERT INTO public.django_migrations VALUES (140, 'surveys', '0005_answers_of_places_apart', now());
INSERT INTO public.django_migrations VALUES (141, 'surveys', '0006_what_others_measured', now());
INSERT INTO public.django_migrations VALUES (142, 'programme', '0001_the_programme', now());
INSERT INTO public.django_migrations VALUES (143, 'programme', '0002_status_rounds', now());
INSERT INTO public.django_migrations VALUES (144, 'programme', '0003_issued_reports_stay', now());
INSERT INTO public.django_migrations VALUES (145, 'programme', '0004_values_of_the_house', now());
INSERT INTO public.django_migrations VALUES (146, 'programme', '0005_issued_reports_refuse_truncate', now());
INSERT INTO public.django_migrations VALUES (147, 'programme', '0006_withdrawn_projects_and_goals', now());
INSERT INTO public.django_migrations VALUES (148, 'programme', '0007_scores_stand_with_the_surveys', now());
INSERT INTO public.django_migrations VALUES (149, 'programme', '0008_no_scores_of_its_own', now());
INSERT INTO public.django_migrations VALUES (150, 'programme', '0009_sms_is_a_channel', now());
INSERT INTO public.django_migrations VALUES (151, 'sessions', '0001_initial', now());
INSERT INTO public.django_migrations VALUES (152, 'surveys', '0007_questionnaires_held_for_some_time', now());
INSERT INTO public.django_migrations VALUES (153, 'surveys', '0008_answering_touches_no_index', now());
INSERT INTO public.django_migrations VALUES (154, 'surveys', '0009_a_place_after_the_form', now());
INSERT INTO public.django_migrations VALUES (155, 'surveys', '0010_a_place_on_letters', now());
INSERT INTO public.django_migrations VALUES (156, 'surveys', '0011_sms_is_a_channel', now());
INSERT INTO public.surveys_askingchoices VALUES (1, 90, 20, 8, 5, 14, replace(gen_random_uuid()::text, '-', ''), 1);
INSERT INTO public.surveys_channelrule VALUES (1, 'phone', 25, 60, false, 1, 1);
INSERT INTO public.surveys_channelrule VALUES (2, 'email', 25, 60, false, 1, 2);
INSERT INTO public.surveys_channelrule VALUES (3, 'letter', 25, 60, false, 1, 2);
INSERT INTO public.surveys_channelrule VALUES (4, 'form', 25, 60, false, 1, 2);
INSERT INTO public.surveys_channelrule VALUES (5, 'app', 25, 60, false, 1, 2);
INSERT INTO public.surveys_channelrule VALUES (6, 'chat', 25, 60, false, 1, 2);
INSERT INTO public.surveys_channelrule VALUES (7, 'whatsapp', 25, 60, false, 1, 2);
INSERT INTO public.surveys_channelrule VALUES (8, 'counter', 25, 60, false, 1, 3);
INSERT INTO public.surveys_channelrule VALUES (9, 'reception', 25, 60, false, 1, 3);
INSERT INTO public.surveys_channelrule VALUES (10, 'appointment', 25, 60, false, 1, 3);
INSERT INTO public.surveys_channelrule VALUES (11, 'home_visit', 25, 60, false, 1, 3);
INSERT INTO public.surveys_historicalaskingchoices VALUES (1, 90, 20, 8, 5, 14, 1, 1, now(), NULL, '+', NULL);
INSERT INTO public.surveys_historicalchannelrule VALUES (1, 'phone', 25, 60, false, 1, 1, now(), NULL, '+', NULL, 1);
INSERT INTO public.surveys_historicalchannelrule VALUES (2, 'email', 25, 60, false, 1, 2, now(), NULL, '+', NULL, 2);
INSERT INTO public.surveys_historicalchannelrule VALUES (3, 'letter', 25, 60, false, 1, 3, now(), NULL, '+', NULL, 2);
INSERT INTO public.surveys_historicalchannelrule VALUES (4, 'form', 25, 60, false, 1, 4, now(), NULL, '+', NULL, 2);
INSERT INTO public.surveys_historicalchannelrule VALUES (5, 'app', 25, 60, false, 1, 5, now(), NULL, '+', NULL, 2);
INSERT INTO public.surveys_historicalchannelrule VALUES (6, 'chat', 25, 60, false, 1, 6, now(), NULL, '+', NULL, 2);
INSERT INTO public.surveys_historicalchannelrule VALUES (7, 'whatsapp', 25, 60, false, 1, 7, now(), NULL, '+', NULL, 2);
INSERT INTO public.surveys_historicalchannelrule VALUES (8, 'counter', 25, 60, false, 1, 8, now(), NULL, '+', NULL, 3);
INSERT INTO public.surveys_historicalchannelrule VALUES (9, 'reception', 25, 60, false, 1, 9, now(), NULL, '+', NULL, 3);
INSERT INTO public.surveys_historicalchannelrule VALUES (10, 'appointment', 25, 60, false, 1, 10, now(), NULL, '+', NULL, 3);
INSERT INTO public.surveys_historicalchannelrule VALUES (11, 'home_visit', 25, 60, false, 1, 11, now(), NULL, '+', NULL, 3);
INSERT INTO public.surveys_historicaloutsideindicator VALUES (1, 'digitaal', 'Waardering digitaal', 'Hoe waardeert u de digitale dienstverlening van de gemeente?', 'mark', false, 'rating.digital', NULL, '["Digitale dienstverlening", "Waardering digitale dienstverlening"]', 1, 1, now(), NULL, '+', NULL);
INSERT INTO public.surveys_historicaloutsideindicator VALUES (2, 'algemeen', 'Waardering algemeen', 'Hoe waardeert u de dienstverlening van de gemeente in het algemeen?', 'mark', false, 'rating.general', NULL, '["Dienstverlening", "Dienstverlening algemeen", "Waardering dienstverlening"]', 1, 2, now(), NULL, '+', NULL);
INSERT INTO public.surveys_historicaloutsideindicator VALUES (3, 'heldere-taal', 'Heldere taal', 'De gemeente gebruikt heldere taal: eens of helemaal eens.', 'percent', false, 'rating.clear_language', 2, '["De gemeente gebruikt heldere taal", "Gemeente gebruikt heldere taal"]', 1, 3, now(), NULL, '+', NULL);
INSERT INTO public.surveys_historicaloutsideresult VALUES (1, 2017, 0, 6.70, NULL, 'Waarstaatjegemeente 2017, plan 6.1', false, false, 1, 1, now(), NULL, '+', NULL, 1);
INSERT INTO public.surveys_historicaloutsideresult VALUES (2, 2017, 0, 6.70, NULL, 'Waarstaatjegemeente 2017, plan 6.4', false, false, 1, 2, now(), NULL, '+', NULL, 2);
INSERT INTO public.surveys_historicaloutsideresult VALUES (3, 2017, 0, 68.00, NULL, 'Waarstaatjegemeente 2017, plan 6.3', false, false, 1, 3, now(), NULL, '+', NULL, 3);
INSERT INTO public.surveys_historicalsurvey VALUES (1, 'gesprek', 'Na een gesprek', 1, 1, now(), NULL, '+', NULL, 'contact');
INSERT INTO public.surveys_historicalsurvey VALUES (2, 'antwoord', 'Na een antwoord', 1, 2, now(), NULL, '+', NULL, 'contact');
INSERT INTO public.surveys_historicalsurvey VALUES (3, 'bezoek', 'Na een bezoek', 1, 3, now(), NULL, '+', NULL, 'contact');
INSERT INTO public.surveys_historicalsurvey VALUES (4, 'nieuwsbrief', 'Over een nieuwsbrief', 1, 4, now(), NULL, '+', NULL, 'contact');
INSERT INTO public.surveys_historicalsurvey VALUES (5, 'formulier', 'Over het formulier', 1, 5, now(), NULL, '+', NULL, 'contact');
INSERT INTO public.surveys_historicalsurveyquestion VALUES (1, 1, 'mark', 'mark', 'Welk cijfer geeft u het gesprek?', 'Which mark do you give the conversation?', 'heel slecht', 'very bad', 'heel goed', 'very good', true, 1, now(), NULL, '+', NULL, 1, '[]');
INSERT INTO public.surveys_historicalsurveyquestion VALUES (2, 2, 'friendliness', 'mark', 'Hoe vriendelijk waren wij?', 'How friendly were we?', 'niet', 'not at all', 'heel erg', 'very', false, 2, now(), NULL, '+', NULL, 1, '[]');
INSERT INTO public.surveys_historicalsurveyquestion VALUES (3, 3, 'answered', 'yes', 'Is uw vraag beantwoord?', 'Was your question answered?', '', '', '', '', false, 3, now(), NULL, '+', NULL, 1, '[]');
INSERT INTO public.surveys_historicalsurveyquestion VALUES (4, 4, 'better', 'text', 'Wat kunnen wij beter doen?', 'What can we do better?', '', '', '', '', false, 4, now(), NULL, '+', NULL, 1, '[]');
INSERT INTO public.surveys_historicalsurveyquestion VALUES (5, 1, 'mark', 'mark', 'Welk cijfer geeft u ons antwoord?', 'Which mark do you give our answer?', 'heel slecht', 'very bad', 'heel goed', 'very good', true, 5, now(), NULL, '+', NULL, 2, '[]');
INSERT INTO public.surveys_historicalsurveyquestion VALUES (6, 2, 'clear_language', 'scale', 'Het antwoord was makkelijk te begrijpen.', 'The answer was easy to understand.', 'niet mee eens', 'disagree', 'helemaal mee eens', 'fully agree', false, 6, now(), NULL, '+', NULL, 2, '[]');
INSERT INTO public.surveys_historicalsurveyquestion VALUES (7, 3, 'answered', 'yes', 'Is uw vraag beantwoord?', 'Was your question answered?', '', '', '', '', false, 7, now(), NULL, '+', NULL, 2, '[]');
INSERT INTO public.surveys_historicalsurveyquestion VALUES (8, 4, 'better', 'text', 'Wat kunnen wij beter doen?', 'What can we do better?', '', '', '', '', false, 8, now(), NULL, '+', NULL, 2, '[]');
INSERT INTO public.surveys_historicalsurveyquestion VALUES (9, 1, 'mark', 'mark', 'Welk cijfer geeft u uw bezoek?', 'Which mark do you give your visit?', 'heel slecht', 'very bad', 'heel goed', 'very good', true, 9, now(), NULL, '+', NULL, 3, '[]');
INSERT INTO public.surveys_historicalsurveyquestion VALUES (10, 2, 'friendliness', 'mark', 'Hoe vriendelijk waren wij?', 'How friendly were we?', 'niet', 'not at all', 'heel erg', 'very', false, 10, now(), NULL, '+', NULL, 3, '[]');
INSERT INTO public.surveys_historicalsurveyquestion VALUES (11, 3, 'effort', 'effort', 'Hoeveel moeite kostte het u?', 'How much effort did it take you?', 'weinig', 'little', 'veel', 'a lot', false, 11, now(), NULL, '+', NULL, 3, '[]');
INSERT INTO public.surveys_historicalsurveyquestion VALUES (12, 4, 'better', 'text', 'Wat kunnen wij beter doen?', 'What can we do better?', '', '', '', '', false, 12, now(), NULL, '+', NULL, 3, '[]');
INSERT INTO public.surveys_historicalsurveyquestion VALUES (13, 1, 'mark', 'mark', 'Welk cijfer geeft u deze nieuwsbrief?', 'Which mark do you give this newsletter?', 'heel slecht', 'very bad', 'heel goed', 'very good', true, 13, now(), NULL, '+', NULL, 4, '[]');
INSERT INTO public.surveys_historicalsurveyquestion VALUES (14, 2, 'clear_language', 'scale', 'De nieuwsbrief was makkelijk te begrijpen.', 'The newsletter was easy to understand.', 'niet mee eens', 'disagree', 'helemaal mee eens', 'fully agree', false, 14, now(), NULL, '+', NULL, 4, '[]');
INSERT INTO public.surveys_historicalsurveyquestion VALUES (15, 3, 'better', 'text', 'Wat kunnen wij beter doen?', 'What can we do better?', '', '', '', '', false, 15, now(), NULL, '+', NULL, 4, '[]');
INSERT INTO public.surveys_historicalsurveyquestion VALUES (16, 1, 'mark', 'mark', 'Welk cijfer geeft u dit formulier?', 'Which mark do you give this form?', 'heel slecht', 'very bad', 'heel goed', 'very good', true, 16, now(), NULL, '+', NULL, 5, '[]');
INSERT INTO public.surveys_historicalsurveyquestion VALUES (17, 2, 'effort', 'effort', 'Hoeveel moeite kostte het u?', 'How much effort did it take you?', 'weinig', 'little', 'veel', 'a lot', false, 17, now(), NULL, '+', NULL, 5, '[]');
INSERT INTO public.surveys_historicalsurveyquestion VALUES (18, 3, 'better', 'text', 'Wat kunnen wij beter doen?', 'What can we do better?', '', '', '', '', false, 18, now(), NULL, '+', NULL, 5, '[]');
INSERT INTO public.surveys_historicalsurveyversion VALUES (1, 1, 'draft', 'Hoe hebben wij u geholpen?', 'How did we help you?', now(), NULL, 1, 1, now(), NULL, '+', NULL, NULL, 1);
INSERT INTO public.surveys_historicalsurveyversion VALUES (1, 1, 'running', 'Hoe hebben wij u geholpen?', 'How did we help you?', now(), now(), 1, 2, now(), NULL, '~', NULL, NULL, 1);
INSERT INTO public.surveys_historicalsurveyversion VALUES (2, 1, 'draft', 'Hoe hebben wij u geholpen?', 'How did we help you?', now(), NULL, 1, 3, now(), NULL, '+', NULL, NULL, 2);
INSERT INTO public.surveys_historicalsurveyversion VALUES (2, 1, 'running', 'Hoe hebben wij u geholpen?', 'How did we help you?', now(), now(), 1, 4, now(), NULL, '~', NULL, NULL, 2);
INSERT INTO public.surveys_historicalsurveyversion VALUES (3, 1, 'draft', 'Hoe hebben wij u geholpen?', 'How did we help you?', now(), NULL, 1, 5, now(), NULL, '+', NULL, NULL, 3);
INSERT INTO public.surveys_historicalsurveyversion VALUES (3, 1, 'running', 'Hoe hebben wij u geholpen?', 'How did we help you?', now(), now(), 1, 6, now(), NULL, '~', NULL, NULL, 3);
INSERT INTO public.surveys_historicalsurveyversion VALUES (4, 1, 'draft', 'Wat vindt u van onze nieuwsbrief?', 'What do you think of our newsletter?', now(), NULL, 1, 7, now(), NULL, '+', NULL, NULL, 4);
INSERT INTO public.surveys_historicalsurveyversion VALUES (4, 1, 'running', 'Wat vindt u van onze nieuwsbrief?', 'What do you think of our newsletter?', now(), now(), 1, 8, now(), NULL, '~', NULL, NULL, 4);
INSERT INTO public.surveys_historicalsurveyversion VALUES (5, 1, 'draft', 'Hoe was ons formulier?', 'How was our form?', now(), NULL, 1, 9, now(), NULL, '+', NULL, NULL, 5);
INSERT INTO public.surveys_historicalsurveyversion VALUES (5, 1, 'running', 'Hoe was ons formulier?', 'How was our form?', now(), now(), 1, 10, now(), NULL, '~', NULL, NULL, 5);
INSERT INTO public.surveys_outsideindicator VALUES (1, 'digitaal', 'Waardering digitaal', 'Hoe waardeert u de digitale dienstverlening van de gemeente?', 'mark', false, 'rating.digital', NULL, '["Digitale dienstverlening", "Waardering digitale dienstverlening"]', 1);
INSERT INTO public.surveys_outsideindicator VALUES (2, 'algemeen', 'Waardering algemeen', 'Hoe waardeert u de dienstverlening van de gemeente in het algemeen?', 'mark', false, 'rating.general', NULL, '["Dienstverlening", "Dienstverlening algemeen", "Waardering dienstverlening"]', 1);
INSERT INTO public.surveys_outsideindicator VALUES (3, 'heldere-taal', 'Heldere taal', 'De gemeente gebruikt heldere taal: eens of helemaal eens.', 'percent', false, 'rating.clear_language', 2, '["De gemeente gebruikt heldere taal", "Gemeente gebruikt heldere taal"]', 1);
INSERT INTO public.surveys_outsideresult VALUES (1, 2017, 0, 6.70, NULL, 'Waarstaatjegemeente 2017, plan 6.1', false, false, 1, 1);
INSERT INTO public.surveys_outsideresult VALUES (2, 2017, 0, 6.70, NULL, 'Waarstaatjegemeente 2017, plan 6.4', false, false, 1, 2);
INSERT INTO public.surveys_outsideresult VALUES (3, 2017, 0, 68.00, NULL, 'Waarstaatjegemeente 2017, plan 6.3', false, false, 1, 3);
INSERT INTO public.surveys_survey VALUES (1, 'gesprek', 'Na een gesprek', 1, 'contact');
INSERT INTO public.surveys_survey VALUES (2, 'antwoord', 'Na een antwoord', 1, 'contact');
INSERT INTO public.surveys_survey VALUES (3, 'bezoek', 'Na een bezoek', 1, 'contact');
INSERT INTO public.surveys_survey VALUES (4, 'nieuwsbrief', 'Over een nieuwsbrief', 1, 'contact');
INSERT INTO public.surveys_survey VALUES (5, 'formulier', 'Over het formulier', 1, 'contact');
INSERT INTO public.surveys_surveyquestion VALUES (1, 1, 'mark', 'mark', 'Welk cijfer geeft u het gesprek?', 'Which mark do you give the conversation?', 'heel slecht', 'very bad', 'heel goed', 'very good', true, 1, '[]');
INSERT INTO public.surveys_surveyquestion VALUES (2, 2, 'friendliness', 'mark', 'Hoe vriendelijk waren wij?', 'How friendly were we?', 'niet', 'not at all', 'heel erg', 'very', false, 1, '[]');
INSERT INTO public.surveys_surveyquestion VALUES (3, 3, 'answered', 'yes', 'Is uw vraag beantwoord?', 'Was your question answered?', '', '', '', '', false, 1, '[]');
INSERT INTO public.surveys_surveyquestion VALUES (4, 4, 'better', 'text', 'Wat kunnen wij beter doen?', 'What can we do better?', '', '', '', '', false, 1, '[]');
INSERT INTO public.surveys_surveyquestion VALUES (5, 1, 'mark', 'mark', 'Welk cijfer geeft u ons antwoord?', 'Which mark do you give our answer?', 'heel slecht', 'very bad', 'heel goed', 'very good', true, 2, '[]');
INSERT INTO public.surveys_surveyquestion VALUES (6, 2, 'clear_language', 'scale', 'Het antwoord was makkelijk te begrijpen.', 'The answer was easy to understand.', 'niet mee eens', 'disagree', 'helemaal mee eens', 'fully agree', false, 2, '[]');
INSERT INTO public.surveys_surveyquestion VALUES (7, 3, 'answered', 'yes', 'Is uw vraag beantwoord?', 'Was your question answered?', '', '', '', '', false, 2, '[]');
INSERT INTO public.surveys_surveyquestion VALUES (8, 4, 'better', 'text', 'Wat kunnen wij beter doen?', 'What can we do better?', '', '', '', '', false, 2, '[]');
INSERT INTO public.surveys_surveyquestion VALUES (9, 1, 'mark', 'mark', 'Welk cijfer geeft u uw bezoek?', 'Which mark do you give your visit?', 'heel slecht', 'very bad', 'heel goed', 'very good', true, 3, '[]');
INSERT INTO public.surveys_surveyquestion VALUES (10, 2, 'friendliness', 'mark', 'Hoe vriendelijk waren wij?', 'How friendly were we?', 'niet', 'not at all', 'heel erg', 'very', false, 3, '[]');
INSERT INTO public.surveys_surveyquestion VALUES (11, 3, 'effort', 'effort', 'Hoeveel moeite kostte het u?', 'How much effort did it take you?', 'weinig', 'little', 'veel', 'a lot', false, 3, '[]');
INSERT INTO public.surveys_surveyquestion VALUES (12, 4, 'better', 'text', 'Wat kunnen wij beter doen?', 'What can we do better?', '', '', '', '', false, 3, '[]');
INSERT INTO public.surveys_surveyquestion VALUES (13, 1, 'mark', 'mark', 'Welk cijfer geeft u deze nieuwsbrief?', 'Which mark do you give this newsletter?', 'heel slecht', 'very bad', 'heel goed', 'very good', true, 4, '[]');
INSERT INTO public.surveys_surveyquestion VALUES (14, 2, 'clear_language', 'scale', 'De nieuwsbrief was makkelijk te begrijpen.', 'The newsletter was easy to understand.', 'niet mee eens', 'disagree', 'helemaal mee eens', 'fully agree', false, 4, '[]');
INSERT INTO public.surveys_surveyquestion VALUES (15, 3, 'better', 'text', 'Wat kunnen wij beter doen?', 'What can we do better?', '', '', '', '', false, 4, '[]');
INSERT INTO public.surveys_surveyquestion VALUES (16, 1, 'mark', 'mark', 'Welk cijfer geeft u dit formulier?', 'Which mark do you give this form?', 'heel slecht', 'very bad', 'heel goed', 'very good', true, 5, '[]');
INSERT INTO public.surveys_surveyquestion VALUES (17, 2, 'effort', 'effort', 'Hoeveel moeite kostte het u?', 'How much effort did it take you?', 'weinig', 'little', 'veel', 'a lot', false, 5, '[]');
INSERT INTO public.surveys_surveyquestion VALUES (18, 3, 'better', 'text', 'Wat kunnen wij beter doen?', 'What can we do better?', '', '', '', '', false, 5, '[]');
INSERT INTO public.surveys_surveyversion VALUES (1, 1, 'running', 'Hoe hebben wij u geholpen?', 'How did we help you?', now(), now(), 1, NULL, 1);
INSERT INTO public.surveys_surveyversion VALUES (2, 1, 'running', 'Hoe hebben wij u geholpen?', 'How did we help you?', now(), now(), 1, NULL, 2);
INSERT INTO public.surveys_surveyversion VALUES (3, 1, 'running', 'Hoe hebben wij u geholpen?', 'How did we help you?', now(), now(), 1, NULL, 3);
INSERT INTO public.surveys_surveyversion VALUES (4, 1, 'running', 'Wat vindt u van onze nieuwsbrief?', 'What do you think of our newsletter?', now(), now(), 1, NULL, 4);
INSERT INTO public.surveys_surveyversion VALUES (5, 1, 'running', 'Hoe was ons formulier?', 'How was our form?', now(), now(), 1, NULL, 5);
SELECT pg_catalog.setval('public.django_migrations_id_seq', 156, true);
SELECT pg_catalog.setval('public.organisation_config_version', 1001, true);
SELECT pg_catalog.setval('public.surveys_channelrule_id_seq', 11, true);
SELECT pg_catalog.setval('public.surveys_historicalaskingchoices_history_id_seq', 1, true);
SELECT pg_catalog.setval('public.surveys_historicalchannelrule_history_id_seq', 11, true);
SELECT pg_catalog.setval('public.surveys_historicaloutsideindicator_history_id_seq', 3, true);
SELECT pg_catalog.setval('public.surveys_historicaloutsideresult_history_id_seq', 3, true);
SELECT pg_catalog.setval('public.surveys_historicalsurvey_history_id_seq', 5, true);
SELECT pg_catalog.setval('public.surveys_historicalsurveyquestion_history_id_seq', 18, true);
SELECT pg_catalog.setval('public.surveys_historicalsurveyversion_history_id_seq', 10, true);
SELECT pg_catalog.setval('public.surveys_outsideindicator_id_seq', 3, true);
SELECT pg_catalog.setval('public.surveys_outsideresult_id_seq', 3, true);
SELECT pg_catalog.setval('public.surveys_survey_id_seq', 5, true);
SELECT pg_catalog.setval('public.surveys_surveyquestion_id_seq', 18, true);
SELECT pg_catalog.setval('public.surveys_surveyversion_id_seq', 5, true);
ALTER TABLE ONLY public.contacts_contactaddress
    ADD CONSTRAINT address_once_per_customer UNIQUE (customer_id, kind, normalized);
ALTER TABLE ONLY public.kpi_teamagreement
    ADD CONSTRAINT agreement_begins_once UNIQUE (team_id, starts_on);
ALTER TABLE ONLY public.kpi_agreementreview
    ADD CONSTRAINT agreement_review_once UNIQUE (agreement_id, number);
ALTER TABLE ONLY public.surveys_answer
    ADD CONSTRAINT answer_once_per_key UNIQUE (response_id, key);
ALTER TABLE ONLY public.knowledge_articletranslation
    ADD CONSTRAINT article_translation_once UNIQUE (article_id, language, number);
ALTER TABLE ONLY public.knowledge_articleversion
    ADD CONSTRAINT article_version_once UNIQUE (article_id, number);
ALTER TABLE ONLY public.auth_group
    ADD CONSTRAINT auth_group_name_key UNIQUE (name);
ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_group_id_permission_id_0cd325b0_uniq UNIQUE (group_id, permission_id);
ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.auth_group
    ADD CONSTRAINT auth_group_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_content_type_id_codename_01ab375a_uniq UNIQUE (content_type_id, codename);
ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.axes_accessattempt
    ADD CONSTRAINT axes_accessattempt_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.axes_accessattempt
    ADD CONSTRAINT axes_accessattempt_username_ip_address_user_agent_8ea22282_uniq UNIQUE (username, ip_address, user_agent);
ALTER TABLE ONLY public.axes_accessattemptexpiration
    ADD CONSTRAINT axes_accessattemptexpiration_pkey PRIMARY KEY (access_attempt_id);
ALTER TABLE ONLY public.axes_accessfailurelog
    ADD CONSTRAINT axes_accessfailurelog_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.axes_accesslog
    ADD CONSTRAINT axes_accesslog_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.channels_app_call
    ADD CONSTRAINT call_once UNIQUE (source, external_key);
ALTER TABLE ONLY public.channels_app_arrival
    ADD CONSTRAINT channels_app_arrival_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.channels_app_call
    ADD CONSTRAINT channels_app_call_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.channels_app_callsfile
    ADD CONSTRAINT channels_app_callsfile_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.channels_app_deadaddress
    ADD CONSTRAINT channels_app_deadaddress_address_key UNIQUE (address);
ALTER TABLE ONLY public.channels_app_deadaddress
    ADD CONSTRAINT channels_app_deadaddress_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.channels_app_historicalmailbox
    ADD CONSTRAINT channels_app_historicalmailbox_pkey PRIMARY KEY (history_id);
ALTER TABLE ONLY public.channels_app_historicalmessagesource
    ADD CONSTRAINT channels_app_historicalmessagesource_pkey PRIMARY KEY (history_id);
ALTER TABLE ONLY public.channels_app_inboundmessage
    ADD CONSTRAINT channels_app_inboundmessage_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.channels_app_inboundraw
    ADD CONSTRAINT channels_app_inboundraw_pkey PRIMARY KEY (message_id);
ALTER TABLE ONLY public.channels_app_livecall
    ADD CONSTRAINT channels_app_livecall_call_id_key UNIQUE (call_id);
ALTER TABLE ONLY public.channels_app_livecall
    ADD CONSTRAINT channels_app_livecall_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.channels_app_mailbox
    ADD CONSTRAINT channels_app_mailbox_address_key UNIQUE (address);
ALTER TABLE ONLY public.channels_app_mailbox
    ADD CONSTRAINT channels_app_mailbox_name_key UNIQUE (name);
ALTER TABLE ONLY public.channels_app_mailbox
    ADD CONSTRAINT channels_app_mailbox_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.channels_app_messagesource
    ADD CONSTRAINT channels_app_messagesource_key_key UNIQUE (key);
ALTER TABLE ONLY public.channels_app_messagesource
    ADD CONSTRAINT channels_app_messagesource_name_key UNIQUE (name);
ALTER TABLE ONLY public.channels_app_messagesource
    ADD CONSTRAINT channels_app_messagesource_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.channels_app_outboundmessage
    ADD CONSTRAINT channels_app_outboundmessage_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.channels_app_phoneevent
    ADD CONSTRAINT channels_app_phoneevent_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.channels_app_stoppednumber
    ADD CONSTRAINT channels_app_stoppednumber_number_key UNIQUE (number);
ALTER TABLE ONLY public.channels_app_stoppednumber
    ADD CONSTRAINT channels_app_stoppednumber_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.channels_app_storedfile
    ADD CONSTRAINT channels_app_storedfile_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.contacts_chatline
    ADD CONSTRAINT chat_line_number UNIQUE (chat_id, number);
ALTER TABLE ONLY public.contacts_chatline
    ADD CONSTRAINT chat_line_once UNIQUE (chat_id, key);
ALTER TABLE ONLY public.contacts_questioncontact
    ADD CONSTRAINT contact_once_per_question UNIQUE (question_id, contact_id);
ALTER TABLE ONLY public.contacts_apiclient
    ADD CONSTRAINT contacts_apiclient_name_key UNIQUE (name);
ALTER TABLE ONLY public.contacts_apiclient
    ADD CONSTRAINT contacts_apiclient_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.contacts_apiclient
    ADD CONSTRAINT contacts_apiclient_token_hash_key UNIQUE (token_hash);
ALTER TABLE ONLY public.contacts_assignment
    ADD CONSTRAINT contacts_assignment_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.contacts_callbackattempt
    ADD CONSTRAINT contacts_callbackattempt_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.contacts_callbackrequest
    ADD CONSTRAINT contacts_callbackrequest_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.contacts_chat
    ADD CONSTRAINT contacts_chat_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.contacts_chat
    ADD CONSTRAINT contacts_chat_question_id_key UNIQUE (question_id);
ALTER TABLE ONLY public.contacts_chat
    ADD CONSTRAINT contacts_chat_token_hash_key UNIQUE (token_hash);
ALTER TABLE ONLY public.contacts_chatline
    ADD CONSTRAINT contacts_chatline_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.contacts_clockevent
    ADD CONSTRAINT contacts_clockevent_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.contacts_confidentialaccess
    ADD CONSTRAINT contacts_confidentialaccess_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.contacts_contact
    ADD CONSTRAINT contacts_contact_call_id_key UNIQUE (call_id);
ALTER TABLE ONLY public.contacts_contact
    ADD CONSTRAINT contacts_contact_inbound_id_key UNIQUE (inbound_id);
ALTER TABLE ONLY public.contacts_contact
    ADD CONSTRAINT contacts_contact_outbound_id_key UNIQUE (outbound_id);
ALTER TABLE ONLY public.contacts_contact
    ADD CONSTRAINT contacts_contact_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.contacts_contactaddress
    ADD CONSTRAINT contacts_contactaddress_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.contacts_customer
    ADD CONSTRAINT contacts_customer_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.contacts_draft
    ADD CONSTRAINT contacts_draft_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.contacts_draft
    ADD CONSTRAINT contacts_draft_token_key UNIQUE (token);
ALTER TABLE ONLY public.contacts_historicalapiclient
    ADD CONSTRAINT contacts_historicalapiclient_pkey PRIMARY KEY (history_id);
ALTER TABLE ONLY public.contacts_historicalcallbackrequest
    ADD CONSTRAINT contacts_historicalcallbackrequest_pkey PRIMARY KEY (history_id);
ALTER TABLE ONLY public.contacts_historicalcontact
    ADD CONSTRAINT contacts_historicalcontact_pkey PRIMARY KEY (history_id);
ALTER TABLE ONLY public.contacts_historicalcontactaddress
    ADD CONSTRAINT contacts_historicalcontactaddress_pkey PRIMARY KEY (history_id);
ALTER TABLE ONLY public.contacts_historicalcustomer
    ADD CONSTRAINT contacts_historicalcustomer_pkey PRIMARY KEY (history_id);
ALTER TABLE ONLY public.contacts_historicalmessageconsent
    ADD CONSTRAINT contacts_historicalmessageconsent_pkey PRIMARY KEY (history_id);
ALTER TABLE ONLY public.contacts_historicalnote
    ADD CONSTRAINT contacts_historicalnote_pkey PRIMARY KEY (history_id);
ALTER TABLE ONLY public.contacts_historicaloutgoingletter
    ADD CONSTRAINT contacts_historicaloutgoingletter_pkey PRIMARY KEY (history_id);
ALTER TABLE ONLY public.contacts_historicalquestion
    ADD CONSTRAINT contacts_historicalquestion_pkey PRIMARY KEY (history_id);
ALTER TABLE ONLY public.contacts_historicalreplytemplate
    ADD CONSTRAINT contacts_historicalreplytemplate_pkey PRIMARY KEY (history_id);
ALTER TABLE ONLY public.contacts_historicalroutingrule
    ADD CONSTRAINT contacts_historicalroutingrule_pkey PRIMARY KEY (history_id);
ALTER TABLE ONLY public.contacts_historicalservicenorm
    ADD CONSTRAINT contacts_historicalservicenorm_pkey PRIMARY KEY (history_id);
ALTER TABLE ONLY public.contacts_idempotencykey
    ADD CONSTRAINT contacts_idempotencykey_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.contacts_mergeproposal
    ADD CONSTRAINT contacts_mergeproposal_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.contacts_messageconsent
    ADD CONSTRAINT contacts_messageconsent_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.contacts_normclock
    ADD CONSTRAINT contacts_normclock_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.contacts_normclock
    ADD CONSTRAINT contacts_normclock_replaced_by_id_key UNIQUE (replaced_by_id);
ALTER TABLE ONLY public.contacts_note
    ADD CONSTRAINT contacts_note_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.contacts_notice
    ADD CONSTRAINT contacts_notice_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.contacts_outgoingletter_also
    ADD CONSTRAINT contacts_outgoingletter__outgoingletter_id_questi_c3f4148e_uniq UNIQUE (outgoingletter_id, question_id);
ALTER TABLE ONLY public.contacts_outgoingletter_also
    ADD CONSTRAINT contacts_outgoingletter_also_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.contacts_outgoingletter
    ADD CONSTRAINT contacts_outgoingletter_contact_id_key UNIQUE (contact_id);
ALTER TABLE ONLY public.contacts_outgoingletter
    ADD CONSTRAINT contacts_outgoingletter_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.contacts_plannedreply
    ADD CONSTRAINT contacts_plannedreply_contact_id_key UNIQUE (contact_id);
ALTER TABLE ONLY public.contacts_plannedreply_files
    ADD CONSTRAINT contacts_plannedreply_fi_plannedreply_id_storedfi_f2633498_uniq UNIQUE (plannedreply_id, storedfile_id);
ALTER TABLE ONLY public.contacts_plannedreply_files
    ADD CONSTRAINT contacts_plannedreply_files_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.contacts_plannedreply
    ADD CONSTRAINT contacts_plannedreply_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.contacts_question
    ADD CONSTRAINT contacts_question_number_key UNIQUE (number);
ALTER TABLE ONLY public.contacts_question
    ADD CONSTRAINT contacts_question_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.contacts_questioncontact
    ADD CONSTRAINT contacts_questioncontact_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.contacts_questionlink
    ADD CONSTRAINT contacts_questionlink_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.contacts_questionplace
    ADD CONSTRAINT contacts_questionplace_pkey PRIMARY KEY (question_id);
ALTER TABLE ONLY public.contacts_questionviewer
    ADD CONSTRAINT contacts_questionviewer_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.contacts_replytemplate
    ADD CONSTRAINT contacts_replytemplate_name_key UNIQUE (name);
ALTER TABLE ONLY public.contacts_replytemplate
    ADD CONSTRAINT contacts_replytemplate_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.contacts_routingrule
    ADD CONSTRAINT contacts_routingrule_name_key UNIQUE (name);
ALTER TABLE ONLY public.contacts_routingrule
    ADD CONSTRAINT contacts_routingrule_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.contacts_savedview
    ADD CONSTRAINT contacts_savedview_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.contacts_servicenorm
    ADD CONSTRAINT contacts_servicenorm_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.contacts_textlevel
    ADD CONSTRAINT contacts_textlevel_contact_id_key UNIQUE (contact_id);
ALTER TABLE ONLY public.contacts_textlevel
    ADD CONSTRAINT contacts_textlevel_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.contacts_textlevelstate
    ADD CONSTRAINT contacts_textlevelstate_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.django_content_type
    ADD CONSTRAINT django_content_type_app_label_model_76bd3d3b_uniq UNIQUE (app_label, model);
ALTER TABLE ONLY public.django_content_type
    ADD CONSTRAINT django_content_type_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.django_migrations
    ADD CONSTRAINT django_migrations_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.django_session
    ADD CONSTRAINT django_session_pkey PRIMARY KEY (session_key);
ALTER TABLE ONLY public.kpi_dailyfigure
    ADD CONSTRAINT figure_once UNIQUE NULLS NOT DISTINCT (grain, "on", measure, team_id, channel, subject_id, quarter);
ALTER TABLE ONLY public.kpi_figuresview
    ADD CONSTRAINT figures_view_name_once UNIQUE (owner_id, name);
ALTER TABLE ONLY public.organisation_calendarhours
    ADD CONSTRAINT hours_do_not_overlap EXCLUDE USING gist (((calendar_id)::integer) WITH =, ((weekday)::integer) WITH =, int4range((opens)::integer, (closes)::integer) WITH &&);
ALTER TABLE ONLY public.contacts_idempotencykey
    ADD CONSTRAINT idempotency_once UNIQUE (owner, key);
ALTER TABLE ONLY public.channels_app_inboundmessage
    ADD CONSTRAINT inbound_once UNIQUE (source, external_key);
ALTER TABLE ONLY public.surveys_invitation
    ADD CONSTRAINT invitation_once_per_round UNIQUE (customer_id, round_id);
ALTER TABLE ONLY public.surveys_surveyquestion
    ADD CONSTRAINT key_once_per_version UNIQUE (version_id, key);
ALTER TABLE ONLY public.knowledge_article
    ADD CONSTRAINT knowledge_article_address_key UNIQUE (address);
ALTER TABLE ONLY public.knowledge_article
    ADD CONSTRAINT knowledge_article_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.knowledge_article_subjects
    ADD CONSTRAINT knowledge_article_subjects_article_id_subject_id_51cff795_uniq UNIQUE (article_id, subject_id);
ALTER TABLE ONLY public.knowledge_article_subjects
    ADD CONSTRAINT knowledge_article_subjects_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.knowledge_articlefeedback
    ADD CONSTRAINT knowledge_articlefeedback_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.knowledge_articletranslation
    ADD CONSTRAINT knowledge_articletranslation_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.knowledge_articleuse
    ADD CONSTRAINT knowledge_articleuse_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.knowledge_articleversion
    ADD CONSTRAINT knowledge_articleversion_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.knowledge_articleword
    ADD CONSTRAINT knowledge_articleword_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.knowledge_articleword
    ADD CONSTRAINT knowledge_articleword_word_key UNIQUE (word);
ALTER TABLE ONLY public.knowledge_historicalarticle
    ADD CONSTRAINT knowledge_historicalarticle_pkey PRIMARY KEY (history_id);
ALTER TABLE ONLY public.knowledge_historicalarticle_subjects
    ADD CONSTRAINT knowledge_historicalarticle_subjects_pkey PRIMARY KEY (m2m_history_id);
ALTER TABLE ONLY public.knowledge_historicalarticletranslation
    ADD CONSTRAINT knowledge_historicalarticletranslation_pkey PRIMARY KEY (history_id);
ALTER TABLE ONLY public.knowledge_historicalarticleversion
    ADD CONSTRAINT knowledge_historicalarticleversion_pkey PRIMARY KEY (history_id);
ALTER TABLE ONLY public.knowledge_historicalnews_for_teams
    ADD CONSTRAINT knowledge_historicalnews_for_teams_pkey PRIMARY KEY (m2m_history_id);
ALTER TABLE ONLY public.knowledge_historicalnews
    ADD CONSTRAINT knowledge_historicalnews_pkey PRIMARY KEY (history_id);
ALTER TABLE ONLY public.knowledge_historicalpublicpart
    ADD CONSTRAINT knowledge_historicalpublicpart_pkey PRIMARY KEY (history_id);
ALTER TABLE ONLY public.knowledge_news_for_teams
    ADD CONSTRAINT knowledge_news_for_teams_news_id_team_id_2c1345cb_uniq UNIQUE (news_id, team_id);
ALTER TABLE ONLY public.knowledge_news_for_teams
    ADD CONSTRAINT knowledge_news_for_teams_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.knowledge_news
    ADD CONSTRAINT knowledge_news_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.knowledge_newsread
    ADD CONSTRAINT knowledge_newsread_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.knowledge_product
    ADD CONSTRAINT knowledge_product_key_key UNIQUE (key);
ALTER TABLE ONLY public.knowledge_product
    ADD CONSTRAINT knowledge_product_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.knowledge_productimport
    ADD CONSTRAINT knowledge_productimport_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.knowledge_publicpart
    ADD CONSTRAINT knowledge_publicpart_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.kpi_agreementreview
    ADD CONSTRAINT kpi_agreementreview_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.kpi_changedday
    ADD CONSTRAINT kpi_changedday_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.kpi_dailyfigure
    ADD CONSTRAINT kpi_dailyfigure_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.kpi_digeststate
    ADD CONSTRAINT kpi_digeststate_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.kpi_figuresview
    ADD CONSTRAINT kpi_figuresview_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.kpi_historicalfiguresview
    ADD CONSTRAINT kpi_historicalfiguresview_pkey PRIMARY KEY (history_id);
ALTER TABLE ONLY public.kpi_historicalreportschedule
    ADD CONSTRAINT kpi_historicalreportschedule_pkey PRIMARY KEY (history_id);
ALTER TABLE ONLY public.kpi_historicalsignal
    ADD CONSTRAINT kpi_historicalsignal_pkey PRIMARY KEY (history_id);
ALTER TABLE ONLY public.kpi_historicalteamagreement
    ADD CONSTRAINT kpi_historicalteamagreement_pkey PRIMARY KEY (history_id);
ALTER TABLE ONLY public.kpi_historicalwalllink
    ADD CONSTRAINT kpi_historicalwalllink_pkey PRIMARY KEY (history_id);
ALTER TABLE ONLY public.kpi_issuedreport
    ADD CONSTRAINT kpi_issuedreport_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.kpi_monthlyfigure
    ADD CONSTRAINT kpi_monthlyfigure_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.kpi_reportfile
    ADD CONSTRAINT kpi_reportfile_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.kpi_reportjob
    ADD CONSTRAINT kpi_reportjob_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.kpi_reportschedule
    ADD CONSTRAINT kpi_reportschedule_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.kpi_rollupstate
    ADD CONSTRAINT kpi_rollupstate_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.kpi_schedulerun
    ADD CONSTRAINT kpi_schedulerun_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.kpi_signal
    ADD CONSTRAINT kpi_signal_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.kpi_signalstate
    ADD CONSTRAINT kpi_signalstate_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.kpi_teamagreement
    ADD CONSTRAINT kpi_teamagreement_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.kpi_walllink
    ADD CONSTRAINT kpi_walllink_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.kpi_walllink
    ADD CONSTRAINT kpi_walllink_token_hash_key UNIQUE (token_hash);
ALTER TABLE ONLY public.contacts_questionlink
    ADD CONSTRAINT link_once UNIQUE (question_id, other_id, kind);
ALTER TABLE ONLY public.channels_app_livecall
    ADD CONSTRAINT live_call_once UNIQUE (source, external_key);
ALTER TABLE ONLY public.kpi_monthlyfigure
    ADD CONSTRAINT monthly_figure_once UNIQUE NULLS NOT DISTINCT (grain, measure, "on", team_id, channel, subject_id);
ALTER TABLE ONLY public.knowledge_newsread
    ADD CONSTRAINT news_read_once UNIQUE (news_id, user_id);
ALTER TABLE ONLY public.contacts_servicenorm
    ADD CONSTRAINT norm_version_once UNIQUE NULLS NOT DISTINCT (code, channel, team_id, subject_id, valid_from);
ALTER TABLE ONLY public.contacts_notice
    ADD CONSTRAINT notice_once UNIQUE (user_id, kind, key);
ALTER TABLE ONLY public.programme_budgetline
    ADD CONSTRAINT one_budget_a_year_condition UNIQUE (year, condition_id);
ALTER TABLE ONLY public.programme_budgetline
    ADD CONSTRAINT one_budget_a_year_pillar UNIQUE (year, pillar_id);
ALTER TABLE ONLY public.organisation_calendarday
    ADD CONSTRAINT one_day_per_calendar UNIQUE (calendar_id, "on");
ALTER TABLE ONLY public.programme_dependency
    ADD CONSTRAINT one_dependency UNIQUE (project_id, needs_id);
ALTER TABLE ONLY public.organisation_membership
    ADD CONSTRAINT one_membership UNIQUE NULLS NOT DISTINCT (user_id, team_id, role);
ALTER TABLE ONLY public.programme_milestone
    ADD CONSTRAINT one_milestone_name_a_project UNIQUE (project_id, name);
ALTER TABLE ONLY public.programme_issuedstatusreport
    ADD CONSTRAINT one_status_report_a_body UNIQUE (round_id, body);
ALTER TABLE ONLY public.programme_issuedstatusreport
    ADD CONSTRAINT one_status_report_number UNIQUE (year, sequence);
ALTER TABLE ONLY public.programme_goaltarget
    ADD CONSTRAINT one_target_a_year UNIQUE (goal_id, year);
ALTER TABLE ONLY public.programme_statusupdate
    ADD CONSTRAINT one_update_a_round UNIQUE (round_id, project_id);
ALTER TABLE ONLY public.contacts_questionviewer
    ADD CONSTRAINT one_viewer_row UNIQUE (question_id, user_id);
ALTER TABLE ONLY public.organisation_accessentry
    ADD CONSTRAINT organisation_accessentry_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.organisation_auditentry
    ADD CONSTRAINT organisation_auditentry_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.organisation_calendarday
    ADD CONSTRAINT organisation_calendarday_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.organisation_calendarhours
    ADD CONSTRAINT organisation_calendarhours_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.organisation_heartbeat
    ADD CONSTRAINT organisation_heartbeat_pkey PRIMARY KEY (name);
ALTER TABLE ONLY public.organisation_historicalcalendarday
    ADD CONSTRAINT organisation_historicalcalendarday_pkey PRIMARY KEY (history_id);
ALTER TABLE ONLY public.organisation_historicalmembership
    ADD CONSTRAINT organisation_historicalmembership_pkey PRIMARY KEY (history_id);
ALTER TABLE ONLY public.organisation_historicalmunicipality
    ADD CONSTRAINT organisation_historicalmunicipality_pkey PRIMARY KEY (history_id);
ALTER TABLE ONLY public.organisation_historicalrolerequest
    ADD CONSTRAINT organisation_historicalrolerequest_pkey PRIMARY KEY (history_id);
ALTER TABLE ONLY public.organisation_historicalsubject
    ADD CONSTRAINT organisation_historicalsubject_pkey PRIMARY KEY (history_id);
ALTER TABLE ONLY public.organisation_historicalteam
    ADD CONSTRAINT organisation_historicalteam_pkey PRIMARY KEY (history_id);
ALTER TABLE ONLY public.organisation_historicaluser
    ADD CONSTRAINT organisation_historicaluser_pkey PRIMARY KEY (history_id);
ALTER TABLE ONLY public.organisation_historicalworkingcalendar
    ADD CONSTRAINT organisation_historicalworkingcalendar_pkey PRIMARY KEY (history_id);
ALTER TABLE ONLY public.organisation_membership
    ADD CONSTRAINT organisation_membership_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.organisation_municipality
    ADD CONSTRAINT organisation_municipality_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.organisation_presence
    ADD CONSTRAINT organisation_presence_pkey PRIMARY KEY (user_id);
ALTER TABLE ONLY public.organisation_rolerequest
    ADD CONSTRAINT organisation_rolerequest_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.organisation_subject
    ADD CONSTRAINT organisation_subject_code_key UNIQUE (code);
ALTER TABLE ONLY public.organisation_subject
    ADD CONSTRAINT organisation_subject_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.organisation_team
    ADD CONSTRAINT organisation_team_code_key UNIQUE (code);
ALTER TABLE ONLY public.organisation_team
    ADD CONSTRAINT organisation_team_name_key UNIQUE (name);
ALTER TABLE ONLY public.organisation_team
    ADD CONSTRAINT organisation_team_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.organisation_user
    ADD CONSTRAINT organisation_user_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.organisation_user
    ADD CONSTRAINT organisation_user_username_key UNIQUE (username);
ALTER TABLE ONLY public.organisation_workingcalendar
    ADD CONSTRAINT organisation_workingcalendar_name_key UNIQUE (name);
ALTER TABLE ONLY public.organisation_workingcalendar
    ADD CONSTRAINT organisation_workingcalendar_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.otp_static_staticdevice
    ADD CONSTRAINT otp_static_staticdevice_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.otp_static_statictoken
    ADD CONSTRAINT otp_static_statictoken_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.otp_totp_totpdevice
    ADD CONSTRAINT otp_totp_totpdevice_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.channels_app_outboundmessage
    ADD CONSTRAINT outbound_once UNIQUE (purpose, object_key);
ALTER TABLE ONLY public.surveys_outsideresult
    ADD CONSTRAINT outside_result_once UNIQUE (indicator_id, source, year, month);
ALTER TABLE ONLY public.channels_app_phoneevent
    ADD CONSTRAINT phone_event_once UNIQUE (source, event_key);
ALTER TABLE ONLY public.privacy_destructionentry
    ADD CONSTRAINT privacy_destructionentry_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.privacy_destructionentry
    ADD CONSTRAINT privacy_destructionentry_question_id_key UNIQUE (question_id);
ALTER TABLE ONLY public.privacy_destructionlist
    ADD CONSTRAINT privacy_destructionlist_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.privacy_filetoremove
    ADD CONSTRAINT privacy_filetoremove_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.privacy_filetoremove
    ADD CONSTRAINT privacy_filetoremove_sha256_key UNIQUE (sha256);
ALTER TABLE ONLY public.privacy_historicaldestructionlist
    ADD CONSTRAINT privacy_historicaldestructionlist_pkey PRIMARY KEY (history_id);
ALTER TABLE ONLY public.privacy_historicallegalhold
    ADD CONSTRAINT privacy_historicallegalhold_pkey PRIMARY KEY (history_id);
ALTER TABLE ONLY public.privacy_historicalpersonrequest
    ADD CONSTRAINT privacy_historicalpersonrequest_pkey PRIMARY KEY (history_id);
ALTER TABLE ONLY public.privacy_historicalreadlogreview
    ADD CONSTRAINT privacy_historicalreadlogreview_pkey PRIMARY KEY (history_id);
ALTER TABLE ONLY public.privacy_historicalretentionterm
    ADD CONSTRAINT privacy_historicalretentionterm_pkey PRIMARY KEY (history_id);
ALTER TABLE ONLY public.privacy_historicalrightsrequest
    ADD CONSTRAINT privacy_historicalrightsrequest_pkey PRIMARY KEY (history_id);
ALTER TABLE ONLY public.privacy_legalhold
    ADD CONSTRAINT privacy_legalhold_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.privacy_personrequest
    ADD CONSTRAINT privacy_personrequest_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.privacy_readlogreview
    ADD CONSTRAINT privacy_readlogreview_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.privacy_readlogreview
    ADD CONSTRAINT privacy_readlogreview_week_on_key UNIQUE (week_on);
ALTER TABLE ONLY public.privacy_retentionterm
    ADD CONSTRAINT privacy_retentionterm_code_key UNIQUE (code);
ALTER TABLE ONLY public.privacy_retentionterm
    ADD CONSTRAINT privacy_retentionterm_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.privacy_rightsrequest
    ADD CONSTRAINT privacy_rightsrequest_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.privacy_wipedquestion
    ADD CONSTRAINT privacy_wipedquestion_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.privacy_wipedquestion
    ADD CONSTRAINT privacy_wipedquestion_question_id_key UNIQUE (question_id);
ALTER TABLE ONLY public.programme_budgetline
    ADD CONSTRAINT programme_budgetline_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.programme_condition
    ADD CONSTRAINT programme_condition_name_key UNIQUE (name);
ALTER TABLE ONLY public.programme_condition
    ADD CONSTRAINT programme_condition_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.programme_decision
    ADD CONSTRAINT programme_decision_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.programme_dependency
    ADD CONSTRAINT programme_dependency_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.programme_goal
    ADD CONSTRAINT programme_goal_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.programme_goaltarget
    ADD CONSTRAINT programme_goaltarget_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.programme_historicalbudgetline
    ADD CONSTRAINT programme_historicalbudgetline_pkey PRIMARY KEY (history_id);
ALTER TABLE ONLY public.programme_historicalcondition
    ADD CONSTRAINT programme_historicalcondition_pkey PRIMARY KEY (history_id);
ALTER TABLE ONLY public.programme_historicaldecision
    ADD CONSTRAINT programme_historicaldecision_pkey PRIMARY KEY (history_id);
ALTER TABLE ONLY public.programme_historicaldependency
    ADD CONSTRAINT programme_historicaldependency_pkey PRIMARY KEY (history_id);
ALTER TABLE ONLY public.programme_historicalgoal
    ADD CONSTRAINT programme_historicalgoal_pkey PRIMARY KEY (history_id);
ALTER TABLE ONLY public.programme_historicalgoaltarget
    ADD CONSTRAINT programme_historicalgoaltarget_pkey PRIMARY KEY (history_id);
ALTER TABLE ONLY public.programme_historicalmilestone
    ADD CONSTRAINT programme_historicalmilestone_pkey PRIMARY KEY (history_id);
ALTER TABLE ONLY public.programme_historicalmoneyentry
    ADD CONSTRAINT programme_historicalmoneyentry_pkey PRIMARY KEY (history_id);
ALTER TABLE ONLY public.programme_historicalpillar
    ADD CONSTRAINT programme_historicalpillar_pkey PRIMARY KEY (history_id);
ALTER TABLE ONLY public.programme_historicalprogramme
    ADD CONSTRAINT programme_historicalprogramme_pkey PRIMARY KEY (history_id);
ALTER TABLE ONLY public.programme_historicalproject
    ADD CONSTRAINT programme_historicalproject_pkey PRIMARY KEY (history_id);
ALTER TABLE ONLY public.programme_historicalrisk
    ADD CONSTRAINT programme_historicalrisk_pkey PRIMARY KEY (history_id);
ALTER TABLE ONLY public.programme_historicalstatusround
    ADD CONSTRAINT programme_historicalstatusround_pkey PRIMARY KEY (history_id);
ALTER TABLE ONLY public.programme_historicalstatusupdate
    ADD CONSTRAINT programme_historicalstatusupdate_pkey PRIMARY KEY (history_id);
ALTER TABLE ONLY public.programme_issuedstatusreport
    ADD CONSTRAINT programme_issuedstatusreport_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.programme_milestone
    ADD CONSTRAINT programme_milestone_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.programme_moneyentry
    ADD CONSTRAINT programme_moneyentry_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.programme_pillar
    ADD CONSTRAINT programme_pillar_name_key UNIQUE (name);
ALTER TABLE ONLY public.programme_pillar
    ADD CONSTRAINT programme_pillar_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.programme_programme
    ADD CONSTRAINT programme_programme_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.programme_project
    ADD CONSTRAINT programme_project_code_key UNIQUE (code);
ALTER TABLE ONLY public.programme_project
    ADD CONSTRAINT programme_project_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.programme_risk
    ADD CONSTRAINT programme_risk_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.programme_statusreportfile
    ADD CONSTRAINT programme_statusreportfile_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.programme_statusreportfile
    ADD CONSTRAINT programme_statusreportfile_report_id_key UNIQUE (report_id);
ALTER TABLE ONLY public.programme_statusreportjob
    ADD CONSTRAINT programme_statusreportjob_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.programme_statusreportjob
    ADD CONSTRAINT programme_statusreportjob_report_id_key UNIQUE (report_id);
ALTER TABLE ONLY public.programme_statusround
    ADD CONSTRAINT programme_statusround_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.programme_statusround
    ADD CONSTRAINT programme_statusround_title_key UNIQUE (title);
ALTER TABLE ONLY public.programme_statusupdate
    ADD CONSTRAINT programme_statusupdate_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.kpi_reportfile
    ADD CONSTRAINT report_file_once UNIQUE (report_id, kind);
ALTER TABLE ONLY public.kpi_issuedreport
    ADD CONSTRAINT report_issue_once UNIQUE NULLS NOT DISTINCT (kind, first, team_id, number);
ALTER TABLE ONLY public.kpi_schedulerun
    ADD CONSTRAINT schedule_run_once UNIQUE (schedule_id, first);
ALTER TABLE ONLY public.kpi_signal
    ADD CONSTRAINT signal_once UNIQUE (watch, first);
ALTER TABLE ONLY public.surveys_surveyversion
    ADD CONSTRAINT survey_version_once UNIQUE (survey_id, number);
ALTER TABLE ONLY public.surveys_answer
    ADD CONSTRAINT surveys_answer_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.surveys_answerbatch
    ADD CONSTRAINT surveys_answerbatch_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.surveys_askingchoices
    ADD CONSTRAINT surveys_askingchoices_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.surveys_channelrule
    ADD CONSTRAINT surveys_channelrule_channel_key UNIQUE (channel);
ALTER TABLE ONLY public.surveys_channelrule
    ADD CONSTRAINT surveys_channelrule_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.surveys_historicalaskingchoices
    ADD CONSTRAINT surveys_historicalaskingchoices_pkey PRIMARY KEY (history_id);
ALTER TABLE ONLY public.surveys_historicalchannelrule
    ADD CONSTRAINT surveys_historicalchannelrule_pkey PRIMARY KEY (history_id);
ALTER TABLE ONLY public.surveys_historicaloutsideindicator
    ADD CONSTRAINT surveys_historicaloutsideindicator_pkey PRIMARY KEY (history_id);
ALTER TABLE ONLY public.surveys_historicaloutsideresult
    ADD CONSTRAINT surveys_historicaloutsideresult_pkey PRIMARY KEY (history_id);
ALTER TABLE ONLY public.surveys_historicalsurvey
    ADD CONSTRAINT surveys_historicalsurvey_pkey PRIMARY KEY (history_id);
ALTER TABLE ONLY public.surveys_historicalsurveyplace
    ADD CONSTRAINT surveys_historicalsurveyplace_pkey PRIMARY KEY (history_id);
ALTER TABLE ONLY public.surveys_historicalsurveyquestion
    ADD CONSTRAINT surveys_historicalsurveyquestion_pkey PRIMARY KEY (history_id);
ALTER TABLE ONLY public.surveys_historicalsurveyround
    ADD CONSTRAINT surveys_historicalsurveyround_pkey PRIMARY KEY (history_id);
ALTER TABLE ONLY public.surveys_historicalsurveyversion
    ADD CONSTRAINT surveys_historicalsurveyversion_pkey PRIMARY KEY (history_id);
ALTER TABLE ONLY public.surveys_historicalwordgroup
    ADD CONSTRAINT surveys_historicalwordgroup_pkey PRIMARY KEY (history_id);
ALTER TABLE ONLY public.surveys_invitation
    ADD CONSTRAINT surveys_invitation_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.surveys_invitation
    ADD CONSTRAINT surveys_invitation_token_hash_key UNIQUE (token_hash);
ALTER TABLE ONLY public.surveys_optout
    ADD CONSTRAINT surveys_optout_address_hash_key UNIQUE (address_hash);
ALTER TABLE ONLY public.surveys_optout
    ADD CONSTRAINT surveys_optout_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.surveys_outsideimport
    ADD CONSTRAINT surveys_outsideimport_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.surveys_outsideindicator
    ADD CONSTRAINT surveys_outsideindicator_code_key UNIQUE (code);
ALTER TABLE ONLY public.surveys_outsideindicator
    ADD CONSTRAINT surveys_outsideindicator_name_key UNIQUE (name);
ALTER TABLE ONLY public.surveys_outsideindicator
    ADD CONSTRAINT surveys_outsideindicator_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.surveys_outsideresult
    ADD CONSTRAINT surveys_outsideresult_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.surveys_response
    ADD CONSTRAINT surveys_response_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.surveys_survey
    ADD CONSTRAINT surveys_survey_code_key UNIQUE (code);
ALTER TABLE ONLY public.surveys_survey
    ADD CONSTRAINT surveys_survey_name_key UNIQUE (name);
ALTER TABLE ONLY public.surveys_survey
    ADD CONSTRAINT surveys_survey_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.surveys_surveyplace
    ADD CONSTRAINT surveys_surveyplace_code_key UNIQUE (code);
ALTER TABLE ONLY public.surveys_surveyplace
    ADD CONSTRAINT surveys_surveyplace_name_key UNIQUE (name);
ALTER TABLE ONLY public.surveys_surveyplace
    ADD CONSTRAINT surveys_surveyplace_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.surveys_surveyplace
    ADD CONSTRAINT surveys_surveyplace_round_id_key UNIQUE (round_id);
ALTER TABLE ONLY public.surveys_surveyquestion
    ADD CONSTRAINT surveys_surveyquestion_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.surveys_surveyround
    ADD CONSTRAINT surveys_surveyround_name_key UNIQUE (name);
ALTER TABLE ONLY public.surveys_surveyround
    ADD CONSTRAINT surveys_surveyround_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.surveys_surveyversion
    ADD CONSTRAINT surveys_surveyversion_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.surveys_wordgroup
    ADD CONSTRAINT surveys_wordgroup_name_key UNIQUE (name);
ALTER TABLE ONLY public.surveys_wordgroup
    ADD CONSTRAINT surveys_wordgroup_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.knowledge_articleuse
    ADD CONSTRAINT use_once_a_day UNIQUE (article_id, "on", kind);
ALTER TABLE ONLY public.contacts_savedview
    ADD CONSTRAINT view_name_once UNIQUE (user_id, name);
CREATE INDEX access_by_user ON public.organisation_accessentry USING btree (user_id, at DESC);
CREATE INDEX access_newest ON public.organisation_accessentry USING btree (at DESC);
CREATE INDEX access_of_customer ON public.organisation_accessentry USING btree (customer_id, at DESC);
CREATE INDEX access_of_question ON public.organisation_accessentry USING btree (question_id, at DESC);
CREATE INDEX address_exact ON public.contacts_contactaddress USING btree (normalized, kind);
CREATE INDEX address_trigram ON public.contacts_contactaddress USING gin (normalized public.gin_trgm_ops) WITH (gin_pending_list_limit='64');
CREATE INDEX agreement_review ON public.kpi_teamagreement USING btree (review_on);
CREATE INDEX answer_waiting ON public.surveys_answer USING btree (survey_id, key) WHERE ((batch_id IS NULL) AND (value IS NOT NULL));
CREATE INDEX answer_words ON public.surveys_answer USING btree (response_id) WHERE (NOT (text = ''::text));
CREATE INDEX arrival_of_network ON public.channels_app_arrival USING btree (network, kind, at);
CREATE INDEX arrival_to_forget ON public.channels_app_arrival USING btree (at);
CREATE INDEX article_body ON public.knowledge_article USING gin (search_body);
CREATE INDEX article_names ON public.knowledge_article USING gin (search_names);
CREATE INDEX article_public_body ON public.knowledge_article USING gin (public_body) WHERE is_public;
CREATE INDEX article_public_order ON public.knowledge_article USING btree (public_at, id) WHERE (public_at IS NOT NULL);
CREATE INDEX article_review ON public.knowledge_article USING btree (review_on) WHERE is_published;
CREATE INDEX article_word_trigram ON public.knowledge_articleword USING gin (word public.gin_trgm_ops);
CREATE INDEX assignment_of_question ON public.contacts_assignment USING btree (question_id, from_at);
CREATE INDEX audit_newest ON public.organisation_auditentry USING btree (at DESC);
CREATE INDEX audit_of_object ON public.organisation_auditentry USING btree (object_type, object_id, at DESC);
CREATE INDEX auth_group_name_a6ea08ec_like ON public.auth_group USING btree (name varchar_pattern_ops);
CREATE INDEX auth_group_permissions_group_id_b120cbf9 ON public.auth_group_permissions USING btree (group_id);
CREATE INDEX auth_group_permissions_permission_id_84c5c92e ON public.auth_group_permissions USING btree (permission_id);
CREATE INDEX auth_permission_content_type_id_2f476e4b ON public.auth_permission USING btree (content_type_id);
CREATE INDEX axes_accessattempt_ip_address_10922d9c ON public.axes_accessattempt USING btree (ip_address);
CREATE INDEX axes_accessattempt_user_agent_ad89678b ON public.axes_accessattempt USING btree (user_agent);
CREATE INDEX axes_accessattempt_user_agent_ad89678b_like ON public.axes_accessattempt USING btree (user_agent varchar_pattern_ops);
CREATE INDEX axes_accessattempt_username_3f2d4ca0 ON public.axes_accessattempt USING btree (username);
CREATE INDEX axes_accessattempt_username_3f2d4ca0_like ON public.axes_accessattempt USING btree (username varchar_pattern_ops);
CREATE INDEX axes_accessfailurelog_ip_address_2e9f5a7f ON public.axes_accessfailurelog USING btree (ip_address);
CREATE INDEX axes_accessfailurelog_user_agent_ea145dda ON public.axes_accessfailurelog USING btree (user_agent);
CREATE INDEX axes_accessfailurelog_user_agent_ea145dda_like ON public.axes_accessfailurelog USING btree (user_agent varchar_pattern_ops);
CREATE INDEX axes_accessfailurelog_username_a8b7e8a4 ON public.axes_accessfailurelog USING btree (username);
CREATE INDEX axes_accessfailurelog_username_a8b7e8a4_like ON public.axes_accessfailurelog USING btree (username varchar_pattern_ops);
CREATE INDEX axes_accesslog_ip_address_86b417e5 ON public.axes_accesslog USING btree (ip_address);
CREATE INDEX axes_accesslog_user_agent_0e659004 ON public.axes_accesslog USING btree (user_agent);
CREATE INDEX axes_accesslog_user_agent_0e659004_like ON public.axes_accesslog USING btree (user_agent varchar_pattern_ops);
CREATE INDEX axes_accesslog_username_df93064b ON public.axes_accesslog USING btree (username);
CREATE INDEX axes_accesslog_username_df93064b_like ON public.axes_accesslog USING btree (username varchar_pattern_ops);
CREATE INDEX batch_key_day ON public.surveys_answerbatch USING btree (key, "on");
CREATE INDEX batch_place ON public.surveys_answerbatch USING btree (place_id) WHERE (place_id IS NOT NULL);
CREATE INDEX batch_round ON public.surveys_answerbatch USING btree (round_id) WHERE (round_id IS NOT NULL);
CREATE INDEX call_day ON public.channels_app_call USING btree (entered_on, outcome);
CREATE INDEX call_newest ON public.channels_app_call USING btree (entered_at DESC);
CREATE INDEX calls_file_like ON public.channels_app_callsfile USING btree (heads_digest, id DESC);
CREATE INDEX channels_app_call_answered_by_id_b140326f ON public.channels_app_call USING btree (answered_by_id);
CREATE INDEX channels_app_callsfile_taken_in_by_id_9eeff37b ON public.channels_app_callsfile USING btree (taken_in_by_id);
CREATE INDEX channels_app_deadaddress_address_3b6a7d46_like ON public.channels_app_deadaddress USING btree (address varchar_pattern_ops);
CREATE INDEX channels_app_historicalmailbox_address_bb11cf14 ON public.channels_app_historicalmailbox USING btree (address);
CREATE INDEX channels_app_historicalmailbox_address_bb11cf14_like ON public.channels_app_historicalmailbox USING btree (address varchar_pattern_ops);
CREATE INDEX channels_app_historicalmailbox_calendar_id_da7a2729 ON public.channels_app_historicalmailbox USING btree (calendar_id);
CREATE INDEX channels_app_historicalmailbox_history_date_76019889 ON public.channels_app_historicalmailbox USING btree (history_date);
CREATE INDEX channels_app_historicalmailbox_history_user_id_b78eb0e1 ON public.channels_app_historicalmailbox USING btree (history_user_id);
CREATE INDEX channels_app_historicalmailbox_id_e78859f1 ON public.channels_app_historicalmailbox USING btree (id);
CREATE INDEX channels_app_historicalmailbox_name_6e5aa005 ON public.channels_app_historicalmailbox USING btree (name);
CREATE INDEX channels_app_historicalmailbox_name_6e5aa005_like ON public.channels_app_historicalmailbox USING btree (name varchar_pattern_ops);
CREATE INDEX channels_app_historicalmailbox_team_id_e0d3fd01 ON public.channels_app_historicalmailbox USING btree (team_id);
CREATE INDEX channels_app_historicalmessagesource_history_date_8dd24230 ON public.channels_app_historicalmessagesource USING btree (history_date);
CREATE INDEX channels_app_historicalmessagesource_history_user_id_63c66158 ON public.channels_app_historicalmessagesource USING btree (history_user_id);
CREATE INDEX channels_app_historicalmessagesource_id_94ce4698 ON public.channels_app_historicalmessagesource USING btree (id);
CREATE INDEX channels_app_historicalmessagesource_name_d0aed997 ON public.channels_app_historicalmessagesource USING btree (name);
CREATE INDEX channels_app_historicalmessagesource_name_d0aed997_like ON public.channels_app_historicalmessagesource USING btree (name varchar_pattern_ops);
CREATE INDEX channels_app_historicalmessagesource_team_id_7ef4548a ON public.channels_app_historicalmessagesource USING btree (team_id);
CREATE INDEX channels_app_inboundmessage_envelope_id_1e3e8e1e ON public.channels_app_inboundmessage USING btree (envelope_id);
CREATE INDEX channels_app_inboundmessage_handled_by_id_d2939bce ON public.channels_app_inboundmessage USING btree (handled_by_id);
CREATE INDEX channels_app_inboundmessage_mailbox_id_87cacde3 ON public.channels_app_inboundmessage USING btree (mailbox_id);
CREATE INDEX channels_app_inboundmessage_message_source_id_e1308712 ON public.channels_app_inboundmessage USING btree (message_source_id);
CREATE INDEX channels_app_mailbox_address_0ffe3f2a_like ON public.channels_app_mailbox USING btree (address varchar_pattern_ops);
CREATE INDEX channels_app_mailbox_calendar_id_a305c58e ON public.channels_app_mailbox USING btree (calendar_id);
CREATE INDEX channels_app_mailbox_name_d2b58545_like ON public.channels_app_mailbox USING btree (name varchar_pattern_ops);
CREATE INDEX channels_app_mailbox_team_id_ebfb798c ON public.channels_app_mailbox USING btree (team_id);
CREATE INDEX channels_app_messagesource_key_9ebd20b7_like ON public.channels_app_messagesource USING btree (key varchar_pattern_ops);
CREATE INDEX channels_app_messagesource_name_62118102_like ON public.channels_app_messagesource USING btree (name varchar_pattern_ops);
CREATE INDEX channels_app_messagesource_team_id_3f50476a ON public.channels_app_messagesource USING btree (team_id);
CREATE INDEX channels_app_outboundmessage_mailbox_id_18f19aa8 ON public.channels_app_outboundmessage USING btree (mailbox_id);
CREATE INDEX channels_app_outboundmessage_message_id_a636b9db ON public.channels_app_outboundmessage USING btree (message_id);
CREATE INDEX channels_app_outboundmessage_message_id_a636b9db_like ON public.channels_app_outboundmessage USING btree (message_id varchar_pattern_ops);
CREATE INDEX channels_app_outboundmessage_message_source_id_b383df26 ON public.channels_app_outboundmessage USING btree (message_source_id);
CREATE INDEX channels_app_stoppednumber_number_b71c8853_like ON public.channels_app_stoppednumber USING btree (number varchar_pattern_ops);
CREATE INDEX channels_app_storedfile_inbound_id_8e310d7f ON public.channels_app_storedfile USING btree (inbound_id);
CREATE INDEX channels_app_storedfile_outbound_id_e67ce0a2 ON public.channels_app_storedfile USING btree (outbound_id);
CREATE INDEX channels_app_storedfile_sha256_2ef07b9d ON public.channels_app_storedfile USING btree (sha256);
CREATE INDEX channels_app_storedfile_sha256_2ef07b9d_like ON public.channels_app_storedfile USING btree (sha256 varchar_pattern_ops);
CREATE INDEX chat_closed ON public.contacts_chat USING btree (closed_at) WHERE ((state)::text = 'closed'::text);
CREATE INDEX chat_open ON public.contacts_chat USING btree (taken_by_id) WHERE ((state)::text = 'open'::text);
CREATE INDEX chat_waiting ON public.contacts_chat USING btree (waits_since, id) WHERE ((state)::text = 'waiting'::text);
CREATE INDEX clock_due ON public.contacts_normclock USING btree (due_at) WHERE ((state)::text = 'running'::text);
CREATE INDEX clock_escalate ON public.contacts_normclock USING btree (escalate_at) WHERE ((escalated_at IS NULL) AND ((state)::text = 'missed'::text));
CREATE UNIQUE INDEX clock_event_once ON public.contacts_clockevent USING btree (clock_id, kind) WHERE (NOT ((kind)::text = ANY ((ARRAY['paused'::character varying, 'resumed'::character varying, 'recomputed'::character varying]::character varying[])::text[])));
CREATE INDEX clock_of_question ON public.contacts_normclock USING btree (question_id);
CREATE INDEX clock_settled ON public.contacts_normclock USING btree (code, settled_on) WHERE ((state)::text = ANY ((ARRAY['met'::character varying, 'missed'::character varying]::character varying[])::text[]));
CREATE INDEX clock_soon ON public.contacts_normclock USING btree (soon_at) WHERE ((soon_told_at IS NULL) AND ((state)::text = 'running'::text));
CREATE INDEX confidential_of_user ON public.contacts_confidentialaccess USING btree (user_id, question_id);
CREATE INDEX contact_newest ON public.contacts_contact USING btree (received_at DESC);
CREATE INDEX contact_of_customer ON public.contacts_contact USING btree (customer_id, received_at DESC);
CREATE INDEX contacts_apiclient_name_1075ef12_like ON public.contacts_apiclient USING btree (name varchar_pattern_ops);
CREATE INDEX contacts_apiclient_token_hash_bdfe9c57_like ON public.contacts_apiclient USING btree (token_hash varchar_pattern_ops);
CREATE INDEX contacts_assignment_assigned_by_id_7e025bd7 ON public.contacts_assignment USING btree (assigned_by_id);
CREATE INDEX contacts_assignment_assignee_id_0b9a0ca4 ON public.contacts_assignment USING btree (assignee_id);
CREATE INDEX contacts_assignment_question_id_1a804b49 ON public.contacts_assignment USING btree (question_id);
CREATE INDEX contacts_assignment_rule_id_aeeeeef7 ON public.contacts_assignment USING btree (rule_id);
CREATE INDEX contacts_assignment_team_id_62536d2d ON public.contacts_assignment USING btree (team_id);
CREATE INDEX contacts_callbackattempt_by_id_65e6c81f ON public.contacts_callbackattempt USING btree (by_id);
CREATE INDEX contacts_callbackattempt_callback_id_e58f0a5e ON public.contacts_callbackattempt USING btree (callback_id);
CREATE INDEX contacts_callbackrequest_contact_id_279591e8 ON public.contacts_callbackrequest USING btree (contact_id);
CREATE INDEX contacts_callbackrequest_created_by_id_1dfff80c ON public.contacts_callbackrequest USING btree (created_by_id);
CREATE INDEX contacts_callbackrequest_question_id_9f337b53 ON public.contacts_callbackrequest USING btree (question_id);
CREATE INDEX contacts_callbackrequest_settled_by_id_cb62bbc6 ON public.contacts_callbackrequest USING btree (settled_by_id);
CREATE INDEX contacts_chat_taken_by_id_1ff73af1 ON public.contacts_chat USING btree (taken_by_id);
CREATE INDEX contacts_chat_token_hash_a54138d7_like ON public.contacts_chat USING btree (token_hash varchar_pattern_ops);
CREATE INDEX contacts_chatline_author_id_ec885237 ON public.contacts_chatline USING btree (author_id);
CREATE INDEX contacts_chatline_chat_id_861487e5 ON public.contacts_chatline USING btree (chat_id);
CREATE INDEX contacts_clockevent_by_id_af417df6 ON public.contacts_clockevent USING btree (by_id);
CREATE INDEX contacts_clockevent_clock_id_4161fd58 ON public.contacts_clockevent USING btree (clock_id);
CREATE INDEX contacts_confidentialaccess_granted_by_id_6923e295 ON public.contacts_confidentialaccess USING btree (granted_by_id);
CREATE INDEX contacts_confidentialaccess_question_id_81cce859 ON public.contacts_confidentialaccess USING btree (question_id);
CREATE INDEX contacts_confidentialaccess_user_id_654ac129 ON public.contacts_confidentialaccess USING btree (user_id);
CREATE INDEX contacts_contact_customer_id_bc06dcda ON public.contacts_contact USING btree (customer_id);
CREATE INDEX contacts_contact_registered_by_id_6f97c0a3 ON public.contacts_contact USING btree (registered_by_id);
CREATE INDEX contacts_contactaddress_customer_id_9d763f57 ON public.contacts_contactaddress USING btree (customer_id);
CREATE INDEX contacts_customer_merged_into_id_7d694f5b ON public.contacts_customer USING btree (merged_into_id);
CREATE INDEX contacts_draft_user_id_88f02e4c ON public.contacts_draft USING btree (user_id);
CREATE INDEX contacts_historicalapiclient_history_date_b013ac05 ON public.contacts_historicalapiclient USING btree (history_date);
CREATE INDEX contacts_historicalapiclient_history_user_id_96e18426 ON public.contacts_historicalapiclient USING btree (history_user_id);
CREATE INDEX contacts_historicalapiclient_id_fcea2136 ON public.contacts_historicalapiclient USING btree (id);
CREATE INDEX contacts_historicalapiclient_name_a8990ac4 ON public.contacts_historicalapiclient USING btree (name);
CREATE INDEX contacts_historicalapiclient_name_a8990ac4_like ON public.contacts_historicalapiclient USING btree (name varchar_pattern_ops);
CREATE INDEX contacts_historicalcallbackrequest_contact_id_701574a3 ON public.contacts_historicalcallbackrequest USING btree (contact_id);
CREATE INDEX contacts_historicalcallbackrequest_created_by_id_7743ff75 ON public.contacts_historicalcallbackrequest USING btree (created_by_id);
CREATE INDEX contacts_historicalcallbackrequest_history_date_49e09bdf ON public.contacts_historicalcallbackrequest USING btree (history_date);
CREATE INDEX contacts_historicalcallbackrequest_history_user_id_b830f639 ON public.contacts_historicalcallbackrequest USING btree (history_user_id);
CREATE INDEX contacts_historicalcallbackrequest_id_6d0b88fd ON public.contacts_historicalcallbackrequest USING btree (id);
CREATE INDEX contacts_historicalcallbackrequest_question_id_c12664a0 ON public.contacts_historicalcallbackrequest USING btree (question_id);
CREATE INDEX contacts_historicalcallbackrequest_settled_by_id_718f1070 ON public.contacts_historicalcallbackrequest USING btree (settled_by_id);
CREATE INDEX contacts_historicalcontact_call_id_6ba04df7 ON public.contacts_historicalcontact USING btree (call_id);
CREATE INDEX contacts_historicalcontact_customer_id_dd99e0b5 ON public.contacts_historicalcontact USING btree (customer_id);
CREATE INDEX contacts_historicalcontact_history_date_ba15b033 ON public.contacts_historicalcontact USING btree (history_date);
CREATE INDEX contacts_historicalcontact_history_user_id_545e3534 ON public.contacts_historicalcontact USING btree (history_user_id);
CREATE INDEX contacts_historicalcontact_id_9d40b373 ON public.contacts_historicalcontact USING btree (id);
CREATE INDEX contacts_historicalcontact_inbound_id_882c5bd4 ON public.contacts_historicalcontact USING btree (inbound_id);
CREATE INDEX contacts_historicalcontact_outbound_id_a333334f ON public.contacts_historicalcontact USING btree (outbound_id);
CREATE INDEX contacts_historicalcontact_registered_by_id_3f7ebc40 ON public.contacts_historicalcontact USING btree (registered_by_id);
CREATE INDEX contacts_historicalcontactaddress_customer_id_612dc4d5 ON public.contacts_historicalcontactaddress USING btree (customer_id);
CREATE INDEX contacts_historicalcontactaddress_history_date_070d6fac ON public.contacts_historicalcontactaddress USING btree (history_date);
CREATE INDEX contacts_historicalcontactaddress_history_user_id_40655cc2 ON public.contacts_historicalcontactaddress USING btree (history_user_id);
CREATE INDEX contacts_historicalcontactaddress_id_95e9e785 ON public.contacts_historicalcontactaddress USING btree (id);
CREATE INDEX contacts_historicalcustomer_history_date_943a226e ON public.contacts_historicalcustomer USING btree (history_date);
CREATE INDEX contacts_historicalcustomer_history_user_id_12312887 ON public.contacts_historicalcustomer USING btree (history_user_id);
CREATE INDEX contacts_historicalcustomer_id_565346d7 ON public.contacts_historicalcustomer USING btree (id);
CREATE INDEX contacts_historicalcustomer_merged_into_id_6525ecce ON public.contacts_historicalcustomer USING btree (merged_into_id);
CREATE INDEX contacts_historicalmessageconsent_customer_id_bbf44c77 ON public.contacts_historicalmessageconsent USING btree (customer_id);
CREATE INDEX contacts_historicalmessageconsent_given_by_id_4c945869 ON public.contacts_historicalmessageconsent USING btree (given_by_id);
CREATE INDEX contacts_historicalmessageconsent_history_date_f19ac040 ON public.contacts_historicalmessageconsent USING btree (history_date);
CREATE INDEX contacts_historicalmessageconsent_history_user_id_eec3971c ON public.contacts_historicalmessageconsent USING btree (history_user_id);
CREATE INDEX contacts_historicalmessageconsent_id_5ddea3dc ON public.contacts_historicalmessageconsent USING btree (id);
CREATE INDEX contacts_historicalmessageconsent_withdrawn_by_id_f29dc6ca ON public.contacts_historicalmessageconsent USING btree (withdrawn_by_id);
CREATE INDEX contacts_historicalnote_created_by_id_e3e880b4 ON public.contacts_historicalnote USING btree (created_by_id);
CREATE INDEX contacts_historicalnote_history_date_b61299dd ON public.contacts_historicalnote USING btree (history_date);
CREATE INDEX contacts_historicalnote_history_user_id_8a6b293f ON public.contacts_historicalnote USING btree (history_user_id);
CREATE INDEX contacts_historicalnote_id_22955ee8 ON public.contacts_historicalnote USING btree (id);
CREATE INDEX contacts_historicalnote_question_id_e301028d ON public.contacts_historicalnote USING btree (question_id);
CREATE INDEX contacts_historicaloutgoingletter_contact_id_e94eefe6 ON public.contacts_historicaloutgoingletter USING btree (contact_id);
CREATE INDEX contacts_historicaloutgoingletter_history_date_c59d3de0 ON public.contacts_historicaloutgoingletter USING btree (history_date);
CREATE INDEX contacts_historicaloutgoingletter_history_user_id_2c4cb699 ON public.contacts_historicaloutgoingletter USING btree (history_user_id);
CREATE INDEX contacts_historicaloutgoingletter_id_0269451a ON public.contacts_historicaloutgoingletter USING btree (id);
CREATE INDEX contacts_historicaloutgoingletter_made_by_id_fb883b4f ON public.contacts_historicaloutgoingletter USING btree (made_by_id);
CREATE INDEX contacts_historicaloutgoingletter_question_id_bbef963b ON public.contacts_historicaloutgoingletter USING btree (question_id);
CREATE INDEX contacts_historicaloutgoingletter_settled_by_id_df52c3b8 ON public.contacts_historicaloutgoingletter USING btree (settled_by_id);
CREATE INDEX contacts_historicalquestion_assignee_id_4f7a7de1 ON public.contacts_historicalquestion USING btree (assignee_id);
CREATE INDEX contacts_historicalquestion_customer_id_d091e69e ON public.contacts_historicalquestion USING btree (customer_id);
CREATE INDEX contacts_historicalquestion_history_date_c6c4e4e5 ON public.contacts_historicalquestion USING btree (history_date);
CREATE INDEX contacts_historicalquestion_history_user_id_68d11aeb ON public.contacts_historicalquestion USING btree (history_user_id);
CREATE INDEX contacts_historicalquestion_id_a384f9d6 ON public.contacts_historicalquestion USING btree (id);
CREATE INDEX contacts_historicalquestion_merged_into_id_574adb73 ON public.contacts_historicalquestion USING btree (merged_into_id);
CREATE INDEX contacts_historicalquestion_number_fe9e2694 ON public.contacts_historicalquestion USING btree (number);
CREATE INDEX contacts_historicalquestion_number_fe9e2694_like ON public.contacts_historicalquestion USING btree (number varchar_pattern_ops);
CREATE INDEX contacts_historicalquestion_registered_by_id_e96da447 ON public.contacts_historicalquestion USING btree (registered_by_id);
CREATE INDEX contacts_historicalquestion_subject_id_49f2a2b4 ON public.contacts_historicalquestion USING btree (subject_id);
CREATE INDEX contacts_historicalquestion_team_id_847e0827 ON public.contacts_historicalquestion USING btree (team_id);
CREATE INDEX contacts_historicalreplytemplate_history_date_2e81baf7 ON public.contacts_historicalreplytemplate USING btree (history_date);
CREATE INDEX contacts_historicalreplytemplate_history_user_id_7f87f7fc ON public.contacts_historicalreplytemplate USING btree (history_user_id);
CREATE INDEX contacts_historicalreplytemplate_id_2bb1e93b ON public.contacts_historicalreplytemplate USING btree (id);
CREATE INDEX contacts_historicalreplytemplate_name_69923804 ON public.contacts_historicalreplytemplate USING btree (name);
CREATE INDEX contacts_historicalreplytemplate_name_69923804_like ON public.contacts_historicalreplytemplate USING btree (name varchar_pattern_ops);
CREATE INDEX contacts_historicalreplytemplate_subject_id_52b84729 ON public.contacts_historicalreplytemplate USING btree (subject_id);
CREATE INDEX contacts_historicalreplytemplate_team_id_dd4bc827 ON public.contacts_historicalreplytemplate USING btree (team_id);
CREATE INDEX contacts_historicalroutingrule_history_date_5723c21a ON public.contacts_historicalroutingrule USING btree (history_date);
CREATE INDEX contacts_historicalroutingrule_history_user_id_ea8da25b ON public.contacts_historicalroutingrule USING btree (history_user_id);
CREATE INDEX contacts_historicalroutingrule_id_83caea1a ON public.contacts_historicalroutingrule USING btree (id);
CREATE INDEX contacts_historicalroutingrule_mailbox_id_df732082 ON public.contacts_historicalroutingrule USING btree (mailbox_id);
CREATE INDEX contacts_historicalroutingrule_name_4eb2b933 ON public.contacts_historicalroutingrule USING btree (name);
CREATE INDEX contacts_historicalroutingrule_name_4eb2b933_like ON public.contacts_historicalroutingrule USING btree (name varchar_pattern_ops);
CREATE INDEX contacts_historicalroutingrule_subject_id_61afb5fc ON public.contacts_historicalroutingrule USING btree (subject_id);
CREATE INDEX contacts_historicalroutingrule_team_id_fe156a34 ON public.contacts_historicalroutingrule USING btree (team_id);
CREATE INDEX contacts_historicalservicenorm_history_date_7fca6ecb ON public.contacts_historicalservicenorm USING btree (history_date);
CREATE INDEX contacts_historicalservicenorm_history_user_id_2920965d ON public.contacts_historicalservicenorm USING btree (history_user_id);
CREATE INDEX contacts_historicalservicenorm_id_6ac60843 ON public.contacts_historicalservicenorm USING btree (id);
CREATE INDEX contacts_historicalservicenorm_subject_id_e418f0d9 ON public.contacts_historicalservicenorm USING btree (subject_id);
CREATE INDEX contacts_historicalservicenorm_team_id_39edd0db ON public.contacts_historicalservicenorm USING btree (team_id);
CREATE INDEX contacts_mergeproposal_decided_by_id_bae2a16e ON public.contacts_mergeproposal USING btree (decided_by_id);
CREATE INDEX contacts_mergeproposal_keep_id_441406cc ON public.contacts_mergeproposal USING btree (keep_id);
CREATE INDEX contacts_mergeproposal_merge_id_37234d1d ON public.contacts_mergeproposal USING btree (merge_id);
CREATE INDEX contacts_mergeproposal_proposed_by_id_e5ed6e37 ON public.contacts_mergeproposal USING btree (proposed_by_id);
CREATE INDEX contacts_messageconsent_customer_id_7106b869 ON public.contacts_messageconsent USING btree (customer_id);
CREATE INDEX contacts_messageconsent_given_by_id_d41fd8aa ON public.contacts_messageconsent USING btree (given_by_id);
CREATE INDEX contacts_messageconsent_withdrawn_by_id_1f50056e ON public.contacts_messageconsent USING btree (withdrawn_by_id);
CREATE INDEX contacts_normclock_calendar_id_f02e81e9 ON public.contacts_normclock USING btree (calendar_id);
CREATE INDEX contacts_normclock_contact_id_b08a2119 ON public.contacts_normclock USING btree (contact_id);
CREATE INDEX contacts_normclock_norm_id_96889197 ON public.contacts_normclock USING btree (norm_id);
CREATE INDEX contacts_normclock_question_id_94a0091d ON public.contacts_normclock USING btree (question_id);
CREATE INDEX contacts_normclock_subject_id_07c07a54 ON public.contacts_normclock USING btree (subject_id);
CREATE INDEX contacts_normclock_team_id_555706be ON public.contacts_normclock USING btree (team_id);
CREATE INDEX contacts_note_created_by_id_85ad692d ON public.contacts_note USING btree (created_by_id);
CREATE INDEX contacts_note_question_id_c06194fb ON public.contacts_note USING btree (question_id);
CREATE INDEX contacts_notice_clock_id_9cda33af ON public.contacts_notice USING btree (clock_id);
CREATE INDEX contacts_notice_question_id_78e029e1 ON public.contacts_notice USING btree (question_id);
CREATE INDEX contacts_notice_user_id_e34e4a8d ON public.contacts_notice USING btree (user_id);
CREATE INDEX contacts_outgoingletter_also_outgoingletter_id_7d06646b ON public.contacts_outgoingletter_also USING btree (outgoingletter_id);
CREATE INDEX contacts_outgoingletter_also_question_id_46d7db50 ON public.contacts_outgoingletter_also USING btree (question_id);
CREATE INDEX contacts_outgoingletter_made_by_id_adb519bf ON public.contacts_outgoingletter USING btree (made_by_id);
CREATE INDEX contacts_outgoingletter_question_id_1c9cd8e7 ON public.contacts_outgoingletter USING btree (question_id);
CREATE INDEX contacts_outgoingletter_settled_by_id_750a9c9c ON public.contacts_outgoingletter USING btree (settled_by_id);
CREATE INDEX contacts_plannedreply_created_by_id_cfa297b8 ON public.contacts_plannedreply USING btree (created_by_id);
CREATE INDEX contacts_plannedreply_files_plannedreply_id_b26d4200 ON public.contacts_plannedreply_files USING btree (plannedreply_id);
CREATE INDEX contacts_plannedreply_files_storedfile_id_0aa531af ON public.contacts_plannedreply_files USING btree (storedfile_id);
CREATE INDEX contacts_plannedreply_question_id_7e0b83e0 ON public.contacts_plannedreply USING btree (question_id);
CREATE INDEX contacts_plannedreply_settled_by_id_7db7c054 ON public.contacts_plannedreply USING btree (settled_by_id);
CREATE INDEX contacts_question_assignee_id_54217ac6 ON public.contacts_question USING btree (assignee_id);
CREATE INDEX contacts_question_customer_id_7d5736c1 ON public.contacts_question USING btree (customer_id);
CREATE INDEX contacts_question_merged_into_id_155b670a ON public.contacts_question USING btree (merged_into_id);
CREATE INDEX contacts_question_number_78f3ca95_like ON public.contacts_question USING btree (number varchar_pattern_ops);
CREATE INDEX contacts_question_registered_by_id_5be02de0 ON public.contacts_question USING btree (registered_by_id);
CREATE INDEX contacts_question_subject_id_2cbb1b0f ON public.contacts_question USING btree (subject_id);
CREATE INDEX contacts_question_team_id_40bf7bee ON public.contacts_question USING btree (team_id);
CREATE INDEX contacts_questioncontact_contact_id_b6d0d13c ON public.contacts_questioncontact USING btree (contact_id);
CREATE INDEX contacts_questioncontact_question_id_5cb83633 ON public.contacts_questioncontact USING btree (question_id);
CREATE INDEX contacts_questionlink_created_by_id_95eb7acc ON public.contacts_questionlink USING btree (created_by_id);
CREATE INDEX contacts_questionlink_other_id_60b5a618 ON public.contacts_questionlink USING btree (other_id);
CREATE INDEX contacts_questionlink_question_id_6f19ca3a ON public.contacts_questionlink USING btree (question_id);
CREATE INDEX contacts_questionviewer_question_id_ebebc43c ON public.contacts_questionviewer USING btree (question_id);
CREATE INDEX contacts_questionviewer_user_id_b755c7f9 ON public.contacts_questionviewer USING btree (user_id);
CREATE INDEX contacts_replytemplate_name_88281ea7_like ON public.contacts_replytemplate USING btree (name varchar_pattern_ops);
CREATE INDEX contacts_replytemplate_subject_id_caea884d ON public.contacts_replytemplate USING btree (subject_id);
CREATE INDEX contacts_replytemplate_team_id_bb30d9fb ON public.contacts_replytemplate USING btree (team_id);
CREATE INDEX contacts_routingrule_mailbox_id_18ed37d0 ON public.contacts_routingrule USING btree (mailbox_id);
CREATE INDEX contacts_routingrule_name_5ed02718_like ON public.contacts_routingrule USING btree (name varchar_pattern_ops);
CREATE INDEX contacts_routingrule_subject_id_f53ef27a ON public.contacts_routingrule USING btree (subject_id);
CREATE INDEX contacts_routingrule_team_id_6aa250dc ON public.contacts_routingrule USING btree (team_id);
CREATE INDEX contacts_savedview_user_id_50303d81 ON public.contacts_savedview USING btree (user_id);
CREATE INDEX contacts_servicenorm_subject_id_bca4472c ON public.contacts_servicenorm USING btree (subject_id);
CREATE INDEX contacts_servicenorm_team_id_e614fde3 ON public.contacts_servicenorm USING btree (team_id);
CREATE INDEX contacts_textlevel_question_id_6ddb30c8 ON public.contacts_textlevel USING btree (question_id);
CREATE INDEX customer_merged ON public.contacts_customer USING btree (merged_into_id) WHERE (merged_into_id IS NOT NULL);
CREATE INDEX customer_postcode ON public.contacts_customer USING btree (postcode, house_number);
CREATE INDEX customer_trigram ON public.contacts_customer USING gin (search_text public.gin_trgm_ops) WITH (gin_pending_list_limit='64');
CREATE INDEX django_session_expire_date_a5c62663 ON public.django_session USING btree (expire_date);
CREATE INDEX django_session_session_key_c0390e0f_like ON public.django_session USING btree (session_key varchar_pattern_ops);
CREATE INDEX draft_of_user ON public.contacts_draft USING btree (user_id, created_at);
CREATE INDEX feedback_open ON public.knowledge_articlefeedback USING btree (at) WHERE (closed_at IS NULL);
CREATE UNIQUE INDEX feedback_open_once ON public.knowledge_articlefeedback USING btree (article_id, by_id, kind) WHERE (closed_at IS NULL);
CREATE INDEX file_to_check ON public.channels_app_storedfile USING btree (id) WHERE ((check_state)::text = 'waiting'::text);
CREATE INDEX idempotency_age ON public.contacts_idempotencykey USING btree (created_at);
CREATE INDEX inbound_left_alone ON public.channels_app_inboundmessage USING btree (id DESC) WHERE ((outcome)::text = ANY ((ARRAY['refused'::character varying, 'ignored'::character varying]::character varying[])::text[]));
CREATE INDEX inbound_letters ON public.channels_app_inboundmessage USING btree (id DESC) WHERE ((channel)::text = 'letter'::text);
CREATE INDEX inbound_message_id ON public.channels_app_inboundmessage USING btree (message_id);
CREATE INDEX inbound_parked ON public.channels_app_inboundmessage USING btree (id DESC) WHERE ((state)::text = 'parked'::text);
CREATE INDEX inbound_talk ON public.channels_app_inboundmessage USING btree (conversation, id DESC) WHERE (NOT ((conversation)::text = ''::text));
CREATE INDEX inbound_to_parse ON public.channels_app_inboundmessage USING btree (id) WHERE ((state)::text = 'received'::text);
CREATE INDEX inbound_to_register ON public.channels_app_inboundmessage USING btree (id) WHERE ((state)::text = 'parsed'::text);
CREATE INDEX invitation_address ON public.surveys_invitation USING btree (address_hash, invited_at);
CREATE INDEX invitation_customer ON public.surveys_invitation USING btree (customer_id, invited_at);
CREATE INDEX invitation_day ON public.surveys_invitation USING btree (invited_on, channel);
CREATE INDEX invitation_of_round ON public.surveys_invitation USING btree (round_id) WHERE (round_id IS NOT NULL);
CREATE UNIQUE INDEX invitation_once_per_contact ON public.surveys_invitation USING btree (contact_id, survey_id) WHERE (round_id IS NULL);
CREATE INDEX knowledge_article_address_dce1b5b4_like ON public.knowledge_article USING btree (address varchar_pattern_ops);
CREATE INDEX knowledge_article_owner_id_b40ac797 ON public.knowledge_article USING btree (owner_id);
CREATE INDEX knowledge_article_proposed_by_id_145602a0 ON public.knowledge_article USING btree (proposed_by_id);
CREATE INDEX knowledge_article_subjects_article_id_02fb2dc1 ON public.knowledge_article_subjects USING btree (article_id);
CREATE INDEX knowledge_article_subjects_subject_id_15c213fa ON public.knowledge_article_subjects USING btree (subject_id);
CREATE INDEX knowledge_article_team_id_bcf5a583 ON public.knowledge_article USING btree (team_id);
CREATE INDEX knowledge_articlefeedback_article_id_358fa8b3 ON public.knowledge_articlefeedback USING btree (article_id);
CREATE INDEX knowledge_articlefeedback_by_id_ca118b07 ON public.knowledge_articlefeedback USING btree (by_id);
CREATE INDEX knowledge_articlefeedback_closed_by_id_adb37ee8 ON public.knowledge_articlefeedback USING btree (closed_by_id);
CREATE INDEX knowledge_articletranslation_article_id_8a29b26a ON public.knowledge_articletranslation USING btree (article_id);
CREATE INDEX knowledge_articletranslation_published_by_id_8550be9a ON public.knowledge_articletranslation USING btree (published_by_id);
CREATE INDEX knowledge_articletranslation_written_by_id_a4ccc62d ON public.knowledge_articletranslation USING btree (written_by_id);
CREATE INDEX knowledge_articleuse_article_id_7dbac3d7 ON public.knowledge_articleuse USING btree (article_id);
CREATE INDEX knowledge_articleversion_article_id_cba279b4 ON public.knowledge_articleversion USING btree (article_id);
CREATE INDEX knowledge_articleversion_forward_to_id_56debc76 ON public.knowledge_articleversion USING btree (forward_to_id);
CREATE INDEX knowledge_articleversion_published_by_id_95615957 ON public.knowledge_articleversion USING btree (published_by_id);
CREATE INDEX knowledge_articleversion_written_by_id_4979f6c5 ON public.knowledge_articleversion USING btree (written_by_id);
CREATE INDEX knowledge_articleword_word_795460b8_like ON public.knowledge_articleword USING btree (word varchar_pattern_ops);
CREATE INDEX knowledge_historicalarticle_address_1c7e6f2a ON public.knowledge_historicalarticle USING btree (address);
CREATE INDEX knowledge_historicalarticle_address_1c7e6f2a_like ON public.knowledge_historicalarticle USING btree (address varchar_pattern_ops);
CREATE INDEX knowledge_historicalarticle_history_date_0a072873 ON public.knowledge_historicalarticle USING btree (history_date);
CREATE INDEX knowledge_historicalarticle_history_user_id_8c268fe5 ON public.knowledge_historicalarticle USING btree (history_user_id);
CREATE INDEX knowledge_historicalarticle_id_80a9cd96 ON public.knowledge_historicalarticle USING btree (id);
CREATE INDEX knowledge_historicalarticle_owner_id_8077150c ON public.knowledge_historicalarticle USING btree (owner_id);
CREATE INDEX knowledge_historicalarticle_proposed_by_id_40c1dbbb ON public.knowledge_historicalarticle USING btree (proposed_by_id);
CREATE INDEX knowledge_historicalarticle_subjects_article_id_34b19688 ON public.knowledge_historicalarticle_subjects USING btree (article_id);
CREATE INDEX knowledge_historicalarticle_subjects_history_id_538d6bc0 ON public.knowledge_historicalarticle_subjects USING btree (history_id);
CREATE INDEX knowledge_historicalarticle_subjects_id_f24ddf67 ON public.knowledge_historicalarticle_subjects USING btree (id);
CREATE INDEX knowledge_historicalarticle_subjects_subject_id_3df30eb3 ON public.knowledge_historicalarticle_subjects USING btree (subject_id);
CREATE INDEX knowledge_historicalarticle_team_id_dd23caeb ON public.knowledge_historicalarticle USING btree (team_id);
CREATE INDEX knowledge_historicalarticletranslation_article_id_8c220fc2 ON public.knowledge_historicalarticletranslation USING btree (article_id);
CREATE INDEX knowledge_historicalarticletranslation_history_date_9d0fbfe8 ON public.knowledge_historicalarticletranslation USING btree (history_date);
CREATE INDEX knowledge_historicalarticletranslation_history_user_id_7513fac6 ON public.knowledge_historicalarticletranslation USING btree (history_user_id);
CREATE INDEX knowledge_historicalarticletranslation_id_8664558c ON public.knowledge_historicalarticletranslation USING btree (id);
CREATE INDEX knowledge_historicalarticletranslation_published_by_id_20fb7f1d ON public.knowledge_historicalarticletranslation USING btree (published_by_id);
CREATE INDEX knowledge_historicalarticletranslation_written_by_id_c2b1d907 ON public.knowledge_historicalarticletranslation USING btree (written_by_id);
CREATE INDEX knowledge_historicalarticleversion_article_id_3aa0e19d ON public.knowledge_historicalarticleversion USING btree (article_id);
CREATE INDEX knowledge_historicalarticleversion_forward_to_id_a47f7cf8 ON public.knowledge_historicalarticleversion USING btree (forward_to_id);
CREATE INDEX knowledge_historicalarticleversion_history_date_acaf3279 ON public.knowledge_historicalarticleversion USING btree (history_date);
CREATE INDEX knowledge_historicalarticleversion_history_user_id_a33eed0c ON public.knowledge_historicalarticleversion USING btree (history_user_id);
CREATE INDEX knowledge_historicalarticleversion_id_bb0506ad ON public.knowledge_historicalarticleversion USING btree (id);
CREATE INDEX knowledge_historicalarticleversion_published_by_id_05730cc2 ON public.knowledge_historicalarticleversion USING btree (published_by_id);
CREATE INDEX knowledge_historicalarticleversion_written_by_id_a7b51ff8 ON public.knowledge_historicalarticleversion USING btree (written_by_id);
CREATE INDEX knowledge_historicalnews_article_id_21aa217d ON public.knowledge_historicalnews USING btree (article_id);
CREATE INDEX knowledge_historicalnews_for_teams_history_id_a1a5744d ON public.knowledge_historicalnews_for_teams USING btree (history_id);
CREATE INDEX knowledge_historicalnews_for_teams_id_43d305df ON public.knowledge_historicalnews_for_teams USING btree (id);
CREATE INDEX knowledge_historicalnews_for_teams_news_id_aa44f42b ON public.knowledge_historicalnews_for_teams USING btree (news_id);
CREATE INDEX knowledge_historicalnews_for_teams_team_id_e9b07dd4 ON public.knowledge_historicalnews_for_teams USING btree (team_id);
CREATE INDEX knowledge_historicalnews_history_date_10ea3604 ON public.knowledge_historicalnews USING btree (history_date);
CREATE INDEX knowledge_historicalnews_history_user_id_5b913684 ON public.knowledge_historicalnews USING btree (history_user_id);
CREATE INDEX knowledge_historicalnews_id_e590c094 ON public.knowledge_historicalnews USING btree (id);
CREATE INDEX knowledge_historicalnews_team_id_3be6fa28 ON public.knowledge_historicalnews USING btree (team_id);
CREATE INDEX knowledge_historicalnews_written_by_id_17648f86 ON public.knowledge_historicalnews USING btree (written_by_id);
CREATE INDEX knowledge_historicalpublicpart_history_date_c9c138c7 ON public.knowledge_historicalpublicpart USING btree (history_date);
CREATE INDEX knowledge_historicalpublicpart_history_user_id_1d593943 ON public.knowledge_historicalpublicpart USING btree (history_user_id);
CREATE INDEX knowledge_historicalpublicpart_id_b68503d9 ON public.knowledge_historicalpublicpart USING btree (id);
CREATE INDEX knowledge_news_article_id_c9631b80 ON public.knowledge_news USING btree (article_id);
CREATE INDEX knowledge_news_for_teams_news_id_f3312880 ON public.knowledge_news_for_teams USING btree (news_id);
CREATE INDEX knowledge_news_for_teams_team_id_aec591ad ON public.knowledge_news_for_teams USING btree (team_id);
CREATE INDEX knowledge_news_team_id_a8c8392d ON public.knowledge_news USING btree (team_id);
CREATE INDEX knowledge_news_written_by_id_cdde3ca4 ON public.knowledge_news USING btree (written_by_id);
CREATE INDEX knowledge_newsread_news_id_5f4bb116 ON public.knowledge_newsread USING btree (news_id);
CREATE INDEX knowledge_newsread_user_id_5b9632e1 ON public.knowledge_newsread USING btree (user_id);
CREATE INDEX knowledge_product_article_id_f99f474a ON public.knowledge_product USING btree (article_id);
CREATE INDEX knowledge_product_key_f13f655d_like ON public.knowledge_product USING btree (key varchar_pattern_ops);
CREATE INDEX knowledge_productimport_by_id_11e2244a ON public.knowledge_productimport USING btree (by_id);
CREATE INDEX kpi_agreementreview_agreement_id_692f6fcc ON public.kpi_agreementreview USING btree (agreement_id);
CREATE INDEX kpi_agreementreview_by_id_34b324e7 ON public.kpi_agreementreview USING btree (by_id);
CREATE INDEX kpi_changedday_on_7a459d29 ON public.kpi_changedday USING btree ("on");
CREATE INDEX kpi_figuresview_owner_id_b7468eba ON public.kpi_figuresview USING btree (owner_id);
CREATE INDEX kpi_historicalfiguresview_history_date_6a5f316e ON public.kpi_historicalfiguresview USING btree (history_date);
CREATE INDEX kpi_historicalfiguresview_history_user_id_65411173 ON public.kpi_historicalfiguresview USING btree (history_user_id);
CREATE INDEX kpi_historicalfiguresview_id_72218524 ON public.kpi_historicalfiguresview USING btree (id);
CREATE INDEX kpi_historicalfiguresview_owner_id_1a6c1696 ON public.kpi_historicalfiguresview USING btree (owner_id);
CREATE INDEX kpi_historicalreportschedule_history_date_38d89682 ON public.kpi_historicalreportschedule USING btree (history_date);
CREATE INDEX kpi_historicalreportschedule_history_user_id_04a4d6b3 ON public.kpi_historicalreportschedule USING btree (history_user_id);
CREATE INDEX kpi_historicalreportschedule_id_f0736389 ON public.kpi_historicalreportschedule USING btree (id);
CREATE INDEX kpi_historicalreportschedule_made_by_id_5a679d5f ON public.kpi_historicalreportschedule USING btree (made_by_id);
CREATE INDEX kpi_historicalreportschedule_team_id_32f1ac41 ON public.kpi_historicalreportschedule USING btree (team_id);
CREATE INDEX kpi_historicalsignal_handled_by_id_2d4caa57 ON public.kpi_historicalsignal USING btree (handled_by_id);
CREATE INDEX kpi_historicalsignal_history_date_f441c125 ON public.kpi_historicalsignal USING btree (history_date);
CREATE INDEX kpi_historicalsignal_history_user_id_17f80b66 ON public.kpi_historicalsignal USING btree (history_user_id);
CREATE INDEX kpi_historicalsignal_id_2f401309 ON public.kpi_historicalsignal USING btree (id);
CREATE INDEX kpi_historicalsignal_owner_id_42feb82a ON public.kpi_historicalsignal USING btree (owner_id);
CREATE INDEX kpi_historicalsignal_subject_id_9f846249 ON public.kpi_historicalsignal USING btree (subject_id);
CREATE INDEX kpi_historicalsignal_team_id_01206e39 ON public.kpi_historicalsignal USING btree (team_id);
CREATE INDEX kpi_historicalteamagreement_agreed_with_id_30435f60 ON public.kpi_historicalteamagreement USING btree (agreed_with_id);
CREATE INDEX kpi_historicalteamagreement_history_date_bc5d22bc ON public.kpi_historicalteamagreement USING btree (history_date);
CREATE INDEX kpi_historicalteamagreement_history_user_id_5bf7af27 ON public.kpi_historicalteamagreement USING btree (history_user_id);
CREATE INDEX kpi_historicalteamagreement_id_a3f3ce0f ON public.kpi_historicalteamagreement USING btree (id);
CREATE INDEX kpi_historicalteamagreement_team_id_125de326 ON public.kpi_historicalteamagreement USING btree (team_id);
CREATE INDEX kpi_historicalwalllink_created_by_id_599fe930 ON public.kpi_historicalwalllink USING btree (created_by_id);
CREATE INDEX kpi_historicalwalllink_history_date_bf513a0a ON public.kpi_historicalwalllink USING btree (history_date);
CREATE INDEX kpi_historicalwalllink_history_user_id_05dc82cd ON public.kpi_historicalwalllink USING btree (history_user_id);
CREATE INDEX kpi_historicalwalllink_id_42008c8c ON public.kpi_historicalwalllink USING btree (id);
CREATE INDEX kpi_issuedreport_issued_by_id_d5e65df0 ON public.kpi_issuedreport USING btree (issued_by_id);
CREATE INDEX kpi_issuedreport_replaces_id_d5b7347b ON public.kpi_issuedreport USING btree (replaces_id);
CREATE INDEX kpi_issuedreport_team_id_a9be50c0 ON public.kpi_issuedreport USING btree (team_id);
CREATE INDEX kpi_reportfile_report_id_87246c8b ON public.kpi_reportfile USING btree (report_id);
CREATE INDEX kpi_reportjob_asked_by_id_6e8b84a2 ON public.kpi_reportjob USING btree (asked_by_id);
CREATE INDEX kpi_reportjob_report_id_a32bc5bd ON public.kpi_reportjob USING btree (report_id);
CREATE INDEX kpi_reportjob_team_id_d0b77f8e ON public.kpi_reportjob USING btree (team_id);
CREATE INDEX kpi_reportschedule_made_by_id_1a2519f5 ON public.kpi_reportschedule USING btree (made_by_id);
CREATE INDEX kpi_reportschedule_team_id_3bc0b1cf ON public.kpi_reportschedule USING btree (team_id);
CREATE INDEX kpi_schedulerun_report_id_1e0b56f3 ON public.kpi_schedulerun USING btree (report_id);
CREATE INDEX kpi_schedulerun_schedule_id_0f968c0f ON public.kpi_schedulerun USING btree (schedule_id);
CREATE INDEX kpi_signal_handled_by_id_c8546ae5 ON public.kpi_signal USING btree (handled_by_id);
CREATE INDEX kpi_signal_owner_id_05035471 ON public.kpi_signal USING btree (owner_id);
CREATE INDEX kpi_signal_subject_id_e7a6b0c4 ON public.kpi_signal USING btree (subject_id);
CREATE INDEX kpi_signal_team_id_c68b26ca ON public.kpi_signal USING btree (team_id);
CREATE INDEX kpi_teamagreement_agreed_with_id_3e5c8a26 ON public.kpi_teamagreement USING btree (agreed_with_id);
CREATE INDEX kpi_teamagreement_team_id_f34a1a95 ON public.kpi_teamagreement USING btree (team_id);
CREATE INDEX kpi_walllink_created_by_id_9ea9c7de ON public.kpi_walllink USING btree (created_by_id);
CREATE INDEX kpi_walllink_token_hash_a37f6d66_like ON public.kpi_walllink USING btree (token_hash varchar_pattern_ops);
CREATE INDEX letter_posted ON public.contacts_outgoingletter USING btree (settled_at DESC) WHERE ((state)::text = 'posted'::text);
CREATE INDEX letter_to_post ON public.contacts_outgoingletter USING btree (post_by, id) WHERE ((state)::text = 'waiting'::text);
CREATE UNIQUE INDEX level_of_a_page_once ON public.contacts_textlevel USING btree (page) WHERE (NOT ((page)::text = ''::text));
CREATE INDEX live_call_age ON public.channels_app_livecall USING btree (last_event_at);
CREATE INDEX live_call_at ON public.channels_app_livecall USING btree (agent) WHERE (NOT ((state)::text = 'ended'::text));
CREATE INDEX news_running ON public.knowledge_news USING btree (until_at) WHERE (withdrawn_at IS NULL);
CREATE INDEX notice_of_user ON public.contacts_notice USING btree (user_id, at DESC);
CREATE INDEX notice_to_mail ON public.contacts_notice USING btree (at) WHERE (mailed_at IS NULL);
CREATE INDEX notice_unread ON public.contacts_notice USING btree (user_id) WHERE (read_at IS NULL);
CREATE UNIQUE INDEX one_clock_per_contact ON public.contacts_normclock USING btree (contact_id, question_id, code) WHERE (replaced_by_id IS NULL);
CREATE UNIQUE INDEX one_consent_at_a_time ON public.contacts_messageconsent USING btree (customer_id, channel, number) WHERE (withdrawn_at IS NULL);
CREATE UNIQUE INDEX one_current_assignment ON public.contacts_assignment USING btree (question_id) WHERE (until_at IS NULL);
CREATE UNIQUE INDEX one_default_calendar ON public.organisation_workingcalendar USING btree (is_default) WHERE is_default;
CREATE UNIQUE INDEX one_default_figures_view ON public.kpi_figuresview USING btree (owner_id) WHERE is_default;
CREATE UNIQUE INDEX one_draft_version ON public.surveys_surveyversion USING btree (survey_id) WHERE ((state)::text = 'draft'::text);
CREATE UNIQUE INDEX one_first_contact ON public.contacts_questioncontact USING btree (question_id) WHERE is_first;
CREATE UNIQUE INDEX one_foundation ON public.programme_condition USING btree (is_foundation) WHERE is_foundation;
CREATE UNIQUE INDEX one_front_office ON public.organisation_team USING btree (is_front_office) WHERE is_front_office;
CREATE UNIQUE INDEX one_hold_customer ON public.privacy_legalhold USING btree (customer_id) WHERE (ended_at IS NULL);
CREATE UNIQUE INDEX one_hold_question ON public.privacy_legalhold USING btree (question_id) WHERE (ended_at IS NULL);
CREATE UNIQUE INDEX one_open_agreement ON public.kpi_teamagreement USING btree (team_id) WHERE (ends_on IS NULL);
CREATE UNIQUE INDEX one_open_callback ON public.contacts_callbackrequest USING btree (question_id) WHERE ((state)::text = 'open'::text);
CREATE UNIQUE INDEX one_open_list ON public.privacy_destructionlist USING btree ((1)) WHERE ((state)::text = ANY ((ARRAY['made'::character varying, 'proposed'::character varying, 'approved'::character varying]::character varying[])::text[]));
CREATE UNIQUE INDEX one_open_merge_proposal ON public.contacts_mergeproposal USING btree (keep_id, merge_id) WHERE (decided_at IS NULL);
CREATE UNIQUE INDEX one_open_request ON public.privacy_personrequest USING btree (customer_id) WHERE ((state)::text = ANY ((ARRAY['asked'::character varying, 'approved'::character varying, 'working'::character varying]::character varying[])::text[]));
CREATE UNIQUE INDEX one_open_right ON public.privacy_rightsrequest USING btree (customer_id, kind) WHERE (answered_at IS NULL);
CREATE UNIQUE INDEX one_open_round ON public.programme_statusround USING btree (is_open) WHERE is_open;
CREATE UNIQUE INDEX one_person_per_work_account ON public.organisation_user USING btree (oidc_issuer, oidc_subject) WHERE (NOT ((oidc_subject)::text = ''::text));
CREATE UNIQUE INDEX one_place_after_the_form ON public.surveys_surveyplace USING btree (is_after_form) WHERE is_after_form;
CREATE UNIQUE INDEX one_place_on_letters ON public.surveys_surveyplace USING btree (is_on_letters) WHERE is_on_letters;
CREATE UNIQUE INDEX one_published_translation ON public.knowledge_articletranslation USING btree (article_id, language) WHERE ((state)::text = 'published'::text);
CREATE UNIQUE INDEX one_published_version ON public.knowledge_articleversion USING btree (article_id) WHERE ((state)::text = 'published'::text);
CREATE UNIQUE INDEX one_report_job_at_a_time ON public.kpi_reportjob USING btree (kind, first, team_id) NULLS NOT DISTINCT WHERE ((state)::text = 'waiting'::text);
CREATE UNIQUE INDEX one_role_request ON public.organisation_rolerequest USING btree (user_id, team_id, role) NULLS NOT DISTINCT WHERE ((state)::text = 'waiting'::text);
CREATE UNIQUE INDEX one_running_clock ON public.contacts_normclock USING btree (question_id, code) WHERE ((state)::text = ANY ((ARRAY['running'::character varying, 'paused'::character varying]::character varying[])::text[]));
CREATE UNIQUE INDEX one_running_version ON public.surveys_surveyversion USING btree (survey_id) WHERE ((state)::text = 'running'::text);
CREATE UNIQUE INDEX one_signal_per_watch ON public.kpi_signal USING btree (watch) WHERE (back_on IS NULL);
CREATE UNIQUE INDEX one_translation_being_written ON public.knowledge_articletranslation USING btree (article_id, language) WHERE ((state)::text = ANY ((ARRAY['draft'::character varying, 'review'::character varying]::character varying[])::text[]));
CREATE UNIQUE INDEX one_version_being_written ON public.knowledge_articleversion USING btree (article_id) WHERE ((state)::text = ANY ((ARRAY['draft'::character varying, 'review'::character varying]::character varying[])::text[]));
CREATE UNIQUE INDEX one_wall_link_with_this_name ON public.kpi_walllink USING btree (name) WHERE (ended_at IS NULL);
CREATE INDEX organisation_accessentry_user_id_9b9c8f4a ON public.organisation_accessentry USING btree (user_id);
CREATE INDEX organisation_auditentry_user_id_0ef2ca3b ON public.organisation_auditentry USING btree (user_id);
CREATE INDEX organisation_calendarday_calendar_id_1210dbd0 ON public.organisation_calendarday USING btree (calendar_id);
CREATE INDEX organisation_calendarday_confirmed_by_id_868b5ee8 ON public.organisation_calendarday USING btree (confirmed_by_id);
CREATE INDEX organisation_calendarhours_calendar_id_23427ded ON public.organisation_calendarhours USING btree (calendar_id);
CREATE INDEX organisation_heartbeat_name_e3182345_like ON public.organisation_heartbeat USING btree (name varchar_pattern_ops);
CREATE INDEX organisation_historicalcalendarday_calendar_id_99bf7a06 ON public.organisation_historicalcalendarday USING btree (calendar_id);
CREATE INDEX organisation_historicalcalendarday_confirmed_by_id_8fb2d03f ON public.organisation_historicalcalendarday USING btree (confirmed_by_id);
CREATE INDEX organisation_historicalcalendarday_history_date_17c7ce55 ON public.organisation_historicalcalendarday USING btree (history_date);
CREATE INDEX organisation_historicalcalendarday_history_user_id_e8b1b754 ON public.organisation_historicalcalendarday USING btree (history_user_id);
CREATE INDEX organisation_historicalcalendarday_id_fa001061 ON public.organisation_historicalcalendarday USING btree (id);
CREATE INDEX organisation_historicalmembership_history_date_b51fef43 ON public.organisation_historicalmembership USING btree (history_date);
CREATE INDEX organisation_historicalmembership_history_user_id_b9e2fed8 ON public.organisation_historicalmembership USING btree (history_user_id);
CREATE INDEX organisation_historicalmembership_id_433cd94a ON public.organisation_historicalmembership USING btree (id);
CREATE INDEX organisation_historicalmembership_team_id_367ff2eb ON public.organisation_historicalmembership USING btree (team_id);
CREATE INDEX organisation_historicalmembership_user_id_c0b1f436 ON public.organisation_historicalmembership USING btree (user_id);
CREATE INDEX organisation_historicalmunicipality_history_date_1fc3b0c3 ON public.organisation_historicalmunicipality USING btree (history_date);
CREATE INDEX organisation_historicalmunicipality_history_user_id_ca50c1e9 ON public.organisation_historicalmunicipality USING btree (history_user_id);
CREATE INDEX organisation_historicalmunicipality_id_7c91e72b ON public.organisation_historicalmunicipality USING btree (id);
CREATE INDEX organisation_historicalrolerequest_asked_by_id_eb5e4027 ON public.organisation_historicalrolerequest USING btree (asked_by_id);
CREATE INDEX organisation_historicalrolerequest_decided_by_id_1152ffae ON public.organisation_historicalrolerequest USING btree (decided_by_id);
CREATE INDEX organisation_historicalrolerequest_history_date_2424b9d8 ON public.organisation_historicalrolerequest USING btree (history_date);
CREATE INDEX organisation_historicalrolerequest_history_user_id_958f85b8 ON public.organisation_historicalrolerequest USING btree (history_user_id);
CREATE INDEX organisation_historicalrolerequest_id_2aff9a12 ON public.organisation_historicalrolerequest USING btree (id);
CREATE INDEX organisation_historicalrolerequest_team_id_bcf67153 ON public.organisation_historicalrolerequest USING btree (team_id);
CREATE INDEX organisation_historicalrolerequest_user_id_90042419 ON public.organisation_historicalrolerequest USING btree (user_id);
CREATE INDEX organisation_historicalsubject_code_82f3e839 ON public.organisation_historicalsubject USING btree (code);
CREATE INDEX organisation_historicalsubject_code_82f3e839_like ON public.organisation_historicalsubject USING btree (code varchar_pattern_ops);
CREATE INDEX organisation_historicalsubject_history_date_ef18a97a ON public.organisation_historicalsubject USING btree (history_date);
CREATE INDEX organisation_historicalsubject_history_user_id_608f167b ON public.organisation_historicalsubject USING btree (history_user_id);
CREATE INDEX organisation_historicalsubject_id_fe54c0b7 ON public.organisation_historicalsubject USING btree (id);
CREATE INDEX organisation_historicalsubject_parent_id_cb4e81a5 ON public.organisation_historicalsubject USING btree (parent_id);
CREATE INDEX organisation_historicalsubject_team_id_6c31cbaf ON public.organisation_historicalsubject USING btree (team_id);
CREATE INDEX organisation_historicalteam_calendar_id_24ad939a ON public.organisation_historicalteam USING btree (calendar_id);
CREATE INDEX organisation_historicalteam_code_f7db9ab2 ON public.organisation_historicalteam USING btree (code);
CREATE INDEX organisation_historicalteam_code_f7db9ab2_like ON public.organisation_historicalteam USING btree (code varchar_pattern_ops);
CREATE INDEX organisation_historicalteam_history_date_9e718777 ON public.organisation_historicalteam USING btree (history_date);
CREATE INDEX organisation_historicalteam_history_user_id_dd6f39cb ON public.organisation_historicalteam USING btree (history_user_id);
CREATE INDEX organisation_historicalteam_id_47bc39a6 ON public.organisation_historicalteam USING btree (id);
CREATE INDEX organisation_historicalteam_name_35cbe2c9 ON public.organisation_historicalteam USING btree (name);
CREATE INDEX organisation_historicalteam_name_35cbe2c9_like ON public.organisation_historicalteam USING btree (name varchar_pattern_ops);
CREATE INDEX organisation_historicaluser_history_date_1815c17b ON public.organisation_historicaluser USING btree (history_date);
CREATE INDEX organisation_historicaluser_history_user_id_0fe89a96 ON public.organisation_historicaluser USING btree (history_user_id);
CREATE INDEX organisation_historicaluser_id_02c04891 ON public.organisation_historicaluser USING btree (id);
CREATE INDEX organisation_historicaluser_username_6d55577c ON public.organisation_historicaluser USING btree (username);
CREATE INDEX organisation_historicaluser_username_6d55577c_like ON public.organisation_historicaluser USING btree (username varchar_pattern_ops);
CREATE INDEX organisation_historicalworkingcalendar_history_date_5040750f ON public.organisation_historicalworkingcalendar USING btree (history_date);
CREATE INDEX organisation_historicalworkingcalendar_history_user_id_069c36e1 ON public.organisation_historicalworkingcalendar USING btree (history_user_id);
CREATE INDEX organisation_historicalworkingcalendar_id_d26b6535 ON public.organisation_historicalworkingcalendar USING btree (id);
CREATE INDEX organisation_historicalworkingcalendar_name_86e3b228 ON public.organisation_historicalworkingcalendar USING btree (name);
CREATE INDEX organisation_historicalworkingcalendar_name_86e3b228_like ON public.organisation_historicalworkingcalendar USING btree (name varchar_pattern_ops);
CREATE INDEX organisation_membership_team_id_e24888ed ON public.organisation_membership USING btree (team_id);
CREATE INDEX organisation_membership_user_id_f6ff1acf ON public.organisation_membership USING btree (user_id);
CREATE INDEX organisation_rolerequest_asked_by_id_0ed2b937 ON public.organisation_rolerequest USING btree (asked_by_id);
CREATE INDEX organisation_rolerequest_decided_by_id_baa6eeaf ON public.organisation_rolerequest USING btree (decided_by_id);
CREATE INDEX organisation_rolerequest_team_id_a6435646 ON public.organisation_rolerequest USING btree (team_id);
CREATE INDEX organisation_rolerequest_user_id_ab40c545 ON public.organisation_rolerequest USING btree (user_id);
CREATE INDEX organisation_subject_code_3c98410a_like ON public.organisation_subject USING btree (code varchar_pattern_ops);
CREATE INDEX organisation_subject_parent_id_edfd3ad3 ON public.organisation_subject USING btree (parent_id);
CREATE INDEX organisation_subject_team_id_12e6583f ON public.organisation_subject USING btree (team_id);
CREATE INDEX organisation_team_calendar_id_1d9bef97 ON public.organisation_team USING btree (calendar_id);
CREATE INDEX organisation_team_code_4042ed78_like ON public.organisation_team USING btree (code varchar_pattern_ops);
CREATE INDEX organisation_team_name_2ab52e94_like ON public.organisation_team USING btree (name varchar_pattern_ops);
CREATE INDEX organisation_user_username_489f9b76_like ON public.organisation_user USING btree (username varchar_pattern_ops);
CREATE INDEX organisation_workingcalendar_name_e26ae7da_like ON public.organisation_workingcalendar USING btree (name varchar_pattern_ops);
CREATE INDEX otp_static_staticdevice_user_id_7f9cff2b ON public.otp_static_staticdevice USING btree (user_id);
CREATE INDEX otp_static_statictoken_device_id_74b7c7d1 ON public.otp_static_statictoken USING btree (device_id);
CREATE INDEX otp_static_statictoken_token_d0a51866 ON public.otp_static_statictoken USING btree (token);
CREATE INDEX otp_static_statictoken_token_d0a51866_like ON public.otp_static_statictoken USING btree (token varchar_pattern_ops);
CREATE INDEX otp_totp_totpdevice_user_id_0fb18292 ON public.otp_totp_totpdevice USING btree (user_id);
CREATE INDEX outbound_automatic ON public.channels_app_outboundmessage USING btree (to_address, created_at) WHERE is_automatic;
CREATE INDEX outbound_automatic_sent ON public.channels_app_outboundmessage USING btree (accepted_at) WHERE is_automatic;
CREATE INDEX outbound_automatic_to ON public.channels_app_outboundmessage USING btree (upper((to_address)::text), accepted_at) WHERE is_automatic;
CREATE INDEX outbound_due ON public.channels_app_outboundmessage USING btree (next_try_at) WHERE ((state)::text = ANY ((ARRAY['queued'::character varying, 'sending'::character varying]::character varying[])::text[]));
CREATE INDEX outbound_failed ON public.channels_app_outboundmessage USING btree (id DESC) WHERE ((state)::text = ANY ((ARRAY['failed'::character varying, 'held'::character varying]::character varying[])::text[]));
CREATE INDEX outbound_origin ON public.channels_app_outboundmessage USING btree (created_at) WHERE (NOT ((origin)::text = ''::text));
CREATE INDEX outbound_remote_id ON public.channels_app_outboundmessage USING btree (remote_id) WHERE (NOT ((remote_id)::text = ''::text));
CREATE INDEX outbound_talk ON public.channels_app_outboundmessage USING btree (conversation, id DESC) WHERE (NOT ((conversation)::text = ''::text));
CREATE INDEX phone_event_age ON public.channels_app_phoneevent USING btree (received_at);
CREATE INDEX phone_event_of_call ON public.channels_app_phoneevent USING btree (source, call_key);
CREATE INDEX planned_due ON public.contacts_plannedreply USING btree (send_at) WHERE ((state)::text = 'waiting'::text);
CREATE INDEX privacy_destructionentry_destruction_id_c8d42053 ON public.privacy_destructionentry USING btree (destruction_id);
CREATE INDEX privacy_destructionlist_decided_by_id_06a87877 ON public.privacy_destructionlist USING btree (decided_by_id);
CREATE INDEX privacy_destructionlist_proposed_by_id_5e3e490f ON public.privacy_destructionlist USING btree (proposed_by_id);
CREATE INDEX privacy_filetoremove_sha256_45563289_like ON public.privacy_filetoremove USING btree (sha256 varchar_pattern_ops);
CREATE INDEX privacy_historicaldestructionlist_decided_by_id_1f7efd58 ON public.privacy_historicaldestructionlist USING btree (decided_by_id);
CREATE INDEX privacy_historicaldestructionlist_history_date_6507d593 ON public.privacy_historicaldestructionlist USING btree (history_date);
CREATE INDEX privacy_historicaldestructionlist_history_user_id_6ac65ae3 ON public.privacy_historicaldestructionlist USING btree (history_user_id);
CREATE INDEX privacy_historicaldestructionlist_id_2f13faf0 ON public.privacy_historicaldestructionlist USING btree (id);
CREATE INDEX privacy_historicaldestructionlist_proposed_by_id_a3a926d4 ON public.privacy_historicaldestructionlist USING btree (proposed_by_id);
CREATE INDEX privacy_historicallegalhold_customer_id_a45c7a5c ON public.privacy_historicallegalhold USING btree (customer_id);
CREATE INDEX privacy_historicallegalhold_ended_by_id_6411b2cc ON public.privacy_historicallegalhold USING btree (ended_by_id);
CREATE INDEX privacy_historicallegalhold_history_date_12b25fef ON public.privacy_historicallegalhold USING btree (history_date);
CREATE INDEX privacy_historicallegalhold_history_user_id_b18e1a07 ON public.privacy_historicallegalhold USING btree (history_user_id);
CREATE INDEX privacy_historicallegalhold_id_03e25316 ON public.privacy_historicallegalhold USING btree (id);
CREATE INDEX privacy_historicallegalhold_placed_by_id_2284f35c ON public.privacy_historicallegalhold USING btree (placed_by_id);
CREATE INDEX privacy_historicallegalhold_question_id_ef887aab ON public.privacy_historicallegalhold USING btree (question_id);
CREATE INDEX privacy_historicalpersonrequest_asked_by_id_09fd797b ON public.privacy_historicalpersonrequest USING btree (asked_by_id);
CREATE INDEX privacy_historicalpersonrequest_customer_id_545ed29f ON public.privacy_historicalpersonrequest USING btree (customer_id);
CREATE INDEX privacy_historicalpersonrequest_decided_by_id_addda41b ON public.privacy_historicalpersonrequest USING btree (decided_by_id);
CREATE INDEX privacy_historicalpersonrequest_history_date_943aa3d4 ON public.privacy_historicalpersonrequest USING btree (history_date);
CREATE INDEX privacy_historicalpersonrequest_history_user_id_93e913d3 ON public.privacy_historicalpersonrequest USING btree (history_user_id);
CREATE INDEX privacy_historicalpersonrequest_id_c6eb53a2 ON public.privacy_historicalpersonrequest USING btree (id);
CREATE INDEX privacy_historicalpersonrequest_lifted_by_id_4c139cb4 ON public.privacy_historicalpersonrequest USING btree (lifted_by_id);
CREATE INDEX privacy_historicalreadlogreview_history_date_32c83d78 ON public.privacy_historicalreadlogreview USING btree (history_date);
CREATE INDEX privacy_historicalreadlogreview_history_user_id_d45edc68 ON public.privacy_historicalreadlogreview USING btree (history_user_id);
CREATE INDEX privacy_historicalreadlogreview_id_c099e730 ON public.privacy_historicalreadlogreview USING btree (id);
CREATE INDEX privacy_historicalreadlogreview_reviewed_by_id_da732408 ON public.privacy_historicalreadlogreview USING btree (reviewed_by_id);
CREATE INDEX privacy_historicalreadlogreview_week_on_51ec0f51 ON public.privacy_historicalreadlogreview USING btree (week_on);
CREATE INDEX privacy_historicalretentionterm_code_c3ecebdb ON public.privacy_historicalretentionterm USING btree (code);
CREATE INDEX privacy_historicalretentionterm_code_c3ecebdb_like ON public.privacy_historicalretentionterm USING btree (code varchar_pattern_ops);
CREATE INDEX privacy_historicalretentionterm_decided_by_id_2d820f6f ON public.privacy_historicalretentionterm USING btree (decided_by_id);
CREATE INDEX privacy_historicalretentionterm_history_date_baf0042f ON public.privacy_historicalretentionterm USING btree (history_date);
CREATE INDEX privacy_historicalretentionterm_history_user_id_e9ee6b1b ON public.privacy_historicalretentionterm USING btree (history_user_id);
CREATE INDEX privacy_historicalretentionterm_id_9a504010 ON public.privacy_historicalretentionterm USING btree (id);
CREATE INDEX privacy_historicalretentionterm_proposed_by_id_bc6d180f ON public.privacy_historicalretentionterm USING btree (proposed_by_id);
CREATE INDEX privacy_historicalrightsrequest_answered_by_id_60b27097 ON public.privacy_historicalrightsrequest USING btree (answered_by_id);
CREATE INDEX privacy_historicalrightsrequest_customer_id_4a51fbb3 ON public.privacy_historicalrightsrequest USING btree (customer_id);
CREATE INDEX privacy_historicalrightsrequest_extended_by_id_f4c88f84 ON public.privacy_historicalrightsrequest USING btree (extended_by_id);
CREATE INDEX privacy_historicalrightsrequest_handler_id_6bff77de ON public.privacy_historicalrightsrequest USING btree (handler_id);
CREATE INDEX privacy_historicalrightsrequest_history_date_3fb83e9b ON public.privacy_historicalrightsrequest USING btree (history_date);
CREATE INDEX privacy_historicalrightsrequest_history_user_id_8e64d92c ON public.privacy_historicalrightsrequest USING btree (history_user_id);
CREATE INDEX privacy_historicalrightsrequest_id_50ee5e6e ON public.privacy_historicalrightsrequest USING btree (id);
CREATE INDEX privacy_historicalrightsrequest_noted_by_id_d0ecd53d ON public.privacy_historicalrightsrequest USING btree (noted_by_id);
CREATE INDEX privacy_legalhold_customer_id_17df4a51 ON public.privacy_legalhold USING btree (customer_id);
CREATE INDEX privacy_legalhold_ended_by_id_ce34c3ce ON public.privacy_legalhold USING btree (ended_by_id);
CREATE INDEX privacy_legalhold_placed_by_id_729a5825 ON public.privacy_legalhold USING btree (placed_by_id);
CREATE INDEX privacy_legalhold_question_id_b96c22c0 ON public.privacy_legalhold USING btree (question_id);
CREATE INDEX privacy_personrequest_asked_by_id_14c2e9aa ON public.privacy_personrequest USING btree (asked_by_id);
CREATE INDEX privacy_personrequest_customer_id_5a583ec5 ON public.privacy_personrequest USING btree (customer_id);
CREATE INDEX privacy_personrequest_decided_by_id_c4003607 ON public.privacy_personrequest USING btree (decided_by_id);
CREATE INDEX privacy_personrequest_lifted_by_id_3f4a95f6 ON public.privacy_personrequest USING btree (lifted_by_id);
CREATE INDEX privacy_readlogreview_reviewed_by_id_fed0f2f9 ON public.privacy_readlogreview USING btree (reviewed_by_id);
CREATE INDEX privacy_retentionterm_code_812e4451_like ON public.privacy_retentionterm USING btree (code varchar_pattern_ops);
CREATE INDEX privacy_retentionterm_decided_by_id_b6abe8e7 ON public.privacy_retentionterm USING btree (decided_by_id);
CREATE INDEX privacy_retentionterm_proposed_by_id_7efc5cc7 ON public.privacy_retentionterm USING btree (proposed_by_id);
CREATE INDEX privacy_rightsrequest_answered_by_id_05ab1ae9 ON public.privacy_rightsrequest USING btree (answered_by_id);
CREATE INDEX privacy_rightsrequest_customer_id_8211b730 ON public.privacy_rightsrequest USING btree (customer_id);
CREATE INDEX privacy_rightsrequest_extended_by_id_6520c2da ON public.privacy_rightsrequest USING btree (extended_by_id);
CREATE INDEX privacy_rightsrequest_handler_id_2304e726 ON public.privacy_rightsrequest USING btree (handler_id);
CREATE INDEX privacy_rightsrequest_noted_by_id_f0d69f5d ON public.privacy_rightsrequest USING btree (noted_by_id);
CREATE INDEX privacy_wipedquestion_request_id_cde58812 ON public.privacy_wipedquestion USING btree (request_id);
CREATE INDEX programme_budgetline_condition_id_092108a7 ON public.programme_budgetline USING btree (condition_id);
CREATE INDEX programme_budgetline_pillar_id_7f9aef0e ON public.programme_budgetline USING btree (pillar_id);
CREATE INDEX programme_condition_name_4945d459_like ON public.programme_condition USING btree (name varchar_pattern_ops);
CREATE INDEX programme_decision_project_id_1f6756fe ON public.programme_decision USING btree (project_id);
CREATE INDEX programme_dependency_needs_id_c8b253b7 ON public.programme_dependency USING btree (needs_id);
CREATE INDEX programme_dependency_project_id_41b4b0d8 ON public.programme_dependency USING btree (project_id);
CREATE INDEX programme_goal_condition_id_60d6a6f9 ON public.programme_goal USING btree (condition_id);
CREATE INDEX programme_goal_indicator_id_def92523 ON public.programme_goal USING btree (indicator_id);
CREATE INDEX programme_goal_pillar_id_99f43e3d ON public.programme_goal USING btree (pillar_id);
CREATE INDEX programme_goal_team_id_d6b15104 ON public.programme_goal USING btree (team_id);
CREATE INDEX programme_goaltarget_goal_id_967ffb71 ON public.programme_goaltarget USING btree (goal_id);
CREATE INDEX programme_historicalbudgetline_condition_id_a6568fb0 ON public.programme_historicalbudgetline USING btree (condition_id);
CREATE INDEX programme_historicalbudgetline_history_date_c7273e53 ON public.programme_historicalbudgetline USING btree (history_date);
CREATE INDEX programme_historicalbudgetline_history_user_id_2d3480ea ON public.programme_historicalbudgetline USING btree (history_user_id);
CREATE INDEX programme_historicalbudgetline_id_97286ac3 ON public.programme_historicalbudgetline USING btree (id);
CREATE INDEX programme_historicalbudgetline_pillar_id_1812e54e ON public.programme_historicalbudgetline USING btree (pillar_id);
CREATE INDEX programme_historicalcondition_history_date_8cf2d1a5 ON public.programme_historicalcondition USING btree (history_date);
CREATE INDEX programme_historicalcondition_history_user_id_5e0201b8 ON public.programme_historicalcondition USING btree (history_user_id);
CREATE INDEX programme_historicalcondition_id_24863118 ON public.programme_historicalcondition USING btree (id);
CREATE INDEX programme_historicalcondition_name_43223d3a ON public.programme_historicalcondition USING btree (name);
CREATE INDEX programme_historicalcondition_name_43223d3a_like ON public.programme_historicalcondition USING btree (name varchar_pattern_ops);
CREATE INDEX programme_historicaldecision_history_date_6cec5ac1 ON public.programme_historicaldecision USING btree (history_date);
CREATE INDEX programme_historicaldecision_history_user_id_b20bfe1d ON public.programme_historicaldecision USING btree (history_user_id);
CREATE INDEX programme_historicaldecision_id_c369853c ON public.programme_historicaldecision USING btree (id);
CREATE INDEX programme_historicaldecision_project_id_904473c1 ON public.programme_historicaldecision USING btree (project_id);
CREATE INDEX programme_historicaldependency_history_date_63516cfe ON public.programme_historicaldependency USING btree (history_date);
CREATE INDEX programme_historicaldependency_history_user_id_7f3dd8c5 ON public.programme_historicaldependency USING btree (history_user_id);
CREATE INDEX programme_historicaldependency_id_c7bc27aa ON public.programme_historicaldependency USING btree (id);
CREATE INDEX programme_historicaldependency_needs_id_7aed4932 ON public.programme_historicaldependency USING btree (needs_id);
CREATE INDEX programme_historicaldependency_project_id_5daee04c ON public.programme_historicaldependency USING btree (project_id);
CREATE INDEX programme_historicalgoal_condition_id_97f0f5ac ON public.programme_historicalgoal USING btree (condition_id);
CREATE INDEX programme_historicalgoal_history_date_76bca5d1 ON public.programme_historicalgoal USING btree (history_date);
CREATE INDEX programme_historicalgoal_history_user_id_0e88e2a9 ON public.programme_historicalgoal USING btree (history_user_id);
CREATE INDEX programme_historicalgoal_id_dc48d053 ON public.programme_historicalgoal USING btree (id);
CREATE INDEX programme_historicalgoal_indicator_id_23190693 ON public.programme_historicalgoal USING btree (indicator_id);
CREATE INDEX programme_historicalgoal_pillar_id_3db2b605 ON public.programme_historicalgoal USING btree (pillar_id);
CREATE INDEX programme_historicalgoal_team_id_706674ac ON public.programme_historicalgoal USING btree (team_id);
CREATE INDEX programme_historicalgoaltarget_goal_id_cb0fc479 ON public.programme_historicalgoaltarget USING btree (goal_id);
CREATE INDEX programme_historicalgoaltarget_history_date_040f182f ON public.programme_historicalgoaltarget USING btree (history_date);
CREATE INDEX programme_historicalgoaltarget_history_user_id_cf7f2ebe ON public.programme_historicalgoaltarget USING btree (history_user_id);
CREATE INDEX programme_historicalgoaltarget_id_79def983 ON public.programme_historicalgoaltarget USING btree (id);
CREATE INDEX programme_historicalmilestone_history_date_3d7ba467 ON public.programme_historicalmilestone USING btree (history_date);
CREATE INDEX programme_historicalmilestone_history_user_id_94c43e6a ON public.programme_historicalmilestone USING btree (history_user_id);
CREATE INDEX programme_historicalmilestone_id_d5ec01ee ON public.programme_historicalmilestone USING btree (id);
CREATE INDEX programme_historicalmilestone_project_id_1f7794c5 ON public.programme_historicalmilestone USING btree (project_id);
CREATE INDEX programme_historicalmoneyentry_history_date_82a653e5 ON public.programme_historicalmoneyentry USING btree (history_date);
CREATE INDEX programme_historicalmoneyentry_history_user_id_7862bf16 ON public.programme_historicalmoneyentry USING btree (history_user_id);
CREATE INDEX programme_historicalmoneyentry_id_74619d8d ON public.programme_historicalmoneyentry USING btree (id);
CREATE INDEX programme_historicalmoneyentry_line_id_a3833de6 ON public.programme_historicalmoneyentry USING btree (line_id);
CREATE INDEX programme_historicalmoneyentry_project_id_3fce18cf ON public.programme_historicalmoneyentry USING btree (project_id);
CREATE INDEX programme_historicalpillar_history_date_e9c0aec0 ON public.programme_historicalpillar USING btree (history_date);
CREATE INDEX programme_historicalpillar_history_user_id_2c31a821 ON public.programme_historicalpillar USING btree (history_user_id);
CREATE INDEX programme_historicalpillar_id_ec1ced90 ON public.programme_historicalpillar USING btree (id);
CREATE INDEX programme_historicalpillar_name_e67e6397 ON public.programme_historicalpillar USING btree (name);
CREATE INDEX programme_historicalpillar_name_e67e6397_like ON public.programme_historicalpillar USING btree (name varchar_pattern_ops);
CREATE INDEX programme_historicalprogramme_history_date_3cebafa0 ON public.programme_historicalprogramme USING btree (history_date);
CREATE INDEX programme_historicalprogramme_history_user_id_a4ff2418 ON public.programme_historicalprogramme USING btree (history_user_id);
CREATE INDEX programme_historicalprogramme_id_b7229e96 ON public.programme_historicalprogramme USING btree (id);
CREATE INDEX programme_historicalproject_code_41654eb4 ON public.programme_historicalproject USING btree (code);
CREATE INDEX programme_historicalproject_code_41654eb4_like ON public.programme_historicalproject USING btree (code varchar_pattern_ops);
CREATE INDEX programme_historicalproject_condition_id_fb6021f6 ON public.programme_historicalproject USING btree (condition_id);
CREATE INDEX programme_historicalproject_history_date_d01e7e3d ON public.programme_historicalproject USING btree (history_date);
CREATE INDEX programme_historicalproject_history_user_id_c10cf1b4 ON public.programme_historicalproject USING btree (history_user_id);
CREATE INDEX programme_historicalproject_id_576d24eb ON public.programme_historicalproject USING btree (id);
CREATE INDEX programme_historicalproject_light_moved_by_id_f985ad85 ON public.programme_historicalproject USING btree (light_moved_by_id);
CREATE INDEX programme_historicalproject_owner_id_86e9aa7c ON public.programme_historicalproject USING btree (owner_id);
CREATE INDEX programme_historicalproject_pillar_id_33f049c0 ON public.programme_historicalproject USING btree (pillar_id);
CREATE INDEX programme_historicalrisk_history_date_008c8dcb ON public.programme_historicalrisk USING btree (history_date);
CREATE INDEX programme_historicalrisk_history_user_id_4be3b7f5 ON public.programme_historicalrisk USING btree (history_user_id);
CREATE INDEX programme_historicalrisk_id_3f860d8e ON public.programme_historicalrisk USING btree (id);
CREATE INDEX programme_historicalrisk_project_id_a6faece5 ON public.programme_historicalrisk USING btree (project_id);
CREATE INDEX programme_historicalstatusround_history_date_ee9235ec ON public.programme_historicalstatusround USING btree (history_date);
CREATE INDEX programme_historicalstatusround_history_user_id_a9f5dce3 ON public.programme_historicalstatusround USING btree (history_user_id);
CREATE INDEX programme_historicalstatusround_id_c7063813 ON public.programme_historicalstatusround USING btree (id);
CREATE INDEX programme_historicalstatusround_opened_by_id_c3aca742 ON public.programme_historicalstatusround USING btree (opened_by_id);
CREATE INDEX programme_historicalstatusround_title_2e5e7fd4 ON public.programme_historicalstatusround USING btree (title);
CREATE INDEX programme_historicalstatusround_title_2e5e7fd4_like ON public.programme_historicalstatusround USING btree (title varchar_pattern_ops);
CREATE INDEX programme_historicalstatusupdate_history_date_88fb926d ON public.programme_historicalstatusupdate USING btree (history_date);
CREATE INDEX programme_historicalstatusupdate_history_user_id_fd8a67aa ON public.programme_historicalstatusupdate USING btree (history_user_id);
CREATE INDEX programme_historicalstatusupdate_id_cc8ade45 ON public.programme_historicalstatusupdate USING btree (id);
CREATE INDEX programme_historicalstatusupdate_project_id_ec4ae56d ON public.programme_historicalstatusupdate USING btree (project_id);
CREATE INDEX programme_historicalstatusupdate_round_id_83985497 ON public.programme_historicalstatusupdate USING btree (round_id);
CREATE INDEX programme_historicalstatusupdate_saved_by_id_33b5e490 ON public.programme_historicalstatusupdate USING btree (saved_by_id);
CREATE INDEX programme_issuedstatusreport_issued_by_id_53ec0148 ON public.programme_issuedstatusreport USING btree (issued_by_id);
CREATE INDEX programme_issuedstatusreport_round_id_0b1d5a47 ON public.programme_issuedstatusreport USING btree (round_id);
CREATE INDEX programme_milestone_project_id_ef132765 ON public.programme_milestone USING btree (project_id);
CREATE INDEX programme_moneyentry_line_id_bd6ae27c ON public.programme_moneyentry USING btree (line_id);
CREATE INDEX programme_moneyentry_project_id_8b82f8bd ON public.programme_moneyentry USING btree (project_id);
CREATE INDEX programme_pillar_name_c86a3ca4_like ON public.programme_pillar USING btree (name varchar_pattern_ops);
CREATE INDEX programme_project_code_ed8aa31a_like ON public.programme_project USING btree (code varchar_pattern_ops);
CREATE INDEX programme_project_condition_id_1265df94 ON public.programme_project USING btree (condition_id);
CREATE INDEX programme_project_light_moved_by_id_7119d27b ON public.programme_project USING btree (light_moved_by_id);
CREATE INDEX programme_project_owner_id_add176ab ON public.programme_project USING btree (owner_id);
CREATE INDEX programme_project_pillar_id_2d46f067 ON public.programme_project USING btree (pillar_id);
CREATE INDEX programme_risk_project_id_661d80a0 ON public.programme_risk USING btree (project_id);
CREATE INDEX programme_statusround_opened_by_id_96e07f73 ON public.programme_statusround USING btree (opened_by_id);
CREATE INDEX programme_statusround_title_255ccefa_like ON public.programme_statusround USING btree (title varchar_pattern_ops);
CREATE INDEX programme_statusupdate_project_id_c168f6d7 ON public.programme_statusupdate USING btree (project_id);
CREATE INDEX programme_statusupdate_round_id_55987091 ON public.programme_statusupdate USING btree (round_id);
CREATE INDEX programme_statusupdate_saved_by_id_daa7f5ae ON public.programme_statusupdate USING btree (saved_by_id);
CREATE INDEX question_almost ON public.contacts_question USING gist (tstzrange(soon_at, GREATEST(due_at, soon_at))) WHERE ((soon_at IS NOT NULL) AND ((status)::text = ANY ((ARRAY['new'::character varying, 'in_progress'::character varying, 'waiting'::character varying]::character varying[])::text[])));
CREATE INDEX question_closed_day ON public.contacts_question USING btree (closed_on, channel);
CREATE INDEX question_newest ON public.contacts_question USING btree (received_at DESC, id DESC);
CREATE INDEX question_of_customer ON public.contacts_question USING btree (customer_id, received_at DESC);
CREATE INDEX question_of_subject ON public.contacts_question USING btree (subject_id, received_at DESC);
CREATE INDEX question_of_subject_team ON public.contacts_question USING btree (subject_id, team_id) INCLUDE (id);
CREATE INDEX question_open_assignee ON public.contacts_question USING btree (assignee_id, sort_at, id) WHERE ((status)::text = ANY ((ARRAY['new'::character varying, 'in_progress'::character varying, 'waiting'::character varying]::character varying[])::text[]));
CREATE INDEX question_open_counts ON public.contacts_question USING btree (team_id) INCLUDE (id, status, due_at, soon_at, assignee_id, received_at, channel, subject_id, is_confidential) WHERE ((status)::text = ANY ((ARRAY['new'::character varying, 'in_progress'::character varying, 'waiting'::character varying]::character varying[])::text[]));
CREATE INDEX question_open_due ON public.contacts_question USING btree (sort_at, id) WHERE ((status)::text = ANY ((ARRAY['new'::character varying, 'in_progress'::character varying, 'waiting'::character varying]::character varying[])::text[]));
CREATE INDEX question_open_newest ON public.contacts_question USING btree (received_at DESC, id DESC) WHERE ((status)::text = ANY ((ARRAY['new'::character varying, 'in_progress'::character varying, 'waiting'::character varying]::character varying[])::text[]));
CREATE INDEX question_open_team ON public.contacts_question USING btree (team_id, sort_at, id) WHERE ((status)::text = ANY ((ARRAY['new'::character varying, 'in_progress'::character varying, 'waiting'::character varying]::character varying[])::text[]));
CREATE INDEX question_team_newest ON public.contacts_question USING btree (team_id, received_at DESC, id DESC);
CREATE INDEX question_waiting ON public.contacts_question USING btree (team_id) INCLUDE (id, is_confidential) WHERE ((status)::text = 'waiting'::text);
CREATE INDEX question_words ON public.contacts_question USING gin (search) WITH (gin_pending_list_limit='64');
CREATE UNIQUE INDEX reminder_link_once ON public.surveys_invitation USING btree (reminder_hash) WHERE (NOT ((reminder_hash)::text = ''::text));
CREATE INDEX report_job_due ON public.kpi_reportjob USING btree (next_try_at) WHERE ((state)::text = 'waiting'::text);
CREATE INDEX report_newest ON public.kpi_issuedreport USING btree (issued_at DESC, id DESC);
CREATE INDEX request_of_customer ON public.privacy_personrequest USING btree (customer_id);
CREATE INDEX request_to_do ON public.privacy_personrequest USING btree (id) WHERE ((state)::text = ANY ((ARRAY['approved'::character varying, 'working'::character varying]::character varying[])::text[]));
CREATE INDEX response_day ON public.surveys_response USING btree (answered_on);
CREATE UNIQUE INDEX response_once_per_link ON public.surveys_response USING btree (revise_hash) WHERE (NOT ((revise_hash)::text = ''::text));
CREATE INDEX response_open ON public.surveys_response USING btree (closes_at) WHERE (closes_at IS NOT NULL);
CREATE INDEX right_to_answer ON public.privacy_rightsrequest USING btree (last_on) WHERE (answered_at IS NULL);
CREATE INDEX schedule_run_open ON public.kpi_schedulerun USING btree (id) WHERE (mailed_at IS NULL);
CREATE INDEX signal_alive ON public.kpi_signal USING btree (last DESC, id DESC) WHERE ((state)::text = ANY ((ARRAY['open'::character varying, 'followed'::character varying]::character varying[])::text[]));
CREATE INDEX signal_newest ON public.kpi_signal USING btree (last DESC, id DESC);
CREATE INDEX status_pdf_due ON public.programme_statusreportjob USING btree (due_at) WHERE ((state)::text = ANY ((ARRAY['waiting'::character varying, 'making'::character varying]::character varying[])::text[]));
CREATE INDEX surveys_answer_batch_id_1047b81e ON public.surveys_answer USING btree (batch_id);
CREATE INDEX surveys_answer_question_id_c0166f3c ON public.surveys_answer USING btree (question_id);
CREATE INDEX surveys_answer_response_id_5416c873 ON public.surveys_answer USING btree (response_id);
CREATE INDEX surveys_answer_survey_id_caa4663c ON public.surveys_answer USING btree (survey_id);
CREATE INDEX surveys_answerbatch_place_id_ece72f30 ON public.surveys_answerbatch USING btree (place_id);
CREATE INDEX surveys_answerbatch_round_id_be223d27 ON public.surveys_answerbatch USING btree (round_id);
CREATE INDEX surveys_answerbatch_survey_id_c642e143 ON public.surveys_answerbatch USING btree (survey_id);
CREATE INDEX surveys_answerbatch_team_id_95768606 ON public.surveys_answerbatch USING btree (team_id);
CREATE INDEX surveys_answerbatch_theme_id_4309ca85 ON public.surveys_answerbatch USING btree (theme_id);
CREATE INDEX surveys_channelrule_channel_745c702a_like ON public.surveys_channelrule USING btree (channel varchar_pattern_ops);
CREATE INDEX surveys_channelrule_survey_id_22d97562 ON public.surveys_channelrule USING btree (survey_id);
CREATE INDEX surveys_historicalaskingchoices_history_date_9a502b3f ON public.surveys_historicalaskingchoices USING btree (history_date);
CREATE INDEX surveys_historicalaskingchoices_history_user_id_b89da34e ON public.surveys_historicalaskingchoices USING btree (history_user_id);
CREATE INDEX surveys_historicalaskingchoices_id_9a12c9ea ON public.surveys_historicalaskingchoices USING btree (id);
CREATE INDEX surveys_historicalchannelrule_channel_18dff11c ON public.surveys_historicalchannelrule USING btree (channel);
CREATE INDEX surveys_historicalchannelrule_channel_18dff11c_like ON public.surveys_historicalchannelrule USING btree (channel varchar_pattern_ops);
CREATE INDEX surveys_historicalchannelrule_history_date_c58a33c2 ON public.surveys_historicalchannelrule USING btree (history_date);
CREATE INDEX surveys_historicalchannelrule_history_user_id_16bdf23b ON public.surveys_historicalchannelrule USING btree (history_user_id);
CREATE INDEX surveys_historicalchannelrule_id_e0cbf748 ON public.surveys_historicalchannelrule USING btree (id);
CREATE INDEX surveys_historicalchannelrule_survey_id_1178c1ee ON public.surveys_historicalchannelrule USING btree (survey_id);
CREATE INDEX surveys_historicaloutsideindicator_code_9f3edbc0 ON public.surveys_historicaloutsideindicator USING btree (code);
CREATE INDEX surveys_historicaloutsideindicator_code_9f3edbc0_like ON public.surveys_historicaloutsideindicator USING btree (code varchar_pattern_ops);
CREATE INDEX surveys_historicaloutsideindicator_history_date_4d16955d ON public.surveys_historicaloutsideindicator USING btree (history_date);
CREATE INDEX surveys_historicaloutsideindicator_history_user_id_93324286 ON public.surveys_historicaloutsideindicator USING btree (history_user_id);
CREATE INDEX surveys_historicaloutsideindicator_id_0b847b3a ON public.surveys_historicaloutsideindicator USING btree (id);
CREATE INDEX surveys_historicaloutsideindicator_name_58eb120f ON public.surveys_historicaloutsideindicator USING btree (name);
CREATE INDEX surveys_historicaloutsideindicator_name_58eb120f_like ON public.surveys_historicaloutsideindicator USING btree (name varchar_pattern_ops);
CREATE INDEX surveys_historicaloutsideresult_history_date_8c95fa5a ON public.surveys_historicaloutsideresult USING btree (history_date);
CREATE INDEX surveys_historicaloutsideresult_history_user_id_cf93131f ON public.surveys_historicaloutsideresult USING btree (history_user_id);
CREATE INDEX surveys_historicaloutsideresult_id_ba3bb5d0 ON public.surveys_historicaloutsideresult USING btree (id);
CREATE INDEX surveys_historicaloutsideresult_indicator_id_cc6267a4 ON public.surveys_historicaloutsideresult USING btree (indicator_id);
CREATE INDEX surveys_historicalsurvey_code_29c6be54 ON public.surveys_historicalsurvey USING btree (code);
CREATE INDEX surveys_historicalsurvey_code_29c6be54_like ON public.surveys_historicalsurvey USING btree (code varchar_pattern_ops);
CREATE INDEX surveys_historicalsurvey_history_date_2904a86e ON public.surveys_historicalsurvey USING btree (history_date);
CREATE INDEX surveys_historicalsurvey_history_user_id_6220a4b5 ON public.surveys_historicalsurvey USING btree (history_user_id);
CREATE INDEX surveys_historicalsurvey_id_9135131b ON public.surveys_historicalsurvey USING btree (id);
CREATE INDEX surveys_historicalsurvey_name_93eb9b5f ON public.surveys_historicalsurvey USING btree (name);
CREATE INDEX surveys_historicalsurvey_name_93eb9b5f_like ON public.surveys_historicalsurvey USING btree (name varchar_pattern_ops);
CREATE INDEX surveys_historicalsurveyplace_code_844624de ON public.surveys_historicalsurveyplace USING btree (code);
CREATE INDEX surveys_historicalsurveyplace_code_844624de_like ON public.surveys_historicalsurveyplace USING btree (code varchar_pattern_ops);
CREATE INDEX surveys_historicalsurveyplace_history_date_c357eb61 ON public.surveys_historicalsurveyplace USING btree (history_date);
CREATE INDEX surveys_historicalsurveyplace_history_user_id_9f94daee ON public.surveys_historicalsurveyplace USING btree (history_user_id);
CREATE INDEX surveys_historicalsurveyplace_id_a6d7cb4f ON public.surveys_historicalsurveyplace USING btree (id);
CREATE INDEX surveys_historicalsurveyplace_name_cc4749db ON public.surveys_historicalsurveyplace USING btree (name);
CREATE INDEX surveys_historicalsurveyplace_name_cc4749db_like ON public.surveys_historicalsurveyplace USING btree (name varchar_pattern_ops);
CREATE INDEX surveys_historicalsurveyplace_round_id_14910099 ON public.surveys_historicalsurveyplace USING btree (round_id);
CREATE INDEX surveys_historicalsurveyplace_survey_id_0c50ad7e ON public.surveys_historicalsurveyplace USING btree (survey_id);
CREATE INDEX surveys_historicalsurveyplace_team_id_a914486f ON public.surveys_historicalsurveyplace USING btree (team_id);
CREATE INDEX surveys_historicalsurveyquestion_history_date_62f13d50 ON public.surveys_historicalsurveyquestion USING btree (history_date);
CREATE INDEX surveys_historicalsurveyquestion_history_user_id_f6896430 ON public.surveys_historicalsurveyquestion USING btree (history_user_id);
CREATE INDEX surveys_historicalsurveyquestion_id_67565983 ON public.surveys_historicalsurveyquestion USING btree (id);
CREATE INDEX surveys_historicalsurveyquestion_version_id_7fa450ea ON public.surveys_historicalsurveyquestion USING btree (version_id);
CREATE INDEX surveys_historicalsurveyround_history_date_c4ed0314 ON public.surveys_historicalsurveyround USING btree (history_date);
CREATE INDEX surveys_historicalsurveyround_history_user_id_b0f6f588 ON public.surveys_historicalsurveyround USING btree (history_user_id);
CREATE INDEX surveys_historicalsurveyround_id_a7870de5 ON public.surveys_historicalsurveyround USING btree (id);
CREATE INDEX surveys_historicalsurveyround_name_4e6cd7a5 ON public.surveys_historicalsurveyround USING btree (name);
CREATE INDEX surveys_historicalsurveyround_name_4e6cd7a5_like ON public.surveys_historicalsurveyround USING btree (name varchar_pattern_ops);
CREATE INDEX surveys_historicalsurveyround_survey_id_42f8244b ON public.surveys_historicalsurveyround USING btree (survey_id);
CREATE INDEX surveys_historicalsurveyround_survey_version_id_c18e1211 ON public.surveys_historicalsurveyround USING btree (survey_version_id);
CREATE INDEX surveys_historicalsurveyversion_history_date_8e3a7881 ON public.surveys_historicalsurveyversion USING btree (history_date);
CREATE INDEX surveys_historicalsurveyversion_history_user_id_61865fd4 ON public.surveys_historicalsurveyversion USING btree (history_user_id);
CREATE INDEX surveys_historicalsurveyversion_id_d6bb5695 ON public.surveys_historicalsurveyversion USING btree (id);
CREATE INDEX surveys_historicalsurveyversion_published_by_id_4bdc0357 ON public.surveys_historicalsurveyversion USING btree (published_by_id);
CREATE INDEX surveys_historicalsurveyversion_survey_id_69a34ddc ON public.surveys_historicalsurveyversion USING btree (survey_id);
CREATE INDEX surveys_historicalwordgroup_history_date_8c5364d2 ON public.surveys_historicalwordgroup USING btree (history_date);
CREATE INDEX surveys_historicalwordgroup_history_user_id_bee2924c ON public.surveys_historicalwordgroup USING btree (history_user_id);
CREATE INDEX surveys_historicalwordgroup_id_7c8180ee ON public.surveys_historicalwordgroup USING btree (id);
CREATE INDEX surveys_historicalwordgroup_name_45a009c0 ON public.surveys_historicalwordgroup USING btree (name);
CREATE INDEX surveys_historicalwordgroup_name_45a009c0_like ON public.surveys_historicalwordgroup USING btree (name varchar_pattern_ops);
CREATE INDEX surveys_invitation_contact_id_d710f6eb ON public.surveys_invitation USING btree (contact_id);
CREATE INDEX surveys_invitation_customer_id_070370bb ON public.surveys_invitation USING btree (customer_id);
CREATE INDEX surveys_invitation_round_id_beddb4db ON public.surveys_invitation USING btree (round_id);
CREATE INDEX surveys_invitation_subject_id_9363ab23 ON public.surveys_invitation USING btree (subject_id);
CREATE INDEX surveys_invitation_survey_id_d0534764 ON public.surveys_invitation USING btree (survey_id);
CREATE INDEX surveys_invitation_survey_version_id_df935c12 ON public.surveys_invitation USING btree (survey_version_id);
CREATE INDEX surveys_invitation_team_id_a70719e1 ON public.surveys_invitation USING btree (team_id);
CREATE INDEX surveys_invitation_token_hash_d83d6826_like ON public.surveys_invitation USING btree (token_hash varchar_pattern_ops);
CREATE INDEX surveys_optout_address_hash_b8caff85_like ON public.surveys_optout USING btree (address_hash varchar_pattern_ops);
CREATE INDEX surveys_outsideimport_by_id_c51735ce ON public.surveys_outsideimport USING btree (by_id);
CREATE INDEX surveys_outsideindicator_code_b252fd5d_like ON public.surveys_outsideindicator USING btree (code varchar_pattern_ops);
CREATE INDEX surveys_outsideindicator_name_e284ee5f_like ON public.surveys_outsideindicator USING btree (name varchar_pattern_ops);
CREATE INDEX surveys_outsideresult_indicator_id_fc75b78d ON public.surveys_outsideresult USING btree (indicator_id);
CREATE INDEX surveys_response_place_id_5603a936 ON public.surveys_response USING btree (place_id);
CREATE INDEX surveys_response_question_id_9ed8537d ON public.surveys_response USING btree (question_id);
CREATE INDEX surveys_response_round_id_8a1af949 ON public.surveys_response USING btree (round_id);
CREATE INDEX surveys_response_survey_version_id_2cacc8b1 ON public.surveys_response USING btree (survey_version_id);
CREATE INDEX surveys_response_team_id_9f05da90 ON public.surveys_response USING btree (team_id);
CREATE INDEX surveys_response_theme_id_db898271 ON public.surveys_response USING btree (theme_id);
CREATE INDEX surveys_survey_code_35c11e1e_like ON public.surveys_survey USING btree (code varchar_pattern_ops);
CREATE INDEX surveys_survey_name_0ebe6728_like ON public.surveys_survey USING btree (name varchar_pattern_ops);
CREATE INDEX surveys_surveyplace_code_a5bec98d_like ON public.surveys_surveyplace USING btree (code varchar_pattern_ops);
CREATE INDEX surveys_surveyplace_name_4c77d6cf_like ON public.surveys_surveyplace USING btree (name varchar_pattern_ops);
CREATE INDEX surveys_surveyplace_survey_id_e23fd218 ON public.surveys_surveyplace USING btree (survey_id);
CREATE INDEX surveys_surveyplace_team_id_32fafa0a ON public.surveys_surveyplace USING btree (team_id);
CREATE INDEX surveys_surveyquestion_version_id_7569a1ff ON public.surveys_surveyquestion USING btree (version_id);
CREATE INDEX surveys_surveyround_name_03d2afb2_like ON public.surveys_surveyround USING btree (name varchar_pattern_ops);
CREATE INDEX surveys_surveyround_survey_id_16257637 ON public.surveys_surveyround USING btree (survey_id);
CREATE INDEX surveys_surveyround_survey_version_id_9f421435 ON public.surveys_surveyround USING btree (survey_version_id);
CREATE INDEX surveys_surveyversion_published_by_id_84b31d01 ON public.surveys_surveyversion USING btree (published_by_id);
CREATE INDEX surveys_surveyversion_survey_id_caa12cd5 ON public.surveys_surveyversion USING btree (survey_id);
CREATE INDEX surveys_wordgroup_name_664a5929_like ON public.surveys_wordgroup USING btree (name varchar_pattern_ops);
CREATE UNIQUE INDEX template_use_once ON public.contacts_replytemplate USING btree (use) WHERE ((NOT ((use)::text = ''::text)) AND is_active);
CREATE INDEX text_left ON public.contacts_textlevel USING btree (left_at) WHERE (NOT ((level)::text = ''::text));
CREATE INDEX translation_body ON public.knowledge_articletranslation USING gin (search_body) WHERE ((state)::text = 'published'::text);
CREATE INDEX translation_names ON public.knowledge_articletranslation USING gin (search_names) WHERE ((state)::text = 'published'::text);
CREATE INDEX translation_trigram ON public.knowledge_articletranslation USING gin (search_text public.gin_trgm_ops) WHERE ((state)::text = 'published'::text);
CREATE INDEX use_day ON public.knowledge_articleuse USING btree ("on");
CREATE TRIGGER append_only BEFORE UPDATE ON public.contacts_clockevent FOR EACH ROW EXECUTE FUNCTION public.organisation_append_only();
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.organisation_accessentry FOR EACH ROW EXECUTE FUNCTION public.organisation_append_only();
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.organisation_auditentry FOR EACH ROW EXECUTE FUNCTION public.organisation_append_only();
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.programme_issuedstatusreport FOR EACH ROW EXECUTE FUNCTION public.organisation_append_only();
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.programme_statusreportfile FOR EACH ROW EXECUTE FUNCTION public.organisation_append_only();
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.surveys_answerbatch FOR EACH ROW EXECUTE FUNCTION public.organisation_append_only();
CREATE TRIGGER frozen BEFORE DELETE OR UPDATE ON public.kpi_agreementreview FOR EACH ROW EXECUTE FUNCTION public.organisation_append_only();
CREATE TRIGGER frozen BEFORE DELETE OR UPDATE ON public.kpi_issuedreport FOR EACH ROW EXECUTE FUNCTION public.organisation_append_only();
CREATE TRIGGER frozen BEFORE DELETE OR UPDATE ON public.kpi_reportfile FOR EACH ROW EXECUTE FUNCTION public.organisation_append_only();
CREATE CONSTRAINT TRIGGER is_whole AFTER INSERT ON public.surveys_answerbatch DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.surveys_batch_is_whole();
CREATE TRIGGER kpi_deleted AFTER DELETE ON public.channels_app_call REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kpi_watch_channels_app_call();
CREATE TRIGGER kpi_deleted AFTER DELETE ON public.contacts_assignment REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kpi_watch_contacts_assignment();
CREATE TRIGGER kpi_deleted AFTER DELETE ON public.contacts_contact REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kpi_watch_contacts_contact();
CREATE TRIGGER kpi_deleted AFTER DELETE ON public.contacts_normclock REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kpi_watch_contacts_normclock();
CREATE TRIGGER kpi_deleted AFTER DELETE ON public.contacts_question REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kpi_watch_contacts_question();
CREATE TRIGGER kpi_deleted AFTER DELETE ON public.contacts_questioncontact REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kpi_watch_contacts_questioncontact();
CREATE TRIGGER kpi_deleted AFTER DELETE ON public.contacts_textlevel REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kpi_watch_contacts_textlevel();
CREATE TRIGGER kpi_inserted AFTER INSERT ON public.channels_app_call REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kpi_watch_channels_app_call();
CREATE TRIGGER kpi_inserted AFTER INSERT ON public.contacts_assignment REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kpi_watch_contacts_assignment();
CREATE TRIGGER kpi_inserted AFTER INSERT ON public.contacts_contact REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kpi_watch_contacts_contact();
CREATE TRIGGER kpi_inserted AFTER INSERT ON public.contacts_normclock REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kpi_watch_contacts_normclock();
CREATE TRIGGER kpi_inserted AFTER INSERT ON public.contacts_question REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kpi_watch_contacts_question();
CREATE TRIGGER kpi_inserted AFTER INSERT ON public.contacts_questioncontact REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kpi_watch_contacts_questioncontact();
CREATE TRIGGER kpi_inserted AFTER INSERT ON public.contacts_textlevel REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kpi_watch_contacts_textlevel();
CREATE TRIGGER kpi_inserted AFTER INSERT ON public.surveys_answerbatch REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kpi_watch_surveys_answerbatch();
CREATE TRIGGER kpi_repeat_days AFTER UPDATE ON public.organisation_municipality FOR EACH ROW WHEN ((old.repeat_days IS DISTINCT FROM new.repeat_days)) EXECUTE FUNCTION public.kpi_watch_repeat_days();
CREATE TRIGGER kpi_updated AFTER UPDATE ON public.channels_app_call REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kpi_watch_channels_app_call();
CREATE TRIGGER kpi_updated AFTER UPDATE ON public.contacts_assignment REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kpi_watch_contacts_assignment();
CREATE TRIGGER kpi_updated AFTER UPDATE ON public.contacts_contact REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kpi_watch_contacts_contact();
CREATE TRIGGER kpi_updated AFTER UPDATE ON public.contacts_normclock REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kpi_watch_contacts_normclock();
CREATE TRIGGER kpi_updated AFTER UPDATE ON public.contacts_question REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kpi_watch_contacts_question();
CREATE TRIGGER kpi_updated AFTER UPDATE ON public.contacts_questioncontact REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kpi_watch_contacts_questioncontact();
CREATE TRIGGER kpi_updated AFTER UPDATE ON public.contacts_textlevel REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kpi_watch_contacts_textlevel();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON public.contacts_clockevent FOR EACH STATEMENT EXECUTE FUNCTION public.organisation_append_only();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON public.kpi_agreementreview FOR EACH STATEMENT EXECUTE FUNCTION public.organisation_append_only();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON public.kpi_issuedreport FOR EACH STATEMENT EXECUTE FUNCTION public.organisation_append_only();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON public.kpi_reportfile FOR EACH STATEMENT EXECUTE FUNCTION public.organisation_append_only();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON public.organisation_accessentry FOR EACH STATEMENT EXECUTE FUNCTION public.organisation_append_only();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON public.organisation_auditentry FOR EACH STATEMENT EXECUTE FUNCTION public.organisation_append_only();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON public.programme_issuedstatusreport FOR EACH STATEMENT EXECUTE FUNCTION public.organisation_append_only();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON public.programme_statusreportfile FOR EACH STATEMENT EXECUTE FUNCTION public.organisation_append_only();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON public.surveys_answerbatch FOR EACH STATEMENT EXECUTE FUNCTION public.organisation_append_only();
CREATE CONSTRAINT TRIGGER public_is_published AFTER INSERT OR UPDATE OF is_public ON public.knowledge_article DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.knowledge_public_is_published();
CREATE CONSTRAINT TRIGGER public_is_published AFTER UPDATE OF state ON public.knowledge_articleversion DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.knowledge_public_is_published();
CREATE TRIGGER settled_clock_stays BEFORE UPDATE ON public.contacts_normclock FOR EACH ROW EXECUTE FUNCTION public.contacts_settled_clock_stays();
CREATE TRIGGER stays BEFORE DELETE OR UPDATE ON public.knowledge_articletranslation FOR EACH ROW EXECUTE FUNCTION public.knowledge_translation_stays();
CREATE TRIGGER stays BEFORE DELETE OR UPDATE ON public.knowledge_articleversion FOR EACH ROW EXECUTE FUNCTION public.knowledge_version_stays();
CREATE TRIGGER stays BEFORE DELETE OR UPDATE ON public.surveys_answer FOR EACH ROW EXECUTE FUNCTION public.surveys_counted_stays();
CREATE TRIGGER stays BEFORE INSERT OR DELETE OR UPDATE ON public.surveys_surveyquestion FOR EACH ROW EXECUTE FUNCTION public.surveys_question_stays();
CREATE TRIGGER stays BEFORE DELETE OR UPDATE ON public.surveys_surveyversion FOR EACH ROW EXECUTE FUNCTION public.surveys_version_stays();
ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissio_permission_id_84c5c92e_fk_auth_perm FOREIGN KEY (permission_id) REFERENCES public.auth_permission(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_group_id_b120cbf9_fk_auth_group_id FOREIGN KEY (group_id) REFERENCES public.auth_group(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_content_type_id_2f476e4b_fk_django_co FOREIGN KEY (content_type_id) REFERENCES public.django_content_type(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.axes_accessattemptexpiration
    ADD CONSTRAINT axes_accessattemptex_access_attempt_id_6b73a47a_fk_axes_acce FOREIGN KEY (access_attempt_id) REFERENCES public.axes_accessattempt(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.channels_app_call
    ADD CONSTRAINT channels_app_call_answered_by_id_b140326f_fk_organisat FOREIGN KEY (answered_by_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.channels_app_call
    ADD CONSTRAINT channels_app_call_answered_team_id_eb5c1dbd_fk_organisat FOREIGN KEY (answered_team_id) REFERENCES public.organisation_team(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.channels_app_callsfile
    ADD CONSTRAINT channels_app_callsfi_taken_in_by_id_9eeff37b_fk_organisat FOREIGN KEY (taken_in_by_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.channels_app_historicalmessagesource
    ADD CONSTRAINT channels_app_histori_history_user_id_63c66158_fk_organisat FOREIGN KEY (history_user_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.channels_app_historicalmailbox
    ADD CONSTRAINT channels_app_histori_history_user_id_b78eb0e1_fk_organisat FOREIGN KEY (history_user_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.channels_app_inboundmessage
    ADD CONSTRAINT channels_app_inbound_envelope_id_1e3e8e1e_fk_channels_ FOREIGN KEY (envelope_id) REFERENCES public.channels_app_inboundmessage(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.channels_app_inboundmessage
    ADD CONSTRAINT channels_app_inbound_handled_by_id_d2939bce_fk_organisat FOREIGN KEY (handled_by_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.channels_app_inboundmessage
    ADD CONSTRAINT channels_app_inbound_mailbox_id_87cacde3_fk_channels_ FOREIGN KEY (mailbox_id) REFERENCES public.channels_app_mailbox(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.channels_app_inboundraw
    ADD CONSTRAINT channels_app_inbound_message_id_f52a3e40_fk_channels_ FOREIGN KEY (message_id) REFERENCES public.channels_app_inboundmessage(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.channels_app_inboundmessage
    ADD CONSTRAINT channels_app_inbound_message_source_id_e1308712_fk_channels_ FOREIGN KEY (message_source_id) REFERENCES public.channels_app_messagesource(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.channels_app_livecall
    ADD CONSTRAINT channels_app_livecall_call_id_7b4a8845_fk_channels_app_call_id FOREIGN KEY (call_id) REFERENCES public.channels_app_call(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.channels_app_mailbox
    ADD CONSTRAINT channels_app_mailbox_calendar_id_a305c58e_fk_organisat FOREIGN KEY (calendar_id) REFERENCES public.organisation_workingcalendar(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.channels_app_mailbox
    ADD CONSTRAINT channels_app_mailbox_team_id_ebfb798c_fk_organisation_team_id FOREIGN KEY (team_id) REFERENCES public.organisation_team(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.channels_app_messagesource
    ADD CONSTRAINT channels_app_message_team_id_3f50476a_fk_organisat FOREIGN KEY (team_id) REFERENCES public.organisation_team(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.channels_app_outboundmessage
    ADD CONSTRAINT channels_app_outboun_mailbox_id_18f19aa8_fk_channels_ FOREIGN KEY (mailbox_id) REFERENCES public.channels_app_mailbox(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.channels_app_outboundmessage
    ADD CONSTRAINT channels_app_outboun_message_source_id_b383df26_fk_channels_ FOREIGN KEY (message_source_id) REFERENCES public.channels_app_messagesource(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.channels_app_storedfile
    ADD CONSTRAINT channels_app_storedf_inbound_id_8e310d7f_fk_channels_ FOREIGN KEY (inbound_id) REFERENCES public.channels_app_inboundmessage(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.channels_app_storedfile
    ADD CONSTRAINT channels_app_storedf_outbound_id_e67ce0a2_fk_channels_ FOREIGN KEY (outbound_id) REFERENCES public.channels_app_outboundmessage(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.contacts_assignment
    ADD CONSTRAINT contacts_assignment_assigned_by_id_7e025bd7_fk_organisat FOREIGN KEY (assigned_by_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.contacts_assignment
    ADD CONSTRAINT contacts_assignment_assignee_id_0b9a0ca4_fk_organisat FOREIGN KEY (assignee_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.contacts_assignment
    ADD CONSTRAINT contacts_assignment_question_id_1a804b49_fk_contacts_ FOREIGN KEY (question_id) REFERENCES public.contacts_question(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.contacts_assignment
    ADD CONSTRAINT contacts_assignment_rule_id_aeeeeef7_fk_contacts_routingrule_id FOREIGN KEY (rule_id) REFERENCES public.contacts_routingrule(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.contacts_assignment
    ADD CONSTRAINT contacts_assignment_team_id_62536d2d_fk_organisation_team_id FOREIGN KEY (team_id) REFERENCES public.organisation_team(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.contacts_callbackattempt
    ADD CONSTRAINT contacts_callbackatt_callback_id_e58f0a5e_fk_contacts_ FOREIGN KEY (callback_id) REFERENCES public.contacts_callbackrequest(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.contacts_callbackattempt
    ADD CONSTRAINT contacts_callbackattempt_by_id_65e6c81f_fk_organisation_user_id FOREIGN KEY (by_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.contacts_callbackrequest
    ADD CONSTRAINT contacts_callbackreq_contact_id_279591e8_fk_contacts_ FOREIGN KEY (contact_id) REFERENCES public.contacts_contact(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.contacts_callbackrequest
    ADD CONSTRAINT contacts_callbackreq_created_by_id_1dfff80c_fk_organisat FOREIGN KEY (created_by_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.contacts_callbackrequest
    ADD CONSTRAINT contacts_callbackreq_question_id_9f337b53_fk_contacts_ FOREIGN KEY (question_id) REFERENCES public.contacts_question(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.contacts_callbackrequest
    ADD CONSTRAINT contacts_callbackreq_settled_by_id_cb62bbc6_fk_organisat FOREIGN KEY (settled_by_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.contacts_chat
    ADD CONSTRAINT contacts_chat_question_id_55f690f8_fk_contacts_question_id FOREIGN KEY (question_id) REFERENCES public.contacts_question(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.contacts_chat
    ADD CONSTRAINT contacts_chat_taken_by_id_1ff73af1_fk_organisation_user_id FOREIGN KEY (taken_by_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.contacts_chatline
    ADD CONSTRAINT contacts_chatline_author_id_ec885237_fk_organisation_user_id FOREIGN KEY (author_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.contacts_chatline
    ADD CONSTRAINT contacts_chatline_chat_id_861487e5_fk_contacts_chat_id FOREIGN KEY (chat_id) REFERENCES public.contacts_chat(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.contacts_clockevent
    ADD CONSTRAINT contacts_clockevent_by_id_af417df6_fk_organisation_user_id FOREIGN KEY (by_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.contacts_clockevent
    ADD CONSTRAINT contacts_clockevent_clock_id_4161fd58_fk_contacts_normclock_id FOREIGN KEY (clock_id) REFERENCES public.contacts_normclock(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.contacts_confidentialaccess
    ADD CONSTRAINT contacts_confidentia_granted_by_id_6923e295_fk_organisat FOREIGN KEY (granted_by_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.contacts_confidentialaccess
    ADD CONSTRAINT contacts_confidentia_question_id_81cce859_fk_contacts_ FOREIGN KEY (question_id) REFERENCES public.contacts_question(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.contacts_confidentialaccess
    ADD CONSTRAINT contacts_confidentia_user_id_654ac129_fk_organisat FOREIGN KEY (user_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.contacts_contact
    ADD CONSTRAINT contacts_contact_call_id_e88a4384_fk_channels_app_call_id FOREIGN KEY (call_id) REFERENCES public.channels_app_call(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.contacts_contact
    ADD CONSTRAINT contacts_contact_customer_id_bc06dcda_fk_contacts_customer_id FOREIGN KEY (customer_id) REFERENCES public.contacts_customer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.contacts_contact
    ADD CONSTRAINT contacts_contact_inbound_id_191cfa7b_fk_channels_ FOREIGN KEY (inbound_id) REFERENCES public.channels_app_inboundmessage(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.contacts_contact
    ADD CONSTRAINT contacts_contact_outbound_id_bbc52a3d_fk_channels_ FOREIGN KEY (outbound_id) REFERENCES public.channels_app_outboundmessage(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.contacts_contact
    ADD CONSTRAINT contacts_contact_registered_by_id_6f97c0a3_fk_organisat FOREIGN KEY (registered_by_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.contacts_contactaddress
    ADD CONSTRAINT contacts_contactaddr_customer_id_9d763f57_fk_contacts_ FOREIGN KEY (customer_id) REFERENCES public.contacts_customer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.contacts_customer
    ADD CONSTRAINT contacts_customer_merged_into_id_7d694f5b_fk_contacts_ FOREIGN KEY (merged_into_id) REFERENCES public.contacts_customer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.contacts_draft
    ADD CONSTRAINT contacts_draft_user_id_88f02e4c_fk_organisation_user_id FOREIGN KEY (user_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.contacts_historicalapiclient
    ADD CONSTRAINT contacts_historicala_history_user_id_96e18426_fk_organisat FOREIGN KEY (history_user_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.contacts_historicalcustomer
    ADD CONSTRAINT contacts_historicalc_history_user_id_12312887_fk_organisat FOREIGN KEY (history_user_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.contacts_historicalcontactaddress
    ADD CONSTRAINT contacts_historicalc_history_user_id_40655cc2_fk_organisat FOREIGN KEY (history_user_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.contacts_historicalcontact
    ADD CONSTRAINT contacts_historicalc_history_user_id_545e3534_fk_organisat FOREIGN KEY (history_user_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.contacts_historicalcallbackrequest
    ADD CONSTRAINT contacts_historicalc_history_user_id_b830f639_fk_organisat FOREIGN KEY (history_user_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.contacts_historicalmessageconsent
    ADD CONSTRAINT contacts_historicalm_history_user_id_eec3971c_fk_organisat FOREIGN KEY (history_user_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.contacts_historicalnote
    ADD CONSTRAINT contacts_historicaln_history_user_id_8a6b293f_fk_organisat FOREIGN KEY (history_user_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.contacts_historicaloutgoingletter
    ADD CONSTRAINT contacts_historicalo_history_user_id_2c4cb699_fk_organisat FOREIGN KEY (history_user_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.contacts_historicalquestion
    ADD CONSTRAINT contacts_historicalq_history_user_id_68d11aeb_fk_organisat FOREIGN KEY (history_user_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.contacts_historicalreplytemplate
    ADD CONSTRAINT contacts_historicalr_history_user_id_7f87f7fc_fk_organisat FOREIGN KEY (history_user_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.contacts_historicalroutingrule
    ADD CONSTRAINT contacts_historicalr_history_user_id_ea8da25b_fk_organisat FOREIGN KEY (history_user_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.contacts_historicalservicenorm
    ADD CONSTRAINT contacts_historicals_history_user_id_2920965d_fk_organisat FOREIGN KEY (history_user_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.contacts_mergeproposal
    ADD CONSTRAINT contacts_mergepropos_decided_by_id_bae2a16e_fk_organisat FOREIGN KEY (decided_by_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.contacts_mergeproposal
    ADD CONSTRAINT contacts_mergepropos_merge_id_37234d1d_fk_contacts_ FOREIGN KEY (merge_id) REFERENCES public.contacts_customer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.contacts_mergeproposal
    ADD CONSTRAINT contacts_mergepropos_proposed_by_id_e5ed6e37_fk_organisat FOREIGN KEY (proposed_by_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.contacts_mergeproposal
    ADD CONSTRAINT contacts_mergeproposal_keep_id_441406cc_fk_contacts_customer_id FOREIGN KEY (keep_id) REFERENCES public.contacts_customer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.contacts_messageconsent
    ADD CONSTRAINT contacts_messagecons_customer_id_7106b869_fk_contacts_ FOREIGN KEY (customer_id) REFERENCES public.contacts_customer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.contacts_messageconsent
    ADD CONSTRAINT contacts_messagecons_given_by_id_d41fd8aa_fk_organisat FOREIGN KEY (given_by_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.contacts_messageconsent
    ADD CONSTRAINT contacts_messagecons_withdrawn_by_id_1f50056e_fk_organisat FOREIGN KEY (withdrawn_by_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.contacts_normclock
    ADD CONSTRAINT contacts_normclock_calendar_id_f02e81e9_fk_organisat FOREIGN KEY (calendar_id) REFERENCES public.organisation_workingcalendar(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.contacts_normclock
    ADD CONSTRAINT contacts_normclock_contact_id_b08a2119_fk_contacts_contact_id FOREIGN KEY (contact_id) REFERENCES public.contacts_contact(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.contacts_normclock
    ADD CONSTRAINT contacts_normclock_norm_id_96889197_fk_contacts_servicenorm_id FOREIGN KEY (norm_id) REFERENCES public.contacts_servicenorm(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.contacts_normclock
    ADD CONSTRAINT contacts_normclock_question_id_94a0091d_fk_contacts_question_id FOREIGN KEY (question_id) REFERENCES public.contacts_question(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.contacts_normclock
    ADD CONSTRAINT contacts_normclock_replaced_by_id_8e9c7a25_fk_contacts_ FOREIGN KEY (replaced_by_id) REFERENCES public.contacts_normclock(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.contacts_normclock
    ADD CONSTRAINT contacts_normclock_subject_id_07c07a54_fk_organisat FOREIGN KEY (subject_id) REFERENCES public.organisation_subject(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.contacts_normclock
    ADD CONSTRAINT contacts_normclock_team_id_555706be_fk_organisation_team_id FOREIGN KEY (team_id) REFERENCES public.organisation_team(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.contacts_note
    ADD CONSTRAINT contacts_note_created_by_id_85ad692d_fk_organisation_user_id FOREIGN KEY (created_by_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.contacts_note
    ADD CONSTRAINT contacts_note_question_id_c06194fb_fk_contacts_question_id FOREIGN KEY (question_id) REFERENCES public.contacts_question(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.contacts_notice
    ADD CONSTRAINT contacts_notice_clock_id_9cda33af_fk_contacts_normclock_id FOREIGN KEY (clock_id) REFERENCES public.contacts_normclock(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.contacts_notice
    ADD CONSTRAINT contacts_notice_question_id_78e029e1_fk_contacts_question_id FOREIGN KEY (question_id) REFERENCES public.contacts_question(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.contacts_notice
    ADD CONSTRAINT contacts_notice_user_id_e34e4a8d_fk_organisation_user_id FOREIGN KEY (user_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.contacts_outgoingletter
    ADD CONSTRAINT contacts_outgoinglet_contact_id_a1912933_fk_contacts_ FOREIGN KEY (contact_id) REFERENCES public.contacts_contact(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.contacts_outgoingletter
    ADD CONSTRAINT contacts_outgoinglet_made_by_id_adb519bf_fk_organisat FOREIGN KEY (made_by_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.contacts_outgoingletter_also
    ADD CONSTRAINT contacts_outgoinglet_outgoingletter_id_7d06646b_fk_contacts_ FOREIGN KEY (outgoingletter_id) REFERENCES public.contacts_outgoingletter(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.contacts_outgoingletter
    ADD CONSTRAINT contacts_outgoinglet_question_id_1c9cd8e7_fk_contacts_ FOREIGN KEY (question_id) REFERENCES public.contacts_question(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.contacts_outgoingletter_also
    ADD CONSTRAINT contacts_outgoinglet_question_id_46d7db50_fk_contacts_ FOREIGN KEY (question_id) REFERENCES public.contacts_question(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.contacts_outgoingletter
    ADD CONSTRAINT contacts_outgoinglet_settled_by_id_750a9c9c_fk_organisat FOREIGN KEY (settled_by_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.contacts_plannedreply
    ADD CONSTRAINT contacts_plannedrepl_contact_id_d4287d26_fk_contacts_ FOREIGN KEY (contact_id) REFERENCES public.contacts_contact(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.contacts_plannedreply
    ADD CONSTRAINT contacts_plannedrepl_created_by_id_cfa297b8_fk_organisat FOREIGN KEY (created_by_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.contacts_plannedreply_files
    ADD CONSTRAINT contacts_plannedrepl_plannedreply_id_b26d4200_fk_contacts_ FOREIGN KEY (plannedreply_id) REFERENCES public.contacts_plannedreply(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.contacts_plannedreply
    ADD CONSTRAINT contacts_plannedrepl_question_id_7e0b83e0_fk_contacts_ FOREIGN KEY (question_id) REFERENCES public.contacts_question(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.contacts_plannedreply
    ADD CONSTRAINT contacts_plannedrepl_settled_by_id_7db7c054_fk_organisat FOREIGN KEY (settled_by_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.contacts_plannedreply_files
    ADD CONSTRAINT contacts_plannedrepl_storedfile_id_0aa531af_fk_channels_ FOREIGN KEY (storedfile_id) REFERENCES public.channels_app_storedfile(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.contacts_question
    ADD CONSTRAINT contacts_question_assignee_id_54217ac6_fk_organisation_user_id FOREIGN KEY (assignee_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.contacts_question
    ADD CONSTRAINT contacts_question_customer_id_7d5736c1_fk_contacts_customer_id FOREIGN KEY (customer_id) REFERENCES public.contacts_customer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.contacts_question
    ADD CONSTRAINT contacts_question_merged_into_id_155b670a_fk_contacts_ FOREIGN KEY (merged_into_id) REFERENCES public.contacts_question(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.contacts_question
    ADD CONSTRAINT contacts_question_registered_by_id_5be02de0_fk_organisat FOREIGN KEY (registered_by_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.contacts_question
    ADD CONSTRAINT contacts_question_subject_id_2cbb1b0f_fk_organisat FOREIGN KEY (subject_id) REFERENCES public.organisation_subject(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.contacts_question
    ADD CONSTRAINT contacts_question_team_id_40bf7bee_fk_organisation_team_id FOREIGN KEY (team_id) REFERENCES public.organisation_team(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.contacts_questioncontact
    ADD CONSTRAINT contacts_questioncon_contact_id_b6d0d13c_fk_contacts_ FOREIGN KEY (contact_id) REFERENCES public.contacts_contact(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.contacts_questioncontact
    ADD CONSTRAINT contacts_questioncon_question_id_5cb83633_fk_contacts_ FOREIGN KEY (question_id) REFERENCES public.contacts_question(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.contacts_questionlink
    ADD CONSTRAINT contacts_questionlin_created_by_id_95eb7acc_fk_organisat FOREIGN KEY (created_by_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.contacts_questionlink
    ADD CONSTRAINT contacts_questionlin_question_id_6f19ca3a_fk_contacts_ FOREIGN KEY (question_id) REFERENCES public.contacts_question(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.contacts_questionlink
    ADD CONSTRAINT contacts_questionlink_other_id_60b5a618_fk_contacts_question_id FOREIGN KEY (other_id) REFERENCES public.contacts_question(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.contacts_questionplace
    ADD CONSTRAINT contacts_questionpla_question_id_8ad29701_fk_contacts_ FOREIGN KEY (question_id) REFERENCES public.contacts_question(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.contacts_questionviewer
    ADD CONSTRAINT contacts_questionvie_question_id_ebebc43c_fk_contacts_ FOREIGN KEY (question_id) REFERENCES public.contacts_question(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.contacts_questionviewer
    ADD CONSTRAINT contacts_questionvie_user_id_b755c7f9_fk_organisat FOREIGN KEY (user_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.contacts_replytemplate
    ADD CONSTRAINT contacts_replytempla_subject_id_caea884d_fk_organisat FOREIGN KEY (subject_id) REFERENCES public.organisation_subject(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.contacts_replytemplate
    ADD CONSTRAINT contacts_replytemplate_team_id_bb30d9fb_fk_organisation_team_id FOREIGN KEY (team_id) REFERENCES public.organisation_team(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.contacts_routingrule
    ADD CONSTRAINT contacts_routingrule_mailbox_id_18ed37d0_fk_channels_ FOREIGN KEY (mailbox_id) REFERENCES public.channels_app_mailbox(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.contacts_routingrule
    ADD CONSTRAINT contacts_routingrule_subject_id_f53ef27a_fk_organisat FOREIGN KEY (subject_id) REFERENCES public.organisation_subject(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.contacts_routingrule
    ADD CONSTRAINT contacts_routingrule_team_id_6aa250dc_fk_organisation_team_id FOREIGN KEY (team_id) REFERENCES public.organisation_team(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.contacts_savedview
    ADD CONSTRAINT contacts_savedview_user_id_50303d81_fk_organisation_user_id FOREIGN KEY (user_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.contacts_servicenorm
    ADD CONSTRAINT contacts_servicenorm_subject_id_bca4472c_fk_organisat FOREIGN KEY (subject_id) REFERENCES public.organisation_subject(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.contacts_servicenorm
    ADD CONSTRAINT contacts_servicenorm_team_id_e614fde3_fk_organisation_team_id FOREIGN KEY (team_id) REFERENCES public.organisation_team(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.contacts_textlevel
    ADD CONSTRAINT contacts_textlevel_contact_id_80b35fc2_fk_contacts_contact_id FOREIGN KEY (contact_id) REFERENCES public.contacts_contact(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.contacts_textlevel
    ADD CONSTRAINT contacts_textlevel_question_id_6ddb30c8_fk_contacts_question_id FOREIGN KEY (question_id) REFERENCES public.contacts_question(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.contacts_textlevel
    ADD CONSTRAINT contacts_textlevel_subject_id_3d921062_fk_organisat FOREIGN KEY (subject_id) REFERENCES public.organisation_subject(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.contacts_textlevel
    ADD CONSTRAINT contacts_textlevel_team_id_ae811925_fk_organisation_team_id FOREIGN KEY (team_id) REFERENCES public.organisation_team(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.knowledge_article
    ADD CONSTRAINT knowledge_article_owner_id_b40ac797_fk_organisation_user_id FOREIGN KEY (owner_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.knowledge_article
    ADD CONSTRAINT knowledge_article_proposed_by_id_145602a0_fk_organisat FOREIGN KEY (proposed_by_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.knowledge_article_subjects
    ADD CONSTRAINT knowledge_article_su_article_id_02fb2dc1_fk_knowledge FOREIGN KEY (article_id) REFERENCES public.knowledge_article(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.knowledge_article_subjects
    ADD CONSTRAINT knowledge_article_su_subject_id_15c213fa_fk_organisat FOREIGN KEY (subject_id) REFERENCES public.organisation_subject(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.knowledge_article
    ADD CONSTRAINT knowledge_article_team_id_bcf5a583_fk_organisation_team_id FOREIGN KEY (team_id) REFERENCES public.organisation_team(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.knowledge_articlefeedback
    ADD CONSTRAINT knowledge_articlefee_article_id_358fa8b3_fk_knowledge FOREIGN KEY (article_id) REFERENCES public.knowledge_article(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.knowledge_articlefeedback
    ADD CONSTRAINT knowledge_articlefee_by_id_ca118b07_fk_organisat FOREIGN KEY (by_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.knowledge_articlefeedback
    ADD CONSTRAINT knowledge_articlefee_closed_by_id_adb37ee8_fk_organisat FOREIGN KEY (closed_by_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.knowledge_articletranslation
    ADD CONSTRAINT knowledge_articletra_article_id_8a29b26a_fk_knowledge FOREIGN KEY (article_id) REFERENCES public.knowledge_article(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.knowledge_articletranslation
    ADD CONSTRAINT knowledge_articletra_published_by_id_8550be9a_fk_organisat FOREIGN KEY (published_by_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.knowledge_articletranslation
    ADD CONSTRAINT knowledge_articletra_written_by_id_a4ccc62d_fk_organisat FOREIGN KEY (written_by_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.knowledge_articleuse
    ADD CONSTRAINT knowledge_articleuse_article_id_7dbac3d7_fk_knowledge FOREIGN KEY (article_id) REFERENCES public.knowledge_article(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.knowledge_articleversion
    ADD CONSTRAINT knowledge_articlever_article_id_cba279b4_fk_knowledge FOREIGN KEY (article_id) REFERENCES public.knowledge_article(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.knowledge_articleversion
    ADD CONSTRAINT knowledge_articlever_forward_to_id_56debc76_fk_organisat FOREIGN KEY (forward_to_id) REFERENCES public.organisation_team(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.knowledge_articleversion
    ADD CONSTRAINT knowledge_articlever_published_by_id_95615957_fk_organisat FOREIGN KEY (published_by_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.knowledge_articleversion
    ADD CONSTRAINT knowledge_articlever_written_by_id_4979f6c5_fk_organisat FOREIGN KEY (written_by_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.knowledge_historicalpublicpart
    ADD CONSTRAINT knowledge_historical_history_user_id_1d593943_fk_organisat FOREIGN KEY (history_user_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.knowledge_historicalnews
    ADD CONSTRAINT knowledge_historical_history_user_id_5b913684_fk_organisat FOREIGN KEY (history_user_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.knowledge_historicalarticletranslation
    ADD CONSTRAINT knowledge_historical_history_user_id_7513fac6_fk_organisat FOREIGN KEY (history_user_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.knowledge_historicalarticle
    ADD CONSTRAINT knowledge_historical_history_user_id_8c268fe5_fk_organisat FOREIGN KEY (history_user_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.knowledge_historicalarticleversion
    ADD CONSTRAINT knowledge_historical_history_user_id_a33eed0c_fk_organisat FOREIGN KEY (history_user_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.knowledge_news
    ADD CONSTRAINT knowledge_news_article_id_c9631b80_fk_knowledge_article_id FOREIGN KEY (article_id) REFERENCES public.knowledge_article(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.knowledge_news_for_teams
    ADD CONSTRAINT knowledge_news_for_t_team_id_aec591ad_fk_organisat FOREIGN KEY (team_id) REFERENCES public.organisation_team(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.knowledge_news_for_teams
    ADD CONSTRAINT knowledge_news_for_teams_news_id_f3312880_fk_knowledge_news_id FOREIGN KEY (news_id) REFERENCES public.knowledge_news(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.knowledge_news
    ADD CONSTRAINT knowledge_news_team_id_a8c8392d_fk_organisation_team_id FOREIGN KEY (team_id) REFERENCES public.organisation_team(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.knowledge_news
    ADD CONSTRAINT knowledge_news_written_by_id_cdde3ca4_fk_organisation_user_id FOREIGN KEY (written_by_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.knowledge_newsread
    ADD CONSTRAINT knowledge_newsread_news_id_5f4bb116_fk_knowledge_news_id FOREIGN KEY (news_id) REFERENCES public.knowledge_news(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.knowledge_newsread
    ADD CONSTRAINT knowledge_newsread_user_id_5b9632e1_fk_organisation_user_id FOREIGN KEY (user_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.knowledge_product
    ADD CONSTRAINT knowledge_product_article_id_f99f474a_fk_knowledge_article_id FOREIGN KEY (article_id) REFERENCES public.knowledge_article(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.knowledge_productimport
    ADD CONSTRAINT knowledge_productimport_by_id_11e2244a_fk_organisation_user_id FOREIGN KEY (by_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.kpi_agreementreview
    ADD CONSTRAINT kpi_agreementreview_agreement_id_692f6fcc_fk_kpi_teama FOREIGN KEY (agreement_id) REFERENCES public.kpi_teamagreement(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.kpi_agreementreview
    ADD CONSTRAINT kpi_agreementreview_by_id_34b324e7_fk_organisation_user_id FOREIGN KEY (by_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.kpi_figuresview
    ADD CONSTRAINT kpi_figuresview_owner_id_b7468eba_fk_organisation_user_id FOREIGN KEY (owner_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.kpi_historicalfiguresview
    ADD CONSTRAINT kpi_historicalfigure_history_user_id_65411173_fk_organisat FOREIGN KEY (history_user_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.kpi_historicalreportschedule
    ADD CONSTRAINT kpi_historicalreport_history_user_id_04a4d6b3_fk_organisat FOREIGN KEY (history_user_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.kpi_historicalsignal
    ADD CONSTRAINT kpi_historicalsignal_history_user_id_17f80b66_fk_organisat FOREIGN KEY (history_user_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.kpi_historicalteamagreement
    ADD CONSTRAINT kpi_historicalteamag_history_user_id_5bf7af27_fk_organisat FOREIGN KEY (history_user_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.kpi_historicalwalllink
    ADD CONSTRAINT kpi_historicalwallli_history_user_id_05dc82cd_fk_organisat FOREIGN KEY (history_user_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.kpi_issuedreport
    ADD CONSTRAINT kpi_issuedreport_issued_by_id_d5e65df0_fk_organisation_user_id FOREIGN KEY (issued_by_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.kpi_issuedreport
    ADD CONSTRAINT kpi_issuedreport_replaces_id_d5b7347b_fk_kpi_issuedreport_id FOREIGN KEY (replaces_id) REFERENCES public.kpi_issuedreport(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.kpi_issuedreport
    ADD CONSTRAINT kpi_issuedreport_team_id_a9be50c0_fk_organisation_team_id FOREIGN KEY (team_id) REFERENCES public.organisation_team(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.kpi_reportfile
    ADD CONSTRAINT kpi_reportfile_report_id_87246c8b_fk_kpi_issuedreport_id FOREIGN KEY (report_id) REFERENCES public.kpi_issuedreport(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.kpi_reportjob
    ADD CONSTRAINT kpi_reportjob_asked_by_id_6e8b84a2_fk_organisation_user_id FOREIGN KEY (asked_by_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.kpi_reportjob
    ADD CONSTRAINT kpi_reportjob_report_id_a32bc5bd_fk_kpi_issuedreport_id FOREIGN KEY (report_id) REFERENCES public.kpi_issuedreport(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.kpi_reportjob
    ADD CONSTRAINT kpi_reportjob_team_id_d0b77f8e_fk_organisation_team_id FOREIGN KEY (team_id) REFERENCES public.organisation_team(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.kpi_reportschedule
    ADD CONSTRAINT kpi_reportschedule_made_by_id_1a2519f5_fk_organisation_user_id FOREIGN KEY (made_by_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.kpi_reportschedule
    ADD CONSTRAINT kpi_reportschedule_team_id_3bc0b1cf_fk_organisation_team_id FOREIGN KEY (team_id) REFERENCES public.organisation_team(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.kpi_schedulerun
    ADD CONSTRAINT kpi_schedulerun_report_id_1e0b56f3_fk_kpi_issuedreport_id FOREIGN KEY (report_id) REFERENCES public.kpi_issuedreport(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.kpi_schedulerun
    ADD CONSTRAINT kpi_schedulerun_schedule_id_0f968c0f_fk_kpi_reportschedule_id FOREIGN KEY (schedule_id) REFERENCES public.kpi_reportschedule(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.kpi_signal
    ADD CONSTRAINT kpi_signal_handled_by_id_c8546ae5_fk_organisation_user_id FOREIGN KEY (handled_by_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.kpi_signal
    ADD CONSTRAINT kpi_signal_owner_id_05035471_fk_organisation_user_id FOREIGN KEY (owner_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.kpi_signal
    ADD CONSTRAINT kpi_signal_subject_id_e7a6b0c4_fk_organisation_subject_id FOREIGN KEY (subject_id) REFERENCES public.organisation_subject(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.kpi_signal
    ADD CONSTRAINT kpi_signal_team_id_c68b26ca_fk_organisation_team_id FOREIGN KEY (team_id) REFERENCES public.organisation_team(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.kpi_teamagreement
    ADD CONSTRAINT kpi_teamagreement_agreed_with_id_3e5c8a26_fk_organisat FOREIGN KEY (agreed_with_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.kpi_teamagreement
    ADD CONSTRAINT kpi_teamagreement_team_id_f34a1a95_fk_organisation_team_id FOREIGN KEY (team_id) REFERENCES public.organisation_team(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.kpi_walllink
    ADD CONSTRAINT kpi_walllink_created_by_id_9ea9c7de_fk_organisation_user_id FOREIGN KEY (created_by_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.organisation_accessentry
    ADD CONSTRAINT organisation_accesse_user_id_9b9c8f4a_fk_organisat FOREIGN KEY (user_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.organisation_auditentry
    ADD CONSTRAINT organisation_auditen_user_id_0ef2ca3b_fk_organisat FOREIGN KEY (user_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.organisation_calendarday
    ADD CONSTRAINT organisation_calenda_calendar_id_1210dbd0_fk_organisat FOREIGN KEY (calendar_id) REFERENCES public.organisation_workingcalendar(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.organisation_calendarhours
    ADD CONSTRAINT organisation_calenda_calendar_id_23427ded_fk_organisat FOREIGN KEY (calendar_id) REFERENCES public.organisation_workingcalendar(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.organisation_calendarday
    ADD CONSTRAINT organisation_calenda_confirmed_by_id_868b5ee8_fk_organisat FOREIGN KEY (confirmed_by_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.organisation_historicalworkingcalendar
    ADD CONSTRAINT organisation_histori_history_user_id_069c36e1_fk_organisat FOREIGN KEY (history_user_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.organisation_historicaluser
    ADD CONSTRAINT organisation_histori_history_user_id_0fe89a96_fk_organisat FOREIGN KEY (history_user_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.organisation_historicalsubject
    ADD CONSTRAINT organisation_histori_history_user_id_608f167b_fk_organisat FOREIGN KEY (history_user_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.organisation_historicalrolerequest
    ADD CONSTRAINT organisation_histori_history_user_id_958f85b8_fk_organisat FOREIGN KEY (history_user_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.organisation_historicalmembership
    ADD CONSTRAINT organisation_histori_history_user_id_b9e2fed8_fk_organisat FOREIGN KEY (history_user_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.organisation_historicalmunicipality
    ADD CONSTRAINT organisation_histori_history_user_id_ca50c1e9_fk_organisat FOREIGN KEY (history_user_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.organisation_historicalteam
    ADD CONSTRAINT organisation_histori_history_user_id_dd6f39cb_fk_organisat FOREIGN KEY (history_user_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.organisation_historicalcalendarday
    ADD CONSTRAINT organisation_histori_history_user_id_e8b1b754_fk_organisat FOREIGN KEY (history_user_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.organisation_membership
    ADD CONSTRAINT organisation_members_team_id_e24888ed_fk_organisat FOREIGN KEY (team_id) REFERENCES public.organisation_team(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.organisation_membership
    ADD CONSTRAINT organisation_members_user_id_f6ff1acf_fk_organisat FOREIGN KEY (user_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.organisation_presence
    ADD CONSTRAINT organisation_presence_user_id_95010059_fk_organisation_user_id FOREIGN KEY (user_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.organisation_rolerequest
    ADD CONSTRAINT organisation_rolereq_asked_by_id_0ed2b937_fk_organisat FOREIGN KEY (asked_by_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.organisation_rolerequest
    ADD CONSTRAINT organisation_rolereq_decided_by_id_baa6eeaf_fk_organisat FOREIGN KEY (decided_by_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.organisation_rolerequest
    ADD CONSTRAINT organisation_rolereq_team_id_a6435646_fk_organisat FOREIGN KEY (team_id) REFERENCES public.organisation_team(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.organisation_rolerequest
    ADD CONSTRAINT organisation_rolereq_user_id_ab40c545_fk_organisat FOREIGN KEY (user_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.organisation_subject
    ADD CONSTRAINT organisation_subject_parent_id_edfd3ad3_fk_organisat FOREIGN KEY (parent_id) REFERENCES public.organisation_subject(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.organisation_subject
    ADD CONSTRAINT organisation_subject_team_id_12e6583f_fk_organisation_team_id FOREIGN KEY (team_id) REFERENCES public.organisation_team(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.organisation_team
    ADD CONSTRAINT organisation_team_calendar_id_1d9bef97_fk_organisat FOREIGN KEY (calendar_id) REFERENCES public.organisation_workingcalendar(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.otp_static_staticdevice
    ADD CONSTRAINT otp_static_staticdev_user_id_7f9cff2b_fk_organisat FOREIGN KEY (user_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.otp_static_statictoken
    ADD CONSTRAINT otp_static_statictok_device_id_74b7c7d1_fk_otp_stati FOREIGN KEY (device_id) REFERENCES public.otp_static_staticdevice(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.otp_totp_totpdevice
    ADD CONSTRAINT otp_totp_totpdevice_user_id_0fb18292_fk_organisation_user_id FOREIGN KEY (user_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.privacy_destructionentry
    ADD CONSTRAINT privacy_destructione_destruction_id_c8d42053_fk_privacy_d FOREIGN KEY (destruction_id) REFERENCES public.privacy_destructionlist(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.privacy_destructionentry
    ADD CONSTRAINT privacy_destructione_question_id_7a489a16_fk_contacts_ FOREIGN KEY (question_id) REFERENCES public.contacts_question(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.privacy_destructionlist
    ADD CONSTRAINT privacy_destructionl_decided_by_id_06a87877_fk_organisat FOREIGN KEY (decided_by_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.privacy_destructionlist
    ADD CONSTRAINT privacy_destructionl_proposed_by_id_5e3e490f_fk_organisat FOREIGN KEY (proposed_by_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.privacy_historicaldestructionlist
    ADD CONSTRAINT privacy_historicalde_history_user_id_6ac65ae3_fk_organisat FOREIGN KEY (history_user_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.privacy_historicallegalhold
    ADD CONSTRAINT privacy_historicalle_history_user_id_b18e1a07_fk_organisat FOREIGN KEY (history_user_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.privacy_historicalpersonrequest
    ADD CONSTRAINT privacy_historicalpe_history_user_id_93e913d3_fk_organisat FOREIGN KEY (history_user_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.privacy_historicalreadlogreview
    ADD CONSTRAINT privacy_historicalre_history_user_id_d45edc68_fk_organisat FOREIGN KEY (history_user_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.privacy_historicalretentionterm
    ADD CONSTRAINT privacy_historicalre_history_user_id_e9ee6b1b_fk_organisat FOREIGN KEY (history_user_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.privacy_historicalrightsrequest
    ADD CONSTRAINT privacy_historicalri_history_user_id_8e64d92c_fk_organisat FOREIGN KEY (history_user_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.privacy_legalhold
    ADD CONSTRAINT privacy_legalhold_customer_id_17df4a51_fk_contacts_customer_id FOREIGN KEY (customer_id) REFERENCES public.contacts_customer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.privacy_legalhold
    ADD CONSTRAINT privacy_legalhold_ended_by_id_ce34c3ce_fk_organisation_user_id FOREIGN KEY (ended_by_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.privacy_legalhold
    ADD CONSTRAINT privacy_legalhold_placed_by_id_729a5825_fk_organisation_user_id FOREIGN KEY (placed_by_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.privacy_legalhold
    ADD CONSTRAINT privacy_legalhold_question_id_b96c22c0_fk_contacts_question_id FOREIGN KEY (question_id) REFERENCES public.contacts_question(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.privacy_personrequest
    ADD CONSTRAINT privacy_personreques_asked_by_id_14c2e9aa_fk_organisat FOREIGN KEY (asked_by_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.privacy_personrequest
    ADD CONSTRAINT privacy_personreques_customer_id_5a583ec5_fk_contacts_ FOREIGN KEY (customer_id) REFERENCES public.contacts_customer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.privacy_personrequest
    ADD CONSTRAINT privacy_personreques_decided_by_id_c4003607_fk_organisat FOREIGN KEY (decided_by_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.privacy_personrequest
    ADD CONSTRAINT privacy_personreques_lifted_by_id_3f4a95f6_fk_organisat FOREIGN KEY (lifted_by_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.privacy_readlogreview
    ADD CONSTRAINT privacy_readlogrevie_reviewed_by_id_fed0f2f9_fk_organisat FOREIGN KEY (reviewed_by_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.privacy_retentionterm
    ADD CONSTRAINT privacy_retentionter_decided_by_id_b6abe8e7_fk_organisat FOREIGN KEY (decided_by_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.privacy_retentionterm
    ADD CONSTRAINT privacy_retentionter_proposed_by_id_7efc5cc7_fk_organisat FOREIGN KEY (proposed_by_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.privacy_rightsrequest
    ADD CONSTRAINT privacy_rightsreques_answered_by_id_05ab1ae9_fk_organisat FOREIGN KEY (answered_by_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.privacy_rightsrequest
    ADD CONSTRAINT privacy_rightsreques_customer_id_8211b730_fk_contacts_ FOREIGN KEY (customer_id) REFERENCES public.contacts_customer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.privacy_rightsrequest
    ADD CONSTRAINT privacy_rightsreques_extended_by_id_6520c2da_fk_organisat FOREIGN KEY (extended_by_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.privacy_rightsrequest
    ADD CONSTRAINT privacy_rightsreques_handler_id_2304e726_fk_organisat FOREIGN KEY (handler_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.privacy_rightsrequest
    ADD CONSTRAINT privacy_rightsreques_noted_by_id_f0d69f5d_fk_organisat FOREIGN KEY (noted_by_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.privacy_wipedquestion
    ADD CONSTRAINT privacy_wipedquestio_question_id_df6acbc1_fk_contacts_ FOREIGN KEY (question_id) REFERENCES public.contacts_question(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.privacy_wipedquestion
    ADD CONSTRAINT privacy_wipedquestio_request_id_cde58812_fk_privacy_p FOREIGN KEY (request_id) REFERENCES public.privacy_personrequest(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.programme_budgetline
    ADD CONSTRAINT programme_budgetline_condition_id_092108a7_fk_programme FOREIGN KEY (condition_id) REFERENCES public.programme_condition(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.programme_budgetline
    ADD CONSTRAINT programme_budgetline_pillar_id_7f9aef0e_fk_programme_pillar_id FOREIGN KEY (pillar_id) REFERENCES public.programme_pillar(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.programme_decision
    ADD CONSTRAINT programme_decision_project_id_1f6756fe_fk_programme_project_id FOREIGN KEY (project_id) REFERENCES public.programme_project(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.programme_dependency
    ADD CONSTRAINT programme_dependency_needs_id_c8b253b7_fk_programme_project_id FOREIGN KEY (needs_id) REFERENCES public.programme_project(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.programme_dependency
    ADD CONSTRAINT programme_dependency_project_id_41b4b0d8_fk_programme FOREIGN KEY (project_id) REFERENCES public.programme_project(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.programme_goal
    ADD CONSTRAINT programme_goal_condition_id_60d6a6f9_fk_programme_condition_id FOREIGN KEY (condition_id) REFERENCES public.programme_condition(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.programme_goal
    ADD CONSTRAINT programme_goal_indicator_id_def92523_fk_surveys_o FOREIGN KEY (indicator_id) REFERENCES public.surveys_outsideindicator(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.programme_goal
    ADD CONSTRAINT programme_goal_pillar_id_99f43e3d_fk_programme_pillar_id FOREIGN KEY (pillar_id) REFERENCES public.programme_pillar(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.programme_goal
    ADD CONSTRAINT programme_goal_team_id_d6b15104_fk_organisation_team_id FOREIGN KEY (team_id) REFERENCES public.organisation_team(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.programme_goaltarget
    ADD CONSTRAINT programme_goaltarget_goal_id_967ffb71_fk_programme_goal_id FOREIGN KEY (goal_id) REFERENCES public.programme_goal(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.programme_historicalgoal
    ADD CONSTRAINT programme_historical_history_user_id_0e88e2a9_fk_organisat FOREIGN KEY (history_user_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.programme_historicalpillar
    ADD CONSTRAINT programme_historical_history_user_id_2c31a821_fk_organisat FOREIGN KEY (history_user_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.programme_historicalbudgetline
    ADD CONSTRAINT programme_historical_history_user_id_2d3480ea_fk_organisat FOREIGN KEY (history_user_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.programme_historicalrisk
    ADD CONSTRAINT programme_historical_history_user_id_4be3b7f5_fk_organisat FOREIGN KEY (history_user_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.programme_historicalcondition
    ADD CONSTRAINT programme_historical_history_user_id_5e0201b8_fk_organisat FOREIGN KEY (history_user_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.programme_historicalmoneyentry
    ADD CONSTRAINT programme_historical_history_user_id_7862bf16_fk_organisat FOREIGN KEY (history_user_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.programme_historicaldependency
    ADD CONSTRAINT programme_historical_history_user_id_7f3dd8c5_fk_organisat FOREIGN KEY (history_user_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.programme_historicalmilestone
    ADD CONSTRAINT programme_historical_history_user_id_94c43e6a_fk_organisat FOREIGN KEY (history_user_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.programme_historicalprogramme
    ADD CONSTRAINT programme_historical_history_user_id_a4ff2418_fk_organisat FOREIGN KEY (history_user_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.programme_historicalstatusround
    ADD CONSTRAINT programme_historical_history_user_id_a9f5dce3_fk_organisat FOREIGN KEY (history_user_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.programme_historicaldecision
    ADD CONSTRAINT programme_historical_history_user_id_b20bfe1d_fk_organisat FOREIGN KEY (history_user_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.programme_historicalproject
    ADD CONSTRAINT programme_historical_history_user_id_c10cf1b4_fk_organisat FOREIGN KEY (history_user_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.programme_historicalgoaltarget
    ADD CONSTRAINT programme_historical_history_user_id_cf7f2ebe_fk_organisat FOREIGN KEY (history_user_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.programme_historicalstatusupdate
    ADD CONSTRAINT programme_historical_history_user_id_fd8a67aa_fk_organisat FOREIGN KEY (history_user_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.programme_issuedstatusreport
    ADD CONSTRAINT programme_issuedstat_issued_by_id_53ec0148_fk_organisat FOREIGN KEY (issued_by_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.programme_issuedstatusreport
    ADD CONSTRAINT programme_issuedstat_round_id_0b1d5a47_fk_programme FOREIGN KEY (round_id) REFERENCES public.programme_statusround(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.programme_milestone
    ADD CONSTRAINT programme_milestone_project_id_ef132765_fk_programme_project_id FOREIGN KEY (project_id) REFERENCES public.programme_project(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.programme_moneyentry
    ADD CONSTRAINT programme_moneyentry_line_id_bd6ae27c_fk_programme FOREIGN KEY (line_id) REFERENCES public.programme_budgetline(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.programme_moneyentry
    ADD CONSTRAINT programme_moneyentry_project_id_8b82f8bd_fk_programme FOREIGN KEY (project_id) REFERENCES public.programme_project(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.programme_project
    ADD CONSTRAINT programme_project_condition_id_1265df94_fk_programme FOREIGN KEY (condition_id) REFERENCES public.programme_condition(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.programme_project
    ADD CONSTRAINT programme_project_light_moved_by_id_7119d27b_fk_organisat FOREIGN KEY (light_moved_by_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.programme_project
    ADD CONSTRAINT programme_project_owner_id_add176ab_fk_organisation_user_id FOREIGN KEY (owner_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.programme_project
    ADD CONSTRAINT programme_project_pillar_id_2d46f067_fk_programme_pillar_id FOREIGN KEY (pillar_id) REFERENCES public.programme_pillar(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.programme_risk
    ADD CONSTRAINT programme_risk_project_id_661d80a0_fk_programme_project_id FOREIGN KEY (project_id) REFERENCES public.programme_project(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.programme_statusreportjob
    ADD CONSTRAINT programme_statusrepo_report_id_311df4e2_fk_programme FOREIGN KEY (report_id) REFERENCES public.programme_issuedstatusreport(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.programme_statusreportfile
    ADD CONSTRAINT programme_statusrepo_report_id_57c8205e_fk_programme FOREIGN KEY (report_id) REFERENCES public.programme_issuedstatusreport(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.programme_statusround
    ADD CONSTRAINT programme_statusroun_opened_by_id_96e07f73_fk_organisat FOREIGN KEY (opened_by_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.programme_statusupdate
    ADD CONSTRAINT programme_statusupda_project_id_c168f6d7_fk_programme FOREIGN KEY (project_id) REFERENCES public.programme_project(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.programme_statusupdate
    ADD CONSTRAINT programme_statusupda_round_id_55987091_fk_programme FOREIGN KEY (round_id) REFERENCES public.programme_statusround(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.programme_statusupdate
    ADD CONSTRAINT programme_statusupda_saved_by_id_daa7f5ae_fk_organisat FOREIGN KEY (saved_by_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.surveys_answer
    ADD CONSTRAINT surveys_answer_batch_id_1047b81e_fk_surveys_answerbatch_id FOREIGN KEY (batch_id) REFERENCES public.surveys_answerbatch(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.surveys_answer
    ADD CONSTRAINT surveys_answer_question_id_c0166f3c_fk_surveys_s FOREIGN KEY (question_id) REFERENCES public.surveys_surveyquestion(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.surveys_answer
    ADD CONSTRAINT surveys_answer_response_id_5416c873_fk_surveys_response_id FOREIGN KEY (response_id) REFERENCES public.surveys_response(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.surveys_answer
    ADD CONSTRAINT surveys_answer_survey_id_caa4663c_fk_surveys_survey_id FOREIGN KEY (survey_id) REFERENCES public.surveys_survey(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.surveys_answerbatch
    ADD CONSTRAINT surveys_answerbatch_place_id_ece72f30_fk_surveys_surveyplace_id FOREIGN KEY (place_id) REFERENCES public.surveys_surveyplace(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.surveys_answerbatch
    ADD CONSTRAINT surveys_answerbatch_round_id_be223d27_fk_surveys_surveyround_id FOREIGN KEY (round_id) REFERENCES public.surveys_surveyround(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.surveys_answerbatch
    ADD CONSTRAINT surveys_answerbatch_survey_id_c642e143_fk_surveys_survey_id FOREIGN KEY (survey_id) REFERENCES public.surveys_survey(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.surveys_answerbatch
    ADD CONSTRAINT surveys_answerbatch_team_id_95768606_fk_organisation_team_id FOREIGN KEY (team_id) REFERENCES public.organisation_team(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.surveys_answerbatch
    ADD CONSTRAINT surveys_answerbatch_theme_id_4309ca85_fk_organisat FOREIGN KEY (theme_id) REFERENCES public.organisation_subject(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.surveys_channelrule
    ADD CONSTRAINT surveys_channelrule_survey_id_22d97562_fk_surveys_survey_id FOREIGN KEY (survey_id) REFERENCES public.surveys_survey(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.surveys_historicalaskingchoices
    ADD CONSTRAINT surveys_historicalas_history_user_id_b89da34e_fk_organisat FOREIGN KEY (history_user_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.surveys_historicalchannelrule
    ADD CONSTRAINT surveys_historicalch_history_user_id_16bdf23b_fk_organisat FOREIGN KEY (history_user_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.surveys_historicaloutsideindicator
    ADD CONSTRAINT surveys_historicalou_history_user_id_93324286_fk_organisat FOREIGN KEY (history_user_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.surveys_historicaloutsideresult
    ADD CONSTRAINT surveys_historicalou_history_user_id_cf93131f_fk_organisat FOREIGN KEY (history_user_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.surveys_historicalsurveyversion
    ADD CONSTRAINT surveys_historicalsu_history_user_id_61865fd4_fk_organisat FOREIGN KEY (history_user_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.surveys_historicalsurvey
    ADD CONSTRAINT surveys_historicalsu_history_user_id_6220a4b5_fk_organisat FOREIGN KEY (history_user_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.surveys_historicalsurveyplace
    ADD CONSTRAINT surveys_historicalsu_history_user_id_9f94daee_fk_organisat FOREIGN KEY (history_user_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.surveys_historicalsurveyround
    ADD CONSTRAINT surveys_historicalsu_history_user_id_b0f6f588_fk_organisat FOREIGN KEY (history_user_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.surveys_historicalsurveyquestion
    ADD CONSTRAINT surveys_historicalsu_history_user_id_f6896430_fk_organisat FOREIGN KEY (history_user_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.surveys_historicalwordgroup
    ADD CONSTRAINT surveys_historicalwo_history_user_id_bee2924c_fk_organisat FOREIGN KEY (history_user_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.surveys_invitation
    ADD CONSTRAINT surveys_invitation_contact_id_d710f6eb_fk_contacts_contact_id FOREIGN KEY (contact_id) REFERENCES public.contacts_contact(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.surveys_invitation
    ADD CONSTRAINT surveys_invitation_customer_id_070370bb_fk_contacts_customer_id FOREIGN KEY (customer_id) REFERENCES public.contacts_customer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.surveys_invitation
    ADD CONSTRAINT surveys_invitation_round_id_beddb4db_fk_surveys_surveyround_id FOREIGN KEY (round_id) REFERENCES public.surveys_surveyround(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.surveys_invitation
    ADD CONSTRAINT surveys_invitation_subject_id_9363ab23_fk_organisat FOREIGN KEY (subject_id) REFERENCES public.organisation_subject(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.surveys_invitation
    ADD CONSTRAINT surveys_invitation_survey_id_d0534764_fk_surveys_survey_id FOREIGN KEY (survey_id) REFERENCES public.surveys_survey(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.surveys_invitation
    ADD CONSTRAINT surveys_invitation_survey_version_id_df935c12_fk_surveys_s FOREIGN KEY (survey_version_id) REFERENCES public.surveys_surveyversion(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.surveys_invitation
    ADD CONSTRAINT surveys_invitation_team_id_a70719e1_fk_organisation_team_id FOREIGN KEY (team_id) REFERENCES public.organisation_team(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.surveys_outsideimport
    ADD CONSTRAINT surveys_outsideimport_by_id_c51735ce_fk_organisation_user_id FOREIGN KEY (by_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.surveys_outsideresult
    ADD CONSTRAINT surveys_outsideresul_indicator_id_fc75b78d_fk_surveys_o FOREIGN KEY (indicator_id) REFERENCES public.surveys_outsideindicator(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.surveys_response
    ADD CONSTRAINT surveys_response_place_id_5603a936_fk_surveys_surveyplace_id FOREIGN KEY (place_id) REFERENCES public.surveys_surveyplace(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.surveys_response
    ADD CONSTRAINT surveys_response_question_id_9ed8537d_fk_contacts_question_id FOREIGN KEY (question_id) REFERENCES public.contacts_question(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.surveys_response
    ADD CONSTRAINT surveys_response_round_id_8a1af949_fk_surveys_surveyround_id FOREIGN KEY (round_id) REFERENCES public.surveys_surveyround(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.surveys_response
    ADD CONSTRAINT surveys_response_survey_version_id_2cacc8b1_fk_surveys_s FOREIGN KEY (survey_version_id) REFERENCES public.surveys_surveyversion(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.surveys_response
    ADD CONSTRAINT surveys_response_team_id_9f05da90_fk_organisation_team_id FOREIGN KEY (team_id) REFERENCES public.organisation_team(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.surveys_response
    ADD CONSTRAINT surveys_response_theme_id_db898271_fk_organisation_subject_id FOREIGN KEY (theme_id) REFERENCES public.organisation_subject(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.surveys_surveyplace
    ADD CONSTRAINT surveys_surveyplace_round_id_a613e9e0_fk_surveys_surveyround_id FOREIGN KEY (round_id) REFERENCES public.surveys_surveyround(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.surveys_surveyplace
    ADD CONSTRAINT surveys_surveyplace_survey_id_e23fd218_fk_surveys_survey_id FOREIGN KEY (survey_id) REFERENCES public.surveys_survey(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.surveys_surveyplace
    ADD CONSTRAINT surveys_surveyplace_team_id_32fafa0a_fk_organisation_team_id FOREIGN KEY (team_id) REFERENCES public.organisation_team(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.surveys_surveyquestion
    ADD CONSTRAINT surveys_surveyquesti_version_id_7569a1ff_fk_surveys_s FOREIGN KEY (version_id) REFERENCES public.surveys_surveyversion(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.surveys_surveyround
    ADD CONSTRAINT surveys_surveyround_survey_id_16257637_fk_surveys_survey_id FOREIGN KEY (survey_id) REFERENCES public.surveys_survey(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.surveys_surveyround
    ADD CONSTRAINT surveys_surveyround_survey_version_id_9f421435_fk_surveys_s FOREIGN KEY (survey_version_id) REFERENCES public.surveys_surveyversion(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.surveys_surveyversion
    ADD CONSTRAINT surveys_surveyversio_published_by_id_84b31d01_fk_organisat FOREIGN KEY (published_by_id) REFERENCES public.organisation_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.surveys_surveyversion
    ADD CONSTRAINT surveys_surveyversion_survey_id_caa12cd5_fk_surveys_survey_id FOREIGN KEY (survey_id) REFERENCES public.surveys_survey(id) DEFERRABLE INITIALLY DEFERRED;
REVOKE ALL ON FUNCTION public.contacts_make_number_sequence(year integer) FROM PUBLIC;
REVOKE ALL ON FUNCTION public.privacy_old_from_logs(log text, before timestamp with time zone, most integer) FROM PUBLIC;
REVOKE ALL ON FUNCTION public.privacy_reasons_from_logs(questions bigint[], people bigint[]) FROM PUBLIC;
REVOKE ALL ON FUNCTION public.privacy_words_from_logs(request bigint, pattern text) FROM PUBLIC;
