"""WSGI entry of the web processes; an insecure installation does not start."""

import gc
import os
import sys

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.urls import get_resolver
from django.utils.module_loading import import_string

from opmeer_kcc.checks import insecure

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "opmeer_kcc.settings")
application = get_wsgi_application()

if sentences := insecure():
    sys.exit("\n".join(sentences))
_ = get_resolver().url_patterns  # every view is loaded before the fork: shared memory, and a fast first page
if settings.REDIS_URL:
    import_string(settings.NUDGES_BY)  # Celery is 14 MB: shared by the processes, and not there when no broker is
connection.close()  # processes that are forked from this one open their own
gc.freeze()  # what is loaded now stays shared between the processes
