"""Class 5: machines: absence, reports, receipts, lists, and two helpdesks that answer each other (22). None is acknowledged."""

from __future__ import annotations

from tests.channels_app.corpus import MAILBOX, mail, report
from tests.corpus.case import Mail

REPLY = ("In-Reply-To: {id}",)
DAEMON = "Mail Delivery Subsystem <mailer-daemon@mx.burger.example>"
RECEIPT = 'Content-Type: multipart/report; report-type=disposition-notification; boundary="b"'
STATUS = 'Content-Type: multipart/report; report-type=delivery-status; boundary="b"'


def alone(name: str, reason: str, raw: bytes) -> Mail:
    """Kept under "not registered"."""
    return Mail(name, "A", raw, "ignored", reason=reason)


def added(name: str, raw: bytes, sender: str = "anna@burger.example", **more: object) -> Mail:
    return Mail(name, "A", raw, "attached", same=True, acknowledged=False, sender=sender, **more)  # type: ignore[arg-type]


def registered(name: str, raw: bytes, answer: str = "A", **more: object) -> Mail:
    return Mail(name, answer, raw, acknowledged=False, **more)  # type: ignore[arg-type]


def receipt(*headers: str, original: str = "{id}") -> bytes:
    body = f"--b\nContent-Type: text/plain\n\nUw bericht is gelezen\n--b\nContent-Type: message/disposition-notification\n\nFinal-Recipient: rfc822; anna@burger.example\nOriginal-Message-ID: {original}\nDisposition: manual-action/MDN-sent-manually; displayed\n\n--b--"
    return mail(body, RECEIPT, *headers, subject="Gelezen: Container")


def success() -> bytes:
    body = "--b\nContent-Type: text/plain\n\nBezorgd\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx\n\nFinal-Recipient: rfc822; anna@burger.example\nAction: delivered\nStatus: 2.0.0\n\n--b\nContent-Type: text/rfc822-headers\n\nMessage-ID: {id}\n\n--b--"
    return mail(body, STATUS, "Return-Path: <>", sender="postmaster@burger.example", subject="Afgeleverd: Container")


def invited(method: str, text: str) -> bytes:
    """Asked or answered (`method`, of the part's header; without it only the calendar itself says so)."""
    said = f"; method={method.upper()}" if method else ""
    calendar = (
        f"BEGIN:VCALENDAR\nPRODID:x\nMETHOD:{(method or 'reply').upper()}\nBEGIN:VEVENT\nEND:VEVENT\nEND:VCALENDAR"
    )
    body = f"--b\nContent-Type: text/plain\n\n{text}\n--b\nContent-Type: text/calendar{said}\n\n{calendar}\n--b--"
    return mail(body, 'Content-Type: multipart/alternative; boundary="b"', subject="Gesprek over de vergunning")


PROGRAMS = (
    "Geaccepteerd:",
    "Afgewezen:",
    "Voorlopig:",
    "Tentative:",
    "Gelezen:",
    "Niet gelezen:",
    "Ontvangen:",
    "Afgeleverd:",
    "Delivered:",
    "Out of office",
    "Automatisch antwoord",
    "Ontvangstbevestiging:",
    "Uw bericht is ontvangen:",
)
EXIM = "This message was created automatically by mail delivery software.\n\nA message that you sent could not be delivered:\n\n  anna@burger.example\n    550 5.1.1 user unknown\n\n------ This is a copy of the message, including all the headers. ------\n\nMessage-ID: {id}\nSubject: Re: Container\n"
OUTLOOK_ADDRESS = "microsoftexchange329e71ec88ae4615bbc36ab6ce41109e@burger.example"
OUTLOOK = f"Microsoft Outlook <{OUTLOOK_ADDRESS}>"
EXCHANGE = "Uw bericht kan niet worden bezorgd bij anna@burger.example.\n\nHet e-mailadres kan niet worden gevonden.\n\n550 5.1.10 RESOLVER.ADR.RecipientNotFound"

