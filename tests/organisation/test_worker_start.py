"""A worker that starts looks at the figures at once: a demo that was just loaded need not wait for the first tick."""

import pytest
from celery.signals import worker_ready

from opmeer_kcc.celery import TICKS, app


def test_a_worker_that_is_ready_rolls_up_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    sent = []
    monkeypatch.setattr(app, "send_task", lambda name, **options: sent.append(name))
    worker_ready.send(sender=None)
    assert sent == ["kpi.tasks.roll_up"]
    assert set(sent) <= set(TICKS)
