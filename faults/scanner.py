"""A virus scanner of our own that speaks clamd's INSTREAM: a file with EICAR in it is infected, any other is clean."""

from __future__ import annotations

import socketserver
import struct
import threading

VIRUS = b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE"


class Scanner:
    """Listens on a free loopback port."""

    def __init__(self) -> None:
        self.asked = 0
        scanner = self

        class Talk(socketserver.StreamRequestHandler):
            timeout = 120

            def handle(self) -> None:
                scanner.asked += 1
                try:
                    self.rfile.read(len(b"zINSTREAM\0"))
                    data = b""
                    while size := struct.unpack(">I", self.rfile.read(4))[0]:
                        data += self.rfile.read(size)
                    self.wfile.write(b"stream: Eicar-Test FOUND\0" if VIRUS in data else b"stream: OK\0")
                except (OSError, struct.error):
                    pass

        class Server(socketserver.ThreadingTCPServer):
            daemon_threads = True
            allow_reuse_address = True

        self._server = Server(("127.0.0.1", 0), Talk)
        self.port = int(self._server.server_address[1])
        threading.Thread(target=self._server.serve_forever, args=(0.1,), name="scanner", daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
