"""Calls outward: one limit of time over everything, also under TLS; no address that leads inside by a detour (rule 36)."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from channels_app.adapters import web
from channels_app.adapters.web import Unreachable, Web


@pytest.fixture
def drip(tmp_path: Path) -> Iterator[tuple[int, Path]]:
    """A server with TLS that gives a byte every tenth of a second, for as long as anybody listens."""
    key, name = (
        ec.generate_private_key(ec.SECP256R1()),
        x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")]),
    )
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(7)
    made = made.not_valid_before(datetime.now(UTC) - timedelta(days=1)).not_valid_after(
        datetime.now(UTC) + timedelta(days=1)
    )
    made = made.add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
    paper, secret = tmp_path / "paper.pem", tmp_path / "key.pem"
    paper.write_bytes(made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
    secret.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(paper, secret)
    door = socket.create_server(("127.0.0.1", 0))
    ends = threading.Event()

    def serve() -> None:
        try:
            line, _address = door.accept()
            with context.wrap_socket(line, server_side=True) as safe:
                safe.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 600\r\n\r\n")
                for _byte in range(600):
                    if ends.wait(0.1):
                        return
                    safe.sendall(b"x")
        except OSError:
            return

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield door.getsockname()[1], paper
    ends.set()
    door.close()
    thread.join(60)


def test_a_server_that_drips_under_tls_is_cut_off_in_time(
    drip: tuple[int, Path], settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    port, paper = drip
    settings.MESSAGE_HOSTS_INSIDE = [f"localhost:{port}"]
    real = ssl.create_default_context
    monkeypatch.setattr(ssl, "create_default_context", lambda: real(cafile=str(paper)))
    began = time.monotonic()
    with pytest.raises(Unreachable):
        Web(None, seconds=0.8).call("GET", f"https://localhost:{port}/")
    assert time.monotonic() - began < 30


def test_a_name_with_many_addresses_that_do_not_answer_takes_no_longer(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[float] = []

    class Silent(socket.socket):
        def connect(self, _address: object) -> None:
            tried.append(self.gettimeout() or 0)
            time.sleep(0.1)
            raise TimeoutError

    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("192.0.9.1", 443))] * 50
    monkeypatch.setattr(web.socket, "getaddrinfo", lambda *_a, **_k: found)
    monkeypatch.setattr(web.socket, "socket", Silent)
    with pytest.raises(Unreachable):
        Web(None, seconds=0.3).call("GET", "https://example.nl/")
    assert len(tried) <= 4 and max(tried) <= 0.3


@pytest.mark.parametrize(
    ("address", "is_public"),
    [
        ("8.8.8.8", True),
        ("2a00:1450::1", True),
        ("2002:0808:0808::1", True),
        ("64:ff9b::808:808", True),
        ("::ffff:10.0.0.8", False),
        ("2002:7f00:1::", False),
        ("64:ff9b::7f00:1", False),
        ("64:ff9b::a9fe:a9fe", False),
        ("::127.0.0.1", False),
        ("fe80::1%eth0", False),
        ("100.64.0.1", False),
        ("224.0.0.1", False),
        ("0.0.0.0", False),
    ],
)
def test_an_address_that_stands_for_another_is_as_public_as_that_one(address: str, is_public: bool) -> None:
    assert web._is_public(address) is is_public
