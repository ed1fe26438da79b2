"""Whether this worker was asked to stop: a sweep then ends after the item at hand, and nobody has to be killed in the middle of a message.

Who takes a message to the mail server and is killed before it could note so, leaves it to be sent again. A sweep may go on for half a
minute, which is longer than whoever replaces a version waits.
"""

import mmap
import os
import threading

LAST_MOMENT = 80.0
"""Seconds: as long as a sweep may take with the message at hand (`channels_app.tasks.deliver`)."""

_flag = mmap.mmap(-1, 1)
"""One byte that the processes of the pool share: this module is loaded before they are forked."""


def leave() -> None:
    _flag[0] = 1


def end_at_last(seconds: float = LAST_MOMENT) -> None:
    """Ends this process in so many seconds, whatever it waits for; what it held goes back, as after a kill.

    Whoever waits in a lock while database and broker are gone would stay for ever once nobody is left to kill it.
    """
    timer = threading.Timer(seconds, os._exit, (1,))
    timer.daemon = True  # who is ready sooner does not wait for it
    timer.start()


def is_leaving() -> bool:
    return _flag[0] == 1
