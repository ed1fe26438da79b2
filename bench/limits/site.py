"""A whole Django site in one module: four middlewares, no session, no user, one statement a page.

Nothing of the product is in it but the rows of its table of questions, so that it says what the machine, PostgreSQL, Django and
gunicorn cost by themselves. `gunicorn bench.limits.site:application`; the address of the database comes from `DATABASE_URL`.
"""

from __future__ import annotations

import os

import django
from django.conf import settings

from opmeer_kcc import env

ROWS = """<!doctype html><title>{{ title }}</title><table>{% for row in rows %}<tr><td>{{ row.number }}</td><td>{{ row.title }}</td>
<td>{{ row.kind }}</td><td>{{ row.channel }}</td><td>{{ row.status }}</td><td>{{ row.received_at|date:"j M Y H:i" }}</td>
<td>{{ row.due_at|date:"j M Y H:i" }}</td></tr>{% endfor %}</table></html>"""
ONE = """<!doctype html><title>{{ row.number }}</title><h1>{{ row.title }}</h1><p>{{ row.summary }}</p></html>"""

settings.configure(
    SECRET_KEY=os.environ["SECRET_KEY"],
    ALLOWED_HOSTS=["127.0.0.1"],
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            **env.database("DATABASE_URL", "the rows"),
            "CONN_MAX_AGE": None,
        }
    },
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    USE_TZ=True,
    TIME_ZONE="Europe/Amsterdam",
    ROOT_URLCONF="bench.limits.urls",
    MIDDLEWARE=[
        "django.middleware.security.SecurityMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.middleware.clickjacking.XFrameOptionsMiddleware",
    ],
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "OPTIONS": {
                "loaders": [("django.template.loaders.locmem.Loader", {"rows.html": ROWS, "one.html": ONE})],
            },
        }
    ],
)
django.setup()

from django.core.wsgi import get_wsgi_application  # noqa: E402  # after the settings

application = get_wsgi_application()
