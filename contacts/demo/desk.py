"""What lies on the desks besides questions: a parked message, mail that could not be sent, drafts, saved lists."""

from __future__ import annotations

import hashlib
import uuid
from datetime import datetime, timedelta

from channels_app.models import Mailbox
from contacts.demo.history import History
from contacts.demo.people import People
from contacts.models import Draft, Notice, SavedView
from contacts.notice_topics import account_key
from organisation.bulk import history_of, insert_rows

PARKED = (
    b"From: \xffonleesbaar\r\nTo: servicecentrum@opmeer.example\r\nDate: gisteren\r\nSubject: =?utf-7?Q?+AGEAY?=\r\n"
    b"Content-Type: multipart/mixed; boundary=\r\n\r\n--\r\nContent-Transfer-Encoding: base64\r\n\r\n%%%% dit is geen base64 %%%%\r\n"
)
# owner, name, the part of the address after `?`
VIEWS = (
    ("henk", "Mijn meldingen", "lijst=mijn&soort=report"),
    ("henk", "E-mail, nieuwste eerst", "kanaal=email&volgorde=nieuwste"),
    ("ria", "Te laat in mijn team", "termijn=te_laat"),
    ("ria", "Klachten", "soort=complaint"),
    ("sanne", "Alle brieven", "lijst=alles&kanaal=letter"),
    ("sanne", "Overal te laat", "lijst=alles&termijn=te_laat"),
    ("fatima", "E-mail van vandaag", "lijst=alles&kanaal=email&volgorde=nieuwste"),
)
NAMESPACE = uuid.UUID("6f0a7a7e-5d7e-4a53-9b0e-0f6d656c6f70")


def add_mailbox(*, at: datetime) -> Mailbox:
    """The mailbox of the Servicecentrum; without a server, so nothing is read."""
    mailbox = Mailbox(name="Servicecentrum", address="servicecentrum@opmeer.example")
    Mailbox.objects.bulk_create([mailbox])
    insert_rows(history_of([mailbox], by=None, at=at - timedelta(days=790)))
    return mailbox


def lay_out(history: History) -> None:
    """A message that could not be read, and an interim message that did not arrive."""
    books = history.books
    parked_at = books.until - timedelta(hours=7)
    digest = hashlib.sha256(PARKED).hexdigest()
    message = books.inbound.add(
        source="test",
        external_key=f"sha256:{digest}",
        received_at=parked_at,
        taken_in_at=parked_at,
        sha256=digest,
        size=len(PARKED),
        state="parked",
        outcome="parked",
        reason="Het bericht is niet opgebouwd zoals e-mail hoort.",
        tries=3,
        done_at=parked_at,
    )
    books.raw.add(message_id=message["id"], data="\\x" + PARKED.hex())
    henk = history.place.people.users["henk"]
    mine = (
        case for case in books.cases[::-1] if case.row["assignee_id"] == henk.pk and case.row["status"] == "in_progress"
    )
    case = next((case for case in mine if case.row["channel"] == "email" and case.row["customer_id"]), None)
    if case is None:
        return
    sent = case.row["last_contact_at"] + timedelta(hours=2)
    sent = min(max(sent, case.assignment["from_at"] + timedelta(minutes=5)), books.until - timedelta(minutes=10))
    address = history.town.email_of.get(case.row["customer_id"], "")
    text = "Wij hebben uw melding bekeken. Wij zoeken uit wat er kan. U hoort morgen van ons."
    contact = books.contact(
        channel="email",
        at=sent,
        by=henk,
        direction="out",
        text=text,
        address=address,
        subject_line=f"Uw vraag [{case.row['number']}]",
        customer={"id": case.row["customer_id"]},
    )
    failed = books.message(
        purpose="interim",
        key=f"contact:{contact['id']}",
        at=sent,
        to=address,
        name="",
        subject=f"Uw vraag [{case.row['number']}]",
        body=text,
        number=case.row["number"],
        state="failed",
        tries=8,
        sent_at=None,
        error="552 5.2.2 De mailbox van de ontvanger is vol",
    )
    contact["outbound_id"] = failed["id"]
    case.attach(contact)
    books.notices.add(
        user_id=henk.pk,
        kind="send_failed",
        question_id=case.id,
        key=f"outbound:{failed['id']}",
        at=sent,
        mailed_at=sent,
    )


def lay_out_personal(people: People, *, at: datetime) -> None:
    """Half-finished contacts of Fatima, a notice for Joost, and everybody's own lists."""
    fatima = people.users["fatima"]
    begun = at - timedelta(hours=8)
    drafts = (
        (
            "Dhr. J. Koning",
            {
                "channel": "phone",
                "blocks": "1",
                "customer_query": "koning",
                "q0-text": "Vraagt of hij de dakkapel ook aan de achterkant mag plaatsen.",
            },
        ),
        (
            "Nieuwe brief",
            {"channel": "letter", "blocks": "1", "q0-text": "Brief van Bewoners Wijzend met vijf handtekeningen."},
        ),
    )
    Draft.objects.bulk_create(
        Draft(
            token=uuid.uuid5(NAMESPACE, f"{at:%Y-%m-%d} {label}"),
            user=fatima,
            data={"fields": fields, "label": label},
            created_at=begun + timedelta(minutes=10 * index),
            updated_at=begun + timedelta(minutes=10 * index),
        )
        for index, (label, fields) in enumerate(drafts)
    )
    joost, changed_at = people.users["joost"], at - timedelta(days=1, hours=5)
    Notice.objects.create(
        user=joost,
        kind=Notice.Kind.ACCOUNT_CHANGED,
        key=account_key(joost.pk, "second_factor.codes", changed_at),
        at=changed_at,
        mailed_at=changed_at,
    )
    places: dict[str, int] = {}
    for owner, name, query in VIEWS:
        places[owner] = places.get(owner, 0) + 1
        SavedView.objects.create(user=people.users[owner], name=name, query=query, position=places[owner])
