"""What the button under a reply does: it leaves later when it can be taken back or has a moment, else at once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from itertools import chain
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from channels_app.models import Channel
from contacts.actions.answer import answer, seen
from contacts.actions.make_letter import make_letter
from contacts.actions.plan_reply import plan_reply, undo_time
from contacts.actions.send_message import check_way, way_of
from contacts.actions.take_back_reply import KEPT, put_away_reply
from contacts.letters.text import greeting_of, recipient_of
from contacts.mail.others import checked_copies
from contacts.models import OutgoingLetter, PlannedReply, Question
from organisation.errors import Refused
from organisation.transact import one_transaction

if TYPE_CHECKING:
    from channels_app.models import StoredFile
    from organisation.models import User


@one_transaction
def send_reply(
    *,
    question: Question,
    by: User,
    at: datetime,
    channel: str,
    files: Iterable[StoredFile] = (),
    send_at: datetime | None = None,
    earlier: int | None = None,
    keep: Collection[int] = (),
    recipient: str | None = None,
    greeting: str | None = None,
    copies: Sequence[str] = (),
    **reply: Any,
) -> PlannedReply | OutgoingLetter | None:
    """The planned reply, the letter that waits to be posted, or None when it left at once.

    `earlier` came back and goes on in this one, with the files to `keep`. Of a letter: `recipient` for the envelope and `greeting`, None as
    we know them.
    """
    if channel == Channel.LETTER:
        if send_at is not None:
            raise Refused(_("A message by this channel cannot be sent later."), "later")
        letter = make_letter(
            question=question,
            by=by,
            at=at,
            recipient=recipient_of(question.customer) if recipient is None else recipient,
            greeting=greeting_of(question.customer) if greeting is None else greeting,
            about=reply.get("subject_line", ""),
            **{name: reply[name] for name in ("text", "then", "is_answer", "version", "key")},
        )
        put_away_reply(question=question, pk=earlier or 0, by=by, at=at)
        return letter
    if channel == Channel.EMAIL and not (reply["key"] and seen(by, reply["key"])):
        reply["copies"] = checked_copies(question, copies, to_address=reply["to_address"])
    if (way := way_of(question, channel, reply["to_address"])) is not None:
        check_way(way, text=reply["text"].strip(), at=send_at or at)
    back = PlannedReply.objects.filter(pk=earlier or 0, question=question, state__in=KEPT).first()
    kept = kept_files_of(question, earlier, keep)
    if keep and len(kept) < len(set(keep)) and not (reply["key"] and seen(by, reply["key"])):
        raise Refused(
            _("Somebody went on with this reply already, and its files went along. Choose them again."), "files"
        )
    if send_at is None and not undo_time(channel):
        answer(question=question, by=by, at=at, channel=channel, files=chain(kept, files), **reply)
        planned = None
    else:
        planned = plan_reply(
            question=question, by=by, at=at, send_at=send_at, channel=channel, files=chain(kept, files), **reply
        )
    if back is not None:
        put_away_reply(question=question, pk=back.pk, by=by, at=at)
    return planned


def kept_files_of(question: Question, earlier: int | None, keep: Collection[int]) -> list[StoredFile]:
    """The files of a reply that came back that are still wanted."""
    back = PlannedReply.objects.filter(pk=earlier or 0, question=question, state__in=KEPT).first()
    return list(back.files.filter(pk__in=keep).order_by("pk")) if back is not None else []
