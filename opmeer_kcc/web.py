"""The web process: gunicorn's, whose own refusals (no request was read, so no view answers) are pages of the house."""

import socket
from functools import cache

from gunicorn import util
from gunicorn.workers.gthread import ThreadWorker

from opmeer_kcc.logs import WithoutKeys
from opmeer_kcc.request_counts import count_as

HEADERS = (
    "Connection: close\r\n"
    "Content-Type: text/html; charset=utf-8\r\n"
    "Cache-Control: no-store\r\n"
    "Content-Security-Policy: default-src 'self'; frame-ancestors 'none'\r\n"
    "X-Content-Type-Options: nosniff\r\n"
)
PLAIN = "<!doctype html><html lang='nl'><meta charset='utf-8'><title>Servicecentrum</title><p>Probeer het nog eens."


@cache
def _page(status: int) -> bytes:
    """The page for a status; Django is loaded by the time somebody asks for one."""
    from opmeer_kcc.errors import unread

    return unread(status).encode()


def _write_error(line: socket.socket, status: int, reason: str, _message: str) -> None:
    """What gunicorn says in English and with the client's own bytes in it, said in a sentence that helps."""
    try:
        body = _page(status)
    except Exception:  # a broken installation still answers
        body = PLAIN.encode()
    head = f"HTTP/1.1 {status} {reason}\r\n{HEADERS}Content-Length: {len(body)}\r\n\r\n"
    util.write_nonblock(line, head.encode("latin1") + body)


class Worker(ThreadWorker):
    """`--worker-class=opmeer_kcc.web.Worker`; gunicorn logs and counts these refusals as always."""

    def init_process(self) -> None:
        self.log.error_log.addFilter(WithoutKeys())
        count_as(self.age)
        util.write_error = _write_error  # what `handle_error` ends with; there is no other door to its words
        super().init_process()
