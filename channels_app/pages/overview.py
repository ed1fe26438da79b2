"""The page of the channels: what is read, what waits, what stands aside, and what needs a person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from channels_app.counts import counts as counted
from channels_app.counts import missed_words
from channels_app.exchanges import Exchange, exchanges
from channels_app.models import InboundMessage, Mailbox, OutboundMessage
from channels_app.models.outbox import ASKS_FOR
from channels_app.pages.files_checked import scanner_alarms
from channels_app.pages.floods import flood_alarms
from channels_app.pages.mailbox_rows import MOST, MailboxRow, mailbox_rows, shown
from channels_app.pages.not_taken import not_taken_alarms, not_taken_by_services
from channels_app.pages.others import OtherRow, other_rows
from channels_app.pages.refused import refused_alarms, refused_senders
from channels_app.pages.scans import folder_state
from channels_app.pages.sources import SourceRow, broken, source_rows
from organisation import wording
from organisation.counts import counts as number_of
from organisation.models import Heartbeat
from organisation.prepared import run_prepared
from organisation.snapshot import organisation

STUCK = timedelta(minutes=10)
FETCHER_SILENT = timedelta(minutes=5)


@dataclass(frozen=True)
class Alarm:
    """Something that needs a person; `kind` is error or warning, `list_name` which list shows it."""

    kind: str
    text: str
    detail: str = ""
    list_name: str = ""


@dataclass(frozen=True)
class Overview:
    alarms: list[Alarm]
    mailboxes: list[MailboxRow]
    others: list[OtherRow]
    sources: list[SourceRow]
    waiting: str
    parked: str
    outgoing: str
    failed: str
    held: str
    has_no_smtp: bool
    is_demo: bool

    @property
    def is_quiet(self) -> bool:
        return not self.alarms


def overview(at: datetime) -> Overview:
    """Everything at this moment, in a fixed number of queries."""
    house = organisation()
    told = exchanges(house, at)
    mailboxes = list(Mailbox.objects.all())
    sources = source_rows(at)
    folder = folder_state(at)
    refused = refused_senders()
    rows = mailbox_rows(mailboxes, house, refused, at)
    counts = number_of("channels", _what_waits, {"since": at - ASKS_FOR}, most=MOST)
    has_no_smtp = not settings.SMTP["host"]
    alarms = [
        *_alarms(rows, counts, at, has_no_smtp),
        *_missed(mailboxes),
        *_silent_exchanges(told),
        *(Alarm("error", *one) for one in broken(sources)),
        *(
            Alarm("error", *one)
            for one in (*refused_alarms(refused), *not_taken_alarms(at), *not_taken_by_services(at))
        ),
        *(Alarm("error", *one) for one in (*scanner_alarms(at), *flood_alarms(at))),
        *([Alarm("error", folder.words, folder.error)] if folder is not None and folder.error else []),
    ]
    return Overview(
        alarms=sorted(alarms, key=lambda alarm: alarm.kind != "error"),
        mailboxes=rows,
        others=other_rows(told, folder, house),
        sources=sources,
        **{name: shown(count) for name, count in counts.items()},
        has_no_smtp=has_no_smtp,
        is_demo=settings.DEMO_MODE,
    )


def _silent_exchanges(told: list[Exchange]) -> list[Alarm]:
    return [
        Alarm(
            "error",
            _("The telephone exchange %(name)s says nothing.") % {"name": one.name},
            _("Last heard: %(moment)s. Calls are not seen now.") % {"moment": wording.moment(one.heard_at)},
        )
        for one in told
        if one.is_silent and not one.trouble
    ] + [
        Alarm("error", _("The telephone exchange %(name)s cannot be read.") % {"name": one.name}, one.trouble)
        for one in told
        if one.trouble
    ]


def _what_waits(marks: dict[str, Any]) -> dict[str, QuerySet[Any]]:
    inbound, outbound = InboundMessage.objects.all(), OutboundMessage.objects
    return {
        "waiting": inbound.filter(state__in=["received", "parsed"]),
        "parked": inbound.filter(state="parked"),
        "outgoing": OutboundMessage.objects.filter(state__in=["queued", "sending"]),
        "failed": outbound.not_sent(marks["since"]),
        "held": outbound.for_people().filter(state="held"),
    }


def _alarms(rows: list[MailboxRow], counts: Mapping[str, int], at: datetime, has_no_smtp: bool) -> list[Alarm]:
    found = [
        Alarm(
            "error",
            _("The mailbox %(name)s is not read.") % {"name": row.name},
            row.error or _("Last read: %(moment)s.") % {"moment": row.read},
        )
        for row in rows
        if row.is_silent
    ]
    if has_no_smtp and not settings.DEMO_MODE:
        found.append(
            Alarm(
                "error",
                _("No mail goes out: there is no mail server set."),
                _("Whoever manages the server fills in SMTP_URL."),
            )
        )
    found += _stuck(at)
    if any(row.is_read for row in rows) and _is_silent("fetcher", at):
        found.append(
            Alarm(
                "error",
                _("Nobody reads the mailboxes: the worker has stopped."),
                _("Ask the administrator to look at it."),
            )
        )
    if counts["parked"]:
        found.append(
            Alarm(
                "warning",
                ngettext("%(count)s message stands aside.", "%(count)s messages stand aside.", counts["parked"])
                % {"count": shown(counts["parked"])},
                ngettext(
                    "It could not be read or registered.", "They could not be read or registered.", counts["parked"]
                ),
                "parked",
            )
        )
    if counts["held"]:
        found.append(
            Alarm(
                "warning",
                ngettext("%(count)s message is held back.", "%(count)s messages are held back.", counts["held"])
                % {"count": shown(counts["held"])},
                _(
                    "There were too many automatic messages, mail to the address came back, or a backup was brought back."
                ),
                "held",
            )
        )
    if counts["failed"]:
        found.append(
            Alarm(
                "warning",
                ngettext("%(count)s message was not sent.", "%(count)s messages were not sent.", counts["failed"])
                % {"count": shown(counts["failed"])},
                _("Whoever wrote it was told."),
                "failed",
            )
        )
    return found


def _missed(mailboxes: list[Mailbox]) -> list[Alarm]:
    return [
        Alarm(
            "error",
            missed_words(count),
            _(
                "Found by the count of %(moment)s; taken in afterwards: %(fetched)s. The alarm ends when a count adds up."
            )
            % {"moment": wording.moment(count.at), "fetched": count.fetched},
        )
        for count in counted(mailboxes)
        if count.missing
    ]


def _stuck(at: datetime) -> list[Alarm]:
    oldest, due = _longest_waiting()
    found = []
    if oldest is not None and at - oldest > STUCK:
        found.append(
            Alarm(
                "error",
                _("Mail is waiting since %(moment)s.") % {"moment": wording.moment(oldest)},
                _("Is the worker running?"),
            )
        )
    if due is not None and at - due > STUCK:
        found.append(
            Alarm(
                "error",
                _("Outgoing mail is waiting since %(moment)s.") % {"moment": wording.moment(due)},
                _("Is the worker running?"),
            )
        )
    return found


def _longest_waiting() -> tuple[datetime | None, datetime | None]:
    """When the oldest message that waits came in, and when the first that is to be sent should have been."""
    inbound = InboundMessage.objects.filter(state__in=["received", "parsed"]).order_by("id")
    outbound = OutboundMessage.objects.filter(state__in=["queued", "sending"]).order_by("next_try_at")
    oldest = run_prepared("oldest message in", lambda _marks: inbound.values("taken_in_at")[:1], {})
    due = run_prepared("first message out", lambda _marks: outbound.values("next_try_at")[:1], {})
    return oldest and oldest["taken_in_at"], due and due["next_try_at"]


def _is_silent(name: str, at: datetime) -> bool:
    beat = Heartbeat.objects.filter(name=name).values_list("beat_at", flat=True).first()
    return beat is None or at - beat > FETCHER_SILENT
