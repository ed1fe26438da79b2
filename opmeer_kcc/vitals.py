"""What waits, what was left to a person, how much room there is and which versions run: for the health page and for /metrics."""

from __future__ import annotations

import platform
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

import django
from django.conf import settings
from django.db import connection
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from channels_app.models import InboundMessage, OutboundMessage
from channels_app.models.outbox import ASKS_FOR
from opmeer_kcc.disks import Room, rooms
from organisation import wording
from organisation.health import LINES, Line
from privacy.models import PersonRequest

MOST = 10_000
"""A queue is counted no further: more says nothing more, and counting must stay cheap."""
MOST_SAID = 5
WAITS_LONG = timedelta(minutes=5)
BROKER_SECONDS = 2
CARRIED_OUT_WITHIN = timedelta(days=1)
VERSION = "1.0.0"


@dataclass(frozen=True)
class Queue:
    """Rows that a sweep should take; `oldest`: since when the first one could have been done."""

    code: str
    count: int
    oldest: datetime | None


def queues(at: datetime) -> list[Queue]:
    """Incoming messages that are not handled, outgoing ones whose moment has come."""
    coming = [
        InboundMessage.objects.filter(state=one) for one in ("received", "parsed")
    ]  # each has an index of its own
    going = OutboundMessage.objects.filter(state__in=["queued", "sending"], next_try_at__lte=at)
    firsts = [part.order_by("id").values_list("id", "taken_in_at", "next_try_at").first() for part in coming]
    first_in = min(filter(None, firsts), default=None)
    since = max(filter(None, first_in[1:])) if first_in else None
    first_out = going.order_by("next_try_at").values_list("next_try_at", flat=True).first()
    count_in = min(MOST, sum(part[:MOST].count() for part in coming))
    return [Queue("inbound", count_in, since), Queue("outbound", going[:MOST].count(), first_out)]


def parked() -> int:
    return InboundMessage.objects.filter(state="parked")[:MOST].count()


def not_sent(at: datetime) -> int:
    held = OutboundMessage.objects.for_people().filter(state="held")
    return OutboundMessage.objects.not_sent(at - ASKS_FOR)[:MOST].count() + held[:MOST].count()


def database_bytes() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        return int(cursor.fetchone()[0])


@cache
def database_version() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        return str(cursor.fetchone()[0])


def versions() -> dict[str, str]:
    return {
        "product": VERSION,
        "python": platform.python_version(),
        "django": django.get_version(),
        "postgresql": database_version(),
    }


def lines(at: datetime) -> list[Line]:
    return [
        *([_broker(at)] if settings.REDIS_URL else []),
        *(_queue(one, at) for one in queues(at)),
        _channels(at),
        _people(at),
        _decided(at),
        *(_room(one, at) for one in rooms()),
        _versions(at),
    ]


def _broker(at: datetime) -> Line:
    """Without it the worker hears no ticks, and looks as if it were the one that stopped."""
    import redis  # loaded by the processes that are asked, and by no other
    from redis.backoff import NoBackoff
    from redis.retry import Retry

    error = ""
    limits = {"socket_timeout": BROKER_SECONDS, "socket_connect_timeout": BROKER_SECONDS}
    try:
        with redis.Redis.from_url(settings.REDIS_URL, retry=Retry(NoBackoff(), 0), **limits) as broker:
            broker.ping()
    except (redis.RedisError, OSError) as failure:
        error = type(failure).__name__
    text = _("Answers.")
    if error:
        text = _("Gives no answer. Registering goes on; mail and norms wait until it is back.")
    return Line("broker", _("Broker of the jobs"), not error, text, at, {"error": error})


def _queue(queue: Queue, at: datetime) -> Line:
    names = {"inbound": _("Incoming messages"), "outbound": _("Outgoing messages")}
    is_well = queue.oldest is None or at - queue.oldest < WAITS_LONG
    text = _("Nothing waits.")
    if queue.oldest is not None:
        minutes = max(0, int((at - queue.oldest).total_seconds() // 60))
        text = ngettext(
            "%(count)s waits, the oldest for %(minutes)s minutes.",
            "%(count)s wait, the oldest for %(minutes)s minutes.",
            queue.count,
        ) % {"count": queue.count, "minutes": minutes}
    facts = {"waiting": queue.count, "oldest": queue.oldest}
    return Line(f"queue_{queue.code}", names[queue.code], is_well, text, at, facts)


def _channels(at: datetime) -> Line:
    """What stands in red on Kanalen: a mail server that takes nothing, a mailbox that is not read, a scanner or an exchange that is away."""
    from channels_app.pages.overview import overview  # this module is loaded by every process, that page by few

    wrong = [alarm.text for alarm in overview(at).alarms if alarm.kind == "error"]
    text = " ".join(wrong[:MOST_SAID]) or _("Everything that comes in and goes out can do so.")
    return Line("channels", _("Channels"), not wrong, text, at, {"alarms": len(wrong)})


def _decided(at: datetime) -> Line:
    """Two people decided to erase or restrict somebody, and it was not done: it fails each time, or something lasting is in the way."""
    late = PersonRequest.objects.filter(state__in=["approved", "working"], decided_at__lt=at - CARRIED_OUT_WITHIN)
    waits = list(late.order_by("decided_at")[:MOST_SAID])
    text = _("What two people decided is carried out.")
    if waits:
        text = _("%(numbers)s: decided at %(moment)s or later, and not carried out. See the log of the worker.") % {
            "numbers": ", ".join(one.number for one in waits),
            "moment": wording.moment(waits[0].decided_at),
        }
    return Line("person_requests", _("Decisions about people"), not waits, text, at, {"late": len(waits)})


def _people(at: datetime) -> Line:
    """What a person must look at is no fault of the machine; that somebody does is on Kanalen."""
    coming, going = parked(), not_sent(at)
    text = _("%(coming)s parked, %(going)s not sent. See Channels.") % {"coming": coming, "going": going}
    facts: dict[str, object] = {"parked": coming, "not_sent": going}
    return Line("left_to_people", _("Left to a person"), True, text, at, facts)


def _room(room: Room, at: datetime) -> Line:
    names = {"data": _("Disk of the files"), "backup": _("Disk of the backups")}
    text = _("%(free)s of %(total)s free.") % {
        "free": filesizeformat(room.free),
        "total": filesizeformat(room.total),
    }
    if not room.total:
        text = _("Gives no answer. Is the other machine there?")
    facts: dict[str, object] = {"free": room.free, "total": room.total}
    return Line(f"disk_{room.code}", names[room.code], not room.is_little, text, at, facts)


def _versions(at: datetime) -> Line:
    found = versions()
    text = (
        f"{found['product']} · PostgreSQL {found['postgresql']} · Django {found['django']} · Python {found['python']}"
    )
    return Line("versions", _("Versions"), True, text, at, {**found, "database_bytes": database_bytes()})


LINES.append(lines)
