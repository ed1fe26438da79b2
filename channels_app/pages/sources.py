"""Sources of messages as people see them: whether they are heard, what waits, and what asks for attention."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from channels_app.adapters.registry import adapter_of
from channels_app.models import InboundMessage, MessageSource
from organisation import wording

MOST = 100
ASKED_SILENT = timedelta(minutes=10)
"""A source that is asked every half minute is silent after this."""
REFUSED_LATELY = timedelta(hours=24)


@dataclass(frozen=True)
class SourceRow:
    pk: int
    name: str
    kind: str
    icon: str
    state: str
    state_word: str
    heard: str
    error: str
    refused: str
    waiting: str
    parked: str


def source_rows(at: datetime) -> list[SourceRow]:
    """By name, in three queries."""
    sources = list(MessageSource.objects.all())
    if not sources:
        return []
    rows = InboundMessage.objects.filter(message_source__isnull=False)
    waiting = _counted(rows.filter(state__in=["received", "parsed"]).values_list("message_source", flat=True))
    parked = _counted(rows.filter(state="parked").values_list("message_source", flat=True))
    return [_row(source, at, waiting, parked) for source in sources]


def broken(rows: list[SourceRow]) -> list[tuple[str, str]]:
    """What asks for attention, with what is known of it."""
    return [
        (
            _("The account %(name)s does not work.") % {"name": row.name},
            row.error or _("Last heard: %(moment)s.") % {"moment": row.heard},
        )
        for row in rows
        if row.state == "danger"
    ]


def _counted(ids: QuerySet[Any, int]) -> dict[int, int]:
    found: dict[int, int] = {}
    for pk in ids[: 10 * MOST]:
        found[pk] = found.get(pk, 0) + 1
    return found


def _row(source: MessageSource, at: datetime, waiting: dict[int, int], parked: dict[int, int]) -> SourceRow:
    adapter = adapter_of(source.kind)
    state, word = _state(source, at)
    refused = ""
    if source.refused_at is not None and at - source.refused_at < REFUSED_LATELY:
        refused = ngettext(
            "%(count)s call without the right signature, last %(moment)s.",
            "%(count)s calls without the right signature, last %(moment)s.",
            source.refused_count,
        ) % {"count": source.refused_count, "moment": wording.moment(source.refused_at)}
    return SourceRow(
        pk=source.pk,
        name=source.name,
        kind=str(adapter.label) if adapter is not None else source.kind,
        icon=adapter.icon if adapter is not None else "message-circle",
        state=state,
        state_word=word,
        heard=wording.moment(source.last_heard_at) or _("never"),
        error=source.last_error if source.is_active else "",
        refused=refused,
        waiting=_few(waiting.get(source.pk, 0)),
        parked=_few(parked.get(source.pk, 0)),
    )


def _state(source: MessageSource, at: datetime) -> tuple[str, str]:
    adapter = adapter_of(source.kind)
    if not source.is_active or adapter is None:
        return "inactive", _("not in use")
    if source.last_error:
        return "danger", _("does not work")
    if not source.secrets_encrypted and source.last_heard_at is None:
        return "inactive", _("not connected")
    if source.last_heard_at is None:
        return "warning", _("not heard yet")
    if source.secrets_encrypted and not adapter.is_called and at - source.last_heard_at > ASKED_SILENT:
        return "danger", _("silent")
    return "success", _("is heard")


def _few(count: int) -> str:
    return "99+" if count >= MOST else str(count)
