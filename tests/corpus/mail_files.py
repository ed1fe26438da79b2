"""Class 7: what hangs on a message: names, kinds, nesting, signatures (28). Names are cleaned, nested mail stays a file."""

from __future__ import annotations

import base64
from email.mime.message import MIMEMessage
from email.mime.text import MIMEText

from tests.channels_app.corpus import attached, mail, parts
from tests.corpus.case import Mail
from tests.corpus.mail_shapes import several, text
from tests.corpus.tnef import winmail

WORDS = text("Zie bijlage")
INNER = "From: cor@burger.example\nSubject: Binnenin\nMessage-ID: <binnen@x>\n\nHet oude bericht."


def with_file(headers: str, data: str = "inhoud") -> bytes:
    """One file whose part has exactly these headers."""
    return several("mixed", WORDS, f"{headers}\n\n{data}")


def named(given: str) -> bytes:
    return with_file(f"Content-Type: application/pdf\nContent-Disposition: attachment; filename={given}", "%PDF-1.4 x")


def one(name: str, raw: bytes, file: str, answer: str = "A", *remarks: str, **more: object) -> Mail:
    return Mail(name, answer, raw, files=(file,), remarks=remarks, **more)  # type: ignore[arg-type]


SIGNED = 'Content-Type: multipart/signed; protocol="application/pkcs7-signature"; micalg=sha-256; boundary="b"'

CASES = [
    one("no-name", with_file("Content-Type: application/pdf\nContent-Disposition: attachment", "%PDF-1.4 x"), "bijlage-1.pdf"),
    one("name-in-type-only", with_file('Content-Type: application/pdf; name="plan.pdf"', "%PDF-1.4 x"), "plan.pdf"),
    one("name-rfc-2231", named("bezwaar.pdf").replace(b"filename=bezwaar.pdf", b"filename*=utf-8''bezwaar%C3%A9.pdf"), "bezwaaré.pdf"),
    one("name-rfc-2231-in-pieces", named("x").replace(b"filename=x", b"filename*0*=utf-8''een%20lange;\r\n filename*1=\" naam\";\r\n filename*2=.pdf"), "een lange naam.pdf"),
    one("name-rfc-2231-unknown-charset", named("x").replace(b"filename=x", b"filename*=x-raar''plan%E9.pdf"), "plané.pdf"),
    one("name-rfc-2047", named('"=?iso-8859-1?Q?factuur_=E9=E9n.pdf?="'), "factuur één.pdf"),
    one("name-raw-utf-8", named('"geïnd.pdf"'), "geïnd.pdf"),
    one("name-raw-latin-1", named('"X"').replace(b'"X"', '"geïnd.pdf"'.encode("latin-1")), "geïnd.pdf"),
    one("name-of-300", named('"' + "a" * 300 + '.pdf"'), "a" * 146 + ".pdf"),
    one("name-right-to-left", named('"factuur\u202efdp.exe"'), "factuurfdp.exe", "W", "risky_file"),
    one("name-with-path", named('"../../etc/passwd"'), "passwd"),
    one("name-with-drive", named(r'"C:\\Users\\anna\\plan.pdf"'), "plan.pdf"),
    one("name-with-nul", named('"a\x00b.pdf"'), "ab.pdf"),
    one("name-with-newline", named('"a_b.pdf"').replace(b"a_b", b"a\r\n b"), "a b.pdf"),
    one("name-of-dots", named('"..."'), "bijlage-1.pdf"),
    one("name-with-quotes-and-semicolon", named(r'"a\"b;c.pdf"'), "ab;c.pdf"),
    Mail("two-of-one-name", "A", parts(MIMEText("x"), attached("plan.pdf"), attached("plan.pdf", b"%PDF-1.4 y")), files=("plan.pdf", "plan.pdf")),
    Mail("199-files", "A", parts(MIMEText("x"), *(attached(f"{i}.pdf") for i in range(198))), files=tuple(f"{i}.pdf" for i in range(198))),
    one("winmail", parts(MIMEText("Zie"), attached("winmail.dat", winmail("plan.pdf", b"%PDF-1.4 x"), "ms-tnef")), "plan.pdf"),
    one("winmail-broken", parts(MIMEText("Zie"), attached("winmail.dat", b"\x78\x9f\x3e\x22kapot", "ms-tnef")), "winmail.dat", "W", "winmail"),
    one("mail-in-mail", parts(MIMEText("Zie het bericht"), MIMEMessage(MIMEText("Binnenin"))), "bericht.eml", text="Zie het bericht", absent=("Binnenin",)),
    one("mail-in-mail-base64", several("mixed", WORDS, "Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n" + base64.encodebytes(INNER.encode()).decode()), "Binnenin.eml", more={"holds": b"Het oude bericht."}),
    one("mail-in-mail-with-subject", several("mixed", WORDS, f"Content-Type: message/rfc822\n\n{INNER}"), "Binnenin.eml", more={"holds": b"Het oude bericht."}),
    one("smime-signed", several("signed", WORDS, 'Content-Type: application/pkcs7-signature; name="smime.p7s"\nContent-Disposition: attachment; filename="smime.p7s"\nContent-Transfer-Encoding: base64\n\nMIIB'), "smime.p7s", "W", "signed", exact="Zie bijlage"),
    one("smime-encrypted", mail("MIIB", "Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m", "Content-Transfer-Encoding: base64"), "smime.p7m", "W", "encrypted"),
    Mail("pgp-encrypted", "W", several("encrypted", "Content-Type: application/pgp-encrypted\n\nVersion: 1", "Content-Type: application/octet-stream; name=\"geheim.asc\"\n\n-----BEGIN PGP MESSAGE-----"), files=("bijlage-1.pgp", "geheim.asc"), remarks=("encrypted",)),
    Mail("pgp-inline", "W", mail("-----BEGIN PGP MESSAGE-----\n\nhQEMA\n-----END PGP MESSAGE-----"), remarks=("encrypted",)),
    one("calendar", several("alternative", text("Kunt u dan?"), "Content-Type: text/calendar; method=REQUEST; charset=utf-8\n\nBEGIN:VCALENDAR\nEND:VCALENDAR"), "bijlage-1.ics", exact="Kunt u dan?"),
]  # fmt: skip
