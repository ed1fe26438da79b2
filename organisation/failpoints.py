"""Named points where a test can let the process die (quality.md §2); does nothing in normal use."""

import os
import signal

from django.conf import settings

NAMES = frozenset(
    {
        "after_raw_saved",
        "before_move",
        "after_move",
        "after_parse_claim",
        "after_parsed",
        "after_register_claim",
        "before_commit",
        "after_commit",
        "after_settle_claim",
        "before_settle_commit",
        "after_notice",
        "after_claim",
        "after_smtp_data",
        "after_smtp_ok",
        "before_sent_commit",
        "before_rollup_commit",
    }
)


def failpoint(name: str) -> None:
    """Kills this process with SIGKILL when FAILPOINTS names this point; an unknown name is a programming error."""
    if name not in NAMES:
        raise ValueError(f"unknown failpoint {name}")
    if settings.FAILPOINTS and name in settings.FAILPOINTS.split(","):
        os.kill(os.getpid(), signal.SIGKILL)
