"""Mails employees what waits for them: one message for many notices, only in working hours, at most one an hour.

The mail names numbers and deadlines, never what a customer wrote: it leaves the house, the screen does not.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.db.models import Max, QuerySet
from django.urls import reverse
from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from channels_app.actions.send import compose_message, queue_message
from contacts.actions.visit_wait import take_by_looking
from contacts.models import Notice, Question
from contacts.notice_topics import Topic, kind_words, topics_of
from organisation import wording
from organisation.failpoints import failpoint
from organisation.models import User
from organisation.snapshot import Organisation, organisation
from organisation.workdays import Calendar, local_day

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

OF_THE_CONFIDENTIAL = (Notice.Kind.CONFIDENTIAL_OPENED, Notice.Kind.ACCESS_ASKED)
"""Told also to a lead who may not see the question itself."""
REST = timedelta(minutes=60)
TOO_OLD = timedelta(days=14)
MOST_LINES = 30


def send_notices(*, at: datetime) -> int:
    """Queues one mail for each person with unread notices; gives how many. Safe to run twice at once."""
    house = organisation()
    waiting = (
        Notice.objects.filter(mailed_at__isnull=True).order_by("user_id").values_list("user_id", flat=True).distinct()
    )
    sent = 0
    for user in User.objects.filter(pk__in=list(waiting)).prefetch_related("memberships").order_by("pk"):
        if calendar_for(user, house, at).is_open(at):
            sent += _digest(user, at)
    return sent


def calendar_for(user: User, house: Organisation, at: datetime) -> Calendar:
    """The calendar of the person's own team; several teams: the municipality's."""
    teams = {
        m.team_id
        for m in user.memberships.all()
        if m.team_id and (m.valid_until is None or m.valid_until > local_day(at))
    }
    return house.calendar_of(teams.pop() if len(teams) == 1 else None).rules


@transaction.atomic
def _digest(user: User, at: datetime) -> int:
    """Claims this person's notices, so that two workers never mail the same one."""
    last = Notice.objects.filter(user=user).aggregate(last=Max("mailed_at"))["last"]
    rows = Notice.objects.select_for_update(skip_locked=True, of=("self",)).filter(user=user, mailed_at__isnull=True)
    notices = list(rows.select_related("question").order_by("at", "id"))
    fresh = [notice for notice in notices if notice.read_at is None and notice.at > at - TOO_OLD]
    if fresh and last is not None and at < last + REST:
        return 0
    Notice.objects.filter(pk__in=[notice.pk for notice in notices]).update(mailed_at=at)
    visible = _visible(fresh, user)
    topics = topics_of(user, [(notice.kind, notice.key) for notice in fresh])
    fresh = [
        notice
        for notice in fresh
        if notice.question_id in visible or (notice.kind, notice.key) in topics or notice.kind in OF_THE_CONFIDENTIAL
    ]
    if not fresh or not user.email or not user.is_active:
        return 0
    with translation.override(user.language):
        message = queue_message(
            compose_message(
                purpose="notice",
                object_key=f"notices:{user.pk}:{max(notice.pk for notice in fresh)}",
                to_address=user.email,
                to_name=str(user),
                subject=_subject(fresh),
                body=_body(fresh, topics, user, at),
                at=at,
                is_automatic=True,
            )
        )
    failpoint("after_notice")
    return 1 if message is not None else 0


def _visible(notices: list[Notice], user: User) -> set[int]:
    rows: QuerySet[Question] = Question.objects.visible_to(user).filter(
        pk__in=[notice.question_id for notice in notices if notice.question_id is not None]
    )
    return set(rows.values_list("pk", flat=True))


def _subject(notices: list[Notice]) -> str:
    late = sum(notice.kind in (Notice.Kind.OVERDUE, Notice.Kind.OVERDUE_LONG) for notice in notices)
    if late:
        return ngettext("%(count)s question is overdue", "%(count)s questions are overdue", late) % {"count": late}
    return ngettext("%(count)s new notice", "%(count)s new notices", len(notices)) % {"count": len(notices)}


def _body(notices: list[Notice], topics: Mapping[tuple[str, str], Topic], user: User, at: datetime) -> str:
    lines = [
        _("Hello %(name)s,") % {"name": user.get_short_name()},
        "",
        _("This waits for you in the Servicecentrum:"),
        "",
    ]
    for notice in notices[:MOST_LINES]:
        if notice.question is None:
            topic = topics[notice.kind, notice.key]
            lines += [f"- {capfirst(kind_words(notice.kind))}", f"  {settings.SITE_URL}{topic.href}"]
            continue
        due = notice.question.due_at
        words = f"- {notice.question.number}: {kind_words(notice.kind)}"
        if due is not None:
            words += f" ({_('by %(day)s') % {'day': wording.day(wording.last_day(due), local_day(at))}})"
        lines += [words, f"  {settings.SITE_URL}{reverse('contacts:question', args=[notice.question.number])}"]
    if len(notices) > MOST_LINES:
        lines.append(_("- and %(count)s more") % {"count": len(notices) - MOST_LINES})
    lines += ["", _("All notices: %(address)s") % {"address": f"{settings.SITE_URL}{reverse('contacts:notices')}"}]
    lines += ["", _("You get this message at most once an hour, in working hours.")]
    return "\n".join(lines)


@transaction.atomic
def mark_read(
    *,
    user: User,
    at: datetime,
    ids: Iterable[int] | None = None,
    question: Question | None = None,
    until: datetime | None = None,
) -> int:
    """These notices (or all of this person, all about one question, all of until then) have been seen; also that a visitor waits, who then is taken."""
    rows = Notice.objects.filter(user=user, read_at__isnull=True)
    if until is not None:
        rows = rows.filter(at__lte=until)
    if ids is not None:
        rows = rows.filter(pk__in=list(ids))
    if question is not None:
        rows = rows.filter(question=question)
    found = list(rows.values_list("pk", "kind", "question_id"))
    visits = {question_id for _pk, kind, question_id in found if kind == Notice.Kind.VISITOR_WAITS}
    # before their notices, as every act on a question does: who looks and who fetches the visitor wait for each other
    waited_for = list(Question.objects.select_for_update().filter(pk__in=visits).order_by("pk")) if visits else []
    count = rows.filter(pk__in=[pk for pk, _kind, _question_id in found]).update(read_at=at) if found else 0
    for one in waited_for:
        take_by_looking(one, by=user, at=at)
    return count
