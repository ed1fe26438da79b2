"""What customers wrote, with personal data masked: by theme, team and word. Without the mark that went with it, and without the day."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Count, Q
from django.db.models.functions import TruncMonth

from organisation import wording
from organisation.snapshot import Organisation
from organisation.workdays import local_day
from surveys.models import Answer
from surveys.pages.filters import Choice, Filters, filters_of
from surveys.pages.span_words import span_name

if TYPE_CHECKING:
    from organisation.models import User

ON_A_PAGE = 50
MAX_QUERY = 200


@dataclass(frozen=True)
class Said:
    month: str
    channel: str
    place: str
    """Where anybody may answer; empty: of who was asked."""
    team: str
    theme: str
    text: str


@dataclass(frozen=True)
class WordsPage:
    period: str
    asked: str
    spans: list[Choice]
    teams: list[Choice]
    themes: list[Choice]
    theme_counts: list[tuple[str, str, str]]
    """(theme, how often, address)."""
    said: list[Said]
    next_query: str
    is_narrowed: bool


def words_page(params: Mapping[str, str], user: User, house: Organisation, at: datetime) -> WordsPage:
    """The newest month first; within a month in an order that says nothing."""
    today = local_day(at)
    chosen = filters_of(params, user, house, today)
    asked = " ".join(params.get("q", "").split())[:MAX_QUERY]
    rows = _rows(chosen, user, asked)
    counts = rows.order_by().values_list("response__theme_id").annotate(count=Count("pk"))
    page = list(
        _after(rows, params.get("na", ""))
        .order_by("-month", "response_id")
        .values_list(
            "month",
            "response_id",
            "response__channel",
            "response__team_id",
            "response__theme_id",
            "response__place__name",
            "text",
        )[: ON_A_PAGE + 1]
    )
    more = page[ON_A_PAGE - 1] if len(page) > ON_A_PAGE else None
    found = {pk: count for pk, count in counts if pk in house.subjects}
    return WordsPage(
        period=span_name(chosen.span, today),
        asked=asked,
        spans=chosen.spans(today),
        teams=chosen.teams(user, house),
        themes=chosen.themes(house),
        theme_counts=[
            (house.subjects[pk].name, wording.number(count), chosen.query(thema=str(pk), q=asked))
            for pk, count in sorted(found.items(), key=lambda item: (-item[1], item[0]))
        ],
        said=[_said(row, house) for row in page[:ON_A_PAGE]],
        next_query=chosen.query(q=asked, na=f"{more[0]:%Y-%m}:{more[1]}") if more else "",
        is_narrowed=bool(asked or chosen.team_id or chosen.theme_id),
    )


def _rows(chosen: Filters, user: User, asked: str) -> Any:
    rows = Answer.objects.words_for(user).filter(
        response__answered_on__gte=chosen.span.first, response__answered_on__lte=chosen.span.last
    )
    if chosen.team_id:
        rows = rows.filter(response__team_id=chosen.team_id)
    if chosen.theme_id:
        rows = rows.filter(response__theme_id=chosen.theme_id)
    if asked:
        rows = rows.filter(text__icontains=asked)
    return rows.annotate(month=TruncMonth("response__answered_on"))


def _after(rows: Any, mark: str) -> Any:
    found = re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2]):([0-9a-f-]{36})", mark)
    if not found or int(found[1]) < 2000:
        return rows
    month = date(int(found[1]), int(found[2]), 1)
    try:
        last = UUID(found[3])
    except ValueError:
        return rows
    return rows.filter(Q(month__lt=month) | Q(month=month, response_id__gt=last))


def _said(row: tuple[Any, ...], house: Organisation) -> Said:
    month, _pk, channel, team_id, theme_id, place, text = row
    team, theme = house.teams.get(team_id), house.subjects.get(theme_id)
    return Said(
        month=f"{wording.MONTHS_LONG[wording.language()][month.month - 1]} {month.year}",
        channel=str(wording.channel_name(channel)),
        place=place or "",
        team=team.name if team else "",
        theme=theme.name if theme else "",
        text=text,
    )
