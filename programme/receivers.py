"""The programme adds its part when the demo is loaded."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.dispatch import receiver

from organisation.signals import demo_begins, demo_loaded


@receiver(demo_begins, dispatch_uid="programme-in-the-demo")
def add_to_demo(sender: object, day: date, **kwargs: Any) -> None:
    """In the transaction of the demo. Loaded only here: every process would take longer to begin."""
    from programme.actions.load_example import load_example

    load_example(day=day)


@receiver(demo_loaded, dispatch_uid="programme-rounds-in-the-demo")
def add_rounds_to_demo(sender: object, day: date, **kwargs: Any) -> None:
    """Their reports tell the figures of the contacts."""
    from programme.actions.load_example_rounds import load_example_rounds

    load_example_rounds(day=day)
