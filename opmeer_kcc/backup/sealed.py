"""Files that only a key opens: compressed, then AES-256-GCM in chunks, so that the size does not matter and a cut end is noticed.

`OPMB1` · 16 bytes salt · chunks of (length, encrypted). The key of a file comes from the backup key and the salt (HKDF-SHA256);
the nonce counts the chunks and marks the last one.
"""

from __future__ import annotations

import base64
import os
import struct
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

MAGIC = b"OPMB1"
CHUNK = 1 << 20
_LENGTH = struct.Struct(">I")
_NONCE = struct.Struct(">QI")


class WrongKey(Exception):
    """None of the keys opens it, or it was changed or cut."""


def key_from(text: str) -> bytes:
    """32 bytes from their URL-safe base64, as FIELD_KEYS are written."""
    try:
        key = base64.urlsafe_b64decode(text.encode())
    except ValueError as error:
        raise WrongKey("A key of BACKUP_KEYS cannot be read.") from error
    if len(key) != 32:
        raise WrongKey("A key of BACKUP_KEYS is not 32 bytes long.")
    return key


class Sealing:
    """Writes one sealed file; complete, or not there: its name comes when everything is on disk."""

    def __init__(self, path: Path, key: bytes) -> None:
        self.path = path
        self.draft = path.with_name(f".{path.name}.{os.getpid()}")
        self.size = 0
        salt = os.urandom(16)
        self._cipher = AESGCM(_derived(key, salt))
        self._packer = zlib.compressobj(1)
        self._file = self.draft.open("wb")
        self._file.write(MAGIC + salt)
        self._left = bytearray()
        self._count = 0

    def __enter__(self) -> Sealing:
        return self

    def write(self, data: bytes) -> None:
        self.size += len(data)
        self._left += self._packer.compress(data)
        while len(self._left) > CHUNK:
            self._chunk(bytes(self._left[:CHUNK]), is_last=False)
            del self._left[:CHUNK]

    def pour(self, source: BinaryIO) -> None:
        """Everything that can be read there."""
        while data := source.read(CHUNK):
            self.write(data)

    def _chunk(self, data: bytes, *, is_last: bool) -> None:
        sealed = self._cipher.encrypt(_NONCE.pack(self._count, is_last), data, None)
        self._file.write(_LENGTH.pack(len(sealed)) + sealed)
        self._count += 1

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self._left += self._packer.flush()
                while len(self._left) > CHUNK:
                    self._chunk(bytes(self._left[:CHUNK]), is_last=False)
                    del self._left[:CHUNK]
                self._chunk(bytes(self._left), is_last=True)
                self._file.flush()
                os.fsync(self._file.fileno())
        finally:
            self._file.close()
            if kind is None:
                self.draft.replace(self.path)
            else:
                self.draft.unlink(missing_ok=True)


def unsealed(path: Path, keys: Sequence[bytes]) -> Iterator[bytes]:
    """The contents, piece by piece; raises `WrongKey` before the first wrong byte is given."""
    with path.open("rb") as file:
        if file.read(len(MAGIC)) != MAGIC:
            raise WrongKey(f"{path.name} is no sealed file.")
        salt = file.read(16)
        unpacker = zlib.decompressobj()
        cipher: AESGCM | None = None
        count = 0
        while True:
            head = file.read(_LENGTH.size)
            sealed = file.read(_LENGTH.unpack(head)[0]) if len(head) == _LENGTH.size else b""
            is_last = not file.peek(1)
            if cipher is None:
                cipher = _fitting(keys, salt, sealed, is_last, path)
            try:
                data = cipher.decrypt(_NONCE.pack(count, is_last), sealed, None)
            except InvalidTag as error:
                raise WrongKey(f"{path.name} was changed or cut.") from error
            if piece := unpacker.decompress(data):
                yield piece
            count += 1
            if is_last:
                break
        if rest := unpacker.flush():
            yield rest


def _fitting(keys: Sequence[bytes], salt: bytes, sealed: bytes, is_last: bool, path: Path) -> AESGCM:
    for key in keys:
        cipher = AESGCM(_derived(key, salt))
        try:
            cipher.decrypt(_NONCE.pack(0, is_last), sealed, None)
        except InvalidTag:
            continue
        return cipher
    raise WrongKey(f"None of BACKUP_KEYS opens {path.name}.")


def _derived(key: bytes, salt: bytes) -> bytes:
    return HKDF(SHA256(), length=32, salt=salt, info=b"opmeer backup").derive(key)
