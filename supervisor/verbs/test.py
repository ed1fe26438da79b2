"""script/test: all checks and tests with a PostgreSQL of its own, or only the tests of the given paths.

The last line is pytest's own summary; the exit code counts the checks too.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from supervisor import children, debian, install, prepare
from supervisor.place import PYTHON, ROOT, VENV
from supervisor.postgres import FLEETING, Postgres

NO_BROWSER = "--no-browser"
NEEDED_BYTES = 500_000_000
MOST_PROCESSES = 5
KEPT = ("--create-db", "--reuse-db")
"""The databases of the tests are not dropped one by one in a cluster that is thrown away as a whole."""
SETTINGS = {"max_connections": "150", "autovacuum": "off", "wal_level": "minimal", "max_wal_senders": "0", **FLEETING}


def main(argv: list[str]) -> int:
    install.ensure(dev=True)
    if os.path.realpath(sys.prefix) != os.path.realpath(VENV):
        os.execv(PYTHON, [str(PYTHON), "-P", "-m", "supervisor", "test", *argv])
    prepare.translations()
    arguments = [word for word in argv if word != NO_BROWSER]
    is_whole = not any(not word.startswith("-") for word in arguments)
    lacking = debian.install() if is_whole and NO_BROWSER not in argv else debian.missing()
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(143))
    (ROOT / "var").mkdir(exist_ok=True)
    scratch = Path(tempfile.mkdtemp(prefix="test-", dir=ROOT / "var"))
    postgres = (
        None if os.environ.get("DATABASE_URL") else Postgres(scratch / "postgres", scratch / "database.log", SETTINGS)
    )
    checks = None
    try:
        if is_whole:  # beside the tests, which leave a core half idle
            checks = _begin_checks(scratch)
        if postgres is not None:
            postgres.start()
        owner_url = os.environ.get("MIGRATE_DATABASE_URL") or os.environ.get("DATABASE_URL", "")
        env = _environment(scratch, postgres.owner_url if postgres else owner_url)
        marks, remarks = _marks(lacking, without_browser=NO_BROWSER in argv)
        for remark in remarks:
            print(remark, file=sys.stderr, flush=True)
        is_split = is_whole and not any(word.startswith("-n") for word in arguments)
        split = ["-n", str(_processes()), "--dist", "worksteal"] if is_split else []
        code, summary = _pytest([*split, *marks, *(KEPT if postgres else ()), *arguments], env)
        is_right = checks is None or _end_checks(checks, scratch)
        if os.environ.get("CI") == "true" and "chromium" in lacking and NO_BROWSER not in argv:
            print("There is no browser, and with CI=true that is a failure.", flush=True)
            is_right = False
        print("\n".join(remarks), flush=True) if remarks else None
        print(summary, flush=True)
        return code or (0 if is_right else 1)
    finally:
        if checks is not None:
            children.stop(checks, patience=2)
        if postgres is not None:
            postgres.stop()
        shutil.rmtree(scratch, ignore_errors=True)


def _processes() -> int:
    """One more than there are cores: each waits a seventh of its time, for the database, a browser or a moment. Each costs a collection."""
    return min(len(os.sched_getaffinity(0)) + 1, MOST_PROCESSES)


def _environment(scratch: Path, database_url: str) -> dict[str, str]:
    env = {
        name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "DEMO_MODE", "INSECURE_HTTP")
    }
    if shutil.disk_usage(tempfile.gettempdir()).free < NEEDED_BYTES:
        env["TMPDIR"] = str(scratch)
    return {
        **env,
        "DATABASE_URL": database_url,
        "DATA_DIR": str(scratch / "data"),
        "PATH": debian.path_with_sbin(),
        "STATEMENT_TIMEOUT_MS": "60000",  # making and dropping the database of the tests on a busy machine
    }


def _marks(lacking: list[str], *, without_browser: bool) -> tuple[list[str], list[str]]:
    """Tests that cannot run are left out, and that is said."""
    out, remarks = [], []
    if without_browser or "chromium" in lacking:
        out.append("not browser")
    if "chromium" in lacking and not without_browser:
        remarks.append("NOT RUN: the tests marked `browser`, because Chromium is not here: apt-get install chromium.")
    if "dovecot" in lacking:
        remarks.append("NOT RUN: the tests against a real IMAP server, because Dovecot is not here.")
    return (["-m", " and ".join(out)] if out else []), remarks


def _pytest(arguments: list[str], env: dict[str, str]) -> tuple[int, str]:
    """Streams pytest's output and holds back its last line."""
    command = [str(PYTHON), "-m", "pytest", *arguments]
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    held = ""
    try:
        for line in process.stdout or ():
            if line.strip():
                if held:
                    print(held, flush=True)
                held = line.rstrip("\n")
        return process.wait(), held
    finally:
        children.stop(process, by=signal.SIGINT, patience=5)  # with its workers and whatever they started


def _begin_checks(scratch: Path) -> subprocess.Popen[bytes]:
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    return children.start([str(PYTHON), "-m", "supervisor.lint"], env=env, log=scratch / "checks.log", cwd=ROOT)


def _end_checks(checks: subprocess.Popen[bytes], scratch: Path) -> bool:
    checks.wait()
    print((scratch / "checks.log").read_text(errors="replace").rstrip(), flush=True)
    return checks.returncode == 0
