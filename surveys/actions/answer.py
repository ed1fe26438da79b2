"""Takes in the answers of a customer. What is kept of them does not lead back to the invitation; only who has the link can replace them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from django.utils import translation
from django.utils.translation import gettext as _

from contacts.actions.confidential import same_people
from contacts.actions.register import Asked, register
from contacts.models import Contact, Question
from organisation.clock import local_day
from organisation.snapshot import Organisation, organisation
from organisation.transact import one_transaction
from surveys.access import by_link, confidential_of, names_to_mask, questions_of
from surveys.kinds import Given, part_key
from surveys.links import revise_hash
from surveys.masking import mask
from surveys.models import Answer, Invitation, Response, SurveyQuestion

REVISE: Final = timedelta(hours=24)
"""So long a customer may send another answer in its place, also when the last day of the link passes meanwhile; a scanner of links that sends a
form first spoils nothing."""
LOW: Final = 5


@one_transaction
def answer(*, token: str, values: Mapping[int, Given], wants_contact: bool, at: datetime) -> bool:
    """False when the link does not work (any more). `values`: id of the question → number or words; a repeat replaces the first."""
    # The lock comes first: whoever waited for a first press must see the answer that it left.
    invitation = by_link(token).select_for_update().first()
    if invitation is None or (invitation.expires_at <= at and not invitation.is_answered):
        return False
    house = organisation()
    response = None
    if invitation.is_answered:
        mine = Response.objects.filter(revise_hash=revise_hash(token), closes_at__gt=at)
        response = mine.select_for_update(of=("self",)).first()
        if response is None:
            return False  # with the other link, or it closed: there is nothing to replace any more
    if response is None:
        response = Response.objects.create(
            survey_version_id=invitation.survey_version_id,
            answered_on=local_day(at),
            revise_hash=revise_hash(token),
            closes_at=at + REVISE,
            **_counts_for(invitation, house),
        )
        Invitation.objects.filter(pk=invitation.pk).update(is_answered=True, is_undelivered=False)
    else:
        response.answers.all().delete()
    questions = {one.pk: one for one in questions_of(invitation.survey_version_id) if one.pk in values}
    write_answers(response, invitation.survey_id, questions, values, names=_known_names(invitation, values))
    if (
        wants_contact
        and invitation.round_id is None
        and response.question_id is None
        and invitation.contact_id is not None
    ):
        response.question = _ask_for_contact(invitation, questions, values, house, at)
        response.save(update_fields=["question"])
    return True


def write_answers(
    response: Response,
    survey_id: int,
    questions: Mapping[int, SurveyQuestion],
    values: Mapping[int, Given],
    names: Iterable[str] = (),
) -> None:
    """The rows; personal data in own words are masked before they are kept. `names`: of the customer, when that is known."""
    if any(isinstance(given, str) for given in values.values()):
        names = [*names, *names_to_mask()]
    Answer.objects.bulk_create(
        Answer(
            response=response,
            question=questions[pk],
            survey_id=survey_id,
            key=key,
            value=value,
            text=mask(given, names) if isinstance(given, str) else "",
        )
        for pk, given in values.items()
        if pk in questions
        for key, value in counted(questions[pk], given)
    )


def counted(question: SurveyQuestion, given: Given) -> list[tuple[str, int | None]]:
    """Under which keys an answer counts, and as what number: of several answers each option, chosen or not."""
    if isinstance(given, list):
        return [(part_key(question.key, one), 2 if one in given else 1) for one in range(1, question.highest + 1)]
    return [(question.key, given if isinstance(given, int) else None)]


def _counts_for(invitation: Invitation, house: Organisation) -> dict[str, Any]:
    """Of a questionnaire nothing but the questionnaire: channel and team would only tell who it was."""
    if invitation.round_id is not None:
        return {"channel": "", "round_id": invitation.round_id, "feeds_figures": False}
    theme_id = theme_of(invitation.subject_id, house)
    return {"channel": invitation.channel, "team_id": invitation.team_id, "theme_id": theme_id}


def _known_names(invitation: Invitation, values: Mapping[int, Given]) -> list[str]:
    """How the customer of this invitation is called; looked up only when there are words to mask."""
    if invitation.contact_id is None or not any(isinstance(given, str) for given in values.values()):
        return []
    row = Contact.objects.filter(pk=invitation.contact_id).values_list("customer__name", "address_name").first()
    return [name for name in row or () if name]


def said(question: SurveyQuestion, given: Given) -> str:
    """An answer as a colleague reads it: `Ja`, `3 van 10`, or the words."""
    if isinstance(given, str):
        return given
    if isinstance(given, list):
        return ", ".join(question.options[one - 1][0] for one in given)
    if question.kind == SurveyQuestion.Kind.ONE:
        return str(question.options[given - 1][0])
    if question.kind == SurveyQuestion.Kind.YES_NO:
        return _("Yes") if given == 2 else _("No")
    if question.kind == SurveyQuestion.Kind.YES:
        return {1: _("No"), 2: _("Partly"), 3: _("Yes")}[given]
    return _("%(value)s of %(highest)s") % {"value": given, "highest": question.highest}


def theme_of(subject_id: int | None, house: Organisation) -> int | None:
    """The theme above the subject: a subject alone would say too much."""
    line = house.subject_line(subject_id)
    return line[-1].id if line else None


def _ask_for_contact(
    invitation: Invitation,
    questions: Mapping[int, SurveyQuestion],
    values: Mapping[int, Given],
    house: Organisation,
    at: datetime,
) -> Question:
    """A question for the team that helped, with a clock: the customer chose to be known. As closed as what it is about."""
    contact = Contact.objects.select_related("customer").get(pk=invitation.contact_id or 0)
    marks = (given for pk, given in values.items() if questions[pk].key == "mark")
    mark = next((given for given in marks if isinstance(given, int)), None)
    team = house.teams.get(invitation.team_id)
    subject = house.subjects.get(invitation.subject_id) if invitation.subject_id else None
    with translation.override("nl"):
        if mark is not None and mark <= LOW:
            title = _("Gave a %(mark)s and asks for contact") % {"mark": mark}
        else:
            title = _("Asks for contact after a survey")
        lines = [f"{questions[pk].text_nl} {said(questions[pk], given)}" for pk, given in values.items()]
        team_reason = _("The team that helped this customer")
    closed_off = confidential_of(contact.pk)
    made = register(
        by=None,
        at=at,
        channel="form",
        received_at=at,
        customer=contact.customer,
        address=contact.address if "@" in contact.address else "",
        address_name=contact.address_name,
        asked=[
            Asked(
                title=title,
                text="\n".join(lines),
                subject_id=subject.pk if subject is not None and subject.is_active else None,
                kind="question",
                end="open",
                team_id=team.pk if team is not None and team.is_active else None,
                team_reason=team_reason,
                is_confidential=bool(closed_off),
            )
        ],
    )
    question = made.questions[0]
    same_people(of=closed_off, to=question, at=at)
    return question
