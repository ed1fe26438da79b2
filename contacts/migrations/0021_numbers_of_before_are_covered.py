"""Citizen service numbers and bank accounts in titles and summaries from before they were covered on the way in are covered too.

A stretch of keys at a time, each in a transaction of its own: broken off, it begins again and finds the rest. The texts of contacts stay as they came.
"""

from django.db import migrations
from django.db.models import Max, Q

from channels_app.adapters.email.sensitive import masked

STRETCH = 5000
LOOKS_LIKE_ONE = r"[0-9]{3}[ .]?[0-9]{2,3}[ .]?[0-9]{3}|[0-9]{4}[ .][0-9]{2}[ .][0-9]{3}|[A-Za-z]{2}[0-9]{2} ?[A-Za-z0-9]{4}"


def cover(apps, schema_editor):
    questions = apps.get_model("contacts", "Question").objects.using(schema_editor.connection.alias)
    last = questions.aggregate(last=Max("pk"))["last"] or 0
    for first in range(0, last, STRETCH):
        rows = questions.filter(
            Q(title__regex=LOOKS_LIKE_ONE) | Q(summary__regex=LOOKS_LIKE_ONE), pk__gt=first, pk__lte=first + STRETCH
        )
        for pk, title, summary in rows.values_list("pk", "title", "summary"):
            if (covered := (masked(title), masked(summary))) != (title, summary):
                questions.filter(pk=pk).update(title=covered[0], summary=covered[1])


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("contacts", "0020_notices_of_privacy")]
    operations = [migrations.RunPython(cover, migrations.RunPython.noop)]
