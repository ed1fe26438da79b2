"""The file about one person with the attachments themselves, as one ZIP: what was sent belongs to what we keep (AVG, article 15, paragraph 3)."""

from __future__ import annotations

import shutil
import tempfile
import zipfile
from collections.abc import Iterable, Mapping
from typing import IO, Final

from django.utils.translation import gettext as _

from channels_app.adapters.email.files import clean_name
from channels_app.files import Withheld, open_file
from channels_app.models import StoredFile

MOST_BYTES: Final = 500_000_000
IN_MEMORY: Final = 5_000_000


class TooLarge(Exception):
    """More than may leave as one file; the message is a sentence for people."""


def make_package(documents: Mapping[str, bytes], files: Iterable[StoredFile]) -> IO[bytes]:
    """An open ZIP, from its beginning. What holds a virus or is gone stands in it by name, with the reason."""
    files = list(files)
    if sum(one.size for one in files) > MOST_BYTES:
        raise TooLarge(_("The files are more than 500 MB together. Give the PDF, and the files from the questions."))
    target = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - the answer closes it
    try:
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as pack:
            for name, data in documents.items():
                pack.writestr(name, data)
            missing = [reason for number, one in enumerate(files, start=1) if (reason := _added(pack, number, one))]
            if missing:
                pack.writestr(_("missing.txt"), "\n".join(missing) + "\n")
    except BaseException:
        target.close()
        raise
    target.seek(0)
    return target  # type: ignore[return-value]  # it is one in all but its declared type


def _added(pack: zipfile.ZipFile, number: int, stored: StoredFile) -> str:
    """Why it is not in it; empty when it is. What is still being looked at for viruses is waited for: `Withheld`."""
    try:
        with (
            open_file(stored) as source,
            pack.open(f"{_('files')}/{number:03d} {clean_name(stored.name, str(stored.pk))}", "w") as inside,
        ):
            shutil.copyfileobj(source, inside)
    except Withheld as withheld:
        if not withheld.is_final:
            raise
        return str(withheld)
    except FileNotFoundError:
        return _("“%(name)s” was lost.") % {"name": stored.name}
    return ""
