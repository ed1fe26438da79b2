"""What the demo has of agreements: one to be discussed this week with two talks behind it, one in force, one that ended."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

from kpi.actions.agree import Terms, end_agreement, leads_of, make_agreement
from kpi.actions.discuss_agreement import discuss_agreement
from kpi.models import TeamAgreement
from kpi.periods import QUARTER, period_of
from organisation.models import User
from organisation.snapshot import organisation
from organisation.workdays import day_start

COORDINATOR: Final = "sanne"
SUPPORT: Final = (
    "Het Servicecentrum schrijft bij elke vraag op wie belt, waarover en wat al is gezegd. Bij een storing of een drukke "
    "week belt de coördinator eerst met de teamleider."
)
TEXTS: Final = {
    "openbare-ruimte": (
        ("email.answer", "form.answer", "handover.answer", "callback.done"),
        (
            "Het team Openbare Ruimte kijkt elke ochtend voor 9.30 uur in de werkvoorraad en pakt op wat die dag moet. Bij ziekte "
            "en vakantie wijst de teamleider een vervanger aan en zet dat bij Medewerkers.\n\n"
            "Meldingen over gevaar op straat belt het Servicecentrum door; die wachten niet in de werkvoorraad."
        ),
    ),
    "vergunningen": (
        ("email.answer", "form.answer", "handover.answer"),
        (
            "Vragen over vergunningen vragen vaak uitzoekwerk. Daarom geldt voor dit team een langere termijn. Duurt het toch "
            "langer, dan krijgt de klant voor de laatste dag een tussenbericht."
        ),
    ),
    "sociaal-domein": (
        ("handover.answer",),
        "Proef van een halfjaar: het team belt de klant zelf terug over doorgezette vragen, in plaats van te mailen.",
    ),
}
TALKS: Final = (
    (
        183,
        (
            "De mail loopt goed, terugbellen niet: op dinsdag en donderdag is niemand van het team op kantoor. Ria maakt een "
            "rooster voor terugbellen. Het Servicecentrum noteert voortaan wanneer de klant bereikbaar is."
        ),
    ),
    (
        91,
        (
            "Het rooster werkt, maar in de vakantie lag het stil. Afgesproken: de teamleider wijst voor elke vakantieweek iemand "
            "aan. Over drie maanden kijken we opnieuw naar terugbellen."
        ),
    ),
)


def load_agreements(*, day: date) -> None:
    """In the transaction and the language of the demo; nobody gets a mail about it."""
    by = User.objects.filter(username=COORDINATOR).first()
    if by is None or TeamAgreement.objects.exists():
        return
    first = _make(by, "openbare-ruimte", day - timedelta(days=270), talk_on=day - timedelta(days=180))
    _make(by, "vergunningen", day - timedelta(days=150), talk_on=day + timedelta(days=60))
    ended = _make(by, "sociaal-domein", day - timedelta(days=300), talk_on=day - timedelta(days=120))
    if first is not None:
        _talk(first, by, day)
    if ended is not None:
        end_agreement(
            pk=ended.pk,
            ends_on=period_of(QUARTER, day).previous().last,
            reason="De proef is voorbij; het team werkt weer met de norm die in de normen staat.",
            version=ended.version,
            by=by,
            at=_at(_workday(period_of(QUARTER, day).previous().last - timedelta(days=3))),
            is_told=False,
        )


def _make(by: User, code: str, on: date, talk_on: date) -> TeamAgreement | None:
    team = next((one for one in organisation().teams.values() if one.code == code), None)
    leads = leads_of(team.pk, on) if team is not None else []
    if team is None or not leads:
        return None
    norms, text = TEXTS[code]
    terms = Terms(leads[0].pk, norms, text, SUPPORT, on, None, talk_on)
    return make_agreement(team=team, terms=terms, by=by, at=_at(on - timedelta(days=3)), is_told=False)


def _talk(agreement: TeamAgreement, by: User, day: date) -> None:
    """The last one planned the talk that stands before the door now."""
    for (ago, outcome), next_on in zip(
        TALKS, (_workday(day - timedelta(days=92)), day + timedelta(days=4)), strict=True
    ):
        held = _workday(day - timedelta(days=ago))
        agreement.refresh_from_db()
        discuss_agreement(
            pk=agreement.pk,
            held_on=held,
            seen_on=period_of(QUARTER, held).previous().last,
            outcome=outcome,
            next_on=next_on,
            version=agreement.version,
            by=by,
            at=_at(held),
        )


def _workday(day: date) -> date:
    """Nobody talks in the weekend."""
    return day - timedelta(days=max(0, day.weekday() - 4))


def _at(day: date) -> datetime:
    return day_start(day) + timedelta(hours=15, minutes=20)
