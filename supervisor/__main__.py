"""`python -m supervisor VERB …`: the scripts under script/ call this."""

import sys

from supervisor.plain import Plain

VERBS = ("server", "manage", "test", "lint", "format", "messages", "head_start")


def main() -> int:
    if len(sys.argv) < 2 or sys.argv[1] not in VERBS:
        print(f"Use one of: {', '.join(VERBS)}.", file=sys.stderr)
        return 2
    verb = __import__(f"supervisor.verbs.{sys.argv[1]}", fromlist=["main"])
    try:
        return int(verb.main(sys.argv[2:]))
    except Plain as sentence:
        print(sentence, file=sys.stderr)
        return 1
    except OSError as error:  # a folder that is not ours, a full disk
        if error.filename is None:
            raise
        print(f"{error.filename} cannot be used: {error.strerror}.", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
