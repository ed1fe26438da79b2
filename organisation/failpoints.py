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
        "before_answer",
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


def failpoint(name: str, about: object = "") -> None:
    """Kills this process with SIGKILL when FAILPOINTS names this point; an unknown name is a programming error.

    FAILPOINTS is a list of names, or `@file`: the file holds `name` for one death, then it is gone, or `name=about` for a
    death at every row of that name (script/faults).
    """
    if name not in NAMES:
        raise ValueError(f"unknown failpoint {name}")
    if settings.FAILPOINTS and _is_armed(name, str(about)):
        os.kill(os.getpid(), signal.SIGKILL)


def _is_armed(name: str, about: str) -> bool:
    if not settings.FAILPOINTS.startswith("@"):
        return name in settings.FAILPOINTS.split(",")
    path = settings.FAILPOINTS[1:]
    try:
        with open(path) as file:
            point, is_about, which = file.read().strip().partition("=")
        if point != name or is_about:
            return point == name and which == about
        os.unlink(path)  # of two processes at the point, one dies
    except OSError:
        return False
    return True
