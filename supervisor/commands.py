"""Which management commands there are and what each needs, known before anything is installed or started."""

import difflib

from supervisor.place import ROOT

OF_PACKAGES = {
    "addstatictoken", "axes_list_attempts", "axes_reset", "axes_reset_failure_logs", "axes_reset_ip",
    "axes_reset_ip_username", "axes_reset_logs", "axes_reset_username", "changepassword", "check",
    "clean_duplicate_history", "clean_old_history", "clearsessions", "collectstatic", "compilemessages",
    "createcachetable", "createsuperuser", "dbshell", "diffsettings", "dumpdata", "findstatic", "flush",
    "generateschema", "help", "inspectdb", "loaddata", "makemessages", "makemigrations", "optimizemigration",
    "populate_history", "remove_stale_contenttypes", "runserver", "sendtestemail", "shell", "showmigrations",
    "spectacular", "sqlflush", "sqlmigrate", "sqlsequencereset", "squashmigrations", "startapp", "startproject",
    "test", "testserver", "version",
}  # fmt: skip
"""What Django and the packages bring; ours are files."""

WITHOUT_TABLES = {
    "check", "migrate", "makemigrations", "showmigrations", "sqlmigrate", "makemessages", "compilemessages",
    "collectstatic", "findstatic", "diffsettings", "spectacular", "squashmigrations", "test",
}  # fmt: skip
ABOUT_TABLES = {"makemigrations", "showmigrations", "sqlmigrate", "squashmigrations"}
WITHOUT_DATABASE = {"", "help", "version", "restore"}
"""`restore` works when nothing else does."""
OF_REAL_PEOPLE = {"set_up"}
"""An installation that begins with it is no demo."""
WITHOUT_DEMO = {"load_demo", "flush", "dbshell", "loaddata", "sqlflush"}


def name_of(argv: list[str]) -> str:
    """The command that is called; empty when there is none."""
    return next((word for word in argv if not word.startswith("-")), "")


def needs_database(argv: list[str]) -> bool:
    """Asking how a command is used starts nothing."""
    return name_of(argv) not in WITHOUT_DATABASE and not {"-h", "--help"} & set(argv)


def refusal(name: str) -> str:
    """What to say of a name that is no command, so that a slip of the keys installs and loads nothing; empty when it is one."""
    ours = {path.stem for path in ROOT.glob("*/management/commands/[a-z]*.py")}
    if not name or name in ours | OF_PACKAGES:
        return ""
    like = difflib.get_close_matches(name, sorted(ours | OF_PACKAGES), n=1)
    return f"There is no command “{name}”. " + (f"Did you mean {like[0]}? " if like else "") + "`help` lists them."
