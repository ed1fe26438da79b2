"""Which parts are reached over the network without TLS (ASVS 12.3.1): none, but on this machine or where an administrator said so."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from django.conf import settings

HERE = {"", "127.0.0.1", "localhost", "::1"}
FORCES_TLS = {"require", "verify-ca", "verify-full"}
"""The other values of `sslmode` fall back to plain when the other side wants to."""


def plain_parts() -> list[str]:
    """A sentence for each."""
    accepted = {*HERE, *settings.PLAIN_HOSTS}
    return [
        f"{name} reaches {host} without TLS: {cure}, or name the host in PLAIN_HOSTS when nobody else is on that network."
        for name, host, cure in _plain()
        if host not in accepted and not host.startswith("/")
    ]


def _plain() -> Iterator[tuple[str, str, str]]:
    addresses = (("DATABASE_URL", settings.DATABASES["default"]), ("MIGRATE_DATABASE_URL", settings.OWNER_DATABASE))
    for name, database in addresses:
        if database and database["OPTIONS"].get("sslmode") not in FORCES_TLS:
            yield name, str(database["HOST"]), "put ?sslmode=verify-full behind it"
    if settings.SMTP["tls"] == "none":
        yield "SMTP_URL", str(settings.SMTP["host"]), "use smtps:// or smtp+starttls://"
    for name, scheme, cure in (
        ("REDIS_URL", "redis", "use rediss://"),
        ("ASTERISK_AMI", "ami", "put a tunnel with TLS between them"),
        ("CLAMD", "tcp", "put a tunnel with TLS between them"),
    ):
        url = urlsplit(getattr(settings, name))
        if url.scheme == scheme:
            yield name, url.hostname or "", cure
