"""script/format [PATH…]: formats our own Python files and sorts their imports."""

import subprocess

from supervisor import install
from supervisor.place import ROOT, VENV


def main(argv: list[str]) -> int:
    install.ensure(dev=True)
    ruff = str(VENV / "bin" / "ruff")
    paths = argv or ["."]
    codes = [
        subprocess.run([ruff, "check", "--quiet", "--select", "I,F401", "--fix", *paths], cwd=ROOT, check=False),
        subprocess.run([ruff, "format", *paths], cwd=ROOT, check=False),
    ]
    return max(done.returncode for done in codes)
