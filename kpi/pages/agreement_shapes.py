"""What the screens of agreements show, as the templates get it."""

from __future__ import annotations

from dataclasses import dataclass

from kpi.forms.agreements import EndForm


@dataclass(frozen=True)
class Badge:
    """State in words, with a sign: never colour alone."""

    words: str
    css: str
    icon: str


@dataclass(frozen=True)
class CellView:
    """A result; `href` opens the figure with the contacts behind it."""

    period: str
    shown: str
    behind: str
    words: str
    icon: str
    css: str
    href: str


@dataclass(frozen=True)
class PromiseView:
    name: str
    terms: str
    norm_href: str
    own: str
    """Whether the norm is this team's own, in words."""
    narrow_href: str
    """For who may narrow it: the way to do so."""
    cells: list[CellView]


@dataclass(frozen=True)
class AgreementView:
    """An agreement with its results; in the list and on its own page."""

    pk: int
    team: str
    href: str
    badge: Badge
    since: str
    who: str
    talk: str
    sums: list[str]
    """Per period: how many promises were kept, in words."""
    rows: list[PromiseView]


@dataclass(frozen=True)
class EndedView:
    team: str
    href: str
    dates: str
    reason: str


@dataclass(frozen=True)
class TeamLink:
    name: str
    href: str


@dataclass(frozen=True)
class DayChoice:
    """The day of which the results are shown."""

    value: str
    heads: list[str]
    quick: list[tuple[str, str]]
    is_today: bool
    words: str


@dataclass(frozen=True)
class AgreementsPage:
    title: str
    lead: str
    day: DayChoice
    agreements: list[AgreementView]
    ended: list[EndedView]
    without: list[TeamLink]
    may_write: bool
    query: str
    next_query: str


@dataclass(frozen=True)
class TalkView:
    title: str
    outcome: list[str]
    by: str
    heads: list[str]
    results: list[tuple[str, str, list[dict[str, str]]]]
    """(promise, terms, what is shown per period)."""


@dataclass(frozen=True)
class ChangeView:
    when: str
    who: str
    what: str
    reason: str


@dataclass(frozen=True)
class AgreementPage:
    title: str
    agreement: AgreementView
    day: DayChoice
    facts: list[tuple[str, str]]
    text: list[str]
    support: list[str]
    note: str
    talks: list[TalkView]
    changes: list[ChangeView]
    report_href: str
    may_write: bool
    may_talk: bool
    may_change: bool
    end: EndForm | None
    again_href: str
    query: str
