"""The programme adds its part when the demo is loaded."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.dispatch import receiver

from organisation.signals import demo_loaded
from programme.actions.load_example import load_example


@receiver(demo_loaded, dispatch_uid="programme-in-the-demo")
def add_to_demo(sender: object, day: date, **kwargs: Any) -> None:
    """In the transaction of the demo."""
    load_example(day=day)
