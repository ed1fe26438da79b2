"""Class 6: the same message again, in another mailbox, with another id or another body (16): one contact each, or a remark."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from tests.channels_app.corpus import mail

VIA = ("Received: from mx1 by mx2; Wed, 25 Nov 2026 09:00:01 +0100",)
ELSEWHERE = ("Received: from mx9 by mx3; Wed, 25 Nov 2026 09:00:05 +0100", "Delivered-To: info@opmeer.example")


@dataclass(frozen=True)
class Twice:
    """`second` arrives after `first`; `contacts`: how many there are then; remarks of the first and of the second."""

    name: str
    answer: str
    first: bytes
    second: bytes
    contacts: int = 1
    is_elsewhere: bool = False
    """The second arrives in another mailbox."""
    later: timedelta = timedelta(minutes=1)
    remarks: tuple[str, ...] = ()
    remarks_of_second: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.name


NO_ID = ("no_message_id",)
PLAIN = mail(mid="<Dubbel.1@Burger.example>")

CASES = [
    Twice("same-bytes", "A", PLAIN, PLAIN),
    Twice("same-over-another-way", "A", PLAIN, mail("Wanneer wordt mijn container geleegd?", *VIA, mid="<Dubbel.1@Burger.example>")),
    Twice("id-in-other-case", "A", PLAIN, mail(mid="<dubbel.1@BURGER.example>")),
    Twice("id-with-spaces", "A", PLAIN, mail(mid="< Dubbel.1 @Burger.example >")),
    Twice("id-folded", "A", PLAIN, mail(mid="\r\n <Dubbel.1@Burger.example>")),
    Twice("id-and-body-of-somebody-else", "W", PLAIN, mail(mid="<Dubbel.1@Burger.example>", sender="bea@burger.example"), 2, remarks_of_second=("id_reused",)),
    Twice("other-newlines", "A", PLAIN, PLAIN.replace(b"\r\n", b"\n")),
    Twice("after-30-days", "A", PLAIN, PLAIN, later=timedelta(days=30)),
    Twice("two-mailboxes", "W", PLAIN, mail("Wanneer wordt mijn container geleegd?", *ELSEWHERE, mid="<Dubbel.1@Burger.example>"), is_elsewhere=True, remarks=("several_mailboxes",)),
    Twice("two-mailboxes-same-bytes", "W", PLAIN, PLAIN, is_elsewhere=True, remarks=("several_mailboxes",)),
    Twice("id-reused", "W", PLAIN, mail("Iets heel anders", mid="<Dubbel.1@Burger.example>"), 2, remarks_of_second=("id_reused",)),
    Twice("other-id-same-body", "A", PLAIN, mail(mid="<dubbel.2@burger.example>"), 2),
    Twice("no-id-same-bytes", "W", mail(mid=""), mail(mid=""), remarks=NO_ID),
    Twice("no-id-over-another-way", "W", mail(mid=""), mail("Wanneer wordt mijn container geleegd?", *VIA, mid=""), remarks=NO_ID),
    Twice("no-id-other-body", "W", mail(mid=""), mail("Iets heel anders", mid=""), 2, remarks=NO_ID, remarks_of_second=NO_ID),
    Twice("no-id-other-sender", "W", mail(mid=""), mail(mid="", sender="bea@burger.example"), 2, remarks=NO_ID, remarks_of_second=NO_ID),
]  # fmt: skip
