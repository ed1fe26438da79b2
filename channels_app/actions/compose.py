"""An outbox row as the message that travels: house style, thread, marks of automatic mail (RFC 3834, RFC 5322)."""

from __future__ import annotations

import re
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import conditional_escape, urlize
from django.utils.safestring import SafeString, mark_safe

from channels_app import files, reference
from channels_app.adapters.email.writing import ascii_domain, new_mail, set_bodies
from channels_app.models import DeadAddress, InboundMessage, Mailbox, OutboundMessage, StoredFile
from channels_app.reasons import kept
from organisation.clock import AMSTERDAM
from organisation.models import Municipality
from organisation.prepared import rows_prepared

_PARAGRAPHS = re.compile(r"\n{2,}")
BY_PEOPLE = {OutboundMessage.Purpose.REPLY, OutboundMessage.Purpose.QUESTION_BACK, OutboundMessage.Purpose.INTERIM}
ANSWERS = {OutboundMessage.Purpose.ACKNOWLEDGEMENT, OutboundMessage.Purpose.REFUSAL}


class CannotSend(Exception):
    """The message can never be sent as it is; the words say why."""


class _NoAddress(ValueError):
    """Nothing can be sent there."""


def mailbox_of(message: OutboundMessage) -> Mailbox | None:
    """Whose mail server and address it goes by; None: the installation's.

    So also when its mailbox was turned off: nobody reads there what the customer writes back. Where there is no other way out it goes all the same.
    """
    mailbox = message.mailbox
    return None if mailbox is not None and not mailbox.is_active and settings.SMTP["host"] else mailbox


def sender_of(message: OutboundMessage) -> str:
    """The address it comes from, and to which bounces go."""
    mailbox = mailbox_of(message)
    return mailbox.address if mailbox is not None else settings.MAIL_FROM


def compose_mail(message: OutboundMessage, house: Municipality) -> EmailMessage:
    """Text with an HTML copy; raises `CannotSend` for an address or header that is not one."""
    mail = new_mail()
    try:
        mail["From"] = Address(_line(house.name), addr_spec=sender_of(message))
        mail["To"] = _address(message.to_address, message.to_name, letters=True)
        if copies := _that_arrive(message.copies):
            mail["Cc"] = copies
        mail["Subject"] = _line(message.subject)
    except _NoAddress as error:
        raise CannotSend(kept("This is no e-mail address that mail can be sent to.")) from error
    except (ValueError, IndexError, UnicodeError) as error:
        raise CannotSend(
            kept("This mail cannot be made: there is something in its subject or in a name that may not be there.")
        ) from error
    mail["Date"] = format_datetime(message.created_at.astimezone(AMSTERDAM))
    mail["Message-ID"] = message.message_id
    thread = _thread(message)
    if thread:
        mail["In-Reply-To"] = thread
        mail["References"] = thread
    mail["X-Opmeer-Message"] = message.purpose
    if message.is_automatic:
        mail["Auto-Submitted"] = "auto-replied" if message.purpose in ANSWERS else "auto-generated"
        mail["X-Auto-Response-Suppress"] = "All"
        mail["Precedence"] = "bulk"
    set_bodies(mail, *_bodies(message, house))
    for stored in _files(message):
        main, _slash, sub = (stored.content_type or "application/octet-stream").partition("/")
        with files.open_file(stored) as file:
            mail.add_attachment(
                file.read(),
                maintype=main or "application",
                subtype=sub or "octet-stream",
                filename=stored.name.replace("=?", "= ?"),
            )
    return mail


def _files(message: OutboundMessage) -> list[StoredFile]:
    if "files" in getattr(message, "_prefetched_objects_cache", {}):
        return sorted(message.files.all(), key=lambda stored: stored.pk)
    return rows_prepared(
        "files of a message to send",
        lambda marks: StoredFile.objects.filter(outbound=marks["message"]).order_by("pk"),
        {"message": message.pk},
    )


def can_be_written_to(address: str) -> bool:
    """Whether a mail with this address in its headers can be made, for every mail server."""
    try:
        _address(address)
    except ValueError:
        return False
    return True


def _that_arrive(copies: list[str]) -> list[Address]:
    """Without addresses from which mail came back since the reply was written; one that is none keeps no answer from its customer."""
    if not copies:
        return []
    found = DeadAddress.objects.filter(address__in=[one.lower() for one in copies]).values_list("address", flat=True)
    dead = set(found)
    return [_address(one) for one in copies if one.lower() not in dead and can_be_written_to(one)]


def _address(text: str, name: str = "", *, letters: bool = False) -> Address:
    """With `letters` others than ASCII may stand before the @ as well: some mail servers take these (`MailServers.send`)."""
    local, at_sign, domain = _line(text).rpartition("@")
    if not at_sign or not local or not domain or not (local.isascii() or (letters and local.isprintable())):
        raise _NoAddress
    shown, plain = _line(name), re.sub(r"[^\x00-\x7f]", "x", local)
    try:
        domain = ascii_domain(domain)
        known = Address(shown, addr_spec=f"{plain}@{domain}")
        return known if local == plain else Address(shown, username=local, domain=domain)
    except (
        MessageError,
        AttributeError,
        IndexError,
        ValueError,
    ) as error:  # Python says it in many ways; none of them is a passing fault
        raise _NoAddress from error


def _line(text: str) -> str:
    """Python reads an encoded word in what we give it as well, and a line break that hides in it becomes a header of its own."""
    if any(sign in text for sign in "\r\n\x00"):
        raise ValueError("a line break in a header")
    return text.replace("=?", "= ?")


def _thread(message: OutboundMessage) -> str:
    """The id that is answered, in the letters the sender used: mail programs compare them letter by letter."""
    if not message.in_reply_to:
        return ""
    known = InboundMessage.objects.filter(message_id=message.in_reply_to).values_list(
        "parsed__message_id_given", flat=True
    )
    given = known.first() or message.in_reply_to
    if "=?" in given:  # as in `_line`
        return ""
    return given if re.fullmatch(r"<[\x21-\x7e]{3,480}>", given) and "@derived.invalid" not in given else ""


def _bodies(message: OutboundMessage, house: Municipality) -> tuple[str, str]:
    context = {
        "subject": message.subject,
        "body": message.body.strip(),
        "paragraphs": [
            [_with_links(line, everywhere=message.purpose in BY_PEOPLE) for line in part.split("\n")]
            for part in _PARAGRAPHS.split(message.body.strip())
        ],
        "html": mark_safe(message.html),  # noqa: S308 - rendered from a template of ours, with everything in it escaped
        "reference": reference.signed_reference(message.reference_number) if message.reference_number else "",
        "municipality": house,
    }
    with translation.override("nl"):
        text = render_to_string("mail/message.txt", context)
        html = render_to_string("mail/message.html", context)
    return text.strip() + "\n", html


def _with_links(line: str, *, everywhere: bool) -> SafeString:
    """In HTML. An automatic mail repeats names and titles that anybody can type in a form: there only addresses of our own site can be pressed."""
    if everywhere:
        return mark_safe(urlize(line, autoescape=True))  # noqa: S308 - escaped
    ours = re.compile(rf"({re.escape(settings.SITE_URL)}/[\w/.?=&%~-]*[\w/])", re.ASCII)
    parts = [
        urlize(part, autoescape=True) if place % 2 else conditional_escape(part)
        for place, part in enumerate(ours.split(line))
    ]
    return mark_safe("".join(parts))  # noqa: S308 - escaped
