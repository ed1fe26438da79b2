"""What runs inside the application, in a process of its own: it is ready before a module here is read."""

import django
from django.apps import apps

if not apps.ready:  # a test that reads the rows runs in an application that is
    django.setup()
