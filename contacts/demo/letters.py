"""Two letters of the last days, as the scanner brought them: through the very door that real scans come in by."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

from channels_app.actions.parse_inbox import parse_inbox
from channels_app.actions.take_in_scan import FOLDER, take_in_scan
from channels_app.adapters.email.sandbox import Sandbox
from contacts.actions.register_mail import register_mail
from organisation.workdays import day_start

LETTERS: Final = (
    (
        ("De Weere", "", "Gemeente Opmeer", "", "Betreft: bomen langs de Driestedenweg", ""),
        (
            "Geacht college,",
            "",
            "Langs de Driestedenweg zijn vorige week drie bomen gekapt.",
            "Wij horen graag of er nieuwe bomen komen, en wanneer.",
            "",
            "Met vriendelijke groet,",
            "Buurtvereniging De Weere",
        ),
    ),
    (
        ("Spanbroek", "", "Aan de gemeente", "", "Onderwerp: hulp in huis", ""),
        (
            "Geachte heer, mevrouw,",
            "",
            "Mijn moeder is 84 jaar en kan haar huis niet meer schoonhouden.",
            "Kunt u ons helpen? U mag mij overdag bellen.",
            "",
            "Met vriendelijke groet,",
            "P. Ruiter",
        ),
    ),
)


def add_letters(day: date) -> None:
    """The first came on the last working day before `day`, the second the day before that; the same bytes for the same day."""
    until = day_start(day)
    with Sandbox() as sandbox:
        for number, (head, text) in enumerate(LETTERS):
            stamped = _working_day(day, number + 1)
            came = datetime.combine(stamped, datetime.min.time(), until.tzinfo) + timedelta(hours=9, minutes=5 * number)
            lines = (f"INGEKOMEN {stamped:%d-%m-%Y}", "", *head, *text)
            name = f"{stamped:%Y-%m-%d}_000{number + 1}.pdf"
            row = take_in_scan(raw=sheet_of(lines), name=name, source=FOLDER, at=came).message
            parse_inbox(at=came, only=[row.pk], sandbox=sandbox)
            register_mail(at=came, only=[row.pk])


def _working_day(day: date, back: int) -> date:
    """So many weekdays before this one."""
    while back:
        day -= timedelta(days=1)
        back -= day.weekday() < 5
    return day


def sheet_of(lines: tuple[str, ...]) -> bytes:
    """One A4 with typed lines, as a scanner with its own reading makes it: the smallest PDF there is."""
    shown = "\n".join(f"({line.translate({40: None, 41: None, 92: None})}) Tj T*" for line in lines)
    stream = f"BT /F1 12 Tf 18 TL 70 760 Td\n{shown}\nET".encode("cp1252", "replace")
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    )
    made, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    end = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(made))
    return made + head + table + end
