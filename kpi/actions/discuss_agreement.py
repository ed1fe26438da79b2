"""The talk about an agreement: announced once to lead and coordinator, then written down with what was seen and what came of it."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from channels_app.actions.tell_employees import tell_employees
from contacts import normalize
from contacts.actions.tell import tell
from contacts.models import Notice
from kpi.actions.agree import LONGEST, leads_of, locked
from kpi.models import AgreementReview, TeamAgreement
from kpi.models.agreements import AgreementQuerySet
from kpi.notice_topics import talk_key
from kpi.promise_words import kept, rows_of
from kpi.promises import AHEAD, COMING, OVER, periods_on, promises_of, state_on
from organisation import audit, wording
from organisation.errors import Refused
from organisation.history import sign
from organisation.models import Membership, User
from organisation.roles import Role
from organisation.snapshot import organisation
from organisation.transact import one_transaction
from organisation.workdays import local_day

if TYPE_CHECKING:
    from collections.abc import Iterable

LANGUAGE = "nl"
"""What is kept is in the language of the municipality."""


@one_transaction
def discuss_agreement(
    *, pk: int, held_on: date, seen_on: date, outcome: str, next_on: date, version: int, by: User, at: datetime
) -> AgreementReview:
    """Keeps the results as they stood on the screen (month, quarter and year of `seen_on`) and plans the next talk."""
    agreement = locked(pk, version, by)
    today = local_day(at)
    if state_on(agreement, today) in (COMING, OVER):
        raise Refused(_("This agreement is not in force."))
    last = agreement.reviews.first()
    earliest = max(agreement.starts_on, last.held_on) if last is not None else agreement.starts_on
    if not earliest <= held_on <= today:
        raise Refused(_("Choose a day up to today, not before the talk before."), "held_on")
    text = normalize.clean(outcome, 2000)
    if not text:
        raise Refused(_("Write down what came of the talk."), "outcome")
    if not today < next_on <= today + LONGEST:
        raise Refused(_("Choose a day from tomorrow on, at most three years ahead."), "next_on")
    house = organisation()
    asked = [(agreement.team_id, one) for one in promises_of(agreement, house)]
    day = min(max(seen_on, agreement.starts_on), today)
    with translation.override(LANGUAGE):
        results = kept(rows_of(asked, periods_on(day), day, house, at))
    review = AgreementReview.objects.create(
        agreement=agreement,
        number=last.number + 1 if last is not None else 1,
        planned_on=agreement.review_on,
        held_on=held_on,
        outcome=text,
        next_on=next_on,
        results=results,
        by=by,
        at=at,
    )
    agreement.review_on = next_on
    agreement.version += 1
    sign(agreement, by=by, at=at, reason=_("talk %(number)s") % {"number": review.number})
    agreement.save()
    was_told = Notice.objects.filter(kind=Notice.Kind.TALK_DUE, key=talk_key(pk, review.planned_on))
    was_told.filter(read_at=None).update(read_at=at)
    audit.record(by=by, action="agreement.discussed", obj=agreement, number=review.number)
    return review


def announce_talks(*, at: datetime) -> int:
    """For the tick: tells of every talk whose day comes near or has passed, once for each; gives how many."""
    return sum(_announce(pk, at) for pk in _to_tell(local_day(at)).order_by("pk").values_list("pk", flat=True))


def _to_tell(today: date) -> AgreementQuerySet:
    due: AgreementQuerySet = TeamAgreement.objects.in_force_on(today).filter(
        Q(told_of=None) | ~Q(told_of=F("review_on")),
        Q(ends_on=None) | Q(ends_on__gte=F("review_on")),
        review_on__lte=today + AHEAD,
    )
    return due


@transaction.atomic
def _announce(pk: int, at: datetime) -> int:
    """Mark and mails are one transaction, so that no sweep tells twice and none forgets; what was moved since is not told."""
    today = local_day(at)
    rows = _to_tell(today).select_for_update(skip_locked=True, of=("self",)).select_related("team")
    row = rows.filter(pk=pk).first()
    if row is None:
        return 0
    for language, people in _by_language(row.team_id, today).items():
        with translation.override(language):
            day = wording.day_long(row.review_on, today)
        tell_employees(
            people,
            subject=lazy("Talk about the agreement with a team"),
            template="mail/agreement.txt",
            context={
                "what": "talk",
                "team": row.team.name,
                "day": day,
                "address": settings.SITE_URL + reverse("kpi:agreement", args=[row.pk]),
            },
            key=f"agreement:{row.pk}:talk:{row.review_on}",
            at=at,
        )
        tell(
            [one.pk for one in people],
            kind=Notice.Kind.TALK_DUE,
            question=None,
            key=talk_key(row.pk, row.review_on),
            at=at,
            is_mailed=True,
        )
    TeamAgreement.objects.filter(pk=pk).update(told_of=row.review_on)
    return 1


def _by_language(team_id: int, today: date) -> dict[str, list[User]]:
    """The leads of the team and the coordinators."""
    coordinators = Membership.objects.valid_on(today).filter(role=Role.COORDINATOR, user__is_active=True)
    people: Iterable[User] = [*leads_of(team_id, today), *(row.user for row in coordinators.select_related("user"))]
    found: dict[str, list[User]] = {}
    for one in {user.pk: user for user in people}.values():
        found.setdefault(one.language, []).append(one)
    return found
