"""WSGI entry of the web processes; an insecure installation does not start."""

import gc
import os
import sys

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "opmeer_kcc.settings")
application = get_wsgi_application()

from django.db import connection  # noqa: E402 - needs the settings
from django.urls import get_resolver  # noqa: E402

from opmeer_kcc.checks import insecure  # noqa: E402

if sentences := insecure():
    sys.exit("\n".join(sentences))
_ = get_resolver().url_patterns  # every view is loaded before the fork: shared memory, and a fast first page
connection.close()  # processes that are forked from this one open their own
gc.freeze()  # what is loaded now stays shared between the processes
