"""Class 4: answers, numbers and what is passed on: added only when address and signed mark both fit (24)."""

from __future__ import annotations

from tests.channels_app.corpus import MAILBOX, mail
from tests.corpus.case import Mail

WORK = "Anna <anna@werk.example>"
STRANGER = "x@vreemd.example"
QUOTE = "\n\nOp wo 25 nov 2026 om 10:00 schreef Gemeente Opmeer <s@opmeer.example>:\n> Welke straat?\n> Kenmerk: {ref}"
HENK = "Henk <henk@opmeer.example>"
PASSED_ON = "Graag oppakken.\n\n-----Oorspronkelijk bericht-----\nVan: Piet Bakker <piet@burger.example>\nVerzonden: dinsdag 24 november 2026 10:00\nAan: Henk\nOnderwerp: Paal\n\nDe paal is kapot."
ATTACHED = mail(
    "--b\nContent-Type: text/plain\n\nZie de bijlage.\n--b\nContent-Type: message/rfc822\n\nFrom: Piet Bakker <piet@burger.example>\nSubject: Paal\n\nDe paal is kapot.\n--b--",
    'Content-Type: multipart/mixed; boundary="b"',
    sender=HENK,
)
REPLY = ("In-Reply-To: {id}", "References: <a@burger.example> {id}")


def added(name: str, raw: bytes, **more: object) -> Mail:
    """A message that belongs on Anna's question."""
    return Mail(
        name, str(more.pop("answer", "A")), raw, **{"outcome": "attached", "same": True, "acknowledged": False, **more}
    )  # type: ignore[arg-type]


def doubted(name: str, raw: bytes, *remarks: str, **more: object) -> Mail:
    """A new question with a suggestion."""
    return Mail(name, "W" if remarks else "A", raw, remarks=remarks, **{"suggested": True, **more})  # type: ignore[arg-type]


CASES = [
    added("reply-by-id", mail("De Dorpsstraat.", *REPLY), exact="De Dorpsstraat."),
    added("reply-id-in-upper-case", mail("De Dorpsstraat.", "In-Reply-To: {ID}")),
    added("reply-id-in-references-only", mail("De Dorpsstraat.", "References: <x@y>\r\n {id}\r\n <z@y>")),
    added("reply-id-folded-with-words", mail("De Dorpsstraat.", 'In-Reply-To: Message of "Wed, 25 Nov 2026"\r\n {id}')),
    added("reply-reference-in-quote-only", mail("De Dorpsstraat." + QUOTE, mid="<zonder@draad.example>"), exact="De Dorpsstraat."),
    added("reply-reference-in-small-letters", mail("Zie {ref}", subject="Re: container")),
    added("reply-below-the-quote", mail("Op wo 25 nov 2026 om 10:00 schreef Gemeente <s@x.nl>:\n> Welke straat?\n\nDe Dorpsstraat.", *REPLY), exact="De Dorpsstraat."),
    added("reply-between-the-lines", mail("Op wo 25 nov 2026 schreef Gemeente <s@x.nl>:\n> Straat?\nDorpsstraat\n> Nummer?\nTien", *REPLY), text="Dorpsstraat\n> Nummer?\nTien"),
    added("reply-with-nothing-but-quote", mail("> Welke straat?\n> Kenmerk: {ref}", *REPLY), text="Welke straat?"),
    added("reply-to-waiting", mail("De Dorpsstraat.", *REPLY), before="waiting"),
    added("reply-to-closed", mail("De Dorpsstraat.", *REPLY), before="closed", acknowledged=True),
    Mail("reply-to-closed-long-ago", "A", mail("Toch weer.", *REPLY), before="long_closed"),
    Mail("reply-to-cancelled", "A", mail("Toch weer.", *REPLY), before="cancelled"),
    Mail("reply-to-destroyed", "W", mail("Toch weer.", "In-Reply-To: {gone}"), remarks=("question_gone",)),
    doubted("reply-from-another-address", mail("De Dorpsstraat.", *REPLY, sender=WORK), "other_sender", sender="anna@werk.example"),
    doubted("reference-of-another-customer", mail("En deze?\n\nKenmerk: {other_ref}"), "other_sender"),
    doubted("number-of-another-customer", mail("En deze?", subject="Re: {other}"), "number_in_subject"),
    doubted("stranger-with-the-number", mail("Hoe staat het?", subject="[{number}] stand", sender=STRANGER), "number_in_subject", sender=STRANGER),
    Mail("number-in-text-only", "A", mail("Het gaat om {number}.")),
    Mail("number-that-is-not", "A", mail(subject="OPM-2026-999999"), title="Wanneer wordt mijn container geleegd?"),
    doubted("id-of-the-customers-own-mail", mail("Nog iets.", "In-Reply-To: {earlier}")),
    Mail("colleague-passes-on", "W", mail(PASSED_ON, sender=HENK, subject="FW: Paal"), sender="piet@burger.example", name_of_sender="Piet Bakker", remarks=("forwarded_by_employee",), acknowledged=False),
    Mail("colleague-passes-on-without-a-mark", "W", mail(PASSED_ON, sender=HENK, subject="Paal op de hoek"), sender="piet@burger.example", name_of_sender="Piet Bakker", text="De paal is kapot.", title="Paal op de hoek", remarks=("forwarded_by_employee",), acknowledged=False),
    Mail("colleague-passes-on-as-a-file", "W", ATTACHED, sender="piet@burger.example", name_of_sender="Piet Bakker", files=("Paal.eml",), remarks=("forwarded_by_employee",), acknowledged=False),
    Mail("customer-passes-on", "A", mail(PASSED_ON, subject="Fwd: Paal"), text="De paal is kapot.", title="Paal"),
    added("colleague-answers-the-customer", mail("Dinsdag komen we.", "To: Anna <anna@burger.example>", f"Cc: {MAILBOX}", "In-Reply-To: {earlier}", sender=HENK), answer="W", remarks=("answered_by_mail",), acknowledged=False),
]  # fmt: skip
