"""The numbered cases of the specification's e-mail page as bytes, with what must become of each.

Every row is self-made. `{id}` is the Message-ID of a reply of ours, `{ref}` our signed reference, `{number}` the question's
number, `{earlier}` the Message-ID of the customer's first message: filled in by whoever has them.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from email.mime.application import MIMEApplication
from email.mime.image import MIMEImage
from email.mime.message import MIMEMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

MAILBOX = "servicecentrum@opmeer.example"
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


@dataclass(frozen=True)
class Case:
    """`outcome` as in InboundMessage; `same`: it must end on the question that was there; `suggested`: a link to it."""

    number: int
    name: str
    raw: bytes
    outcome: str = "registered"
    same: bool = False
    suggested: bool = False
    acknowledged: bool = True
    text: str = ""
    """Must occur in the contact's text."""
    remarks: tuple[str, ...] = ()
    files: int | None = None
    customer: bool = True
    status: str = ""
    """Status of the question that was there, afterwards; empty: unchanged."""
    extra: dict[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.number}-{self.name}"


def mail(
    body: str | bytes = "Wanneer wordt mijn container geleegd?",
    *headers: str,
    sender: str = "Anna de Wit <anna@burger.example>",
    subject: str = "Container",
    mid: str = "<m1@burger.example>",
    kind: str = "text/plain; charset=utf-8",
) -> bytes:
    """A message with the usual headers; an empty value leaves a header out."""
    lines = []
    for name, value in (("From", sender), ("Subject", subject), ("Message-ID", mid)):
        if value:
            lines.append(f"{name}: {value}")
    if not any(line.lower().startswith("to:") for line in headers):
        lines.append(f"To: {MAILBOX}")
    lines.append("Date: Wed, 25 Nov 2026 09:00:00 +0100")
    lines.extend(headers)
    if not any(line.lower().startswith("content-type:") for line in headers):
        lines += ["MIME-Version: 1.0", f"Content-Type: {kind}", "Content-Transfer-Encoding: 8bit"]
    content = body if isinstance(body, bytes) else body.encode()
    return (
        "\r\n".join(lines).encode("utf-8", "surrogateescape") + b"\r\n\r\n" + content.replace(b"\n", b"\r\n") + b"\r\n"
    )


def parts(*children: object, kind: str = "mixed", subject: str = "Container", **params: str) -> bytes:
    """A message of several parts."""
    message = MIMEMultipart(kind, **params)
    message["From"], message["To"], message["Subject"], message["Message-ID"] = (
        "Anna de Wit <anna@burger.example>",
        MAILBOX,
        subject,
        "<m1@burger.example>",
    )
    for child in children:
        message.attach(child)  # type: ignore[arg-type]
    return message.as_bytes()


def report(
    action: str, status: str, to: str = "anna@burger.example", original: str = "{id}", words: str = "Delivery failed"
) -> bytes:
    """A delivery report (RFC 3464)."""
    notice = f"--b\r\nContent-Type: text/plain\r\n\r\n{words}\r\n"
    status_part = (
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.burger.example\r\n\r\n"
        f"Final-Recipient: rfc822; {to}\r\nAction: {action}\r\nStatus: {status}\r\nDiagnostic-Code: smtp; 550 {status} user unknown\r\n\r\n"
    )
    head = (
        f"--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: {original}\r\nSubject: Re: Container\r\n\r\n"
        if original
        else ""
    )
    return (
        "From: Mail Delivery System <MAILER-DAEMON@mx.burger.example>\r\nReturn-Path: <>\r\n"
        f"To: {MAILBOX}\r\nSubject: Undelivered Mail Returned to Sender\r\nMessage-ID: <bounce1@mx.burger.example>\r\n"
        'MIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        f"{notice}{status_part}{head}--b--\r\n"
    ).encode()


def nested(depth: int) -> bytes:
    """Parts within parts."""
    head = b"From: a@burger.example\r\nSubject: x\r\n"
    levels = [b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (i, i) for i in range(depth)]
    return head + b"".join(levels) + b"Content-Type: text/plain\r\n\r\nx\r\n"


def attached(name: str, data: bytes = b"%PDF-1.4 x", kind: str = "pdf") -> MIMEApplication:
    part = MIMEApplication(data, kind)
    part.add_header("Content-Disposition", "attachment", filename=name)
    return part


