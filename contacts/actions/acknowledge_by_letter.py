"""Makes the letter that says that a letter arrived, under which numbers, and until when the answers come."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils import translation
from django.utils.translation import gettext as _

from contacts import reply_text
from contacts.actions.change import changing, refusal
from contacts.actions.clocks import promises_to_keep
from contacts.actions.letter_questions import came_along, waiting_acknowledgement
from contacts.actions.make_letter import Kind, write_letter
from contacts.actions.promises import applicable_norm, norm_deadline
from contacts.letters.text import checked_recipient, fields_of, recipient_of
from contacts.models import Contact, OutgoingLetter, Question, ReplyTemplate
from contacts.norms.promises import COMPLAINT, LETTER_ANSWER
from contacts.rulebook import rulebook
from organisation.errors import Refused
from organisation.models import QuestionKind
from organisation.snapshot import organisation
from organisation.transact import one_transaction

if TYPE_CHECKING:
    from organisation.models import User
    from organisation.snapshot import Organisation


@one_transaction
def acknowledge_by_letter(
    *,
    question: Question,
    by: User,
    at: datetime,
    recipient: str = "",
    version: int | None = None,
    is_registering: bool = False,
) -> OutgoingLetter:
    """Waits to be posted; twice is one letter, and so are several questions in one. Without an address that is known or given: `Refused`.

    `is_registering`: by who registers the letter, also when a rule closes the question to that person.
    """
    with changing(
        question, by=by, at=at, version=version, is_back=is_registering, reason="acknowledgement made"
    ) as fresh:
        if not fresh.is_open:
            raise Refused(refusal("interim", fresh))
        if not Contact.objects.filter(questions=fresh, channel="letter", direction=Contact.Direction.IN).exists():
            raise Refused(_("There is no letter to acknowledge."))
        waiting = waiting_acknowledgement(fresh)
        if waiting is not None:
            return waiting
        others = came_along(fresh, by=by)
        with translation.override("nl"):  # the citizen reads Dutch
            text = acknowledgement_text(fresh, at, organisation(), others)
        letter = write_letter(
            fresh,
            by=by,
            at=at,
            kind=Kind.ACKNOWLEDGEMENT,
            then="stay",
            recipient=checked_recipient(recipient or recipient_of(fresh.customer)),
            text=text,
        )
        letter.also.set(others)
        return letter


def acknowledgement_text(question: Question, at: datetime, house: Organisation, others: Sequence[Question] = ()) -> str:
    """The template of the municipality, else our own words; a line with a field that is not known is left out."""
    fields = _fields(question, at, house)
    if others:
        each = [fields, *(_fields(one, at, house) for one in others)]
        return _about_several(each, fields)
    if (written := _from_template(fields)) is not None:
        return written
    lines = [
        fields["aanhef"],
        "",
        _("We received your letter on %(day)s. The number of your question is %(number)s.")
        % {"day": fields["ontvangen"], "number": question.number},
        "",
        _("A colleague of %(team)s reads it.") % {"team": fields["team"]},
    ]
    if fields["uiterlijk"]:
        lines[-1] += " " + _("You get an answer on %(day)s at the latest.") % {"day": fields["uiterlijk"]}
    lines += _end(fields, _("Do you have a question? Call %(phone)s and give this number."))
    return "\n".join(lines)


def _about_several(each: Sequence[dict[str, str]], fields: dict[str, str]) -> str:
    """One letter for all questions that came in with one; with the last day of each."""
    lines = []
    for one in each:
        line = _("- %(number)s: %(subject)s. %(team)s reads it.") % {
            "number": one["nummer"],
            "subject": one["onderwerp"],
            "team": one["team"],
        }
        if one["uiterlijk"]:
            line += " " + _("You get an answer on %(day)s at the latest.") % {"day": one["uiterlijk"]}
        lines.append(line)
    told = {name: _listed(one[name] for one in each) for name in ("nummer", "onderwerp", "team")}
    listed = "\n".join(lines)
    if (written := _from_template({**fields, **told, "uiterlijk": ""})) is not None:
        parts = written.split("\n\n")  # the list below the greeting and what was received
        return "\n\n".join([*parts[:2], listed, *parts[2:]])
    text = [
        fields["aanhef"],
        "",
        _("We received your letter on %(day)s. You ask more than one thing. Each question has its own number:")
        % {"day": fields["ontvangen"]},
        "",
        listed,
        *_end(fields, _("Do you have a question? Call %(phone)s and give the number.")),
    ]
    return "\n".join(text)


def _fields(question: Question, at: datetime, house: Organisation) -> dict[str, str]:
    due = answer_by(question, house)
    if due is not None and due <= at:  # what is past is no promise any more
        due = None
    fields = fields_of(question, house, by=None, at=at, answer_by=due)
    return fields if due is not None else {**fields, "uiterlijk": ""}


def _from_template(fields: dict[str, str]) -> str | None:
    template = ReplyTemplate.objects.filter(use=ReplyTemplate.Use.ACKNOWLEDGEMENT, is_active=True).first()
    if template is None:
        return None
    unknown = [f"{{{field}}}" for field, words in fields.items() if not words]
    lines = [line for line in template.body.splitlines() if not any(field in line for field in unknown)]
    return reply_text.fill("\n".join(lines), fields)


def _end(fields: dict[str, str], call_us: str) -> list[str]:
    return ["", call_us % {"phone": fields["telefoon"]}, "", _("Kind regards,"), "", fields["gemeente"]]


def _listed(words: Iterable[str]) -> str:
    """`a, b en c`, each once."""
    *first, last = dict.fromkeys(words)
    return _("%(first)s and %(last)s") % {"first": ", ".join(first), "last": last} if first else last


def answer_by(question: Question, house: Organisation) -> datetime | None:
    """As the clock says when it runs, extended or not; else as the norm will, once the acknowledgement is posted."""
    code = COMPLAINT if question.kind == QuestionKind.COMPLAINT else LETTER_ANSWER
    running = [clock.due_at for clock in promises_to_keep(question) if clock.code == code and clock.due_at]
    if running:
        return min(running)
    norm = applicable_norm(
        house, rulebook(house), code, "letter", question.team_id, question.subject_id, question.received_at
    )
    if norm is None:
        return None
    return norm_deadline(norm, question.received_at, house.calendar_of(question.team_id), house).due_at
