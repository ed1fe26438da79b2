"""What was published as public before citizens could read it gets its address; nothing is shown until the municipality says so."""

from django.db import migrations
from django.utils.text import slugify


def give_addresses(apps, schema_editor):
    Article = apps.get_model("knowledge", "Article")
    Version = apps.get_model("knowledge", "ArticleVersion")
    taken = set()
    versions = Version.objects.filter(state="published", is_public=True, published_by__isnull=False, article__is_published=True)
    for version in versions.order_by("article_id"):
        begin = slugify(version.title)[:80].strip("-") or "antwoord"
        place, found = 1, begin
        while found in taken:
            place += 1
            found = f"{begin}-{place}"
        taken.add(found)
        Article.objects.filter(pk=version.article_id).update(is_public=True, address=found, public_at=version.published_at)


INDEX = """
UPDATE knowledge_article a SET public_body = to_tsvector('dutch_plain', v.short_answer || ' ' || v.answer || ' ' || v.for_business)
FROM knowledge_articleversion v WHERE v.article_id = a.id AND v.state = 'published'
"""


class Migration(migrations.Migration):
    dependencies = [("knowledge", "0004_answers_for_citizens")]
    operations = [
        migrations.RunPython(give_addresses, migrations.RunPython.noop),
        migrations.RunSQL(INDEX, migrations.RunSQL.noop),
    ]