def _picture() -> MIMEImage:
    part = MIMEImage(PNG)
    part.add_header("Content-Disposition", "inline", filename="foto.png")
    return part


def _passed_on(sender: str = "Henk <henk@opmeer.example>") -> bytes:
    return mail(
        "Graag oppakken.\n\n---------- Forwarded message ---------\nVan: Piet Bakker <piet@burger.example>\n"
        "Datum: di 24 nov 2026 om 10:00\nOnderwerp: Lantaarnpaal kapot\nAan: <henk@opmeer.example>\n\nDe lantaarnpaal voor mijn huis is kapot.\n",
        sender=sender,
        subject="Fwd: Lantaarnpaal kapot",
    )


def _flowing(name: str) -> tuple[str, ...]:
    return (f"In-Reply-To: {name}", f"References: {name}")


REPLY = _flowing("{id}")
AWAY = ("Auto-Submitted: auto-replied", *REPLY)
BIG = 61 * 1_048_576

CASES = [
    Case(1, "no-message-id", mail(mid=""), remarks=("no_message_id",)),
    Case(4, "id-folded-and-upper-case", mail(mid="\r\n <M1 .x@BURGER.example>")),
    Case(11, "auto-replied-on-our-message", mail("Ik ben er niet.", *AWAY), "attached", same=True, acknowledged=False),
    Case(
        11,
        "auto-replied-on-nothing",
        mail("Ik ben er niet.", "Auto-Submitted: auto-replied"),
        "ignored",
        acknowledged=False,
    ),
    Case(12, "auto-submitted-no", mail("Vraag", "Auto-Submitted: no")),
    Case(13, "precedence-bulk", mail("Vraag", "Precedence: bulk"), acknowledged=False),
    Case(13, "precedence-junk", mail("Vraag", "Precedence: junk"), acknowledged=False),
    Case(13, "precedence-list", mail("Nieuws", "Precedence: list"), "ignored", acknowledged=False),
    Case(14, "suppress-all", mail("Vraag", "X-Auto-Response-Suppress: All"), acknowledged=False),
    Case(14, "suppress-oof-autoreply", mail("Vraag", "X-Auto-Response-Suppress: OOF, AutoReply"), acknowledged=False),
    Case(14, "suppress-receipts-only", mail("Vraag", "X-Auto-Response-Suppress: DR, RN, NRN")),
    Case(
        15,
        "afwezig-without-header",
        mail("Ik ben er maandag weer.", *REPLY, subject="Afwezig: Container"),
        "attached",
        same=True,
        acknowledged=False,
    ),
    Case(
        15,
        "automatisch-antwoord",
        mail("Ik ben er niet.", *REPLY, subject="Automatisch antwoord: Container"),
        "attached",
        same=True,
        acknowledged=False,
    ),
    Case(
        15,
        "afwezig-may-be-a-person",
        mail("Wie leegt hem dan?", subject="Afwezig: wie leegt mijn container?"),
        acknowledged=False,
    ),
    Case(
        16,
        "own-acknowledgement-returns",
        mail("Wij hebben uw bericht", "X-Opmeer-Message: acknowledgement", sender=MAILBOX),
        "ignored",
        acknowledged=False,
    ),
    Case(
        16,
        "answer-by-another-municipality-with-this-product",
        mail("De weg is van ons.", "X-Opmeer-Message: reply", sender="Info <info@medemblik.example>"),
    ),
    Case(18, "no-reply-sender", mail(sender="Webwinkel <no-reply@winkel.example>"), acknowledged=False),
    Case(18, "noreply-in-dutch", mail(sender="niet-beantwoorden@winkel.example"), acknowledged=False),
    Case(
        19,
        "newsletter",
        mail("Nieuws", "List-Id: <nieuws.winkel.example>", "List-Unsubscribe: <https://winkel.example>"),
        "ignored",
        acknowledged=False,
    ),
    Case(
        20,
        "read-receipt",
        mail(
            "--b\nContent-Type: text/plain\n\nGelezen\n--b--",
            *REPLY,
            'Content-Type: multipart/report; report-type=disposition-notification; boundary="b"',
            subject="Gelezen: Container",
        ),
        "attached",
        same=True,
        acknowledged=False,
    ),
    Case(
        21,
        "permanent-report",
        report("failed", "5.1.1"),
        "attached",
        same=True,
        acknowledged=False,
        extra={"bounced": True},
    ),
    Case(
        22, "delayed", report("delayed", "4.4.1"), "attached", same=True, acknowledged=False, extra={"bounced": False}
    ),
    Case(
        22,
        "given-up-after-days-is-no-dead-address",
        report("failed", "4.4.1"),
        "attached",
        same=True,
        acknowledged=False,
        extra={"bounced": False},
    ),
    Case(
        22,
        "mailbox-full-is-no-dead-address",
        report("failed", "5.2.2"),
        "attached",
        same=True,
        acknowledged=False,
        extra={"bounced": False},
    ),
    Case(23, "empty-return-path-without-report", mail("Vraag", "Return-Path: <>"), acknowledged=False),
    Case(
        25,
        "exchange-onbestelbaar",
        mail(
            "Uw bericht aan anna@burger.example kon niet worden bezorgd.\nRemote server returned '550 5.1.1 RESOLVER.ADR.RecipNotFound'",
            *REPLY,
            "Return-Path: <>",
            sender="Microsoft Outlook <postmaster@burger.example>",
            subject="Onbestelbaar: Container",
        ),
        "attached",
        same=True,
        acknowledged=False,
        extra={"bounced": True},
    ),
    Case(
        26,
        "report-without-original-id",
        report("failed", "5.1.1", original=""),
        "attached",
        same=True,
        acknowledged=False,
        extra={"bounced": False},
    ),
    Case(
        26,
        "report-on-a-stranger",
        report("failed", "5.1.1", to="x@nergens.example", original="<onbekend@x>"),
        "ignored",
        acknowledged=False,
    ),
    Case(
        27,
        "latin1-labelled-utf8",
        mail("Café naast de brug, één vraag".encode("latin-1")),
        text="Café naast de brug, één",
        remarks=("charset_guessed",),
    ),
    Case(28, "no-charset", mail("Café".encode(), kind="text/plain"), text="Café"),
    Case(
        29,
        "windows-1252",
        mail("\u201cKosten\u201d: \u20ac 12 \u2013 klopt dat?".encode("cp1252"), kind="text/plain; charset=iso-8859-1"),
        text="\u201cKosten\u201d: \u20ac 12 \u2013",
    ),
    Case(
        30,
        "iso-2022-jp",
        mail("こんにちは".encode("iso-2022-jp"), kind="text/plain; charset=iso-2022-jp"),
        text="こんにちは",
    ),
    Case(
        31,
        "unknown-charset",
        mail("Café".encode(), kind="text/plain; charset=x-klingon"),
        text="Café",
        remarks=("charset_guessed",),
    ),
    Case(31, "charset-that-is-no-charset", mail("Café".encode(), kind="text/plain; charset=rot13"), text="Café"),
    Case(32, "raw-8-bit-subject", mail(subject="Café op de hoek"), extra={"title": "Café op de hoek"}),
    Case(
        33,
        "word-cut-inside-a-letter",
        mail(subject="=?utf-8?q?Caf=C3?= =?utf-8?q?=A9_open?="),
        extra={"title": "Café open"},
    ),
    Case(
        34,
        "file-name-rfc-2231",
        parts(MIMEText("Zie bijlage"), attached("x")).replace(b'filename="x"', b"filename*=iso-8859-1''bezwaar%E9.pdf"),
        files=1,
        extra={"file": "bezwaaré.pdf"},
    ),
    Case(
        35,
        "emoji-and-direction-in-name",
        mail(sender='"\u202eAnna\u200d \U0001f600" <anna2@burger.example>'),
        extra={"customer": "Anna\u200d \U0001f600"},
    ),
    Case(36, "nul", mail(b"Nul \x00 byte"), text="Nul  byte"),
    Case(37, "lone-surrogate", mail("Half \ud800 teken".encode("utf-8", "surrogatepass")), text="Half"),
    Case(
        38, "seventy-attachments", parts(MIMEText("Zie bijlagen"), *(attached(f"{i}.pdf") for i in range(70))), files=70
    ),
    Case(
        39,
        "sixty-megabytes",
        b"From: Anna de Wit <anna@burger.example>\r\nSubject: Foto's\r\nMessage-ID: <big@burger.example>\r\n\r\n",
        "refused",
        acknowledged=False,
        extra={"size": BIG},
    ),
    Case(40, "two-hundred-levels", nested(200), "parked", acknowledged=False),
    Case(
        40,
        "zip-bomb-stays-a-file",
        parts(MIMEText("Zip"), attached("bom.zip", b"PK\x03\x04" + b"0" * 3000, "zip")),
        files=1,
    ),
    Case(
        41,
        "html-of-divs-links-and-spaces",
        mail(
            "<div>" * 300 + '<a href="https://x.example/">x</a> ' * 5000 + " " * 2_000_000 + "Klaar" + "</div>" * 300,
            kind="text/html; charset=utf-8",
        ),
    ),
    Case(
        42,
        "winmail",
        parts(MIMEText("Zie bijlage"), attached("winmail.dat", b"\x78\x9f\x3e\x22" + b"x" * 50, "ms-tnef")),
        files=1,
        remarks=("winmail",),
    ),
    Case(
        43,
        "calendar",
        parts(MIMEText("Kunt u dan?"), MIMEText("BEGIN:VCALENDAR\r\nEND:VCALENDAR", "calendar")),
        files=1,
        text="Kunt u dan?",
    ),
    Case(
        44,
        "mail-attached-to-mail",
        parts(MIMEText("Zie het bericht"), MIMEMessage(MIMEText("Binnenin"))),
        files=1,
        text="Zie het bericht",
        extra={"file": "bericht.eml"},
    ),
    Case(
        45,
        "smime-signed",
        parts(MIMEText("Ondertekend"), attached("smime.p7s", b"0\x82", "pkcs7-signature"), kind="signed"),
        files=1,
        remarks=("signed",),
    ),
    Case(
        45,
        "smime-opaque",
        mail(
            b"MIIB",
            "Content-Type: application/pkcs7-mime; name=smime.p7m; smime-type=enveloped-data",
            "Content-Transfer-Encoding: base64",
        ),
        files=1,
        remarks=("encrypted",),
    ),
    Case(
        45,
        "pgp-signed",
        parts(MIMEText("Getekend"), attached("signature.asc", b"-----BEGIN PGP", "pgp-signature"), kind="signed"),
        remarks=("signed",),
    ),
    Case(
        45,
        "pgp-encrypted",
        parts(
            attached("version.asc", b"Version: 1", "pgp-encrypted"),
            attached("geheim.asc", b"-----BEGIN PGP", "octet-stream"),
            kind="encrypted",
        ),
        files=2,
        remarks=("encrypted",),
    ),
    Case(
        46,
        "pictures-between-text",
        parts(MIMEText("Eerst dit."), _picture(), MIMEText("Dan dat.")),
        files=1,
        text="Eerst dit.\n\nDan dat.",
    ),
    Case(47, "empty-body-with-file", parts(MIMEText(""), attached("brief.pdf")), files=1, text="brief.pdf"),
    Case(
        48,
        "html-only",
        mail("<p>Mijn <b>container</b></p><script>alert(1)</script>", kind="text/html; charset=utf-8"),
        text="Mijn container",
    ),
    Case(
        49,
        "alternatives-in-the-wrong-order",
        parts(MIMEText("<p>Als <i>pagina</i></p>", "html"), MIMEText("Als tekst"), kind="alternative"),
        text="Als tekst",
    ),
    Case(
        50,
        "uuencode",
        mail("Zie bestand\n\nbegin 644 plan.txt\n%:&%L;&\\\n`\nend\n"),
        files=1,
        text="Zie bestand",
        extra={"file": "plan.txt"},
    ),
    Case(
        51,
        "path-in-file-name",
        parts(MIMEText("x"), attached("../../etc/passwd.pdf")),
        files=1,
        extra={"file": "passwd.pdf"},
    ),
    Case(
        51,
        "long-file-name",
        parts(MIMEText("x"), attached("a" * 300 + ".pdf")),
        files=1,
        extra={"file": "a" * 146 + ".pdf"},
    ),
    Case(
        51,
        "svg-with-script",
        parts(MIMEText("x"), attached("plaatje.svg", b"<svg onload='alert(1)'/>", "svg+xml")),
        files=1,
        remarks=("risky_file",),
    ),
    Case(
        52,
        "html-attack",
        mail(
            '<img src="https://spoor.example/x.gif" onerror="alert(1)"><style>p{}</style><iframe src="javascript:1"></iframe><p>Gewone vraag</p>',
            kind="text/html",
        ),
        text="Gewone vraag",
        extra={"absent": "spoor.example"},
    ),
    Case(
        53, "two-senders", mail(sender="Anna <anna@burger.example>, Bea <bea@burger.example>"), remarks=("two_senders",)
    ),
    Case(
        54,
        "sender-without-domain",
        mail(sender="anna"),
        acknowledged=False,
        customer=False,
        remarks=("sender_unreadable",),
    ),
    Case(54, "brackets-in-name", mail(sender='"Anna <de> Wit" <anna@burger.example>')),
    Case(54, "spaces-in-address", mail(sender="< anna @ burger.example >")),
    Case(
        54,
        "words-for-an-address",
        mail(sender="Anna <anna de wit @burger.example>"),
        acknowledged=False,
        customer=False,
    ),
    Case(54, "no-sender", mail(sender=""), acknowledged=False, customer=False),
    Case(
        55,
        "form-relay",
        mail("Formulier", "Reply-To: Cor <cor@burger.example>", sender="Website <formulier@opmeer.example>"),
        remarks=("form_relay",),
        extra={"to": "cor@burger.example"},
    ),
    Case(
        55,
        "form-from-our-own-address-to-itself",
        mail("Naam: Cor\nE-mail: cor@burger.example\nMijn lamp is stuk.", sender=f"Website <{MAILBOX}>"),
        acknowledged=False,
        customer=False,
        text="cor@burger.example",
        remarks=("from_ourselves",),
        extra={"address": ""},
    ),
    Case(
        55,
        "from-our-own-address-to-a-citizen-as-well",
        mail("Wij komen dinsdag.", f"To: {MAILBOX}, cor@burger.example", sender=MAILBOX),
        "ignored",
        acknowledged=False,
    ),
    Case(
        55,
        "our-own-address-forged",
        mail("Betaal nu.", "Authentication-Results: mx; dmarc=fail", sender=MAILBOX),
        "ignored",
        acknowledged=False,
    ),
    Case(
        16,
        "own-acknowledgement-returns-without-its-marks",
        mail("Wij hebben uw bericht", sender=MAILBOX, mid="<o12.0123456789abcdef01234567@opmeer.example>"),
        "ignored",
        acknowledged=False,
    ),
    Case(
        55,
        "reply-to-elsewhere",
        mail("Vraag", "Reply-To: iemand@anders.example"),
        remarks=("reply_to_differs",),
        extra={"to": "anna@burger.example"},
    ),
    Case(
        56,
        "sixty-recipients",
        mail("Aan allen", "To: " + ", ".join(f"p{i}@burger.example" for i in range(60))),
        extra={"customers": 1},
    ),
    Case(57, "only-in-bcc", mail("Vraag", "To: iemand@anders.example")),
    Case(
        58,
        "reply-from-another-address",
        mail("Hier nog iets", *REPLY, sender="Anna <anna@werk.example>"),
        suggested=True,
        remarks=("other_sender",),
    ),
    Case(
        58,
        "reference-from-another-address",
        mail("Hier nog iets\n\nKenmerk: {ref}", sender="Anna <anna@werk.example>"),
        suggested=True,
        remarks=("other_sender",),
    ),
    Case(
        58,
        "reference-from-the-customer",
        mail("Hier nog iets\n\nKenmerk: {ref}"),
        "attached",
        same=True,
        acknowledged=False,
    ),
    Case(
        59,
        "stranger-guesses-a-number",
        mail("Hoe staat het ermee?", sender="x@vreemd.example", subject="Re: {number}"),
        suggested=True,
        remarks=("number_in_subject",),
    ),
    Case(59, "customer-names-a-number", mail("Hoe staat het ermee?", subject="Vraag {number}"), suggested=True),
    Case(
        60,
        "forged-in-reply-to",
        mail("Antwoord", "In-Reply-To: <o1.000000000000000000000000@opmeer.example>", sender="x@vreemd.example"),
    ),
    Case(
        60,
        "forged-sender",
        mail("Antwoord", "Authentication-Results: mx.opmeer.example; dmarc=fail; spf=fail", *REPLY),
        suggested=True,
        acknowledged=False,
        customer=False,
        remarks=("sender_not_verified",),
    ),
    Case(
        61,
        "stack-of-prefixes",
        mail(subject="RE: AW: Antw: FW: WG: Doorst: Container kapot"),
        extra={"title": "Container kapot"},
    ),
    Case(61, "subject-over-998", mail(subject="x" * 3000)),
    Case(61, "empty-subject", mail(subject=""), extra={"title": "Wanneer wordt mijn container geleegd?"}),
    Case(
        62,
        "reply-to-closed",
        mail("Toch nog iets", *REPLY),
        "attached",
        same=True,
        status="in_progress",
        extra={"before": "closed"},
    ),
    Case(
        62,
        "reply-after-14-months",
        mail("Toch nog iets", *REPLY, subject="RE: Antw: mijn kliko 123456782"),
        extra={"before": "long_closed", "follows": True, "title": "mijn kliko •••••••82"},
    ),
    Case(
        62, "reply-to-merged", mail("Toch nog iets", *REPLY), "attached", acknowledged=False, extra={"before": "merged"}
    ),
    Case(62, "reply-to-destroyed", mail("Toch nog iets", *_flowing("{gone}")), remarks=("question_gone",)),
    Case(
        63,
        "colleague-passes-on",
        _passed_on(),
        acknowledged=False,
        customer=False,
        remarks=("forwarded_by_employee",),
        extra={"address": "piet@burger.example"},
    ),
    Case(
        63,
        "colleague-passes-on-from-a-mailbox-of-us-all",
        _passed_on(sender=MAILBOX),
        acknowledged=False,
        customer=False,
        remarks=("forwarded_by_employee",),
        extra={"address": "piet@burger.example"},
    ),
    Case(64, "date-in-1970", mail().replace(b"Wed, 25 Nov 2026", b"Thu, 01 Jan 1970")),
    Case(64, "date-in-2099", mail().replace(b"Wed, 25 Nov 2026", b"Thu, 01 Jan 2099")),
    Case(
        65,
        "colleague-answers-from-outlook",
        mail(
            "Dinsdag komen we.",
            f"To: Anna <anna@burger.example>, {MAILBOX}",
            *_flowing("{earlier}"),
            sender="Henk <henk@opmeer.example>",
            subject="RE: Container",
        ),
        "attached",
        same=True,
        acknowledged=False,
        status="in_progress",
        extra={"answer": True},
    ),
    Case(
        65,
        "forged-colleague",
        mail(
            "Dinsdag komen we.",
            f"To: Anna <anna@burger.example>, {MAILBOX}",
            "Authentication-Results: mx; dmarc=fail",
            *_flowing("{earlier}"),
            sender="Henk <henk@opmeer.example>",
        ),
        suggested=True,
        acknowledged=False,
        customer=False,
    ),
    Case(
        66,
        "bsn-and-iban",
        mail("Mijn BSN is 111222333 en rekening NL91 ABNA 0417 1643 00.", subject="BSN 111222333"),
        remarks=("bsn", "iban"),
        extra={"title": "BSN •••••••33"},
    ),
    Case(67, "spam-with-valid-headers", mail("Verdien snel geld!", "Authentication-Results: mx; dmarc=pass")),
    Case(
        67,
        "spam-that-the-server-marked",
        mail("Verdien snel geld!", "X-Spam-Flag: YES"),
        acknowledged=False,
        remarks=("marked_as_spam",),
    ),
    Case(
        0,
        "reply-to-our-message",
        mail("Graag dinsdag.\n\nOp wo 25 nov 2026 om 10:00 schreef Gemeente <s@x.nl>:\n> Wanneer?", *REPLY),
        "attached",
        same=True,
        acknowledged=False,
        text="Graag dinsdag.",
    ),
    Case(
        0,
        "reply-to-waiting",
        mail("Graag dinsdag.", *REPLY),
        "attached",
        same=True,
        acknowledged=False,
        status="in_progress",
        extra={"before": "waiting"},
    ),
    Case(
        0,
        "colleague-writes-to-us-only",
        mail("Ik pak dit op.", *REPLY, sender="Fatima <fatima@opmeer.example>"),
        "attached",
        same=True,
        acknowledged=False,
        extra={"note": True},
    ),
]
