"""What was noticed about a message, in words; codes are kept in the rows, words are for people."""

from collections.abc import Mapping

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

UNREADABLE = {
    "empty": lazy("The message is empty."),
    "too_big": lazy("The message is larger than 35 MB."),
    "header_too_big": lazy("The headers of the message are larger than 256 kB."),
    "too_many_addresses": lazy("The message names more than 100 addresses."),
    "too_many_parts": lazy("The message has more than 200 parts."),
    "too_deep": lazy("The parts of the message are nested too deeply."),
    "too_heavy": lazy("Reading the message took too much memory."),
    "too_slow": lazy("Reading the message took longer than 10 seconds."),
    "died": lazy("The program that reads messages stopped on this one."),
    "broken": lazy("The message is not put together as e-mail should be."),
    "no_raw": lazy("The mail server could not hand over this message."),
    "event_too_big": lazy("The message is larger than 1 MB."),
    "not_json": lazy("The message is not written as the service writes its messages."),
    "no_scan": lazy("This is no scan that we can open: use PDF, TIFF, JPEG or PNG."),
    "broken_scan": lazy("The scan is damaged. Scan the letter again."),
    "locked_scan": lazy("The scan has a password. Scan the letter again without it."),
    "too_many_pages": lazy("The scan has more than 200 pages. Scan it in smaller stacks."),
    "too_many_pixels": lazy("The picture is too fine to open: at most 25 million dots. Scan it at 300 dots an inch."),
    "busy": lazy("Others are opening files now. Try again in a minute."),
    "only_separators": lazy("There are only separator sheets in this scan."),
}
AUTOMATIC = {
    "auto_replied": lazy("automatic answer"),
    "auto_generated": lazy("sent by a program"),
    "out_of_office": lazy("out-of-office message"),
    "receipt": lazy("read receipt"),
    "receipt_words": lazy("seems to be a confirmation of receipt"),
    "invitation_answer": lazy("answer to an invitation"),
    "invitation_words": lazy("seems to be an answer to an invitation"),
    "bounce": lazy("delivery report"),
    "list": lazy("newsletter or mailing list"),
    "bulk": lazy("bulk mail"),
    "daemon": lazy("message from a mail server"),
    "no_reply": lazy("address that cannot be answered"),
    "empty_return_path": lazy("message without return address"),
    "own": lazy("from our own address"),
    "own_message": lazy("our own message that came back"),
    "spam": lazy("marked as spam by the mail server"),
    "suppressed": lazy("asks for no automatic answer"),
}
REMARKS = {
    "sender_not_verified": lazy("The sender is not verified: the mail server says this address did not send it."),
    "sender_unreadable": lazy("The sender's address cannot be read."),
    "odd_letters_in_sender": lazy("The sender's address has unusual letters. Look whether it is who you think."),
    "name_is_an_address": lazy(
        "The sender's name looks like another e-mail address. Look whether it is who you think."
    ),
    "two_senders": lazy("The message names more than one sender."),
    "reply_to_differs": lazy("The sender asks for the answer at another address."),
    "charset_guessed": lazy("The letters were labelled wrongly; accents may look odd."),
    "text_cut": lazy("The text is too long and was cut. The whole message is kept."),
    "no_message_id": lazy("The message had no number of its own."),
    "id_reused": lazy("Another message used the same number before."),
    "encrypted": lazy("The message is encrypted. Ask the customer to send it again without encryption."),
    "signed": lazy("The message carries a digital signature."),
    "winmail": lazy("Files are packed in winmail.dat. Ask the customer to send them again as plain attachments."),
    "risky_file": lazy("A file can contain a program. Do not open it when in doubt."),
    "marked_as_spam": lazy("The mail server thinks this is spam."),
    "bsn": lazy("There is a citizen service number in the text."),
    "iban": lazy("There is a bank account number in the text."),
    "several_mailboxes": lazy("The customer sent this to more than one of our addresses."),
    "several_customers": lazy("More than one customer has this e-mail address. Choose the right one."),
    "forwarded_by_employee": lazy("A colleague passed this on for the customer."),
    "answered_by_mail": lazy("Answered from the employee's own mail program."),
    "other_sender": lazy("The reply came from an address that we do not know for this question."),
    "number_in_subject": lazy("The subject names a question number."),
    "question_gone": lazy("It answers a question that no longer exists."),
    "scan_without_text": lazy("The text of the letter could not be read. Open the scan."),
    "read_by_machine": lazy("The text was read from the scan by a program and can hold mistakes."),
    "stamp_read": lazy("The day of receipt was read from the stamp. Look whether it is right."),
    "stamp_differs": lazy("The stamp on the letter seems to show another day than was filled in."),
    "stamp_missing": lazy("No stamp was found. The letter counts from the day that it was scanned."),
    "public_message": lazy("Everybody can read this."),
    "public_answer": lazy("Answered in public: everybody can read this."),
    "answered_at_service": lazy("Answered with the screens of the service itself."),
    "edited_message": lazy("The customer changed an earlier message."),
    "deleted_message": lazy("The customer took an earlier message away."),
    "unsupported_message": lazy(
        "The service could not pass on what the customer sent. Ask the customer to send it in another way."
    ),
    "file_not_fetched": lazy("A file could not be fetched from the service. Ask the customer to send it again."),
    "same_number": lazy("More than one customer has this number. Choose the right one."),
    "from_ourselves": lazy(
        "Sent from our own address, as a form on a website does. Look in the text who wrote it and where the answer must go."
    ),
    "form_relay": lazy("Sent by a form; the answer goes to the address that was filled in."),
}

OF_US = {
    "said": lazy("The mail server does not let us send: %(said)s"),
    "password": lazy("The mail server does not accept our user name and password."),
    "token": lazy("The mail server does not accept this token. May this client send mail?"),
    "certificate": lazy("The certificate of the mail server is not trusted. Has it ended?"),
    "not_offered": lazy("The mail server does not offer this kind of security or signing in."),
}
"""Why a mail server takes nothing that we bring: each stands in the rows that wait for it (`actions/refused_us.py`)."""


def in_words(table: Mapping[str, object], code: str) -> str:
    """The words in Dutch, for texts that are kept; an unknown code stays a code."""
    with translation.override("nl"):
        return str(table.get(code, code))


def kept(text: str, **values: object) -> str:
    """A sentence that is kept in a row: always in Dutch. `text` must be a literal that stands in the catalogue."""
    with translation.override("nl"):
        return (_(text) % values if values else _(text))[:500]
