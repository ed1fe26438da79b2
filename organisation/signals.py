"""What the apps above may listen to."""

from django.dispatch import Signal

demo_loaded = Signal()
"""Sent inside the transaction that loaded the demo, with `day` (the day on which its story stands still); apps above add their part."""
