"""The text of a file that somebody wants to judge; nothing of the file is kept, not even its name."""

from __future__ import annotations

import threading
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from channels_app.adapters.email.limits import Unreadable
from channels_app.adapters.email.sandbox import Sandbox
from organisation.errors import Refused

BROKEN: Final = lazy("The file cannot be read: it is damaged. Save it again, or paste the text.")
WORDS: Final[dict[str, Promise]] = {
    "empty": lazy("The file is empty. Choose another file."),
    "too_big": lazy("The file is too big: at most 10 MB. Save it without pictures, or paste the text."),
    "locked": lazy("The file has a password. Take the password off, or paste the text."),
    "no_text": lazy("There is no text in this file. Is it a scan or a picture? Then type or paste the text."),
    "old_word": lazy("This is a file of an old Word. Save it as .docx, or paste the text."),
    "other_kind": lazy("We cannot read this kind of file. Choose a DOCX, ODT, PDF or text file."),
    "too_heavy": lazy("The file asks too much of the computer. Save it in parts, or paste the text."),
    "too_slow": lazy("Reading the file takes too long. Save it in parts, or paste the text."),
}


AT_ONCE: Final = 2
"""So many files a process reads at the same time: each may take 512 MB."""
PATIENCE_SECONDS: Final = 10
_PLACES: Final = threading.BoundedSemaphore(AT_ONCE)


def read_document(raw: bytes) -> str:
    """Read in a child process with limits on processor, memory and time; `Refused` with the sentence that says what to do."""
    if not _PLACES.acquire(timeout=PATIENCE_SECONDS):
        raise Refused(_("Others are opening files now. Try again in a minute."), "file")
    try:
        with Sandbox() as sandbox:
            return sandbox.text_of(raw)
    except Unreadable as error:
        raise Refused(str(WORDS.get(error.code, BROKEN)), "file") from error
    finally:
        _PLACES.release()
