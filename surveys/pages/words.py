"""What customers wrote, with personal data masked: by theme, team and word. Without the mark that went with it, and without the day."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Count, Q
from django.db.models.functions import TruncMonth

from organisation import wording
from organisation.kept import Kept
from organisation.numbers import whole
from organisation.role_reach import teams_with
from organisation.roles import Right
from organisation.snapshot import Organisation
from organisation.workdays import local_day
from surveys.models import Answer, SurveyRound, WordGroup
from surveys.pages.filters import Choice, Filters, filters_of
from surveys.pages.span_words import span_name

if TYPE_CHECKING:
    from organisation.models import User

ON_A_PAGE = 50
MAX_QUERY = 200
LOOK_AGAIN_SECONDS = 60
"""Themes of words are counted once in so long for the same choices."""
COUNTED: Kept[dict[int, int]] = Kept(32)


@dataclass(frozen=True)
class Said:
    month: str
    channel: str
    """Or the questionnaire that was held."""
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
    groups: list[tuple[str, str, str, bool]]
    """(theme of words, how often, address, whether it is chosen)."""
    held: str
    """Of which questionnaire the texts are; empty: of all."""
    kept: list[tuple[str, str]]
    """What was chosen beside the form and stays so when it is sent: name and value."""
    said: list[Said]
    next_query: str
    is_narrowed: bool


def words_page(params: Mapping[str, str], user: User, house: Organisation, at: datetime) -> WordsPage:
    """The newest month first; within a month in an order that says nothing."""
    today = local_day(at)
    chosen = filters_of(params, user, house, today)
    asked = " ".join(params.get("q", "").split())[:MAX_QUERY]
    held = SurveyRound.objects.filter(pk=whole(params.get("onderzoek")) or 0).first()
    groups = {one.pk: one for one in WordGroup.objects.all()}
    group = groups.get(whole(params.get("woorden")) or 0)
    rows = _rows(chosen, user, asked, held)
    teams = teams_with(user, Right.SURVEYS_WORDS)
    themes = tuple((pk, one.version) for pk, one in sorted(groups.items()))
    scope = (user.may(Right.SURVEYS_WORDS), teams, chosen.query(), asked, held.pk if held else 0, themes)
    by_group = COUNTED.get((scope, int(time.monotonic() // LOOK_AGAIN_SECONDS)), lambda: _by_group(rows, groups))
    if group is not None:
        rows = rows.filter(text__iregex=pattern_of(group.words))
    also = {"q": asked, "onderzoek": str(held.pk) if held else "", "woorden": str(group.pk) if group else ""}
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
            "response__round__name",
            "text",
        )[: ON_A_PAGE + 1]
    )
    more = page[ON_A_PAGE - 1] if len(page) > ON_A_PAGE else None
    return WordsPage(
        period=span_name(chosen.span, today),
        asked=asked,
        spans=chosen.spans(today),
        teams=chosen.teams(user, house),
        themes=chosen.themes(house),
        theme_counts=[
            (house.subjects[pk].name, wording.number(count), chosen.query(**{**also, "thema": str(pk)}))
            for pk, count in _most_first({pk: count for pk, count in counts if pk in house.subjects})
        ],
        said=[_said(row, house) for row in page[:ON_A_PAGE]],
        groups=[
            (
                groups[pk].name,
                wording.number(count),
                chosen.query(**{**also, "woorden": "" if groups[pk] == group else str(pk)}),
                groups[pk] == group,
            )
            for pk, count in _most_first(by_group)
        ],
        held=held.name if held is not None else "",
        kept=[(name, also[name]) for name in ("onderzoek", "woorden") if also[name]],
        next_query=chosen.query(**also, na=f"{more[0]:%Y-%m}:{more[1]}") if more else "",
        is_narrowed=bool(any(also.values()) or chosen.team_id or chosen.theme_id),
    )


def _most_first(counts: Mapping[int, int]) -> list[tuple[int, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def pattern_of(words: Sequence[str]) -> str:
    """Finds each of them at the beginning of a word."""
    return rf"\m({'|'.join(re.escape(word) for word in words)})"


def _by_group(rows: Any, groups: Mapping[int, WordGroup]) -> dict[int, int]:
    """How many texts have a word of each theme, in one query that reads them all. A text can be of several."""
    if not groups:
        return {}
    counted = {f"g{pk}": Count("pk", filter=Q(text__iregex=pattern_of(one.words))) for pk, one in groups.items()}
    return {int(name[1:]): count for name, count in rows.order_by().aggregate(**counted).items()}


def _rows(chosen: Filters, user: User, asked: str, held: SurveyRound | None) -> Any:
    rows = Answer.objects.words_for(user).filter(
        response__answered_on__gte=chosen.span.first, response__answered_on__lte=chosen.span.last
    )
    if chosen.team_id:
        rows = rows.filter(response__team_id=chosen.team_id)
    if chosen.theme_id:
        rows = rows.filter(response__theme_id=chosen.theme_id)
    if held is not None:
        rows = rows.filter(response__round=held)
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
    month, _pk, channel, team_id, theme_id, place, held, text = row
    team, theme = house.teams.get(team_id), house.subjects.get(theme_id)
    return Said(
        month=f"{wording.MONTHS_LONG[wording.language()][month.month - 1]} {month.year}",
        channel=held or str(wording.channel_name(channel)),
        place=place or "",
        team=team.name if team else "",
        theme=theme.name if theme else "",
        text=text,
    )
