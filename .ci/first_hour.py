"""From a clean clone: start, sign in, register one contact through the real pages, see it, stop, leave nothing behind."""

import http.cookiejar
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from form import Forms

ROOT = Path(__file__).resolve().parent.parent
NOTE = "Mevrouw vraagt wanneer het grofvuil wordt opgehaald in de Spanbroekerweg."
NEEDED_BYTES = 1_500_000_000
WITHOUT = {
    "DATABASE_URL",
    "MIGRATE_DATABASE_URL",
    "REDIS_URL",
    "DATA_DIR",
    "SECRET_KEY",
    "DEMO_MODE",
    "DJANGO_SETTINGS_MODULE",
    "PYTHONPATH",
}


class Browser:
    """Keeps cookies and follows redirects, as a browser does."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.at = base
        jar = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))

    def get(self, path: str) -> str:
        return self._open(urllib.request.Request(urllib.parse.urljoin(self.at, path)))

    def post(self, path: str, fields: dict[str, str]) -> str:
        request = urllib.request.Request(urllib.parse.urljoin(self.at, path), urllib.parse.urlencode(fields).encode())
        request.add_header("Referer", self.at)
        return self._open(request)

    def _open(self, request: urllib.request.Request) -> str:
        try:
            with self.opener.open(request, timeout=60) as answer:
                self.at = answer.url
                return str(answer.read().decode())
        except urllib.error.HTTPError as error:
            said = re.sub(r"<[^>]*>|\s+", " ", error.read().decode(errors="replace"))
            raise SystemExit(f"{request.get_method()} {request.full_url} gave {error.code}: {said[:3000]}") from error


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="first hour ", dir=_roomy()) as folder:
        clone = Path(folder) / "een kloon"
        _clone(Path(folder), clone)
        port = _free_port()
        env = {name: value for name, value in os.environ.items() if name not in WITHOUT}
        begun = time.monotonic()
        server = subprocess.Popen(
            [str(clone / "script" / "server"), "--port", str(port)], cwd=folder, env=env, start_new_session=True
        )
        try:
            _wait(server, port)
            print(f"First page {time.monotonic() - begun:.1f} s after the clone.", flush=True)
            _work(f"http://127.0.0.1:{port}/")
            _wait_for_jobs(port)
            _manage(clone, env)
            _cannot_drop(clone, env)
        finally:
            server.send_signal(signal.SIGTERM)
            code = server.wait(60)
        if code:
            raise SystemExit(f"script/server ended with {code}.")
        _no_orphan(clone)
    print("A question was registered and seen, jobs ran, and nothing was left behind.", flush=True)


def _roomy() -> str | None:
    """Where the clone with its packages fits: the usual place, or the checkout when that is (nearly) full."""
    if shutil.disk_usage(tempfile.gettempdir()).free > NEEDED_BYTES:
        return None
    (ROOT / "var").mkdir(exist_ok=True)
    return str(ROOT / "var")


def _clone(folder: Path, clone: Path) -> None:
    """What is committed; also from a checkout that another user owns, whose detached HEAD is as good as a branch."""
    trust = folder / "gitconfig"
    trust.write_text("[safe]\n\tdirectory = *\n[advice]\n\tdetachedHead = false\n")
    env = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    env |= {"GIT_CONFIG_GLOBAL": str(trust), "GIT_TERMINAL_PROMPT": "0"}
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], env=env, check=True)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _ready(port: int) -> dict[str, str]:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/health/ready", timeout=5) as answer:
            return dict(json.load(answer))
    except (OSError, ValueError):
        return {}


def _wait(server: subprocess.Popen[bytes], port: int) -> None:
    end = time.monotonic() + 600
    while time.monotonic() < end:
        if server.poll() is not None:
            raise SystemExit(f"script/server ended by itself with {server.returncode}.")
        if _ready(port).get("status") == "up":
            return
        time.sleep(0.1)
    raise SystemExit("script/server showed no page within ten minutes.")


def _wait_for_jobs(port: int) -> None:
    end = time.monotonic() + 300
    while time.monotonic() < end:
        if _ready(port).get("jobs") == "up":
            return
        time.sleep(0.5)
    raise SystemExit("Worker and beat gave no sign of life.")


def _work(base: str) -> None:
    """Fatima signs in and registers a contact of an unknown caller."""
    browser = Browser(base)
    login = Forms(browser.get("/inloggen/")).with_field("password")
    browser.post(
        login.action,
        login.fields | {"username": "fatima", "password": os.environ.get("DEMO_PASSWORD", "opmeer-demo-2026")},
    )
    page = browser.get("/werkplek/?kanaal=phone")
    if "/inloggen/" in browser.at:
        raise SystemExit("Fatima could not sign in.")
    desk = Forms(page).with_field("q0-text")
    typed = {"customer": "", "customer_state": "unknown", "q0-text": NOTE, "end": "direct"}
    page = browser.post(desk.action, desk.fields | typed)
    found = re.search(r"/vragen/(OPM-\d{4}-\d+)/", page)
    if not found:
        raise SystemExit("The page after saving names no question: " + re.sub(r"<[^>]*>|\s+", " ", page)[:3000])
    seen = browser.get(found[0])
    if NOTE not in seen:
        raise SystemExit(f"The page of question {found[1]} does not show what was noted.")
    print(f"Registered and seen: {found[1]}.", flush=True)


def _manage(clone: Path, env: dict[str, str]) -> None:
    done = subprocess.run(
        [str(clone / "script" / "manage"), "check_invariants"], env=env, capture_output=True, text=True, check=False
    )
    print(done.stdout.strip()[-2000:], flush=True)
    if done.returncode:
        raise SystemExit(f"script/manage check_invariants ended with {done.returncode}: {done.stderr[-2000:]}")


def _cannot_drop(clone: Path, env: dict[str, str]) -> None:
    """The application works as a role of its own: PostgreSQL refuses what only the owner of the tables may."""
    asked = "from django.db import connection as c; c.cursor().execute('DROP TABLE organisation_accessentry')"
    done = subprocess.run(
        [str(clone / "script" / "manage"), "shell", "-v0", "-c", asked],
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode == 0 or "must be owner of table organisation_accessentry" not in done.stderr:
        raise SystemExit(f"The application could drop the read log: {done.stderr[-2000:]}")


def _no_orphan(clone: Path) -> None:
    left = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if str(clone).encode() in (entry / "cmdline").read_bytes():
                left.append(entry.name)
        except OSError:
            continue
    if left:
        raise SystemExit(f"Still running after the stop: {', '.join(left)}.")


if __name__ == "__main__":
    main()
