"""What the screen of the norms shows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

from contacts.actions.change_norm import length_words
from contacts.actions.recompute import Impact
from contacts.models import ServiceNorm
from contacts.norms.clock import TIME_UNITS, last_day_of
from contacts.norms.defaults import STARTING_POINTS
from organisation import wording
from organisation.addresses import address
from organisation.snapshot import Organisation

MAX_SHOWN = 50
_TARGET = lazy("target: choice")
CHOSEN = {
    "phone.pickup": _TARGET,
    "email.acknowledge": lazy("term: choice"),
    "email.answer": _TARGET,
    "letter.respond": _TARGET,
    "social.respond": _TARGET,
}
ICONS = {
    "phone.pickup": "phone",
    "phone.direct": "phone-check",
    "callback.done": "phone-outgoing",
    "visit.wait": "walk",
    "handover.answer": "arrow-forward-up",
    "complaint.settle": "message-report",
    "language.b1": "language",
}
ICONS_BY_FAMILY = {
    "email": "mail",
    "letter": "mailbox",
    "social": "at",
    "form": "forms",
    "chat": "message-circle",
    "rating": "star",
}


@dataclass(frozen=True)
class NormRow:
    """One line of the table: the version that holds for everybody today."""

    code: str
    icon: str
    name: str
    length: str
    target: str
    source: str
    is_choice: bool
    chosen: str
    """Which part of a norm of the plan the municipality chose itself (norms-and-kpis §1)."""
    scope: str
    planned: str
    """`vanaf 1 dec: 2 werkdagen`, when a later version is waiting."""
    href: str
    is_selected: bool


@dataclass(frozen=True)
class NormVersion:
    """One version in the panel."""

    label: str
    length: str
    target: str
    period: str
    href: str
    is_now: bool
    is_selected: bool


@dataclass(frozen=True)
class MovedRow:
    number: str
    href: str
    before: str
    after: str
    word: str


@dataclass(frozen=True)
class ImpactBox:
    """What a change does, in words; `seal` goes back with the form."""

    seal: str
    title: str
    text: str
    is_warning: bool
    rows: tuple[MovedRow, ...]
    more: int


@dataclass(frozen=True)
class NormsPage:
    """`panel` is the norm that was opened; None shows only the table."""

    rows: tuple[NormRow, ...]
    may_write: bool
    behind: int
    """Running clocks that began under an older version of their calendar."""
    panel: NormPanel | None = None


@dataclass(frozen=True)
class NormPanel:
    title: str
    code: str
    facts: tuple[tuple[str, str], ...]
    versions: tuple[NormVersion, ...]
    exceptions: tuple[NormVersion, ...]
    address: str
    may_end: bool
    version: int
    is_over: bool


def icon_of(code: str) -> str:
    return ICONS.get(code) or ICONS_BY_FAMILY.get(code.split(".")[0], "clipboard-check")


def term(norm: ServiceNorm) -> str:
    """The term in words."""
    if norm.length is not None and norm.unit in TIME_UNITS:
        return length_words(norm.unit, norm.length)
    if norm.code == "phone.direct":
        return _("in the first call")
    return _("average mark") if norm.unit == ServiceNorm.Unit.SCORE else _("share")


def target(norm: ServiceNorm) -> str:
    is_start = norm.code in STARTING_POINTS  # a row of the history knows no more than its columns
    if norm.unit == ServiceNorm.Unit.SCORE:
        return f"{'>' if is_start else '≥'} {wording.number(norm.target, 1)}"
    return f"{'> ' if is_start else ''}{wording.percent(norm.target / 100)}"


def holds_on(norm: ServiceNorm, day: date) -> bool:
    return norm.valid_from <= day and (norm.valid_until is None or day < norm.valid_until)


def scope_words(norm: ServiceNorm, house: Organisation) -> str:
    """For whom it holds."""
    parts = []
    if norm.team_id in house.teams:
        parts.append(_("team %(team)s") % {"team": house.teams[norm.team_id].name})
    if norm.subject_id in house.subjects:
        parts.append(_("subject %(subject)s") % {"subject": house.subjects[norm.subject_id].name})
    return ", ".join(parts) or _("all teams")


def period(norm: ServiceNorm, today: date) -> str:
    start = wording.day(norm.valid_from, today)
    if norm.valid_until is None:
        return _("from %(day)s") % {"day": start}
    last = wording.day(date.fromordinal(norm.valid_until.toordinal() - 1), today)
    return _("%(first)s up to and including %(last)s") % {"first": start, "last": last}


def norm_rows(
    norms: Iterable[ServiceNorm], house: Organisation, today: date, selected: str = ""
) -> tuple[NormRow, ...]:
    """The table: a row a code, in the order in which the norms were made."""
    families: dict[str, list[ServiceNorm]] = {}
    for norm in sorted(norms, key=lambda norm: norm.pk):
        families.setdefault(norm.code, []).append(norm)
    rows = []
    for code, family in families.items():
        wide = [norm for norm in family if norm.team_id is None and norm.subject_id is None]
        now = next((norm for norm in wide if holds_on(norm, today)), None) or max(
            wide or family, key=lambda norm: norm.valid_from
        )
        later = [norm for norm in wide if norm.valid_from > today and norm is not now]
        narrow = {
            (norm.team_id, norm.subject_id)
            for norm in family
            if (norm.team_id or norm.subject_id) and (norm.valid_until is None or norm.valid_until > today)
        }
        rows.append(
            NormRow(
                code=code,
                icon=icon_of(code),
                name=now.name,
                length=term(now),
                target=target(now),
                source=now.source,
                is_choice=now.is_choice,
                chosen=str(CHOSEN.get(code, "")),
                scope=_deviations(len(narrow)),
                planned=_planned(min(later, key=lambda norm: norm.valid_from), today) if later else "",
                href=address("contacts:norm", now.pk),
                is_selected=code == selected,
            )
        )
    return tuple(rows)


def _deviations(count: int) -> str:
    if not count:
        return _("all teams")
    return ngettext("%(count)s deviates", "%(count)s deviate", count) % {"count": count}


def _planned(norm: ServiceNorm, today: date) -> str:
    return _("from %(day)s: %(term)s, %(target)s") % {
        "day": wording.day(norm.valid_from, today),
        "term": term(norm),
        "target": target(norm),
    }


def panel_of(norm: ServiceNorm, family: list[ServiceNorm], house: Organisation, today: date) -> NormPanel:
    """The opened norm: its facts, its versions, and who has other terms."""
    same = [row for row in family if (row.team_id, row.subject_id) == (norm.team_id, norm.subject_id)]
    others = [row for row in family if row not in same and (row.valid_until is None or row.valid_until > today)]

    def version(row: ServiceNorm, label: str) -> NormVersion:
        return NormVersion(
            label=label,
            length=term(row),
            target=target(row),
            period=period(row, today),
            href=address("contacts:norm", row.pk),
            is_now=holds_on(row, today),
            is_selected=row.pk == norm.pk,
        )

    is_narrow = norm.team_id is not None or norm.subject_id is not None
    facts = [
        (_("Term"), term(norm)),
        (_("Target"), target(norm)),
        (_("Valid"), period(norm, today)),
        (_("Holds for"), scope_words(norm, house)),
        (_("Source"), _("choice of the municipality") if norm.is_choice else norm.source),
    ]
    if norm.unit in TIME_UNITS:
        stands = _("stands still") if norm.may_pause else _("runs on")
        facts.append((_("While waiting for the customer"), stands))
    return NormPanel(
        title=norm.name,
        code=norm.code,
        facts=tuple(facts),
        versions=tuple(version(row, "") for row in sorted(same, key=lambda row: row.valid_from, reverse=True)),
        exceptions=tuple(version(row, scope_words(row, house)) for row in others),
        address=address("contacts:norm", norm.pk),
        may_end=is_narrow and (norm.valid_until is None or norm.valid_until > today),
        version=norm.version,
        is_over=norm.valid_until is not None and norm.valid_until <= today,
    )


def impact_box(impact: Impact, today: date) -> ImpactBox:
    """`Dit raakt 312 open vragen. 14 worden te laat en 37 bijna te laat.`"""
    title = ngettext(
        "This touches %(count)s running deadline.", "This touches %(count)s running deadlines.", impact.open
    ) % {"count": wording.number(impact.open)}
    if impact.open == 0:
        title = _("No deadline that runs now is touched.")
    text = _("%(late)s become overdue and %(soon)s almost due. %(moved)s get another last day.") % {
        "late": wording.number(impact.overdue),
        "soon": wording.number(impact.almost_due),
        "moved": wording.number(len(impact.moved)),
    }
    rows = tuple(
        MovedRow(
            number=one.number,
            href=_question_address(one.number),
            before=wording.day(last_day_of(one.due_at), today),
            after=wording.day(_shown(one.new_due_at), today),
            word=_("overdue") if one.overdue else _("almost due") if one.almost_due else "",
        )
        for one in impact.moved[:MAX_SHOWN]
    )
    return ImpactBox(
        seal=impact.seal,
        title=title,
        text=text if impact.open else "",
        is_warning=bool(impact.overdue or impact.almost_due),
        rows=rows,
        more=max(0, len(impact.moved) - MAX_SHOWN),
    )


def _shown(due_at: datetime) -> datetime:
    return last_day_of(due_at)


def _question_address(number: str) -> str:
    return address("contacts:question", number)
