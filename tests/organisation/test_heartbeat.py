"""Worker and beat leave a sign of life, and beat does not fill a broker that nobody empties."""

import os
import subprocess
import sys
from types import SimpleNamespace

import pytest

from opmeer_kcc.beat import FULL, Ticker
from opmeer_kcc.celery import TICKS, app
from organisation.models import Heartbeat
from organisation.tasks import beat_heartbeat
from supervisor.place import ROOT


@pytest.mark.django_db
def test_the_worker_writes_its_row_by_doing_a_task() -> None:
    beat_heartbeat()
    first = Heartbeat.objects.get(name="worker")
    beat_heartbeat()
    last = Heartbeat.objects.get(name="worker")
    assert last.beat_at > first.beat_at and last.detail == {"pid": os.getpid()}


@pytest.mark.slow
def test_beat_loads_no_models() -> None:
    """They are half of what it would take."""
    code = "from opmeer_kcc.beat import app; app.loader.init_worker(); app.finalize(); import sys; print(*sys.modules)"
    command = [sys.executable, "-c", code]
    told = subprocess.run(command, env=os.environ, cwd=ROOT, check=True, capture_output=True, text=True, timeout=60)
    loaded = set(told.stdout.split())
    assert "celery.beat" in loaded and not {"organisation.models", "django.contrib.auth", "rest_framework"} & loaded


def test_every_tick_names_a_sweep_that_exists() -> None:
    app.loader.import_default_modules()
    assert set(TICKS) <= set(app.tasks)


def test_ticks_are_intervals_that_run_out_when_nobody_takes_them() -> None:
    for name, entry in app.conf.beat_schedule.items():
        assert isinstance(entry["schedule"], float)
        assert TICKS[name] <= entry["options"]["expires"] <= 600


@pytest.mark.parametrize(("waiting", "is_full"), [(0, False), (FULL - 1, False), (FULL, True)])
def test_no_tick_is_added_to_a_full_queue(waiting: int, is_full: bool) -> None:
    declared = SimpleNamespace(message_count=waiting)
    producer = SimpleNamespace(channel=SimpleNamespace(queue_declare=lambda queue, passive: declared))
    ticker = SimpleNamespace(app=app)
    assert Ticker._is_full(ticker, producer) is is_full  # type: ignore[arg-type]
