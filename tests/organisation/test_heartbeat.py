"""Worker and beat leave a sign of life, and beat does not fill a broker that nobody empties."""

from types import SimpleNamespace

import pytest

from opmeer_kcc.beat import FULL, Ticker
from opmeer_kcc.celery import TICKS, app
from organisation.models import Heartbeat
from organisation.tasks import beat_heartbeat


@pytest.mark.django_db
def test_the_worker_writes_its_row_by_doing_a_task() -> None:
    beat_heartbeat()
    beat_heartbeat()
    assert Heartbeat.objects.filter(name="worker").count() == 1


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
