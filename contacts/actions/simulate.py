"""“Simuleer drukte”: calls, mails, forms, chats, posts and WhatsApp messages at a chosen pace through the doors that real ones use. Only in the demo, for a time and up to a number.

What runs stands in one row of the heartbeats. The sweep first writes down what it will do and then does it: a sweep that is killed
makes less, never more.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final
from uuid import uuid4

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from channels_app.actions.log_events import Told, log_events
from channels_app.actions.take_in import take_in
from channels_app.models import Mailbox
from contacts.actions.send_form import FormAsked, send_form
from contacts.actions.simulate_talks import do_chat, plan_chats, post, whatsapp_message
from contacts.models import ContactAddress
from contacts.rulebook import pickup_seconds_on
from contacts.simulation import SOURCE, call_plan, mail, written
from organisation import audit
from organisation.errors import Refused
from organisation.models import Heartbeat, User
from organisation.roles import Right
from organisation.snapshot import organisation
from organisation.transact import one_transaction

if TYPE_CHECKING:
    from contacts.models import Question

log = logging.getLogger(__name__)
ROW: Final = "simulatie"
KINDS: Final = ("calls", "mails", "forms", "chats", "posts", "whatsapp")
FASTEST: Final = 20
"""Of each kind a minute."""
LONGEST: Final = 60
"""Minutes."""
MOST: Final = 500
"""Of all kinds together in one run."""
GAP: Final = timedelta(seconds=30)
"""What was not made while nobody swept is left out."""


@dataclass(frozen=True)
class Busy:
    """How it stands."""

    is_on: bool
    until: datetime | None
    pace: dict[str, int]
    made: dict[str, int]
    talking: int
    chatting: int


def simulation(at: datetime) -> Busy:
    """One query."""
    detail = Heartbeat.objects.filter(name=ROW).values_list("detail", flat=True).first() or {}
    until = datetime.fromisoformat(detail["until"]) if detail.get("until") else None
    return Busy(
        is_on=settings.DEMO_MODE and until is not None and until > at and _left(detail) > 0,
        until=until,
        pace={kind: int(detail.get("pace", {}).get(kind, 0)) for kind in KINDS},
        made={kind: int(detail.get("made", {}).get(kind, 0)) for kind in KINDS},
        talking=len(detail.get("calls", [])),
        chatting=len(detail.get("chats", [])),
    )


def start_simulation(*, by: User, at: datetime, pace: dict[str, int], minutes: int) -> None:
    """Anew, also when one runs; its calls go on to their end."""
    _guard(by)
    chosen = {kind: int(pace.get(kind, 0)) for kind in KINDS}
    if not all(0 <= one <= FASTEST for one in chosen.values()) or not 1 <= minutes <= LONGEST:
        raise Refused(_("Choose a pace of at most 20 a minute, and at most 60 minutes."))
    if not any(chosen.values()):
        raise Refused(_("Choose a pace for at least one of them."))
    with_row(
        at,
        lambda detail: {
            "run": uuid4().hex[:12],
            "until": (at + timedelta(minutes=minutes)).isoformat(),
            "last": at.isoformat(),
            "pace": chosen,
            "made": dict.fromkeys(KINDS, 0),
            "owed": dict.fromkeys(KINDS, 0.0),
            "calls": detail.get("calls", []),
            "chats": detail.get("chats", []),
        },
    )
    told = " · ".join(f"{kind} {one}" for kind, one in chosen.items())
    audit.record(by=by, action="simulation.started", minutes=minutes, pace=told)


def stop_simulation(*, by: User, at: datetime) -> None:
    """Nothing new comes; who is on the phone hangs up, who chats goes."""
    _guard(by)
    hung_up: list[Told] = []
    left: list[str] = []

    def stopped(detail: dict[str, Any]) -> dict[str, Any]:
        hung_up.extend(Told(one["key"], "ended", at) for one in detail.get("calls", []))
        left.extend(one["key"] for one in detail.get("chats", []))
        return {**detail, "until": at.isoformat(), "last": at.isoformat(), "calls": [], "chats": []}

    with_row(at, stopped)
    _tell(hung_up, at)
    for seed in left:
        do_chat(seed, "end", "", at)
    audit.record(by=by, action="simulation.stopped")


def simulate(*, at: datetime) -> int:
    """The sweep: gives how much was made. Outside the demo it asks nothing and does nothing."""
    if not settings.DEMO_MODE or not Heartbeat.objects.filter(name=ROW).exists():
        return 0
    events: list[Told] = []
    new: list[tuple[str, str]] = []
    chats: list[tuple[str, str, str]] = []

    def moved(detail: dict[str, Any]) -> dict[str, Any]:
        new.extend(_due(detail, at))
        events.extend(_calls(detail, [seed for kind, seed in new if kind == "calls"], at))
        chats.extend(plan_chats(detail, [seed for kind, seed in new if kind == "chats"], at))
        return detail

    with_row(at, moved)
    _tell(events, at)
    for seed, what, text in chats:
        do_chat(seed, what, text, at)
    for kind, seed in new:
        if kind == "mails":
            _mail(seed, at)
        elif kind == "forms":
            _form(seed, at)
        elif kind == "posts":
            post(seed, at)
        elif kind == "whatsapp":
            whatsapp_message(seed, at)
    return len(new)


@one_transaction
def with_row(at: datetime, change: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    """One at a time."""
    Heartbeat.objects.get_or_create(name=ROW, defaults={"beat_at": at, "detail": {}})
    row = Heartbeat.objects.select_for_update().get(name=ROW)
    row.detail, row.beat_at = change(dict(row.detail)), at
    row.save(update_fields=["detail", "beat_at"])


def _guard(by: User) -> None:
    if not settings.DEMO_MODE or not by.may(Right.PARKED_RETRY):
        raise PermissionDenied


def _left(detail: dict[str, Any]) -> int:
    return MOST - sum(detail.get("made", {}).values())


def _due(detail: dict[str, Any], at: datetime) -> list[tuple[str, str]]:
    """What is to be made since the last time, each with a seed of its own; notes it as made."""
    if not detail.get("until"):
        return []
    last = datetime.fromisoformat(detail["last"])
    until = min(at, datetime.fromisoformat(detail["until"]))
    passed = min(max(until - last, timedelta()), GAP).total_seconds() / 60
    detail["last"] = at.isoformat()
    found = []
    for kind in KINDS:
        owed = detail["owed"].get(kind, 0.0) + detail["pace"].get(kind, 0) * passed
        whole = int(owed + 1e-6)
        count = min(whole, _left(detail))
        detail["owed"][kind] = owed - whole
        for _one in range(count):
            detail["made"][kind] = detail["made"].get(kind, 0) + 1
            found.append((kind, f"{detail['run']}-{kind}-{detail['made'][kind]}"))
    return found


def _calls(detail: dict[str, Any], seeds: list[str], at: datetime) -> list[Told]:
    """The next steps of the calls that go on, and the first of new ones."""
    going = list(detail.get("calls", []))
    desks = set(User.objects.filter(is_active=True).exclude(extension="").values_list("extension", flat=True))
    for seed in seeds:
        free = sorted(desks - {one["desk"] for one in going})
        desk, steps = call_plan(seed, at, free)
        going.append(
            {
                "key": seed,
                "desk": desk,
                "caller": _caller(seed),
                "steps": [[when.isoformat(), kind] for when, kind in steps],
            }
        )
    events = []
    for one in going:
        for when, kind in list(one["steps"]):
            moment = datetime.fromisoformat(when)
            if moment > at:
                break
            one["steps"].pop(0)
            agent = one["desk"] if kind in ("ringing", "answered") else ""
            events.append(Told(one["key"], kind, moment, queue="simulatie", caller=one["caller"], agent=agent))
    detail["calls"] = [one for one in going if one["steps"]]
    return events


def _caller(seed: str) -> str:
    """Every third caller is somebody of the demo, so that a name stands above the page."""
    number = sum(seed.encode())
    if number % 3:
        return f"+3162{number * 7919 % 10_000_000:07d}"
    known = ContactAddress.objects.filter(kind=ContactAddress.Kind.PHONE, pk__gte=number * 7919 % 10_000)
    found = known.order_by("pk").values_list("normalized", flat=True).first()
    return f"+{found}" if found else ""


def _tell(events: list[Told], at: datetime) -> None:
    if events:
        log_events(source=SOURCE, events=events, at=at, pickup_seconds=pickup_seconds_on)


def _mail(seed: str, at: datetime) -> None:
    mailbox = Mailbox.objects.filter(is_active=True).order_by("pk").first()
    to = mailbox.address if mailbox is not None else organisation().municipality.email
    raw = mail(seed, to or "gemeente@simulatie.example", at.astimezone(UTC))
    take_in(raw=raw, source=SOURCE, received_at=at, at=at, external_key=seed, mailbox=mailbox)


def _form(seed: str, at: datetime) -> Question:
    name, address, _subject, text = written(seed)
    return send_form(form=FormAsked(once=seed, subject_id=None, text=text, name=name, email=address), at=at)
