"""Files that go with an answer or a citizen's form: how many, how big, which kinds; the kind comes from the content, the name is input too."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from channels_app.adapters.email.files import clean_name, content_type
from channels_app.files import new_file
from channels_app.models import Channel
from contacts.actions.send_message import check_files
from organisation.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from django.core.files.uploadedfile import UploadedFile
    from django.utils.functional import Promise

    from channels_app.models import StoredFile
    from contacts.actions.send_message import Way

MOST_BYTES = 25 * 1024 * 1024
ENDINGS = (
    *(".pdf", ".txt", ".csv", ".ics", ".vcf", ".png", ".jpg", ".jpeg", ".jfif", ".gif", ".webp", ".heic", ".heif"),
    *(".tif", ".tiff"),
    *(".doc", ".docx", ".xls", ".xlsx", ".ppt", ".pptx", ".odt", ".ods", ".odp", ".mp3", ".mp4"),
)
ACCEPT = ",".join(ENDINGS)
_KINDS = re.compile(
    r"^(image/(png|jpeg|gif|webp|heic|heif|tiff)|application/pdf|text/(plain|csv|calendar|vcard|x-vcard)"
    r"|application/(msword|vnd\.(openxmlformats|oasis|ms)(?![\w.+-]*macroenabled)[\w.+-]*)|video/mp4|audio/(mpeg|mp3))$"
)


@dataclass(frozen=True)
class Limits:
    """How many files one message takes, and the sentences for too many, too big and the wrong kind."""

    most: int
    many: Promise
    big: Promise
    kind: Promise


WITH_ANSWER = Limits(
    10,
    lazy("At most %(most)s files go with one answer."),
    lazy("Together the files are too big: at most 25 MB goes with one answer."),
    lazy("“%(name)s” is not a kind of file that we send. Use a PDF, a picture, text or an office document."),
)
WITH_FORM = Limits(
    5,
    lazy("You can send at most %(most)s files."),
    lazy("Together the files are too big: at most 25 MB."),
    lazy("We cannot open “%(name)s”. Use a photo, a PDF, text or an office document."),
)


@dataclass(frozen=True)
class Upload:
    """A file as it was chosen: checked, with a name that is only a name."""

    name: str
    declared: str
    data: bytes

    @property
    def size(self) -> int:
        return len(self.data)

    @property
    def content_type(self) -> str:
        """By the content; the name and what the browser says only help."""
        return content_type(self.data, self.declared, self.name)


def read_uploads(
    chosen: Iterable[UploadedFile], *, channel: str, kept: Iterable[StoredFile] = (), way: Way | None = None
) -> list[Upload]:
    """The files of an answer beside those it has already, or `Refused` with the sentence that says what cannot go along and why.

    `way`: by which service it goes; what that does not carry is said before anything is sent.
    """
    files, going = list(chosen), list(kept)
    if (files or going) and channel != Channel.EMAIL and way is None:
        raise Refused(_("Files can only go along with an e-mail, or by an account that is connected."), "files")
    found = read_files(files, WITH_ANSWER, [one.size for one in going])
    if way is not None:
        check_files(way, [*going, *found])
    return found


def read_files(chosen: Iterable[UploadedFile], limits: Limits, sizes: Sequence[int] = ()) -> list[Upload]:
    """All of them, or `Refused`; `sizes`: of files that go along already."""
    files = list(chosen)
    if len(files) + len(sizes) > limits.most:
        raise Refused(str(limits.many) % {"most": limits.most}, "files")
    if sum(file.size or 0 for file in files) + sum(sizes) > MOST_BYTES:
        raise Refused(str(limits.big), "files")
    return [_upload(file, limits) for file in files]


def _upload(file: UploadedFile, limits: Limits) -> Upload:
    name = clean_name(file.name or "", "bijlage")
    if not file.size:
        raise Refused(_("“%(name)s” is empty.") % {"name": name}, "files")
    data, declared = file.read(), file.content_type or ""
    if not name.lower().endswith(ENDINGS) or not _KINDS.match(content_type(data, declared, name)):
        raise Refused(str(limits.kind) % {"name": name}, "files")
    return Upload(name, declared, data)


def stored(uploads: Iterable[Upload], at: datetime) -> Iterator[StoredFile]:
    """The rows, not saved; each file reaches the disk when its row is asked for, so a refused answer leaves nothing there."""
    for one in uploads:
        yield new_file(data=one.data, name=one.name, declared_type=one.declared, at=at)
