"""Class 10: headers that lie (20): the sender is not believed, never linked to a customer, and the desk is told."""

from __future__ import annotations

from tests.channels_app.corpus import mail
from tests.corpus.case import ANNA, Mail

REPLY = ("In-Reply-To: {id}",)
UNVERIFIED = ("sender_not_verified",)
ODD = ("odd_letters_in_sender",)


def results(words: str) -> str:
    return f"Authentication-Results: mx.opmeer.example; {words}"


def unverified(name: str, words: str, *headers: str, **more: object) -> Mail:
    return Mail(
        name,
        "W",
        mail("Vraag", results(words), *headers),
        remarks=UNVERIFIED,
        acknowledged=False,
        more={"customer": False},
        **more,
    )  # type: ignore[arg-type]


def odd(name: str, address: str) -> Mail:
    return Mail(
        name, "W", mail("Vraag", sender=f"Anna de Wit <{address}>"), sender=address, remarks=ODD, acknowledged=None
    )


CASES = [
    unverified("dmarc-fail", "spf=pass; dkim=none; dmarc=fail (p=reject)"),
    unverified("dmarc-quarantine", "dmarc=quarantine"),
    unverified("spf-fail-without-dmarc", "spf=fail smtp.mailfrom=burger.example"),
    unverified("spf-softfail-without-dkim", "spf=softfail; dkim=none"),
    unverified("dmarc-fail-in-reply", "dmarc=fail", *REPLY, suggested=True),
    unverified("second-header-of-the-sender-itself", "dmarc=fail", "Authentication-Results: evil.example; dmarc=pass"),
    unverified("dmarc-fail-with-our-reference", "dmarc=fail", "X-Kenmerk: {ref}"),
    Mail("dmarc-pass", "A", mail("Vraag", results("spf=fail; dmarc=pass"))),
    Mail("spf-softfail-with-dkim", "A", mail("Vraag", results("spf=softfail; dkim=pass"))),
    Mail("no-results", "A", mail("Vraag")),
    odd("homoglyph-in-domain", "anna@burg\u0435r.example"),
    odd("homoglyph-in-name-part", "\u0430nna@burger.example"),
    odd("punycode", "anna@xn--burgr-8of.example"),
    Mail("name-that-is-another-address", "W", mail("Vraag", sender='"anna@burger.example" <x@vreemd.example>'), sender="x@vreemd.example", remarks=("name_is_an_address",)),
    Mail("name-that-is-our-address", "W", mail("Vraag", sender='"servicecentrum@opmeer.example" <x@vreemd.example>'), sender="x@vreemd.example", remarks=("name_is_an_address",)),
    Mail("newline-in-subject", "A", mail("Vraag", subject="Container\r\n Bcc: iedereen@burger.example"), title="Container Bcc: iedereen@burger.example"),
    Mail("newline-in-encoded-subject", "A", mail("Vraag", subject="=?utf-8?q?Container=0D=0ABcc:_x=40y.nl?="), title="Container Bcc: x@y.nl"),
    Mail("newline-in-encoded-name", "W", mail("Vraag", sender=f"=?utf-8?q?Anna=0D=0ABcc:_x=40y.nl?= <{ANNA}>"), name_of_sender="Anna Bcc: x@y.nl", remarks=("name_is_an_address",)),
    Mail("newline-in-address", "W", mail("Vraag", sender="Anna <anna@burger.example\r\n\tBcc:x@y.nl>"), sender="", remarks=("sender_unreadable",), acknowledged=False),
    Mail("reply-to-elsewhere", "W", mail("Vraag", "Reply-To: inzamelaar@vreemd.example"), remarks=("reply_to_differs",)),
]  # fmt: skip
