"""Class 3: From, To, Date, Message-ID and Subject that are missing, empty, double or broken (26)."""

from __future__ import annotations

from tests.channels_app.corpus import MAILBOX, mail
from tests.corpus.case import ANNA, Mail

BODY = b"Wanneer wordt mijn container geleegd?\r\n"
NO_ID = ("no_message_id",)
NOBODY = ("sender_unreadable",)


def raw(*lines: str | bytes, body: bytes = BODY) -> bytes:
    """A message of exactly these header lines."""
    head = [line if isinstance(line, bytes) else line.encode() for line in lines]
    return b"\r\n".join(head) + b"\r\n\r\n" + body


FROM, TO, ID = f"From: Anna de Wit <{ANNA}>", f"To: {MAILBOX}", "Message-ID: <h@burger.example>"

CASES = [
    Mail("no-from", "W", raw(TO, "Subject: x", ID), sender="", acknowledged=False, remarks=NOBODY),
    Mail("empty-from", "W", raw("From:", TO, "Subject: x", ID), sender="", acknowledged=False, remarks=NOBODY),
    Mail("from-only-a-name", "W", raw("From: Anna de Wit", TO, ID), sender="", name_of_sender="Anna de Wit", acknowledged=False, remarks=NOBODY),
    Mail("no-from-but-sender", "A", raw(f"Sender: {ANNA}", TO, "Subject: x", ID)),
    Mail("from-twice", "W", raw(FROM, "From: Bea <bea@burger.example>", TO, ID), remarks=("two_senders",)),
    Mail("from-in-quotes-with-comma", "A", raw(f'From: "Wit, Anna de" <{ANNA}>', TO, ID), name_of_sender="Wit, Anna de"),
    Mail("from-encoded-with-comma", "A", raw(f"From: =?utf-8?q?Wit=2C_Anna_de?= <{ANNA}>", TO, ID), name_of_sender="Wit, Anna de"),
    Mail("from-encoded-whole", "A", raw("From: =?utf-8?q?Anna_=3Canna=40burger=2Eexample=3E?=", TO, ID), name_of_sender="Anna"),
    Mail("from-with-name-behind", "A", raw(f"From: {ANNA} (Anna de Wit)", TO, ID), name_of_sender="Anna de Wit"),
    Mail("from-raw-latin-1", "A", raw(b"From: Ren\xe9e <anna@burger.example>", TO, ID), name_of_sender="Renée"),
    Mail("from-with-mailto", "A", raw(f"From: Anna <mailto:{ANNA}>", TO, ID)),
    Mail("from-with-nul", "W", raw(b"From: Anna <\x00anna@burger.example>", TO, ID), sender="", remarks=NOBODY, acknowledged=False),
    Mail("from-domain-ends-in-dot", "A", raw("From: Anna <anna@burger.example.>", TO, ID)),
    Mail("no-to", "A", raw(FROM, "Subject: x", ID)),
    Mail("to-undisclosed", "A", raw(FROM, "To: undisclosed-recipients:;", ID)),
    Mail("date-in-words", "A", raw(FROM, TO, "Date: gisteren na het eten", ID)),
    Mail("date-1970", "A", raw(FROM, TO, "Date: Thu, 01 Jan 1970 00:00:00 +0000", ID)),
    Mail("date-2099", "A", raw(FROM, TO, "Date: Thu, 01 Jan 2099 00:00:00 +9999", ID)),
    Mail("no-id", "W", raw(FROM, TO, "Subject: x"), remarks=NO_ID),
    Mail("empty-id", "W", raw(FROM, TO, "Message-ID: <>"), remarks=NO_ID),
    Mail("id-of-brackets", "W", raw(FROM, TO, "Message-ID: <<<"), remarks=NO_ID),
    Mail("id-with-nul", "A", raw(FROM, TO, b"Message-ID: <h\x00h@burger.example>")),
    Mail("subject-twice", "A", raw(FROM, TO, "Subject: Eerste", "Subject: Tweede", ID), title="Eerste"),
    Mail("no-subject", "A", raw(FROM, TO, ID), title="Wanneer wordt mijn container geleegd?"),
    Mail("mark-before-the-first-header", "A", b"\xef\xbb\xbf" + mail(), title="Container"),
    Mail("mbox-line-and-empty-lines-first", "A", b"\r\nFrom anna@burger.example Wed Nov 25 09:00:00 2026\r\n" + mail(), title="Container"),
]  # fmt: skip
