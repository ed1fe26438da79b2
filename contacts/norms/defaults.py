"""The norms that ship by default (norms-and-kpis §1); data to begin from, edited on a screen afterwards (pure)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class DefaultNorm:
    """`name` is Dutch: norms are the municipality's own words, not the program's."""

    code: str
    name: str
    channel: str
    unit: str
    length: int | None
    target: str
    """Percent, or a mark."""
    source: str
    is_choice: bool = False
    """The plan does not say it: a choice of the municipality."""
    may_pause: bool = True


STARTING_POINTS: Final = frozenset({"rating.digital", "rating.general", "rating.clear_language"})
"""Their target is where the municipality began: only what lies above it meets the norm."""


def _n(
    code: str, name: str, channel: str, unit: str, length: int | None, target: str, source: str, *marks: str
) -> DefaultNorm:
    return DefaultNorm(code, name, channel, unit, length, target, source, "choice" in marks, "no-pause" not in marks)


DEFAULT_NORMS: Final = (
    _n("phone.pickup", "Telefoon opgenomen binnen 30 seconden", "phone", "seconds", 30, "90", "Plan 6.2", "no-pause"),
    _n("phone.direct", "Vraag direct beantwoord aan de telefoon", "phone", "share", None, "60", "Plan 6.2"),
    _n("email.acknowledge", "Ontvangstbevestiging van e-mail", "email", "seconds", 300, "100", "Plan 6.3", "no-pause"),
    _n("email.answer", "E-mail beantwoord binnen 3 werkdagen", "email", "working_days", 3, "95", "Plan 6.3"),
    _n(
        "letter.respond",
        "Brief: bevestiging of antwoord binnen 5 werkdagen",
        "letter",
        "working_days",
        5,
        "95",
        "Plan 6.3",
    ),
    _n("letter.answer", "Brief beantwoord na een bevestiging", "letter", "working_days", 20, "90", "Keuze", "choice"),
    _n("social.respond", "Reactie op sociale media binnen 1 werkdag", "social", "working_days", 1, "95", "Plan 6.1"),
    _n(
        "form.acknowledge",
        "Ontvangstbevestiging van een formulier",
        "",
        "seconds",
        300,
        "100",
        "Keuze",
        "choice",
        "no-pause",
    ),
    _n("form.answer", "Formulier beantwoord binnen 3 werkdagen", "", "working_days", 3, "95", "Keuze", "choice"),
    _n(
        "chat.first_response", "Eerste antwoord in chat of WhatsApp", "", "opening_minutes", 15, "90", "Keuze", "choice"
    ),
    _n("callback.done", "Teruggebeld binnen 1 werkdag", "", "working_days", 1, "90", "Keuze", "choice"),
    _n("visit.wait", "Geholpen binnen 10 minuten", "", "seconds", 600, "90", "Keuze", "choice", "no-pause"),
    _n(
        "handover.answer",
        "Doorgezette vraag beantwoord binnen 3 werkdagen",
        "",
        "working_days",
        3,
        "95",
        "Keuze",
        "choice",
    ),
    _n("complaint.settle", "Klacht afgehandeld binnen 6 weken", "", "calendar_days", 42, "100", "Awb 9:11"),
    _n("rating.phone", "Cijfer telefoon", "phone", "score", None, "7.0", "Plan 6.2"),
    _n("rating.appointment", "Cijfer afspraken", "appointment", "score", None, "7.0", "Plan 6.2"),
    _n("rating.letter", "Cijfer brieven", "letter", "score", None, "7.0", "Plan 6.3"),
    _n("rating.email", "Cijfer e-mails", "email", "score", None, "7.0", "Plan 6.3"),
    _n("rating.newsletter", "Cijfer nieuwsbrieven", "", "score", None, "7.0", "Plan 6.3"),
    _n("rating.friendliness", "Klantvriendelijkheid", "", "score", None, "8.0", "Plan 6.4"),
    _n("rating.digital", "Digitale dienstverlening (Waarstaatjegemeente)", "", "score", None, "6.7", "Plan 6.1"),
    _n("rating.general", "Dienstverlening in het algemeen (Waarstaatjegemeente)", "", "score", None, "6.7", "Plan 6.4"),
    _n("rating.clear_language", "De gemeente gebruikt heldere taal", "", "share", None, "68", "Plan 6.3"),
    _n("language.b1", "Teksten op taalniveau B1", "", "share", None, "80", "Keuze", "choice"),
)
