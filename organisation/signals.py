"""What the apps above may listen to."""

from django.dispatch import Signal

demo_loaded = Signal()
"""Sent inside the transaction that loaded the demo, with `day` (the day on which its story stands still); apps above add their part."""

provider_passed = Signal()
"""Sent inside the transaction in which somebody signed in with a password while work accounts should be used, with `person` and `at`."""

role_waits = Signal()
"""Sent inside the transaction in which a role was asked, decided about or lapsed, with `request` (its `state` says which) and `at`."""
