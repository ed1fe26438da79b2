"""The results on one screen: how many answered, what they gave, and where that comes from. Everything from whole batches."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef
from django.db.models.functions import TruncMonth
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from organisation import charts, wording
from organisation.kept import Kept
from organisation.roles import Right
from organisation.snapshot import Organisation
from organisation.workdays import local_day
from surveys.kinds import NEWSLETTER
from surveys.models import Answer, AnswerBatch, Survey, SurveyQuestion
from surveys.pages.filters import Choice, Filters, filters_of
from surveys.pages.response import Asked, response
from surveys.pages.span_words import month_name, span_name
from surveys.querysets import BatchQuerySet, sees_all_teams
from surveys.results import Result, results
from surveys.spans import month_start

if TYPE_CHECKING:
    from organisation.models import User

Key = SurveyQuestion.Key
HIGHEST = {Key.ANSWERED: 3, Key.EFFORT: 5, Key.CLEAR_LANGUAGE: 5}
"""The largest number of what is not a mark from 1 to 10."""
GOOD = {Key.ANSWERED: (3,), Key.CLEAR_LANGUAGE: (4, 5)}
"""Of what is told as a share: the answers that count."""


@dataclass(frozen=True)
class Line:
    """One row of a table: its name, the mean, the interval and the number of answers, all in words."""

    name: str
    mean: str
    interval: str
    size: str
    href: str = ""
    is_chosen: bool = False


@dataclass(frozen=True)
class ResultsPage:
    sentence: str
    """The outcome in words, as heading."""
    period: str
    query: str
    spans: list[Choice]
    surveys: list[Choice]
    channels: list[Choice]
    teams: list[Choice]
    themes: list[Choice]
    is_narrowed: bool
    state: str
    """Empty, or why there is nothing to show."""
    questions: list[Line]
    title: str
    head: str
    beside: str
    chart: SafeString | str
    shares: list[tuple[str, str, str]]
    trend_chart: SafeString | str
    trend: list[Line]
    by_channel: list[Line]
    by_team: list[Line]
    by_theme: list[Line]
    places: list[Line]
    """Where anybody may answer, each apart."""
    response: list[Asked]
    response_note: str
    may_words: bool


def results_page(
    params: Mapping[str, str], user: User, house: Organisation, at: datetime, *, may_words: bool
) -> ResultsPage:
    """The same number of queries, whatever the number of answers."""
    today = local_day(at)
    chosen = filters_of(params, user, house, today)
    span = chosen.span
    sums = _sums(chosen, user)
    now, cuts, trend = sums.by_key.get(chosen.key, Result()), sums.cuts, sums.trend
    words = _Words(chosen)
    return ResultsPage(
        sentence=_sentence(Key(chosen.key), words.value(now), bool(now.size)),
        period=span_name(span, today),
        query=chosen.query(),
        spans=chosen.spans(today),
        surveys=[
            Choice(one.code, one.name, chosen.survey == one)
            for one in Survey.objects.filter(
                Exists(AnswerBatch.objects.filter(survey=OuterRef("pk"))), purpose=Survey.Purpose.CONTACT
            )
        ],
        channels=[Choice(code, str(name), code == chosen.channel) for code, name in wording.CHANNEL_NAMES.items()],
        teams=chosen.teams(user, house),
        themes=chosen.themes(house),
        is_narrowed=any(value for value in chosen.narrowed().values()),
        state="" if now.size else _state(chosen, user),
        questions=[
            words.line(str(Key(key).label), one, key=key, href=chosen.query(vraag=key), is_chosen=key == chosen.key)
            for key, one in sorted(sums.by_key.items(), key=lambda item: Key.values.index(item[0]))
        ],
        title=str(Key(chosen.key).label),
        head=words.value(now),
        beside=_beside(words, now),
        chart=charts.bars(
            [
                (name, count, f"{name}\n{wording.number(count)} ({wording.percent(share, 0)})")
                for name, count, share in words.shares(now)
            ],
            _("How often each answer was given"),
        )
        if now.size
        else "",
        shares=[(name, wording.number(count), wording.percent(share, 0)) for name, count, share in words.shares(now)],
        trend_chart=_trend_chart(words, trend),
        trend=[words.line(month_name(month), one) for month, one in sorted(trend.items())],
        by_channel=words.lines(cuts["channel"], lambda code: str(wording.channel_name(code)), "kanaal"),
        by_team=words.lines(
            cuts["team_id"], lambda pk: house.teams[pk].name if pk else _("several teams together"), "team"
        ),
        by_theme=words.lines(
            cuts["theme_id"], lambda pk: house.subjects[pk].name if pk else _("several themes together"), "thema"
        ),
        places=_places(words, sums.places),
        **response(chosen, user),
        may_words=may_words,
    )


@dataclass(frozen=True)
class _Sums:
    """Everything that is added up for the page."""

    by_key: dict[Any, Result]
    trend: dict[Any, Result]
    cuts: dict[str, dict[Any, Result]]
    places: dict[tuple[Any, ...], Result]


_KEPT: Kept[_Sums] = Kept(64)


def _sums(chosen: Filters, user: User) -> _Sums:
    """Batches are only ever added, one worker at a time: under the number of the last one the sums stay the same, so they are kept."""
    last = AnswerBatch.objects.order_by("-pk").values_list("pk", flat=True).first()
    teams = None if sees_all_teams(user) else user.reading_team_ids
    narrowed = tuple(sorted(chosen.narrowed().items()))
    span = chosen.span
    every = AnswerBatch.objects.visible_to(user).within(span.first, span.last, **chosen.narrowed())
    return _KEPT.get(
        (last, user.may(Right.SURVEYS_READ), teams, span.first, span.last, narrowed, chosen.key),
        lambda: _added_up(every, chosen.key),
    )


def _added_up(every: BatchQuerySet, key: str) -> _Sums:
    figures = every.filter(feeds_figures=True).exclude(channel=NEWSLETTER)
    rows = figures.filter(key=key)
    return _Sums(
        by_key={at[0]: one for at, one in results(figures, "key").items()},
        trend={at[0]: one for at, one in results(rows.annotate(month=TruncMonth("on")), "month").items()},
        cuts={
            name: {at[0]: one for at, one in results(rows, name).items()} for name in ("channel", "team_id", "theme_id")
        },
        places=results(
            every.filter(key=key, place__isnull=False), "place_id", "place__name", "feeds_figures", "channel"
        ),
    )


def _places(words: _Words, found: Mapping[tuple[Any, ...], Result]) -> list[Line]:
    """By name; those that the municipality lets count in the figures say so."""
    also = _("%(place)s (also in the figures above)")
    return [
        words.line(also % {"place": name} if feeds and channel != NEWSLETTER else name, one)
        for (_pk, name, feeds, channel), one in sorted(found.items(), key=lambda item: item[0][1:])
    ]


class _Words:
    """Results in words, for the question that is chosen."""

    def __init__(self, chosen: Filters) -> None:
        self.chosen = chosen

    def value(self, one: Result, key: str = "") -> str:
        key = key or self.chosen.key
        if one.mean is None:
            return "–"
        if key in GOOD:
            return wording.percent(one.share(*GOOD[Key(key)]) or 0, 0)
        return wording.number(round(one.mean, 1), 1)

    def worth(self, one: Result) -> float | None:
        """The same as a number: the mean, or of a share how many of a hundred."""
        key = Key(self.chosen.key)
        if one.mean is None or key not in GOOD:
            return one.mean
        return (one.share(*GOOD[key]) or 0) * 100

    def line(self, name: str, one: Result, *, key: str = "", href: str = "", is_chosen: bool = False) -> Line:
        return Line(name, self.value(one, key), self.interval(one, key), wording.number(one.size), href, is_chosen)

    def interval(self, one: Result, key: str = "") -> str:
        """`7,6 – 8,0`; of a share nothing."""
        key = key or self.chosen.key
        found = one.interval
        if found is None or key in GOOD:
            return "–"
        low, high = found[0], min(found[1], HIGHEST.get(Key(key), 10))
        return f"{wording.number(round(low, 1), 1)} – {wording.number(round(high, 1), 1)}"

    def lines(self, cut: Mapping[Any, Result], name: Any, param: str) -> list[Line]:
        """The most answers first; what several share comes last."""
        found = sorted(cut.items(), key=lambda item: (not item[0], -item[1].size, str(item[0])))
        return [
            self.line(name(key), one, href=self.chosen.query(**{param: str(key)}) if key else "") for key, one in found
        ]

    def shares(self, one: Result) -> list[tuple[str, int, float]]:
        """Per possible answer its word, how often, and which part."""
        key = Key(self.chosen.key)
        if key == Key.ANSWERED:
            names = {1: _("No"), 2: _("Partly"), 3: _("Yes")}
        else:
            names = {value: str(value) for value in range(1, HIGHEST.get(key, 10) + 1)}
        return [(name, one.counts[value - 1], one.share(value) or 0.0) for value, name in names.items()]


def _sentence(key: Key, value: str, is_known: bool) -> str:
    """`Klanten geven een 7,3`."""
    if not is_known:
        return _("What customers think")
    said = {
        Key.MARK: _("Customers give a %(value)s"),
        Key.FRIENDLINESS: _("Customers give our friendliness a %(value)s"),
        Key.SPEED: _("Customers give our speed a %(value)s"),
        Key.EXPERTISE: _("Customers give our expertise a %(value)s"),
        Key.EFFORT: _("Customers give their effort a %(value)s of 5"),
        Key.CLEAR_LANGUAGE: _("%(value)s of the customers find our language clear"),
        Key.ANSWERED: _("%(value)s of the customers got an answer to their question"),
    }[key]
    return said % {"value": value}


def _beside(words: _Words, now: Result) -> str:
    if not now.size:
        return ""
    given = {"count": wording.number(now.size), "interval": words.interval(now)}
    if given["interval"] == "–":
        return _("%(count)s answers") % given
    return _("%(count)s answers. With 95%% certainty the mean lies between %(interval)s.") % given


def _trend_chart(words: _Words, trend: Mapping[date, Result]) -> SafeString | str:
    """A line from the first month with results to the last; a month without is a gap. Two points are no line of time."""
    if len(trend) < 3:
        return ""
    month, last, points = min(trend), max(trend), []
    while month <= last:
        one = trend.get(month, Result())
        said = "\n".join((month_name(month), words.value(one), _("%(count)s answers") % {"count": one.size}))
        points.append((wording.MONTHS[wording.language()][month.month - 1], words.worth(one), said))
        month = month_start(month.year, month.month + 1)
    label = ". ".join(
        (
            str(Key(words.chosen.key).label),
            *(f"{month_name(at)}: {words.value(trend[at])}" for at in (min(trend), last)),
        )
    )
    return charts.line(points, None, label, "", wording.percent_sign() if Key(words.chosen.key) in GOOD else "")


def _state(chosen: Filters, user: User) -> str:
    """Too few in this period, or none at all; says not how many."""
    waiting = Answer.objects.filter(
        key=chosen.key,
        batch__isnull=True,
        value__isnull=False,
        response__feeds_figures=True,
        response__answered_on__gte=chosen.span.first,
        response__answered_on__lte=chosen.span.last,
    ).exclude(response__channel=NEWSLETTER)
    if not sees_all_teams(user):
        waiting = waiting.filter(response__team_id__in=user.reading_team_ids)
    if chosen.survey:
        waiting = waiting.filter(survey=chosen.survey)
    return _("Too few answers") if waiting.exists() else _("No data")
