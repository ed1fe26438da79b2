"""A search in another language finds titles and words by a column of their own, instead of ranking every text that says one of the words."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.db import migrations, models

STAYS = """
CREATE OR REPLACE FUNCTION knowledge_translation_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    may_change text[] := ARRAY['state', 'of_number', 'search_text', 'search_body'{also}];
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
"""


class Migration(migrations.Migration):
    dependencies = [
        ("knowledge", "0009_answers_in_other_languages"),
    ]

    operations = [
        # what the database works out itself is still empty when the trigger looks
        migrations.RunSQL(STAYS.replace("{also}", ", 'search_names'"), STAYS.replace("{also}", "")),
        migrations.AddField(
            model_name="articletranslation",
            name="search_names",
            field=models.GeneratedField(
                db_persist=True,
                expression=django.contrib.postgres.search.SearchVector("search_text", config="simple"),
                output_field=django.contrib.postgres.search.SearchVectorField(),
            ),
        ),
        migrations.AddIndex(
            model_name="articletranslation",
            index=django.contrib.postgres.indexes.GinIndex(
                condition=models.Q(("state", "published")), fields=["search_names"], name="translation_names"
            ),
        ),
    ]
