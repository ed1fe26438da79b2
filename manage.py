#!/usr/bin/env python
"""Django's command line; `script/manage` calls it with the right environment."""

import os
import sys


def main() -> None:
    """Exits 1 with one sentence when a setting cannot be read or the database gives no answer (`--traceback` shows where)."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "opmeer_kcc.settings")
    from django.core.management import execute_from_command_line
    from django.db import InterfaceError, OperationalError

    from opmeer_kcc.env import SettingError

    try:
        execute_from_command_line(sys.argv)
    except (SettingError, OperationalError, InterfaceError) as error:
        if "--traceback" in sys.argv:
            raise
        if isinstance(error, SettingError):
            sys.exit(str(error))
        sys.exit(f"The database gives no answer: {str(error).strip().splitlines()[0]}")
    except BrokenPipeError:  # whoever read what is printed has gone (`… | head -1`)
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)


if __name__ == "__main__":
    main()
