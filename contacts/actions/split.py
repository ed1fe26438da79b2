"""Splits a question off another: two things were asked in one contact, and each gets its own team and promise."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from channels_app.adapters.email.sensitive import masked
from contacts import normalize
from contacts.access import lock_question
from contacts.actions.change import changing
from contacts.actions.clocks import project, start_clocks
from contacts.actions.confidential import same_people
from contacts.actions.confidential_by_rule import make_confidential, seers
from contacts.actions.link import link
from contacts.actions.reserve import reserve
from contacts.actions.route import Routed, choose_team
from contacts.models import Assignment, Contact, Question, QuestionContact, QuestionLink
from contacts.norms.promises import norms_to_start
from organisation.bulk import insert_rows
from organisation.errors import Refused
from organisation.history import sign
from organisation.snapshot import Organisation, organisation
from organisation.transact import one_transaction
from organisation.workdays import local_day

if TYPE_CHECKING:
    from organisation.models import User


@one_transaction
def split(
    *,
    question: Question,
    by: User,
    at: datetime,
    title: str,
    text: str = "",
    subject_id: int | None = None,
    team_id: int | None = None,
    version: int | None = None,
) -> Question:
    """The new question shares the first contact and inherits its moment of receipt (norms-and-kpis §3); both are linked. `Stale` on an old version."""
    title = normalize.clean_line(title, 200)
    if not title:
        raise Refused(_("Fill in what the question is about."), "title")
    house = organisation()
    subject = house.subjects.get(subject_id) if subject_id else None
    if subject_id and (subject is None or not subject.is_active):
        raise Refused(_("Choose a subject from the list."), "subject")
    lock_question(by, question)
    contact = _first_contact(question)
    kind = subject.kind if subject else question.kind
    routed = _by_rules(question, contact, subject_id=subject_id, kind=kind, text=f"{title} {text}", house=house)
    rule = None if question.is_confidential else routed.confidential_by
    chosen = house.teams.get(team_id) if team_id else None
    if chosen is not None and chosen.is_active:
        routed = Routed(chosen, None, _("Chosen by %(name)s") % {"name": by})
    seen = seers(rule, at, team_id=routed.team.pk) if rule is not None else None
    made = Question(
        number=reserve(prefix=house.municipality.number_prefix, year=local_day(at).year, question=1).numbers[0],
        kind=kind,
        subject=subject,
        customer=question.customer,
        channel=question.channel,
        title=masked(title),
        summary=masked(normalize.clean(text, 2_000) or contact.text[:2_000]),
        team=routed.team,
        is_confidential=question.is_confidential or bool(seen and seen.people),
        received_at=question.received_at,
        registered_at=at,
        registered_by=by,
        last_contact_at=contact.received_at,
    )
    _save(made, by=by, at=at, reason=f"split off from {question.number}")
    QuestionContact.objects.create(question=made, contact=contact, is_first=True)
    Assignment.objects.create(
        question=made,
        team=routed.team,
        rule_id=routed.rule_id,
        reason=routed.reason[:300],
        assigned_by=by,
        from_at=at,
    )
    if rule is not None and seen is not None and seen.people:
        insert_rows(make_confidential(made, seen, rule=rule, besides={by.pk}, by=by.pk, at=at))
    elif made.is_confidential:
        same_people(of=[question.pk], to=made, by=by, at=at)
    codes = norms_to_start(channel=contact.channel, kind=kind, end="open", acknowledge=False)
    start_clocks(made, contact, codes, by=by, at=at)
    project(made)
    made.save_without_historical_record()  # type: ignore[attr-defined]
    with changing(question, by=by, at=at, version=version, is_help=False, reason=f"split: {made.number}"):
        pass
    link(question=made, other=question, by=None, at=at, kind=QuestionLink.Kind.SPLIT, reason=str(by))
    return made


def _first_contact(question: Question) -> Contact:
    came_by = ("contact__inbound__mailbox", "contact__inbound__message_source")
    of_it = QuestionContact.objects.filter(question=question).select_related(*came_by)
    first = of_it.order_by("-is_first", "id").first()
    if first is None:
        raise Refused(_("This question has no contact to split off from."))
    return first.contact


def _by_rules(
    question: Question, contact: Contact, *, subject_id: int | None, kind: str, text: str, house: Organisation
) -> Routed:
    """As if it had come in by itself, on the same channel and by the same mailbox or account."""
    mailbox = contact.inbound.mailbox if contact.inbound else None
    source = contact.inbound.message_source if contact.inbound else None
    return choose_team(
        channel=question.channel,
        subject_id=subject_id,
        text=text,
        kind=kind,
        customer_kind=question.customer.kind if question.customer else None,
        mailbox_id=mailbox.pk if mailbox else None,
        mailbox_team_id=mailbox.team_id if mailbox else None,
        source_team_id=source.team_id if source else None,
        house=house,
    )


def _save(question: Question, *, by: User, at: datetime, reason: str) -> None:
    sign(question, by=by, at=at, reason=reason)
    question.save()
