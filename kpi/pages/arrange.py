"""The page on which somebody chooses and orders tiles and cards, and keeps that as a view. Every step is a link."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse

from contacts.rulebook import Rulebook
from kpi import layout, words
from kpi.models import FiguresView
from kpi.pages.cards import CARDS, usual_cards
from kpi.pages.filters import Question
from kpi.periods import DATES, WEEK
from kpi.registry import MEASURES, TILES
from kpi.scope import WORD_OF, Asked
from kpi.target import norm_of
from organisation.prepared import marked_user, rows_prepared, user_shape, user_values
from organisation.roles import Right
from organisation.snapshot import Organisation

if TYPE_CHECKING:
    from organisation.models import User

TILE_CODES = tuple(measure.code for measure in TILES)


def cards_of(user: User) -> tuple[str, ...]:
    """The cards that this person can have."""
    return tuple(key for key in CARDS if key != "late" or user.may(Right.FIGURES_DRILL))


@dataclass(frozen=True)
class Place:
    """One tile or card with the addresses of what can be done with it; empty for what cannot."""

    key: str
    name: str
    is_shown: bool
    up: str
    down: str
    turn: str
    """Hides it, or shows it again."""


@dataclass(frozen=True)
class ViewRow:
    pk: int
    name: str
    href: str
    is_default: bool


@dataclass(frozen=True)
class Arrange:
    """Everything on the screen."""

    tiles: list[Place]
    cards: list[Place]
    views: list[ViewRow]
    query: str
    usual: str
    """The address with the usual layout; empty when it is that."""
    where: str


def kept_query(asked: Asked) -> str:
    """What a view keeps: filters, layout and the kind of period. The date is that of the day it is opened."""
    pairs = [pair for pair in asked.query().split("&") if pair.split("=")[0] not in ("periode", "dag", "van", "tot")]
    if asked.period.kind not in (DATES, WEEK):
        pairs.insert(0, f"periode={WORD_OF[asked.period.kind]}")
    return "&".join(pairs)


def views_of(user: User) -> list[FiguresView]:
    """The views that this person kept; asked at every look at the dashboard, so prepared (ADR 14)."""
    return rows_prepared(
        ("figures views", user_shape(user)),
        lambda marks: FiguresView.objects.visible_to(marked_user(user, marks)),
        user_values(user),
    )


def view_rows(views: Sequence[FiguresView]) -> list[ViewRow]:
    base = reverse("kpi:dashboard")
    return [ViewRow(one.pk, one.name, f"{base}?{one.query or 'periode='}", one.is_default) for one in views]


def arrange(
    question: Question, user: User, house: Organisation, rules: Rulebook, views: Sequence[FiguresView], today: date
) -> Arrange:
    asked = question.asked
    on = asked.period.newest_day(today)
    names = {
        code: words.name_of(MEASURES[code], norm_of(MEASURES[code], question.scope, house, rules, on))
        for code in TILE_CODES
    }
    cards = cards_of(user)
    usual = tuple(key for key in usual_cards(question.scope.team_ids) if key in cards)
    return Arrange(
        tiles=_places(asked.tiles, TILE_CODES, names.__getitem__, lambda text: asked.query(tiles=text)),
        cards=_places(asked.cards, cards, lambda key: str(CARDS[key][0]), lambda text: asked.query(cards=text), usual),
        views=view_rows(views),
        query=asked.query(),
        usual=asked.query(tiles="", cards="") if asked.tiles or asked.cards else "",
        where=question.where,
    )


def _places(
    text: str,
    known: Sequence[str],
    name: Callable[[str], str],
    query: Callable[[str], str],
    usual: Sequence[str] = (),
) -> list[Place]:
    keys = layout.shown(text, known, usual)
    places = []
    for number, key in enumerate(keys):
        places.append(
            Place(
                key=key,
                name=name(key),
                is_shown=True,
                up=query(layout.moved(text, known, key, -1, usual)) if number else "",
                down=query(layout.moved(text, known, key, 1, usual)) if number < len(keys) - 1 else "",
                turn=query(layout.without(text, known, key, usual)),
            )
        )
    hidden = [key for key in known if key not in keys]
    return places + [
        Place(key, name(key), False, "", "", query(layout.added(text, known, key, usual))) for key in hidden
    ]
