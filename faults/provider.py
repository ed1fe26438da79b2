"""An identity provider of our own (OpenID Connect): one person, who is always signed in there."""

from __future__ import annotations

import json
import secrets
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

CLIENT = "servicecentrum"
SUBJECT = "agent-at-the-provider"


class Provider:
    """Listens on a free loopback port; `issuer` is where others find it."""

    def __init__(self) -> None:
        from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key

        self.issuer = ""
        self._key = generate_private_key(SECP256R1())
        self._nonces: dict[str, str] = {}
        provider = self

        class Talk(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                parts = urlsplit(self.path)
                asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
                if parts.path == "/authorize":
                    self.send_response(302)
                    self.send_header("Location", provider._back(asked))
                    self.send_header("Content-Length", "0")
                    self.end_headers()
                else:
                    self._say(provider._keys() if parts.path == "/keys" else provider._about())

            def do_POST(self) -> None:
                asked = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
                self._say(provider._token(asked["code"][0]))

            def _say(self, told: dict[str, Any]) -> None:
                data = json.dumps(told).encode()
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, format: str, *args: Any) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Talk)
        self._server.daemon_threads = True
        self.port = int(self._server.server_address[1])
        threading.Thread(target=self._server.serve_forever, args=(0.1,), name="provider", daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _about(self) -> dict[str, Any]:
        places = {"authorization_endpoint": "authorize", "token_endpoint": "token", "jwks_uri": "keys"}
        return {"issuer": self.issuer, **{name: f"{self.issuer}/{path}" for name, path in places.items()}}

    def _keys(self) -> dict[str, Any]:
        import jwt

        public = json.loads(jwt.algorithms.ECAlgorithm.to_jwk(self._key.public_key()))
        return {"keys": [{**public, "kid": "k1", "use": "sig", "alg": "ES256"}]}

    def _back(self, asked: dict[str, str]) -> str:
        code = secrets.token_urlsafe(16)
        self._nonces[code] = asked["nonce"]
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def _token(self, code: str) -> dict[str, Any]:
        import jwt

        moment = int(time.time())
        claims: dict[str, Any] = {"iss": self.issuer, "sub": SUBJECT, "aud": CLIENT, "nonce": self._nonces.pop(code)}
        claims |= {"iat": moment, "exp": moment + 300}
        return {"id_token": jwt.encode(claims, self._key, "ES256", headers={"kid": "k1"}), "token_type": "Bearer"}
