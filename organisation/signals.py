"""What the apps above may listen to."""

from django.dispatch import Signal

demo_begins = Signal()
"""Sent inside the transaction that loads the demo, with `day`, while its two years of contacts are being made up: people, teams and
subjects are there, nobody called yet. What leans on no contact is added now, and costs no time."""

demo_loaded = Signal()
"""Sent inside the transaction that loaded the demo, with `day` (the day on which its story stands still); apps above add their part."""

provider_passed = Signal()
"""Sent inside the transaction in which somebody signed in with a password while work accounts should be used, with `person` and `at`."""

EMAIL_CHANGED = "email.changed"
account_changed = Signal()
"""Sent inside the transaction in which what protects somebody's account changed, with `person`, `action` (as in the audit trail, or `EMAIL_CHANGED`), `by`, `at`
and `earlier_email` (the address of before, when it is that which changed)."""

role_waits = Signal()
"""Sent inside the transaction in which a role was asked, decided about or lapsed, with `request` (its `state` says which) and `at`."""
