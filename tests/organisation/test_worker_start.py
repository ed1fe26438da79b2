"""A worker that starts looks at the figures at once; a setting that cannot be read is one sentence, whichever process reads it."""

import os
import subprocess
import sys

import pytest
from celery.signals import worker_ready

from opmeer_kcc.celery import TICKS, app
from supervisor.place import ROOT


def test_a_worker_that_is_ready_rolls_up_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A demo that was just loaded need not wait for the first tick."""
    sent = []
    monkeypatch.setattr(app, "send_task", lambda name, **options: sent.append(name))
    worker_ready.send(sender=None)
    assert sent == ["kpi.tasks.roll_up"]
    assert set(sent) <= set(TICKS)


@pytest.mark.parametrize(
    ("command", "name", "given"),
    [
        ("-m opmeer_kcc.background worker --name=w1", "PROXY_COUNT", "one"),
        ("-m opmeer_kcc.background beat --schedule=/tmp/never", "DATABASE_URL", ""),
        ("supervisor/mail_watch.py", "DATABASE_URL", ""),
        ("supervisor/mail_watch.py", "DATABASE_URL", "postgresql://app:hush@[db/kcc"),
    ],
)
def test_a_setting_that_cannot_be_read_is_one_sentence_for_every_process(command: str, name: str, given: str) -> None:
    """The site, the commands and the first installation say it the same way (tests/test_manage.py)."""
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "opmeer_kcc.settings", "SECRET_KEY": "x", name: given}
    env = {"DATABASE_URL": "postgresql://app@127.0.0.1:1/kcc", **env}
    ended = subprocess.run(
        [sys.executable, *command.split()], cwd=ROOT, env=env, capture_output=True, text=True, timeout=60, check=False
    )
    assert ended.returncode == 1 and name in ended.stderr
    assert len(ended.stderr.strip().splitlines()) == 1 and "hush" not in ended.stderr
