"""Secrets of one installation: made once, in files that only their owner reads."""

import base64
import os
import secrets
from pathlib import Path


def secret(folder: Path, name: str) -> str:
    """The secret of this name; made at the first call. 32 random bytes in URL-safe base64, which is also a Fernet key."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    try:
        return path.read_text().strip()
    except FileNotFoundError:
        value = base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()
        draft = folder / f".{name}.{os.getpid()}"
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as handle:
            handle.write(value)
        try:
            os.link(draft, path)
        except FileExistsError:
            pass  # another process was first: its secret counts
        finally:
            draft.unlink()
        return path.read_text().strip()
