"""The desk says that an answer is not right or not clear; the team answers."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from knowledge.actions.one_line import LONGEST, one_line
from knowledge.models import Article, ArticleFeedback, ArticleVersion
from knowledge.permissions import may_keep
from organisation import audit
from organisation.errors import Refused
from organisation.roles import Right
from organisation.transact import one_transaction

if TYPE_CHECKING:
    from organisation.models import User


@one_transaction
def say(*, article: Article, kind: str, note: str, by: User, at: datetime) -> ArticleFeedback:
    """One per person and kind while it is open: who says more about it adds to the same."""
    if not by.may(Right.ARTICLES_READ):
        raise PermissionDenied
    if kind not in (ArticleFeedback.Kind.WRONG, ArticleFeedback.Kind.UNCLEAR):
        raise Refused(_("Choose what is wrong."))
    note = one_line(note, "note")
    Article.objects.select_for_update().get(pk=article.pk)
    number = (
        ArticleVersion.objects.filter(article=article, state=ArticleVersion.State.PUBLISHED)
        .values_list("number", flat=True)
        .first()
    )
    if number is None:
        raise Refused(_("This article is not published."))
    row, is_new = ArticleFeedback.objects.get_or_create(
        article=article, by=by, kind=kind, closed_at=None, defaults={"number": number, "note": note, "at": at}
    )
    if is_new:
        audit.record(by=by, action="article.said", obj=article)
    elif note and note not in row.note:
        both = f"{row.note}\n{note}".strip()
        if len(both) > LONGEST:
            raise Refused(
                _("Your earlier remark still waits for an answer. Together they are too long: say it shorter."), "note"
            )
        row.note = both
        row.save(update_fields=["note"])
    return row


@one_transaction
def answer_feedback(*, feedback: ArticleFeedback, reply: str, by: User, at: datetime) -> bool:
    """Closes it with an answer for the colleague; False when somebody did so before."""
    row = ArticleFeedback.objects.select_for_update(of=("self",)).select_related("article").get(pk=feedback.pk)
    if not may_keep(by, row.article):
        raise PermissionDenied
    reply = one_line(reply, "reply")
    if not reply:
        raise Refused(_("Say what you did with it."), "reply")
    if row.closed_at is not None:
        return False
    row.closed_at, row.closed_by, row.reply = at, by, reply
    row.save(update_fields=["closed_at", "closed_by", "reply"])
    audit.record(by=by, action="article.feedback_closed", obj=row.article)
    return True
