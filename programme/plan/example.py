"""The example of the demo: how the programme stands on the demo's day. Days are months from the first of that day's month.

Everything here is invented, and marked so on screen ("voorbeeld").
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Course:
    """How one project goes: months from now; `steps` are (name, planned, first promised, reached or None)."""

    owner: str
    begins: int
    ends: int
    light: str
    reason: str
    steps: tuple[tuple[str, int, int, int | None], ...]
    done: int | None = None


OK, LET, LATE = "on_track", "attention", "behind"
COURSES: Final[dict[str, Course]] = {
    "D1": Course(
        "sanne",
        -22,
        -8,
        OK,
        "Opgeleverd.",
        (("Ontwerp klaar", -18, -18, -18), ("Inhoud over", -12, -13, -12), ("Nieuwe site live", -8, -8, -8)),
        -8,
    ),
    "D2": Course(
        "fatima",
        -10,
        4,
        OK,
        "Elke werkdag kijkt iemand. De norm is gehaald.",
        (("Rooster webcare", -7, -7, -7), ("Richtlijn voor teams", 2, 2, None)),
    ),
    "D3": Course(
        "henk",
        -4,
        8,
        OK,
        "De keuze voor een open standaard is gemaakt.",
        (("Keuze gemaakt", -1, -1, -1), ("Proef met meldingen", 3, 3, None), ("Besluit over vervolg", 7, 7, None)),
    ),
    "D4": Course(
        "fatima",
        -14,
        2,
        LET,
        "De proef loopt goed. Op maandag zijn er te weinig mensen voor de chat.",
        (("Proef chat", -9, -9, -8), ("WhatsApp erbij", -3, -4, -3), ("Bezetting maandag geregeld", 1, -1, None)),
    ),
    "P1": Course(
        "sanne",
        -16,
        -2,
        OK,
        "Receptie en telefoon zijn gescheiden.",
        (("Kanalen gescheiden", -10, -10, -10), ("Aanmelden in de hal", -2, -3, -2)),
        -2,
    ),
    "P2": Course(
        "ria",
        -9,
        5,
        LET,
        "Op maandagochtend wachten bellers te lang. Het nieuwe rooster komt later dan gepland.",
        (("Wachttijd zichtbaar", -6, -6, -6), ("Rooster maandag", 1, -1, None), ("Kennisbank aan de lijn", 4, 4, None)),
    ),
    "P3": Course(
        "sanne",
        -13,
        5,
        OK,
        "Burgerzaken en Vergunningen werken in één agenda.",
        (("Burgerzaken over", -10, -10, -10), ("Vergunningen over", -3, -3, -3), ("Sociaal Domein over", 3, 3, None)),
    ),
    "P4": Course(
        "ria",
        2,
        12,
        OK,
        "Begint over twee maanden.",
        (("Onderzoek klaar", 6, 6, None), ("Besluit over vervolg", 9, 9, None)),
    ),
    "P5": Course(
        "henk",
        -6,
        9,
        OK,
        "De eerste drie initiatieven hebben een vast aanspreekpunt.",
        (("Vast aanspreekpunt", -2, -2, -2), ("Werkwijze vastgesteld", 5, 5, None)),
    ),
    "P6": Course(
        "ria",
        -3,
        6,
        OK,
        "De eerste groep volgt de training.",
        (("Eerste groep klaar", 2, 2, None), ("Alle groepen klaar", 6, 6, None)),
    ),
    "S1": Course(
        "henk",
        -17,
        2,
        LATE,
        "De sjablonen van Vergunningen zijn er nog niet. Dat scheelt tien weken.",
        (
            ("Schrijfwijzer", -14, -14, -14),
            ("Sjablonen Burgerzaken", -8, -9, -7),
            ("Sjablonen Vergunningen", 1, -2, None),
            ("Alle brieven op B1", 2, 0, None),
        ),
    ),
    "S2": Course(
        "fatima",
        -15,
        3,
        OK,
        "Bevestiging gaat altijd uit. De norm van 3 werkdagen is gehaald.",
        (("Automatische bevestiging", -12, -12, -12), ("Sjablonen e-mail op B1", 2, 2, None)),
    ),
    "S3": Course(
        "henk",
        -2,
        7,
        OK,
        "Het eerste lezersonderzoek is uitgezet.",
        (("Lezersonderzoek", 1, 1, None), ("Nieuwe opzet", 5, 5, None)),
    ),
    "S4": Course("henk", -20, -11, OK, "De nieuwe opzet loopt een jaar.", (("Nieuwe opzet", -11, -11, -11),), -11),
    "S5": Course(
        "fatima",
        -5,
        10,
        OK,
        "De teksten over verhuizen en paspoort zijn herschreven.",
        (("Meest gelezen teksten", -1, -1, -1), ("Huisstijl overal", 8, 8, None)),
    ),
    "F1": Course(
        "joost",
        -26,
        6,
        OK,
        "84 % van de medewerkers volgde de bijeenkomst.",
        (("Helft van de teams", -12, -12, -12), ("Alle teams", 4, 4, None)),
    ),
    "R1": Course(
        "joost",
        -18,
        6,
        OK,
        "De training loopt volgens plan.",
        (("Eerste ronde", -8, -8, -8), ("Tweede ronde", 3, 3, None)),
    ),
    "R2": Course(
        "sanne",
        -24,
        -5,
        OK,
        "Hal en spreekkamers zijn klaar.",
        (("Spreekkamers", -10, -11, -10), ("Hal", -5, -5, -5)),
        -5,
    ),
    "R3": Course(
        "sanne",
        -17,
        7,
        OK,
        "Zeven teams zijn aangesloten.",
        (("Vier teams", -11, -11, -11), ("Zeven teams", -4, -4, -4), ("Communicatie sluit aan", 4, 4, None)),
    ),
    "R4": Course(
        "ria",
        -8,
        8,
        LET,
        "De koppeling met het zaaksysteem wacht op de leverancier.",
        (("Bewaartermijnen vast", -3, -3, -3), ("Koppeling zaken", 3, 1, None)),
    ),
    "R5": Course(
        "joost",
        -12,
        4,
        OK,
        "De telefoon- en mailcijfers komen elke dag vanzelf binnen.",
        (("Cijfers elke dag", -6, -6, -6), ("Meting na elk contact", 3, 3, None)),
    ),
}
DEPENDENCIES: Final = (("D4", "R3"), ("P2", "R3"), ("S3", "S1"), ("P4", "P3"), ("R5", "R4"))
RISKS: Final = (
    (
        "S1",
        "Te weinig tijd bij Vergunningen om sjablonen te schrijven",
        3,
        3,
        "Twee dagen hulp van Communicatie, vanaf volgende maand.",
        "open",
    ),
    (
        "R4",
        "De leverancier levert de koppeling later",
        2,
        3,
        "Tussenstap: elke nacht een bestand. Volgende maand is er een afspraak met de leverancier.",
        "open",
    ),
    ("P2", "Te weinig mensen op maandagochtend", 3, 2, "Nieuw rooster; teams leveren om de beurt een collega.", "open"),
    ("D4", "Chat vraagt meer tijd dan gedacht", 2, 2, "Grens van drie gesprekken tegelijk per medewerker.", "watched"),
    ("", "Het budget na volgend jaar staat nog niet vast", 2, 3, "Voorstel in de volgende kadernota.", "open"),
)
SCORES: Final[dict[str, tuple[tuple[int, str, int], ...]]] = {
    "Waardering digitaal": ((-7, "6.7", 412), (-5, "6.9", 398), (-3, "7.0", 430), (-1, "7.1", 405)),
    "Waardering algemeen": ((-7, "6.8", 412), (-5, "6.8", 398), (-3, "7.0", 430), (-1, "7.0", 405)),
    "Heldere taal": ((-7, "68", 412), (-5, "69", 398), (-3, "70", 430), (-1, "71", 405)),
}
"""Goal → (years from now, score, answers); measured in that year."""
BUDGET: Final = {
    "Digitaal": (70_000, 75_000, 65_000),
    "Persoonlijk": (50_000, 60_000, 55_000),
    "Schriftelijk": (25_000, 30_000, 25_000),
    "Fundament": (10_000, 10_000, 10_000),
    "Houding en gedrag": (15_000, 15_000, 10_000),
    "Facilitair": (30_000, 10_000, 5_000),
    "Servicecentrum": (20_000, 25_000, 20_000),
    "Informatiebeheer": (10_000, 15_000, 15_000),
    "Meten en sturen": (5_000, 10_000, 10_000),
}
"""Place → budget of last year, this year and next year."""
MONEY: Final = (
    ("Digitaal", -1, "spent", 68_400, -14, "Bouw nieuwe website"),
    ("Digitaal", 0, "spent", 49_850, -5, "Formulieren en onderhoud website"),
    ("Digitaal", 0, "committed", 14_500, -1, "Proef met meldingen in een app"),
    ("Persoonlijk", -1, "spent", 46_200, -12, "Afsprakenmodule, eerste deel"),
    ("Persoonlijk", 0, "spent", 38_900, -4, "Afsprakenmodule, tweede deel"),
    ("Persoonlijk", 0, "committed", 12_750, -1, "Rooster en training telefoon"),
    ("Schriftelijk", -1, "spent", 21_300, -13, "Schrijfwijzer en training B1"),
    ("Schriftelijk", 0, "spent", 17_600, -6, "Sjablonen Burgerzaken"),
    ("Schriftelijk", 0, "committed", 11_900, -2, "Sjablonen Vergunningen"),
    ("Houding en gedrag", -1, "spent", 14_100, -12, "Training, eerste ronde"),
    ("Houding en gedrag", 0, "spent", 9_250, -3, "Training, tweede ronde"),
    ("Facilitair", -1, "spent", 29_600, -12, "Spreekkamers"),
    ("Facilitair", 0, "spent", 10_400, -5, "Hal"),
    ("Servicecentrum", -1, "spent", 18_800, -14, "Inrichting, eerste vier teams"),
    ("Servicecentrum", 0, "spent", 16_300, -4, "Inrichting, zeven teams"),
    ("Servicecentrum", 0, "committed", 4_200, -1, "Aansluiten Communicatie"),
    ("Informatiebeheer", 0, "committed", 9_800, -3, "Koppeling zaken"),
    ("Meten en sturen", 0, "spent", 4_100, -6, "Onderzoek Waarstaatjegemeente"),
)
"""Place, year from now, kind, euros, month from now, what for."""
DECISIONS: Final = (
    (-2, "mt", "Communicatie helpt twee dagen per week met de sjablonen van Vergunningen.", "S1"),
    (-4, "college", "Chat en WhatsApp blijven na de proef, met bezetting op werkdagen.", "D4"),
)
YEARS: Final = (-1, 0, 1)
RISE: Final[dict[str, tuple[str, str, str]]] = {
    "Waardering digitaal": ("7.0", "7.1", "7.2"),
    "Waardering algemeen": ("6.9", "7.0", "7.1"),
    "Heldere taal": ("70", "72", "75"),
}
"""Goals whose target rises by example; the others keep the target of the plan."""
