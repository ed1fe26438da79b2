"""`python -m supervisor VERB …`: the scripts under script/ call this."""

import errno
import sys

from supervisor.plain import Plain

VERBS = ("server", "manage", "test", "lint", "format", "messages", "head_start")
OF_THE_DISK = (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO)
HAND_ON = ("test", "lint", "format")
"""Verbs that hand their words on to a tool, whose own help does not say what the verb does."""


def main() -> int:
    if len(sys.argv) < 2 or sys.argv[1] not in VERBS:
        print(f"Use one of: {', '.join(VERBS)}.", file=sys.stderr)
        return 2
    verb = __import__(f"supervisor.verbs.{sys.argv[1]}", fromlist=["main"])
    if sys.argv[1] in HAND_ON and sys.argv[2:] in (["--help"], ["-h"]):
        print((verb.__doc__ or "").strip())
        return 0
    try:
        return int(verb.main(sys.argv[2:]))
    except Plain as sentence:
        print(sentence, file=sys.stderr)
        return 1
    except OSError as error:  # a folder that is not ours, a full disk: that names no file
        if error.filename is None and error.errno not in OF_THE_DISK:
            raise
        print(f"{error.filename or 'The disk'} cannot be used: {error.strerror}.", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
