"""What must be true before the first page: texts compiled, static files collected, tables up to date, demo loaded.

Each step leaves a stamp of what it worked on, so the second start skips it.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from supervisor import children
from supervisor.install import RUN
from supervisor.place import PYTHON, ROOT, Place, digest
from supervisor.plain import Plain

APPS = ("opmeer_kcc", "organisation", "channels_app", "knowledge", "contacts", "surveys", "privacy", "kpi", "programme")
RIGHTS = (ROOT / "organisation" / "role_rights.py", ROOT / "organisation" / "actions" / "grant_rights.py")
"""What the role of the application may do is set beside the tables."""


def translations() -> None:
    """Every .po has a .mo beside it that is as new; .mo files are not in git."""
    for po in sorted(ROOT.glob("opmeer_kcc/locale/*/LC_MESSAGES/*.po")):
        mo = po.with_suffix(".mo")
        if mo.exists() and mo.stat().st_mtime >= po.stat().st_mtime:
            continue
        import polib  # type: ignore[import-untyped]

        draft = mo.with_suffix(f".mo.{os.getpid()}")
        polib.pofile(str(po)).save_as_mofile(str(draft))
        draft.replace(mo)


def everything(
    place: Place,
    env: dict[str, str],
    *,
    is_ours: bool,
    load: bool,
    files: "Files | None" = None,
    meanwhile: Callable[[], None] = lambda: None,
    shows_password: bool = False,
) -> None:
    """The tables are up to date and `files` are there. `is_ours`: the embedded database, whose stamp can be trusted.

    `meanwhile` needs the files and not the tables, and begins as soon as they are there. `shows_password`: whoever signs in reads
    that of DEMO_PASSWORD, so the accounts of a demo have it, whichever they were made with.
    """
    translations()
    stamp = digest([*_migrations(), *RIGHTS], digest([RUN]), str(load))
    password = digest([], env.get("DEMO_PASSWORD", ""))
    is_known = not (load and shows_password) or _is_stamped(place, "password", password)
    tables = None
    if not (is_ours and is_known and _is_stamped(place, "tables", stamp)):
        tables = _begin(place, "tables", ["-m", "supervisor.inside", "demo" if load else "tables"], env)
    try:
        if files is not None and not files.are_there():
            raise Plain(_last_words(place.folder("log") / "prepare-static.log"))
        meanwhile()
        if tables is not None and not _end(place, "tables", stamp if is_ours else "", tables):
            raise Plain(_last_words(place.folder("log") / "prepare-tables.log"))
        if tables is not None and load:
            _stamp(place, "password").write_text(password)
    except BaseException:
        if tables is not None:
            tables.kill()
        raise


class Files:
    """The static files are collected from here on, while the database is made and filled; they ask it nothing."""

    def __init__(self, place: Place, env: dict[str, str]) -> None:
        translations()
        self.place = place
        self.stamp = digest(_static_files(), env.get("STATIC_ROOT", ""), digest([RUN]))
        self.process: subprocess.Popen[bytes] | None = None
        if not _is_stamped(place, "static", self.stamp):
            self.process = _begin(place, "static", ["-m", "supervisor.inside", "static"], env)

    def __enter__(self) -> "Files":
        return self

    def __exit__(self, *error: object) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.kill()

    def are_there(self) -> bool:
        """Waits for the last of them."""
        return self.process is None or _end(self.place, "static", self.stamp, self.process)


def _begin(place: Place, name: str, command: list[str], env: dict[str, str]) -> subprocess.Popen[bytes]:
    log = place.folder("log") / f"prepare-{name}.log"
    log.unlink(missing_ok=True)
    return children.start([str(PYTHON), *command], env=env, log=log, death=signal.SIGKILL, cwd=ROOT)


def _end(place: Place, name: str, stamp: str, process: subprocess.Popen[bytes]) -> bool:
    try:
        if process.wait():
            return False
    except BaseException:
        process.kill()
        raise
    if stamp:
        _stamp(place, name).write_text(stamp)
    return True


def _is_stamped(place: Place, name: str, stamp: str) -> bool:
    try:
        return _stamp(place, name).read_text() == stamp
    except OSError:
        return False


def _stamp(place: Place, name: str) -> Path:
    """That of the tables lies with the database: an older copy that is put back is brought up to date."""
    return place.data / "postgres" / "data" / "tables" if name == "tables" else place.stamps / name


def _static_files() -> Iterator[Path]:
    for app in APPS:
        yield from (path for path in (ROOT / app / "static").rglob("*") if path.is_file())


def _migrations() -> Iterator[Path]:
    for app in APPS:
        yield from (ROOT / app / "migrations").glob("*.py")


def _last_words(log: Path) -> str:
    """Why it stopped; the way through the code only when nobody foresaw it."""
    text = log.read_text(errors="replace").strip()
    lines = text.splitlines()
    if "Traceback" not in text:
        return text or f"The start stopped without a word: {log}"
    print(text[-4000:], file=sys.stderr)
    return f"The start stopped here: {lines[-1]}"
