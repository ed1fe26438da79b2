"""The tables per channel and per team: sums of numerators and denominators, never averages of shares."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as lazy

from channels_app.models.channel import DIGITAL_CHANNELS
from contacts.models import ServiceNorm
from kpi.measures.backlog import Load
from kpi.measures.base import Tally
from kpi.pages.waiting import QueueLinks
from kpi.reading import Answer
from kpi.registry import MEASURES
from kpi.scope import Asked, Scope
from kpi.shares import hidden_in_groups, hidden_of, parts_words, share_of, share_words
from kpi.target import meets
from organisation import charts
from organisation.addresses import address
from organisation.snapshot import Organisation

CONTACTS = "contacts.digital"
"""Of this figure every contact from a customer counts."""
CHANNEL_ROWS = (
    (lazy("Phone"), "phone", ("phone",), "phone.pickup"),
    (lazy("E-mail"), "mail", ("email",), "email.answer"),
    (lazy("Form and app"), "forms", ("form", "app"), "form.answer"),
    (lazy("Letter"), "mailbox", ("letter",), "letter.respond"),
    (lazy("Chat, WhatsApp and SMS"), "message-circle", ("chat", "whatsapp", "sms"), "chat.first_response"),
    (lazy("Social media"), "at", ("social",), "social.respond"),
    (lazy("Counter and reception"), "building", ("counter", "reception", "appointment"), "visit.wait"),
    (lazy("At home and on the street"), "map-pin", ("home_visit", "street"), ""),
)
"""Words, icon, channels, and the promise by which the channel is judged."""


@dataclass(frozen=True)
class ChannelRow:
    name: str
    icon: str
    count: str
    bar: SafeString | str
    value: str
    norm: str
    is_met: bool | None
    href: str
    count_href: str
    """The contacts themselves, or the page on which each of the channels has its own number and list."""


def channel_rows(
    answer: Answer,
    last: int,
    tallies: Mapping[str, Sequence[Tally]],
    norms: Mapping[str, ServiceNorm | None],
    scope: Scope,
    asked: Asked,
    hides_small: bool,
) -> list[ChannelRow]:
    """Contacts per channel beside the promise by which the channel is judged.

    Phone, digital and the others add up to what the card of the contacts tells of each, digital and not digital to what the figure tells,
    all to the number of contacts: none may follow by subtraction from any of these.
    """
    hides_few = hides_small and not scope.is_whole
    shown = []
    for name, icon, channels, code in CHANNEL_ROWS:
        if scope.channel and scope.channel not in channels:
            continue
        count = sum(answer.get(("contacts.digital", last, channel), Tally()).denominator for channel in channels)
        promise = tallies[code][-1] if code else Tally()
        if count or not promise.is_empty:
            shown.append((name, icon, channels, code, count, promise))
    counts = [count for *_others, count, _promise in shown]
    digital = [channels[0] in DIGITAL_CHANNELS for _name, _icon, channels, *_others in shown]
    groups = [(channels[0] == "phone", channels[0] in DIGITAL_CHANNELS) for _n, _i, channels, *_others in shown]
    sums = (groups, digital, [True] * len(counts))
    hidden = hidden_in_groups(counts, *sums) if hides_small else [False] * len(counts)
    rows = []
    for (name, icon, channels, code, _count, promise), told in zip(
        shown, parts_words(counts, hidden, *sums), strict=True
    ):
        norm = norms.get(code)
        share = share_of(promise, hides_few)
        target = float(norm.target) if norm else None
        rows.append(
            ChannelRow(
                name=str(name),
                icon=icon,
                count=told,
                bar=charts.bullet(share, target),
                value=share_words(share, target),
                norm=share_words(target),
                is_met=meets(MEASURES[code], promise, norm) if share is not None and norm is not None else None,
                href=f"{address('kpi:figure', code or CONTACTS)}?{asked.query()}",
                count_href=_contacts_of(channels, asked),
            )
        )
    return rows


def _contacts_of(channels: Sequence[str], asked: Asked) -> str:
    page = address("kpi:figure", CONTACTS)
    if len(channels) == 1:
        return f"{page}?{asked.query(channel=channels[0])}#lijst"
    return f"{page}?{asked.query()}#per-kanaal"


@dataclass(frozen=True)
class TeamRow:
    name: str
    href: str
    open: str
    open_href: str
    late: str
    has_late: bool
    late_href: str
    bar: SafeString | str
    value: str
    is_met: bool | None


def team_rows(
    answer: Answer,
    codes: Sequence[str],
    norm: Callable[[str, Scope], ServiceNorm | None],
    loads: Mapping[int, Load],
    house: Organisation,
    scope: Scope,
    links: QueueLinks,
    asked: Asked,
    hides_small: bool,
) -> list[TeamRow]:
    """Per team what is open and late now, and which part of its promises it kept in the period: sums, never averages of shares.

    `norm`: the one of a figure in a scope, so that a team is judged by its own.
    """
    shown = []
    for team in sorted(house.teams.values(), key=lambda one: one.name):
        if scope.team_ids is not None and team.pk not in scope.team_ids:
            continue
        parts = {code: answer.get((code, 0, str(team.pk)), Tally()) for code in codes}
        kept = sum(parts.values(), Tally())
        load = loads.get(team.pk, Load())
        if load.open or not kept.is_empty:
            shown.append((team, parts, kept, load))
    opened, late = (
        parts_words(counts, hidden_of(counts) if hides_small else [False] * len(counts))
        for counts in ([row[3].open for row in shown], [row[3].late for row in shown])
    )
    rows = []
    for place, (team, parts, kept, load) in enumerate(shown):
        own = scope.of_team(team.pk)
        norms = {code: norm(code, own) for code, part in parts.items() if not part.is_empty}
        wanted = sum(float(one.target) * parts[code].denominator for code, one in norms.items() if one is not None)
        target = wanted / kept.denominator if not kept.is_empty else None
        share = share_of(kept, hides_small)
        rows.append(
            TeamRow(
                name=team.name,
                href=f"{reverse('kpi:dashboard')}?{asked.query(team=team.code)}",
                open=opened[place],
                open_href=links.to(team_id=team.pk),
                late=late[place],
                has_late=bool(load.late) and any(word != "–" for word in late),
                late_href=links.to(term="te_laat", team_id=team.pk),
                bar=charts.bullet(share, target),
                value=share_words(share, target),
                is_met=share >= target if share is not None and target is not None else None,
            )
        )
    return rows
