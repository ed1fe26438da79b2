"""The programme adds its part when the demo is loaded."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.dispatch import receiver

from organisation.signals import demo_loaded


@receiver(demo_loaded, dispatch_uid="programme-in-the-demo")
def add_to_demo(sender: object, day: date, **kwargs: Any) -> None:
    """In the transaction of the demo. Loaded only here: every process would take longer to begin."""
    from programme.actions.load_example import load_example
    from programme.actions.load_example_rounds import load_example_rounds

    load_example(day=day)
    load_example_rounds(day=day)
