"""The virtual environment with the locked packages; a stamp makes the second start skip all of it."""

import json
import os
import shutil
import signal
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path

from supervisor import children
from supervisor.locks import held
from supervisor.place import PYTHON, ROOT, VENV, digest
from supervisor.plain import Plain

RUN = ROOT / "requirements.lock"
DEV = ROOT / "requirements-dev.lock"
UV = ROOT / "requirements-uv.lock"
NEEDED_BYTES = 1_000_000_000
UNREACHED = ("NewConnectionError", "NameResolutionError", "ConnectTimeoutError", "ProxyError", "SSLError")
"""What pip says when nobody answers."""
STAMP = VENV / "installed.json"
UNFINISHED = VENV / "unfinished"
"""Stands there while packages are installed: who is stopped then leaves some that look whole and are not."""


def ensure(*, dev: bool = False) -> None:
    """Installs what the lock file names, with hashes, unless exactly that was installed already."""
    lock = DEV if dev else RUN
    wanted = digest([lock])
    if _is_there(lock, wanted):
        return
    with held(ROOT / "var" / "install.lock"):
        if _is_there(lock, wanted):
            return
        _make_venv()
        print("Installing the packages …", file=sys.stderr, flush=True)
        UNFINISHED.touch()
        try:
            _install(lock)
        except Plain:  # what could not be fetched has changed nothing
            UNFINISHED.unlink()
            raise
        done = {lock.name: wanted}
        if dev:  # the development lock holds everything of the other one, at the same versions
            done[RUN.name] = digest([RUN])
        STAMP.write_text(json.dumps(done))
        UNFINISHED.unlink()


def _is_there(lock: Path, wanted: str) -> bool:
    return _installed().get(lock.name) == wanted and PYTHON.exists() and not UNFINISHED.exists()


def _installed() -> dict[str, str]:
    try:
        return dict(json.loads(STAMP.read_text()))
    except (OSError, ValueError):
        return {}


def _make_venv() -> None:
    if _works(PYTHON) and not UNFINISHED.exists():
        return
    try:
        import ensurepip  # noqa: F401 - Debian leaves it out of python3 itself
        import venv  # noqa: F401
    except ImportError as error:
        raise Plain(
            "Python cannot make a virtual environment here: install it first, on Debian with"
            " `apt-get install python3-venv`."
        ) from error
    print("Making the virtual environment …", file=sys.stderr, flush=True)
    shutil.rmtree(VENV, ignore_errors=True)
    base = getattr(sys, "_base_executable", None) or sys.executable
    done = subprocess.run([base, "-m", "venv", "--without-pip", str(VENV)], capture_output=True, text=True, check=False)
    if done.returncode or not PYTHON.exists():
        shutil.rmtree(VENV, ignore_errors=True)
        lines = (done.stderr or done.stdout).strip().splitlines()
        raise Plain(f"The virtual environment could not be made in {VENV}: {lines[-1] if lines else 'no reason given'}")


def _works(python: Path) -> bool:
    if not python.exists():
        return False
    asked = (
        "import os, sys, sysconfig; print(sys.version_info >= (3, 11) and os.path.isdir(sysconfig.get_path('purelib')))"
    )
    done = subprocess.run([str(python), "-c", asked], capture_output=True, text=True, check=False)
    return done.stdout.strip() == "True"


def _install(lock: Path) -> None:
    """Our own modules are compiled meanwhile, by the processor that this leaves alone: the first start needs both later."""
    ours = [str(path.parent) for path in sorted(ROOT.glob("*/apps.py"))]
    compiling = children.start([str(PYTHON), "-m", "compileall", "-q", *ours], env=os.environ, log=None, cwd=ROOT)
    try:
        _fetch(lock)
    finally:
        children.sweep(compiling)


def _fetch(lock: Path) -> None:
    """uv is fast; plain pip is the way where uv is not to be had or cannot reach the index that pip is set up for."""
    quiet = {**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_NO_INPUT": "1", "UV_NO_PROGRESS": "1"}
    if shutil.disk_usage(tempfile.gettempdir()).free < NEEDED_BYTES:  # the packages go here anyway, so here is room
        quiet["TMPDIR"] = str(ROOT / "var")
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--require-hashes", "-r"]
    uv = [str(VENV / "bin" / "uv"), "pip", "install", "--quiet", "--python", str(PYTHON), "--require-hashes", "-r"]
    unpacked = VENV / "pip"  # a start that was killed leaves it to the next one
    has_uv = _runs([*pip, str(UV)], {**quiet, "PYTHONPATH": _pip_of_python(unpacked)})
    shutil.rmtree(unpacked, ignore_errors=True)
    if has_uv:
        for more in _ways():
            if _runs([*uv, str(lock), *more], quiet):
                return
    _runs([str(PYTHON), "-m", "ensurepip"], quiet)
    done = _ended([*pip, str(lock)], quiet)
    if done.returncode:
        if any(word in done.stderr for word in UNREACHED):
            raise Plain(
                "The package index cannot be reached from here, so the packages could not be installed:"
                " see to the network, the proxy (HTTPS_PROXY) or the address of the index (PIP_INDEX_URL), and start again."
            )
        lines = [line for line in done.stderr.strip().splitlines() if line.strip()]
        raise Plain("The packages could not be installed. pip says: " + "\n".join(lines[-3:]))


def _ways() -> list[list[str]]:
    """How uv is asked, in turn. What an earlier installation fetched needs no question to the index, which takes long; where it
    cannot be kept, as the user of a service has no home, uv does without. A network that looks into TLS is trusted by the machine only.
    """
    is_kept = os.access(os.path.expanduser("~"), os.W_OK)
    kept: list[list[str]] = [["--offline"], []] if is_kept else [["--no-cache"]]
    return [*kept, [*kept[-1], "--system-certs"]]


def _pip_of_python(to: Path) -> str:
    """The pip that comes with Python, unpacked: installing it in the virtual environment takes longer than all our packages, and
    reading it out of its archive as long as what it does."""
    import ensurepip

    folders = [sysconfig.get_config_var("WHEEL_PKG_DIR"), Path(ensurepip.__file__).parent / "_bundled"]
    found = [wheel for folder in folders if folder for wheel in sorted(Path(folder).glob("pip-*.whl"))]
    if not found:
        return ""
    shutil.unpack_archive(found[-1], to, "zip")
    return str(to)


def _runs(command: list[str], env: dict[str, str]) -> bool:
    return _ended(command, env).returncode == 0


def _ended(command: list[str], env: dict[str, str]) -> "subprocess.CompletedProcess[str]":
    """It ends with us: half an installation that goes on would be in the way of the next start."""
    dies = children.dies_with_parent(signal.SIGTERM)
    return subprocess.run(command, env=env, capture_output=True, text=True, check=False, preexec_fn=dies)
