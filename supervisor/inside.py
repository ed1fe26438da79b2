"""Runs inside Django, in a process of its own: brings the tables up to date and loads the demo into an empty database."""

import contextlib
import sys

import django


def main() -> int:
    django.setup()
    from django.core.management import call_command, get_commands

    from opmeer_kcc.checks import insecure
    from organisation.models import User

    if sentences := insecure():
        print("\n".join(sentences))
        return 1
    with contextlib.redirect_stdout(sys.stderr):
        call_command("migrate", verbosity=0, interactive=False)
        if "demo" in sys.argv[1:] and "load_demo" in get_commands() and not User.objects.exists():
            call_command("load_demo")
    return 0


if __name__ == "__main__":
    sys.exit(main())
