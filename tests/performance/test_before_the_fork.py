"""What the first page of every process needs is loaded once, before the fork, and shared."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

from supervisor import ports
from supervisor.place import ROOT


@pytest.mark.slow
def test_what_settings_only_name_is_loaded_with_the_program() -> None:
    """In a process of its own, with a database that is not there: loading asks nothing of it."""
    named = [*settings.TEMPLATES[0]["OPTIONS"]["context_processors"], *settings.AUTHENTICATION_BACKENDS]
    named += [settings.MESSAGE_STORAGE, *settings.MIDDLEWARE, "django.conf.locale.nl.formats.DATE_FORMAT"]
    modules = {name.rpartition(".")[0] for name in named}
    nowhere = f"postgresql://nobody:nothing@127.0.0.1:{ports.free()}/nothing"
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "opmeer_kcc.settings_test", "DATABASE_URL": nowhere}
    code = "import opmeer_kcc.wsgi, sys; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code], env=env, cwd=ROOT, check=True, capture_output=True, text=True, timeout=120
    )
    assert modules - set(loaded.stdout.split()) == set()
