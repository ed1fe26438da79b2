"""What citizens can read is a published version that its team marked and that somebody published: looked at when a transaction ends."""

from django.db import migrations

GUARD = """
CREATE FUNCTION knowledge_public_is_published() RETURNS trigger LANGUAGE plpgsql AS $$
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
CREATE CONSTRAINT TRIGGER public_is_published AFTER INSERT OR UPDATE OF is_public ON knowledge_article
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION knowledge_public_is_published();
CREATE CONSTRAINT TRIGGER public_is_published AFTER UPDATE OF state ON knowledge_articleversion
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION knowledge_public_is_published();
"""
UNDO = """
DROP TRIGGER public_is_published ON knowledge_articleversion;
DROP TRIGGER public_is_published ON knowledge_article;
DROP FUNCTION knowledge_public_is_published();
"""


class Migration(migrations.Migration):
    dependencies = [("knowledge", "0007_products_of_lists")]
    operations = [migrations.RunSQL(GUARD, UNDO)]
