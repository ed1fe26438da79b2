"""Whether this worker was asked to stop: a sweep then ends after the item at hand, and nobody has to be killed in the middle of a message.

Who takes a message to the mail server and is killed before it could note so, leaves it to be sent again. A sweep may go on for half a
minute, which is longer than whoever replaces a version waits.
"""

import mmap

_flag = mmap.mmap(-1, 1)
"""One byte that the processes of the pool share: this module is loaded before they are forked."""


def leave() -> None:
    _flag[0] = 1


def is_leaving() -> bool:
    return _flag[0] == 1
