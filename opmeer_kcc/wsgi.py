"""WSGI entry of the web processes; an insecure installation does not start."""

import gc
import os
import sys
import time

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_backends
from django.core.wsgi import get_wsgi_application
from django.db import DEFAULT_DB_ALIAS, connection
from django.template import engines
from django.urls import reverse
from django.utils import translation
from django.utils.formats import get_format
from django.utils.module_loading import import_string

from opmeer_kcc.env import SettingError

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "opmeer_kcc.settings")
try:
    application = get_wsgi_application()
except SettingError as sentence:
    sys.exit(str(sentence))

from opmeer_kcc.checks import insecure


def look_around() -> None:
    """What Django finds out once by walking past every view, template tag and model, before the fork: each process that does it
    by itself copies all it passes. It loads every view as well, and what each page needs that settings only name, so that they are
    shared and the first page is fast."""
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            reverse("home")
            get_format("DATE_FORMAT")
    pages = engines["django"].engine
    _ = pages.template_context_processors, pages.template_loaders
    get_backends()
    import_string(settings.MESSAGE_STORAGE)
    for model in apps.get_models():
        model._base_manager.all().query.get_compiler(DEFAULT_DB_ALIAS).as_sql()  # asks the database nothing


look_around()
while (made := os.environ.get("OPENS_WHEN_THERE")) and not os.path.exists(made):
    time.sleep(0.02)  # script/server loads the program while the tables are made and filled
if sentences := insecure():
    sys.exit("\n".join(sentences))
if settings.REDIS_URL:
    nudges = import_string(
        settings.NUDGES_BY
    )  # Celery is 14 MB: shared by the processes, and not there when no broker is
    _ = nudges.amqp, nudges.connection_for_write().get_transport_cls()  # with what speaks to the broker
connection.close()  # processes that are forked from this one open their own
gc.freeze()  # what is loaded now stays shared between the processes
