"""WSGI entry of the web processes; an insecure installation does not start."""

import os
import sys

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "opmeer_kcc.settings")
application = get_wsgi_application()

from django.db import connection  # noqa: E402 - needs the settings

from opmeer_kcc.checks import insecure  # noqa: E402

if sentences := insecure():
    sys.exit("\n".join(sentences))
connection.close()  # processes that are forked from this one open their own
