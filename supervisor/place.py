"""Where things lie: the checkout, its virtual environment and the folder of data."""

import hashlib
import os
import sysconfig
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"


def packages() -> Path:
    """The site-packages folder of the virtual environment; in an image that of the interpreter."""
    found = sorted(VENV.glob("lib/python3.*/site-packages"))
    return found[-1] if found else Path(sysconfig.get_path("purelib"))


@dataclass(frozen=True)
class Place:
    """One folder of data: database, broker, secrets, files and logs of one installation."""

    data: Path

    @classmethod
    def of(cls, given: str | None) -> "Place":
        """The folder that was asked for, or DATA_DIR, or var/ in the checkout."""
        return cls(Path(given or os.environ.get("DATA_DIR") or ROOT / "var").expanduser().resolve())

    @property
    def is_new(self) -> bool:
        """Nothing was ever started here; a folder that was mistyped is one."""
        return not ((self.data / "mode").exists() or (self.data / "postgres").exists())

    def folder(self, name: str) -> Path:
        path = self.data / name
        path.mkdir(parents=True, exist_ok=True)
        return path

    @property
    def running(self) -> Path:
        """What the running server tells to script/manage."""
        return self.data / "running.json"

    @property
    def stamps(self) -> Path:
        return self.folder("stamps")


def digest(files: Iterable[Path], *more: str) -> str:
    """One hash over names and contents, to see whether anything changed."""
    total = hashlib.sha256("\n".join(more).encode())
    for path in sorted(files):
        total.update(str(path.relative_to(ROOT) if path.is_relative_to(ROOT) else path).encode() + b"\0")
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()
