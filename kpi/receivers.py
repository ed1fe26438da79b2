"""The figures add their part when the demo is loaded."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.dispatch import receiver

from kpi.actions.load_agreements import load_agreements
from organisation.signals import demo_loaded


@receiver(demo_loaded, dispatch_uid="reports-in-the-demo")
def add_to_demo(sender: object, day: date, **kwargs: Any) -> None:
    """In the transaction of the demo. Loaded only here: every process would take longer to begin."""
    from kpi.actions.load_example import load_example

    load_agreements(day=day)
    load_example(day=day)
