"""A published version and its questions never change; an answer that counts stays as it is, with at least nine others.

A batch is checked when the transaction ends: its size and its sum are those of its answers, and they share what it says of them. It is
never changed; it can only go together with all its answers.
"""

from django.db import migrations

FROZEN = """
CREATE FUNCTION surveys_version_stays() RETURNS trigger LANGUAGE plpgsql AS $$
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
CREATE TRIGGER stays BEFORE UPDATE OR DELETE ON surveys_surveyversion FOR EACH ROW EXECUTE FUNCTION surveys_version_stays();

CREATE FUNCTION surveys_question_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE its_version bigint := CASE WHEN TG_OP = 'INSERT' THEN NEW.version_id ELSE OLD.version_id END;
BEGIN
    IF EXISTS (SELECT 1 FROM surveys_surveyversion WHERE id = its_version AND published_at IS NOT NULL) THEN
        RAISE EXCEPTION 'questions of a published version never change' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER stays BEFORE INSERT OR UPDATE OR DELETE ON surveys_surveyquestion
    FOR EACH ROW EXECUTE FUNCTION surveys_question_stays();

CREATE FUNCTION surveys_counted_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.batch_id IS NOT NULL AND (TG_OP = 'DELETE' OR (NEW.batch_id, NEW.value, NEW.key, NEW.survey_id, NEW.response_id)
            IS DISTINCT FROM (OLD.batch_id, OLD.value, OLD.key, OLD.survey_id, OLD.response_id)) THEN
        RAISE EXCEPTION 'an answer that counts never changes' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER stays BEFORE UPDATE OR DELETE ON surveys_answer FOR EACH ROW EXECUTE FUNCTION surveys_counted_stays();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON surveys_answerbatch
    FOR EACH ROW EXECUTE FUNCTION organisation_append_only();

CREATE FUNCTION surveys_batch_is_whole() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE wrong boolean;
BEGIN
    SELECT COUNT(*) <> NEW.size OR SUM(a.value) <> NEW.total OR SUM(a.value * a.value) <> NEW.squares
        OR NEW.n1 + NEW.n2 + NEW.n3 + NEW.n4 + NEW.n5 + NEW.n6 + NEW.n7 + NEW.n8 + NEW.n9 + NEW.n10 <> NEW.size
        OR BOOL_OR(a.key <> NEW.key OR a.survey_id <> NEW.survey_id OR r.channel <> NEW.channel OR r.closes_at IS NOT NULL
            OR (NEW.team_id IS NOT NULL AND r.team_id IS DISTINCT FROM NEW.team_id)
            OR (NEW.theme_id IS NOT NULL AND r.theme_id IS DISTINCT FROM NEW.theme_id))
        INTO wrong FROM surveys_answer a JOIN surveys_response r ON r.id = a.response_id WHERE a.batch_id = NEW.id;
    IF wrong IS DISTINCT FROM false THEN
        RAISE EXCEPTION 'a batch says something else than its answers' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER is_whole AFTER INSERT ON surveys_answerbatch DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION surveys_batch_is_whole();
"""
UNDO = """
DROP TRIGGER is_whole ON surveys_answerbatch;
DROP FUNCTION surveys_batch_is_whole();
DROP TRIGGER append_only ON surveys_answerbatch;
DROP TRIGGER stays ON surveys_answer;
DROP FUNCTION surveys_counted_stays();
DROP TRIGGER stays ON surveys_surveyquestion;
DROP FUNCTION surveys_question_stays();
DROP TRIGGER stays ON surveys_surveyversion;
DROP FUNCTION surveys_version_stays();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("surveys", "0001_surveys_and_answers"),
        ("organisation", "0002_logs_are_append_only"),
    ]
    operations = [migrations.RunSQL(FROZEN, UNDO)]
