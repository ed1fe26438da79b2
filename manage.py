#!/usr/bin/env python
"""Django's command line; `script/manage` calls it with the right environment."""

import os
import sys

UNKNOWN = ("42P01", "42703")
"""A table or column that is not there, as PostgreSQL says it."""
FORBIDDEN = "42501"


def main() -> None:
    """Exits 1 with one sentence for a setting that cannot be read and a database that is not ready; `--traceback` shows where."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "opmeer_kcc.settings")
    from django.core.management import execute_from_command_line
    from django.db import InterfaceError, OperationalError, ProgrammingError

    from opmeer_kcc.env import SettingError

    try:
        execute_from_command_line(sys.argv)
    except (SettingError, OperationalError, InterfaceError) as error:
        if "--traceback" in sys.argv:
            raise
        if isinstance(error, SettingError):
            sys.exit(str(error))
        sys.exit(f"The database gives no answer: {str(error).strip().splitlines()[0]}")
    except ProgrammingError as error:
        code = getattr(error.__cause__, "pgcode", "")
        if "--traceback" in sys.argv or code not in (*UNKNOWN, FORBIDDEN):
            raise
        if code == FORBIDDEN:
            refused = str(error).strip().splitlines()[0]
            sys.exit(f"The database role may not do this ({refused}): run grant_rights, or migrate as the owner.")
        sys.exit("The tables in this database are not those of this version: run migrate first.")
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:  # whoever read what is printed has gone (`… | head -1`)
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)


if __name__ == "__main__":
    main()
