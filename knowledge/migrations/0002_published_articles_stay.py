"""A version of an article that was published never changes: it can only be replaced by the next one, and goes with nobody."""

from django.db import migrations

FROZEN = """
CREATE FUNCTION knowledge_version_stays() RETURNS trigger LANGUAGE plpgsql AS $$
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
CREATE TRIGGER stays BEFORE UPDATE OR DELETE ON knowledge_articleversion
    FOR EACH ROW EXECUTE FUNCTION knowledge_version_stays();
"""
UNDO = """
DROP TRIGGER stays ON knowledge_articleversion;
DROP FUNCTION knowledge_version_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("knowledge", "0001_articles_and_their_use")]
    operations = [migrations.RunSQL(FROZEN, UNDO)]
