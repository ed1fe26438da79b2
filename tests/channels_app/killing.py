"""Runs work in a process of its own that a failpoint kills with SIGKILL."""

from __future__ import annotations

import os
from collections.abc import Callable

from django.conf import settings
from django.db import connections


def killed_at(point: str, work: Callable[[], object]) -> bool:
    """Whether the process died at the point; its database connection is its own, and dies with it."""
    pid = os.fork()
    if pid == 0:
        try:
            for one in connections.all():
                one.connection = None  # the parent's: psycopg2 leaves it alone in another process
            settings.FAILPOINTS = point
            work()
        finally:
            os._exit(3)
    _pid, status = os.waitpid(pid, 0)
    return os.WIFSIGNALED(status) and os.WTERMSIG(status) == 9
