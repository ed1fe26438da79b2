"""A proxy before the site that PROXY_COUNT does not tell of: then every visitor seems to come from the proxy's own address.

The limits of forms, chats and links would count all citizens as one, and refuse who did nothing. A stranger who calls the site itself
can send the same header; so only one that comes from this machine or its own network tells of a proxy.
"""

from __future__ import annotations

import ipaddress
import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.db import DatabaseError, InterfaceError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from organisation.clock import now
from organisation.health import LINES, Line
from organisation.models import Heartbeat

log = logging.getLogger(__name__)
NAME = "unseen_proxy"
TOLD_FOR = timedelta(hours=26)
TELL_SECONDS = 3600.0


class UnseenProxy:
    """Looks at no request where proxies are counted."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if settings.PROXY_COUNT:
            raise MiddlewareNotUsed
        self.get_response = get_response
        self.told_at = -TELL_SECONDS

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "HTTP_X_FORWARDED_FOR" in request.META and time.monotonic() - self.told_at > TELL_SECONDS:
            self._tell(request.META.get("REMOTE_ADDR", ""))
        return self.get_response(request)

    def _tell(self, peer: str) -> None:
        try:
            if peer and not ipaddress.ip_address(peer.partition("%")[0]).is_private:
                return
        except ValueError:
            return
        self.told_at = time.monotonic()
        log.warning("a proxy passes requests on, and PROXY_COUNT is 0: set it to the number of proxies before the site")
        try:
            Heartbeat.objects.update_or_create(name=NAME, defaults={"beat_at": now(), "detail": {}})
        except (DatabaseError, InterfaceError):  # away: the log has told it
            pass


def lines(at: datetime) -> list[Line]:
    """Nothing where all is well, or where it was not seen for a day."""
    if settings.PROXY_COUNT:
        return []
    row = Heartbeat.objects.filter(name=NAME, beat_at__gt=at - TOLD_FOR).first()
    if row is None:
        return []
    text = _(
        "A proxy passes requests on, and PROXY_COUNT is 0: all visitors seem to come from one address, so forms and chats refuse who did nothing. Set PROXY_COUNT."
    )
    return [Line("proxy", _("Proxy before the site"), False, text, row.beat_at)]


LINES.append(lines)
