"""The checks that need no running test, two at a time; each prints its findings only when it has any."""

import secrets
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from supervisor.environment import NOT_FOR_CHILDREN
from supervisor.place import PYTHON, ROOT, VENV

PACKAGES = (
    "opmeer_kcc",
    "organisation",
    "channels_app",
    "knowledge",
    "contacts",
    "surveys",
    "privacy",
    "kpi",
    "programme",
    "supervisor",
    "faults",
)

SECURITY = (
    "--isolated",
    "--preview",  # for what is imported
    "--exclude=*/migrations/*",
    "--select=S,PLE2502",
    "--ignore=S101,S105,S108,S112,S310,S311,S404,S405,S603,S606,S607,S608",
)
"""The rules of bandit, also where pyproject.toml leaves them out. Not those that only ask to look twice: we start programs from
lists, choose test data by chance, write XML and put names of tables into SQL."""


@dataclass(frozen=True)
class Finding:
    name: str
    ok: bool
    seconds: float
    output: str


def steps() -> dict[str, list[str]]:
    """Name → command, the slowest first."""
    django = [str(PYTHON), "manage.py"]
    return {
        "types": [_tool("mypy"), *_strict()],
        "deploy check": [*django, "check", "--deploy", "--fail-level", "WARNING"],
        "migrations": [*django, "makemigrations", "--check", "--dry-run"],
        "import contracts": [_tool("lint-imports"), "--no-cache"],
        "style": [_tool("ruff"), "check", "--quiet", "."],
        "format": [_tool("ruff"), "format", "--check", "--quiet", "."],
        "templates": [_tool("djlint"), "--lint", "--quiet", "templates"],
        "security": [_tool("ruff"), "check", "--quiet", *SECURITY, *PACKAGES],
    }


def run(env: dict[str, str]) -> Iterator[Finding]:
    """The findings, in the order of `steps()`."""
    with ThreadPoolExecutor(2) as pool:
        yield from pool.map(lambda step: _one(step[0], step[1], env), steps().items())


def report(findings: Iterator[Finding]) -> bool:
    """Prints what is wrong; True when all is well."""
    wrong = []
    for finding in findings:
        print(f"{'ok    ' if finding.ok else 'WRONG '} {finding.name} ({finding.seconds:.1f} s)", flush=True)
        if not finding.ok:
            wrong.append(finding.name)
            print(finding.output.rstrip(), flush=True)
    if wrong:
        print(f"Not right: {', '.join(wrong)}.", flush=True)
    return not wrong


def environment(base: dict[str, str]) -> dict[str, str]:
    """As in production, but without a database: these checks ask it nothing."""
    env = {name: value for name, value in base.items() if name not in (*NOT_FOR_CHILDREN, "FAILPOINTS", "DEBUG")}
    return {
        **env,
        "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/nothing",
        "REDIS_URL": "redis://127.0.0.1:1/0",
        "SECRET_KEY": secrets.token_urlsafe(64),
        "FIELD_KEYS": "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=",
        "DEMO_MODE": "0",
        "INSECURE_HTTP": "0",
        "ALLOWED_HOSTS": "kcc.opmeer.example",
        "SITE_URL": "https://kcc.opmeer.example",
        "PROXY_COUNT": "1",
        "CLOCK_OFFSET_SECONDS": "0",
        "PYTHONWARNINGS": "ignore::RuntimeWarning",
    }


def _one(name: str, command: list[str], env: dict[str, str]) -> Finding:
    begun = time.monotonic()
    done = subprocess.run(
        command, cwd=ROOT, env=env, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    return Finding(name, done.returncode == 0, time.monotonic() - begun, done.stdout + done.stderr)


def _strict() -> list[str]:
    """What mypy is to judge by pyproject.toml. It follows the imports of these; of the rest, half of all files, it would say nothing."""
    (strict,) = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["mypy"]["overrides"]
    return [word for name in strict["module"] for word in _named(name)]


def _named(module: str) -> tuple[str, str]:
    return ("-p", module.removesuffix(".*")) if module.endswith(".*") else ("-m", module)


def _tool(name: str) -> str:
    return str(VENV / "bin" / name)


if __name__ == "__main__":
    import os

    sys.exit(0 if report(run(environment(dict(os.environ)))) else 1)
