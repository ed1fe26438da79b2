"""Runs inside Django, in a process of its own: `static` collects the files, `tables` brings the tables up to date, and `demo`
loads the demo into an empty database as well, or gives its accounts the password that is set now. `usage COMMAND …` only looks whether a command may be called so.
"""

import contextlib
import gc
import sys

import django


def main(what: list[str]) -> int:
    """What the administrator can put right is said in a sentence, without the way through the code."""
    from django.core.management.base import CommandError
    from django.db import InterfaceError, OperationalError

    from opmeer_kcc.env import SettingError

    gc.disable()  # it ends within a minute: looking for what may go is a fifth of the work on the demo, and saves a tenth of its memory
    try:
        django.setup()
        if what[0] == "usage":
            return _usage(what[1], what[2:])
        with contextlib.redirect_stdout(sys.stderr):
            return _static() if "static" in what else _tables(load="demo" in what)
    except (SettingError, CommandError) as error:
        print(error)
    except (OperationalError, InterfaceError) as error:
        print(f"The database gives no answer: {str(error).strip().splitlines()[0]}")
    return 1


def _usage(name: str, arguments: list[str]) -> int:
    """Ends as the command itself would: with its usage, and 2."""
    from django.core.management import get_commands, load_command_class

    app = get_commands()[name]
    command = load_command_class(app, name) if isinstance(app, str) else app
    command._called_from_command_line = True  # type: ignore[attr-defined]  # what Django sets itself: wrong use ends with 2
    command.create_parser("manage.py", name).parse_args(arguments)
    return 0


def _static() -> int:
    from django.core.management import call_command
    from django.urls import get_resolver

    call_command("collectstatic", interactive=False, verbosity=0)
    _ = get_resolver().url_patterns  # compiles every module once, while the tables are made: the site starts sooner
    return 0


def _tables(*, load: bool) -> int:
    from django.core.management import call_command

    from contacts.demo.people import give_password
    from opmeer_kcc.checks import insecure
    from organisation.models import User
    from organisation.owner import as_owner

    with as_owner():  # the role of the application is made by the first migration
        if sentences := insecure():
            print("\n".join(sentences))
            return 1
        call_command("migrate", verbosity=0, interactive=False)
        if load and User.objects.exists():
            give_password()
        elif load:
            call_command("load_demo")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
