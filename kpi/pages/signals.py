"""The list of signals, and the strip of it on the dashboard."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django import forms
from django.db.models import Count, Q, Window
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from contacts.rulebook import Rulebook, rulebook
from kpi import signal_words
from kpi.actions.handle_signals import Candidate, candidates, owners_of
from kpi.forms.signals import DismissForm, FollowForm, SettleForm
from kpi.models import Signal, SignalState
from kpi.reach import hides_small
from organisation import wording
from organisation.paging import Page, page_newest_first
from organisation.prepared import rows_prepared
from organisation.roles import Right
from organisation.snapshot import Organisation, organisation
from organisation.workdays import local_day

if TYPE_CHECKING:
    from organisation.models import User

State, Kind = Signal.State, Signal.Kind
SIZE = 30
"""Of what was settled, on one page."""
MOST_ALIVE = 200
"""What still asks for somebody stands on one page; more than this is no list that anybody works off."""
STRIP = 3
ICONS = {Kind.BAND: "activity", Kind.AT_RISK: "hourglass", Kind.MISSED: "alert-triangle"}
LISTS = {
    "": [State.OPEN, State.FOLLOWED],
    "nieuw": [State.OPEN],
    "opvolgen": [State.FOLLOWED],
    "afgehandeld": [State.DONE, State.DISMISSED, State.OVER],
}
KINDS = {"anders": Kind.BAND, "gevaar": Kind.AT_RISK, "gemist": Kind.MISSED}


@dataclass(frozen=True)
class Row:
    """One signal as the list shows it."""

    pk: int
    kind: str
    kind_words: str
    icon: str
    sentence: str
    found: str
    still: str
    state: str
    state_words: str
    is_open: bool
    is_followed: bool
    is_due: bool
    href: str
    told: str
    """What people did with it."""
    dismiss: forms.Form | None = None
    follow: forms.Form | None = None
    settle: forms.Form | None = None
    opened: str = ""
    """The form that is shown again because something in it was wrong."""


@dataclass(frozen=True)
class Choice:
    words: str
    query: str
    is_chosen: bool
    count: str = ""


@dataclass(frozen=True)
class SignalsPage:
    """Everything on the screen."""

    rows: list[Row]
    lists: list[Choice]
    kinds: list[Choice]
    next_query: str
    may_handle: bool
    is_alive_list: bool
    judged: str
    weeks: int
    settings_url: str


@dataclass(frozen=True)
class Strip:
    """The open signals on the dashboard: the newest few and how many there are."""

    rows: list[Row]
    count: int
    more: int
    href: str


def strip(user: User, at: datetime) -> Strip | None:
    """None when there is nothing open, or for who sees no signals. One query, whatever the number."""
    if not user.may(Right.SIGNALS_READ):
        return None
    house = organisation()
    rows = rows_prepared(  # ADR 14; what `visible_to` reads of a person and of the settings decides the text
        ("strip of signals", user.rights, user.led_team_ids, house.version),
        lambda _marks: (
            Signal.objects.visible_to(user, house)
            .filter(state=State.OPEN)
            .order_by(*URGENT)
            .annotate(open=Window(Count("pk")))[:STRIP]
        ),
        {},
    )
    if not rows:
        return None
    book, today = rulebook(house), local_day(at)
    shown = [_row(signal, user, house, book, today) for signal in rows]
    return Strip(shown, rows[0].open, rows[0].open - len(shown), reverse("kpi:signals"))


URGENT = ("-kind", "-found_at", "-pk")
"""A norm that was missed, then what is unlike other weeks, then what may still be saved; the newest of each first."""


def signals_page(
    user: User,
    params: QueryDict,
    *,
    house: Organisation,
    at: datetime,
    wrong: tuple[int, str, forms.Form] | None = None,
) -> SignalsPage:
    """`wrong`: the signal, the name of its form and the form that could not be used, shown again as it was typed."""
    chosen = params.get("lijst", "") if params.get("lijst") in LISTS else ""
    kind = params.get("soort", "") if params.get("soort") in KINDS else ""
    mine = Signal.objects.visible_to(user, house)
    found = mine.filter(state__in=LISTS[chosen])
    if kind:
        found = found.filter(kind=KINDS[kind])
    found = found.select_related("owner", "handled_by", "team", "subject")
    if chosen == "afgehandeld":
        page = page_newest_first(found, params, moment="found_at", size=SIZE)
    else:
        page = Page(list(found.order_by("-state", *URGENT)[:MOST_ALIVE]), "", "")  # open before followed
    counts = mine.aggregate(
        **{name or "levend": Count("pk", filter=Q(state__in=states)) for name, states in LISTS.items()}
    )
    book, today = rulebook(house), local_day(at)
    judged = SignalState.objects.filter(pk=1).values_list("judged_until", flat=True).first()
    may_handle = user.may(Right.SIGNALS_HANDLE)
    people = candidates() if may_handle else []
    return SignalsPage(
        rows=[_row(one, user, house, book, today, people=people, wrong=wrong) for one in page.rows],
        lists=_lists(chosen, kind, counts),
        kinds=_kinds(chosen, kind),
        next_query=page.next_query,
        may_handle=may_handle,
        is_alive_list=chosen in ("", "nieuw"),
        judged=wording.day_long(judged - timedelta(days=1), today) if judged else "",
        weeks=house.municipality.signal_weeks,
        settings_url=f"{reverse('organisation:municipality')}#group-signals"
        if user.may(Right.MUNICIPALITY_WRITE)
        else "",
    )


def _lists(chosen: str, kind: str, counts: Mapping[str, int]) -> list[Choice]:
    names = {
        "": _("To do"),
        "nieuw": _("New"),
        "opvolgen": _("Being followed up"),
        "afgehandeld": _("Settled"),
    }
    return [
        Choice(name, _query(key, kind), key == chosen, "" if key == "afgehandeld" else str(counts[key or "levend"]))
        for key, name in names.items()
    ]


def _kinds(chosen: str, kind: str) -> list[Choice]:
    choices = [Choice(_("All kinds"), _query(chosen, ""), not kind)]
    return choices + [
        Choice(_capital(str(label.label)), _query(chosen, key), key == kind) for key, label in KINDS.items()
    ]


def _query(chosen: str, kind: str) -> str:
    pairs = [f"{name}={value}" for name, value in (("lijst", chosen), ("soort", kind)) if value]
    return "?" + "&".join(pairs)


def _row(
    signal: Signal,
    user: User,
    house: Organisation,
    book: Rulebook,
    today: date,
    *,
    people: Sequence[Candidate] = (),
    wrong: tuple[int, str, forms.Form] | None = None,
) -> Row:
    can_act = bool(people) and signal.is_alive
    bad = wrong if wrong is not None and wrong[0] == signal.pk else None
    return Row(
        pk=signal.pk,
        kind=signal.kind,
        kind_words=_capital(signal.get_kind_display()),
        icon=ICONS[Kind(signal.kind)],
        sentence=signal_words.sentence(signal, house, book, today, small=hides_small(user)),
        found=wording.moment(signal.found_at, today),
        still=_still(signal, today),
        state=signal.state,
        state_words=signal.get_state_display(),
        is_open=signal.state == State.OPEN,
        is_followed=signal.state == State.FOLLOWED,
        is_due=signal.is_due(today),
        href=signal_words.link(signal, house, may_drill=user.may(Right.FIGURES_DRILL)),
        told=_told(signal, today),
        dismiss=_form("dismiss", DismissForm, signal, bad) if can_act else None,
        follow=_follow(signal, user, today, owners_of(signal, house, people), bad) if can_act else None,
        settle=_form("settle", SettleForm, signal, bad) if can_act and signal.state == State.FOLLOWED else None,
        opened=bad[1] if bad is not None else "",
    )


def _form(
    name: str, form_class: type[forms.Form], signal: Signal, bad: tuple[int, str, forms.Form] | None
) -> forms.Form:
    if bad is not None and bad[1] == name:
        return bad[2]
    return form_class(initial={"version": signal.version}, auto_id=f"{name}_{signal.pk}_%s")


def _follow(
    signal: Signal,
    user: User,
    today: date,
    owners: Sequence[Candidate],
    bad: tuple[int, str, forms.Form] | None,
) -> forms.Form:
    if bad is not None and bad[1] == "follow":
        return bad[2]
    form = FollowForm(
        initial={
            "version": signal.version,
            "note": signal.note,
            "owner_id": signal.owner_id or user.pk,
            "until": signal.follow_until or today + timedelta(days=7),
        },
        auto_id=f"follow_{signal.pk}_%s",
    )
    return form.offer((one.pk, one.name) for one in owners)


def _still(signal: Signal, today: date) -> str:
    if signal.back_on is not None:
        return _("as usual again on %(day)s") % {"day": wording.day(signal.back_on, today)}
    if signal.kind == Kind.BAND and signal.seen_until > signal.last:
        return _("still so on %(day)s") % {"day": wording.day(signal.seen_until, today)}
    return ""


def _told(signal: Signal, today: date) -> str:
    who = str(signal.handled_by) if signal.handled_by is not None else ""
    when = wording.moment(signal.handled_at, today)
    if signal.state == State.FOLLOWED:
        return _("%(owner)s looks again on %(day)s: %(note)s") % {
            "owner": signal.owner,
            "day": wording.day(signal.follow_until, today),
            "note": signal.note,
        }
    if signal.state == State.DISMISSED:
        return _("Put aside by %(who)s, %(when)s: %(reason)s") % {"who": who, "when": when, "reason": signal.reason}
    if signal.state == State.DONE:
        text = _("Settled by %(who)s, %(when)s") % {"who": who, "when": when}
        return f"{text}: {signal.reason}" if signal.reason else text
    return ""


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