CASES = [
    added("away-in-reply", mail("Ik ben er niet.", "Auto-Submitted: auto-replied", *REPLY)),
    added("away-in-reply-to-closed", mail("Ik ben er niet.", "Auto-Submitted: auto-replied", *REPLY), before="closed"),
    added("away-without-header", mail("Ik ben er maandag weer.", *REPLY, subject="Afwezig: Re: Container")),
    added("away-with-our-reference", mail("Ik ben er niet.\n\n> Kenmerk: {ref}", subject="Automatisch antwoord: Container")),
    alone("away-alone", "auto_replied", mail("Ik ben er niet.", "X-Autoreply: yes")),
    alone("away-subject-alone", "out_of_office", mail("Ik ben er niet.", subject="Automatisch antwoord: Nieuws")),
    alone("away-notice-alone", "out_of_office", mail("Ik ben er niet.", subject="Afwezigheidsmelding: Nieuws")),
    *(added(f"exchange-in-dutch-{at}", mail(EXCHANGE, "Return-Path: <>", *REPLY, sender=OUTLOOK, subject=f"{said}: Re: Container"), OUTLOOK_ADDRESS) for at, said in enumerate(("Onbestelbaar", "Niet te bezorgen", "Bericht kan niet worden bezorgd"))),
    added("permanent-report", report("failed", "5.1.1"), "mailer-daemon@mx.burger.example"),
    added("report-with-base64-headers", report("failed", "5.1.1").replace(b"text/rfc822-headers\r\n\r\nMessage-ID: {id}", b"text/rfc822-headers; charset=us-ascii\r\n\r\nReceived: from mx\r\nMessage-Id:\r\n {id}"), "mailer-daemon@mx.burger.example"),
    added("report-without-parts", mail(EXIM, "X-Failed-Recipients: anna@burger.example", "Auto-Submitted: auto-replied", sender=DAEMON, subject="Mail delivery failed: returning message to sender"), "mailer-daemon@mx.burger.example"),
    added("delayed-report", report("delayed", "4.4.1"), "mailer-daemon@mx.burger.example"),
    alone("report-on-unknown", "", report("failed", "5.1.1", to="wie@nergens.example", original="<x@y>")),
    alone("report-of-success", "daemon", success()),
    added("receipt-with-in-reply-to", receipt(*REPLY)),
    added("receipt-with-original-id-only", receipt()),
    alone("receipt-on-unknown", "receipt", receipt(original="<x@y>")),
    *(registered(f"subject-of-a-program-{at}", mail("Uw bericht", subject=f"{said} Container")) for at, said in enumerate(PROGRAMS)),
    *(added(f"subject-of-a-program-in-reply-{at}", mail("Uw bericht", *REPLY, subject=f"{said} Re: Container"), before="closed") for at, said in enumerate(("Gelezen:", "Ontvangen:", "Delivered:"))),
    Mail("receipt-as-a-word-in-a-sentence", "A", mail("Klopt dat?", subject="Ontvangen twee aanslagen")),
    alone("invitation-answered", "invitation_answer", invited("reply", "")),
    alone("invitation-answered-in-the-part-only", "invitation_answer", invited("", "")),
    registered("invitation-answered-with-words", invited("reply", "Mag mijn buurman mee?"), text="Mag mijn buurman mee?", files=None),
    Mail("invitation", "A", invited("request", "Kunt u dan?"), text="Kunt u dan?", files=None),
    alone("newsletter", "list", mail("Nieuws", "List-Id: Nieuws <n.winkel.example>", "Precedence: bulk")),
    registered("program", mail("Uw bestelling", "Auto-Submitted: auto-generated", sender="winkel@winkel.example"), sender="winkel@winkel.example"),
    registered("program-with-comment", mail("Uw bestelling", "Auto-Submitted: (door ons) auto-generated", sender="winkel@winkel.example"), sender="winkel@winkel.example"),
    registered("empty-return-path", mail("Vraag", "Return-Path: <>")),
    alone("own-message-back", "own_message", mail("Wij hebben uw bericht", "X-Opmeer-Message: acknowledgement", sender=MAILBOX)),
    registered("own-address-without-mark", mail("Vraag", sender=MAILBOX), answer="W", sender="", remarks=("from_ourselves",)),
    registered("no-reply", mail(sender="Webwinkel <noreply@winkel.example>"), sender="noreply@winkel.example"),
]  # fmt: skip
