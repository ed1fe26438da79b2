"""Programs and libraries of Debian that some tests, and PDFs, need; installed where we may, otherwise said."""

import ctypes
import os
import shutil
import subprocess
import sys
import time

BROWSERS = ("chromium-headless-shell", "chromium")
"""Programs and packages of one name. The first is Chromium without its windows: a quarter less work for every page."""
WANTED = {"chromium": BROWSERS, "dovecot": ("dovecot-imapd",), "docker-compose": ("docker-compose",)}
"""Program → the packages that bring it, the best first."""
LIBRARIES = {
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
}
"""Library → package; without them there are no PDFs, and the rest works."""
PAUSES = (0, 3, 10)
"""Seconds before each try."""
ELSEWHERE = "/usr/sbin:/usr/local/sbin:/sbin"


def path_with_sbin() -> str:
    return f"{os.environ.get('PATH', '')}:{ELSEWHERE}"


def browser() -> str:
    """The Chromium for the tests; empty when there is none."""
    return next(filter(None, map(shutil.which, BROWSERS)), "")


def missing() -> list[str]:
    programs = [program for program in WANTED if not shutil.which(program, path=path_with_sbin())]
    if browser():
        programs = [program for program in programs if program != "chromium"]
    return programs + [library for library in LIBRARIES if not _loads(library)]


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def install() -> list[str]:
    """Installs what is missing when we are root on a Debian, or may be without being asked; returns what is still missing."""
    lacking = missing()
    first = _as_root()
    if not lacking or first is None or not shutil.which("apt-get"):
        return lacking
    wanted = [WANTED.get(name) or (LIBRARIES[name],) for name in lacking]
    print(f"Installing {', '.join(packages[0] for packages in wanted)} …", file=sys.stderr, flush=True)
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    careful = "-o Acquire::Retries=2 -o Acquire::http::Timeout=20 -o DPkg::Lock::Timeout=120"
    get = [*first, "apt-get", "-qq", *careful.split()]
    _insist([*get, "update"], env)
    for packages in wanted:  # one by one: a package that cannot be had does not stop the others
        for package in packages:
            said = _insist([*get, "install", "-y", "--no-install-recommends", package], env)
            if not said:
                break
            print(f"{package} could not be installed: {said}", file=sys.stderr, flush=True)
    return missing()


def _as_root() -> list[str] | None:
    """What stands before a command to run it as root; None where we may not. sudo only in CI, never on somebody's own machine."""
    if os.geteuid() == 0:
        return []
    sudo = ["sudo", "-n", "DEBIAN_FRONTEND=noninteractive"]
    if os.environ.get("CI") != "true" or not shutil.which("sudo"):
        return None
    return sudo if subprocess.run([*sudo, "true"], capture_output=True, check=False).returncode == 0 else None


def _insist(command: list[str], env: dict[str, str]) -> str:
    """Tries a few times, for mirrors that fail now and then; the last line of what went wrong, empty when it went well."""
    said = ""
    for pause in PAUSES:
        time.sleep(pause)
        done = subprocess.run(command, env=env, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
        if done.returncode == 0:
            return ""
        said = (done.stderr.strip() or done.stdout.strip() or f"it ended with {done.returncode}").splitlines()[-1]
    return said
