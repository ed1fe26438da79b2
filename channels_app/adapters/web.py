"""Calls to a service: only to hosts that were named, at addresses outside our own network, without redirects, within limits (rule 36)."""

from __future__ import annotations

import http.client
import ipaddress
import json
import socket
import ssl
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings

from channels_app.adapters.messages import OutFile

SECONDS = 10.0
ANSWER_BYTES = 262_144
_WITH_IPV4 = tuple(map(ipaddress.IPv6Network, ("64:ff9b::/96", "::/96", "::ffff:0:0:0/96")))
_GIVEN_OUT = tuple(map(ipaddress.IPv6Network, ("2000::/3", "64:ff9b::/96")))
"""All of the internet that IPv6 has, and the IPv4 addresses behind it; elsewhere are addresses of a house, which Python may call global."""
_NOT_PUBLIC = tuple(map(ipaddress.ip_network, ("192.0.0.0/24", "192.88.99.0/24", "3fff::/20")))
"""For protocols and examples; some clouds tell the secrets of a machine at one of them. Python calls these global too."""


class Unreachable(Exception):
    """No answer: away, too slow, too large, or an address that may not be called; the words are for the log."""


@dataclass(frozen=True)
class Answer:
    status: int
    body: bytes
    headers: Mapping[str, str]

    def json(self) -> dict[str, Any]:
        """The object in the answer; an empty one when there is none."""
        try:
            found = json.loads(self.body)
        except (ValueError, RecursionError):
            return {}
        return found if isinstance(found, dict) else {}


class Web:
    """`hosts`: names that may be called, `.example.nl` for all below it; None: every public host (files of a post).

    Each call has one limit of time over everything, and reads no more than `limit` bytes.
    """

    def __init__(self, hosts: frozenset[str] | None, seconds: float = SECONDS) -> None:
        self._hosts = hosts
        self._seconds = seconds

    def call(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
        data: Mapping[str, Any] | None = None,
        form: Mapping[str, str | list[str]] | None = None,
        limit: int = ANSWER_BYTES,
    ) -> Answer:
        """Raises `Unreachable`, and nothing else. `data` goes as JSON, `form` as a form."""
        given = {"User-Agent": "Servicecentrum", "Accept": "application/json", **(headers or {})}
        if data is not None:
            body = json.dumps(data).encode()
            given["Content-Type"] = "application/json"
        elif form is not None:
            body = urlencode(form, doseq=True).encode()
            given["Content-Type"] = "application/x-www-form-urlencoded"
        began = time.monotonic()
        try:
            wire, connection, path = self._connect(url)
            is_late, line = threading.Event(), wire.dup()  # TLS takes `wire` over, and leaves nothing in it to cut
            left = max(0.0, self._seconds - (time.monotonic() - began))
            end = threading.Timer(left, _cut, [line, is_late])  # a server that drips must not hold a worker
            end.start()
            try:
                if isinstance(connection, http.client.HTTPSConnection):
                    wire = ssl.create_default_context().wrap_socket(wire, server_hostname=connection.host)
                connection.sock = wire
                connection.request(method, path, body=body, headers=given)
                answer = connection.getresponse()
                found = {name.lower(): value for name, value in answer.getheaders()}
                data = _read(answer, limit)
                if is_late.is_set():
                    raise OSError("too slow")
                return Answer(answer.status, data, found)
            finally:
                end.cancel()
                connection.close()
                wire.close()
                line.close()
        except (OSError, ValueError, http.client.HTTPException) as error:
            raise Unreachable(f"{type(error).__name__}: {error}"[:200]) from error

    def _connect(self, url: str) -> tuple[socket.socket, http.client.HTTPConnection, str]:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").lower(), parts.port
        is_inside = f"{host}:{port}" in settings.MESSAGE_HOSTS_INSIDE or host in settings.MESSAGE_HOSTS_INSIDE
        if parts.scheme != "https" and not is_inside:
            raise ValueError("only https")
        if parts.username or not host:
            raise ValueError("not an address of a service")
        if not is_inside and not self._is_named(host):
            raise ValueError(f"{host} may not be called")
        if not is_inside and port not in (None, 443):
            raise ValueError("only the usual port")
        at = port or (443 if parts.scheme == "https" else 80)
        kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        return _open(host, at, self._seconds, is_inside), kind(host, at, timeout=self._seconds), path

    def _is_named(self, host: str) -> bool:
        if self._hosts is None:
            return True
        return host in self._hosts or any(one.startswith(".") and host.endswith(one) for one in self._hosts)


def form_with_file(fields: Mapping[str, str], name: str, file: OutFile) -> tuple[bytes, str]:
    """A form with one file as it travels, and its content type. Names and values of ours; the name of the file is input."""
    mark = "bericht-9f2d7c51e0b84a6d"
    while mark.encode() in file.data:
        mark += "x"
    given = "".join(
        f'--{mark}\r\nContent-Disposition: form-data; name="{one}"\r\n\r\n{value}\r\n' for one, value in fields.items()
    )
    called = "".join(sign for sign in file.name if sign.isprintable() and sign not in '"\\')
    head = (
        f'--{mark}\r\nContent-Disposition: form-data; name="{name}"; filename="{called}"\r\n'
        f"Content-Type: {file.content_type or 'application/octet-stream'}\r\n\r\n"
    )
    body = (given + head).encode() + file.data + f"\r\n--{mark}--\r\n".encode()
    return body, f"multipart/form-data; boundary={mark}"


def may_call(url: str) -> bool:
    """Whether an address that somebody typed could be one of a service; whether it is public shows when it is called."""
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError:
        return False
    if f"{host}:{port}" in settings.MESSAGE_HOSTS_INSIDE or host in settings.MESSAGE_HOSTS_INSIDE:
        return True
    if parts.scheme != "https" or parts.username or "." not in host or port not in (None, 443):
        return False
    try:
        return _is_public(host)
    except ValueError:
        return True  # a name


def _open(host: str, port: int, seconds: float, is_inside: bool) -> socket.socket:
    """A line to an address that was looked at: what the name becomes later does not count."""
    found, until = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM), time.monotonic() + seconds
    for family, kind, proto, _name, address in found:
        if not is_inside and not _is_public(str(address[0])):
            raise ValueError(f"{host} lies inside our own network")
        left = until - time.monotonic()
        if left <= 0:  # a name may have any number of addresses that do not answer
            break
        wire = socket.socket(family, kind, proto)
        wire.settimeout(left)
        try:
            wire.connect(address)
        except OSError:
            wire.close()
            continue
        wire.settimeout(seconds)
        return wire
    raise OSError(f"{host} does not answer")


def _is_public(text: str) -> bool:
    """An IPv6 address that stands for an IPv4 address (6to4, NAT64, written out) is as public as that one."""
    address = ipaddress.ip_address(text.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if inner is None and any(address in network for network in _WITH_IPV4):
            inner = ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF)
        if inner is not None and not _is_public(str(inner)):
            return False
        if not any(address in network for network in _GIVEN_OUT):
            return False
    if any(address in network for network in _NOT_PUBLIC):
        return False
    return address.is_global and not address.is_multicast


def _cut(wire: socket.socket, is_late: threading.Event) -> None:
    is_late.set()
    with suppress(OSError):
        wire.shutdown(socket.SHUT_RDWR)


def _read(answer: http.client.HTTPResponse, limit: int) -> bytes:
    if 300 <= answer.status < 400:
        raise ValueError("it sends us elsewhere")
    found = answer.read(limit + 1)
    if len(found) > limit:
        raise ValueError("too large")
    if answer.length:
        raise OSError("it hung up half-way")
    return found
