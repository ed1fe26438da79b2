"""Makes a letter: it is printed and posted by somebody, and counts from then on (ADR 27)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from contacts import normalize
from contacts.actions.answer import check_may, checked, claimed_for, closing_of, seen
from contacts.actions.change import changing
from contacts.letters.text import checked_recipient, whole_text
from contacts.models import IdempotencyKey, OutgoingLetter
from contacts.norms.clock import WORKING_DAYS, deadline
from organisation import wording
from organisation.errors import Refused
from organisation.history import sign
from organisation.snapshot import organisation
from organisation.transact import one_transaction

if TYPE_CHECKING:
    from contacts.models import Question
    from organisation.models import User

Kind, State = OutgoingLetter.Kind, OutgoingLetter.State
KINDS = {"close": Kind.ANSWER, "stay": Kind.ANSWER, "waiting": Kind.QUESTION_BACK, "interim": Kind.INTERIM}
MAX_LETTER = 20_000
"""Some eight pages; longer ones would keep the printing of all waiting."""
MOST_LINES = 500
"""Lines that end with Enter; each takes a line on paper however short it is."""
DAYS_TO_POST = 1
"""Working days after that of making; from then on people are told that it waits."""


@one_transaction
def make_letter(
    *,
    question: Question,
    by: User,
    at: datetime,
    text: str,
    recipient: str,
    greeting: str,
    then: str,
    is_answer: bool = True,
    about: str = "",
    version: int | None = None,
    key: str | None = None,
) -> OutgoingLetter:
    """The letter waits; no clock stops and no status moves until it is posted. The same `key` twice is one letter."""
    text, _address = checked(text=text, channel="letter", to_address="")
    if len(text) > MAX_LETTER:
        raise Refused(
            _("A letter is at most %(limit)s characters long. This one has %(count)s.")
            % {"limit": wording.number(MAX_LETTER), "count": wording.number(len(text))},
            "text",
        )
    if text.count("\n") >= MOST_LINES:
        raise Refused(
            _("A letter has at most %(limit)s lines. This one has %(count)s.")
            % {"limit": wording.number(MOST_LINES), "count": wording.number(text.count("\n") + 1)},
            "text",
        )
    recipient = checked_recipient(recipient)
    with changing(
        question, by=by, at=at, version=None if key and seen(by, key) else version, reason="letter made"
    ) as fresh:
        row = claimed_for(by, key, at)
        if row is not None:
            made = OutgoingLetter.objects.filter(pk=row.get("letter", 0)).first()
            if made is not None:
                return made
        check_may(fresh, then)
        letter = write_letter(
            fresh,
            by=by,
            at=at,
            kind=KINDS[then] if is_answer or then != "stay" else Kind.INTERIM,
            then=then,
            about=about,
            recipient=recipient,
            text=whole_text(text, greeting=greeting, closing=closing_of(fresh, by)),
        )
        if key:
            IdempotencyKey.objects.filter(owner=f"reply:{by.pk}", key=key[:120]).update(answer={"letter": letter.pk})
    return letter


def write_letter(
    question: Question,
    *,
    by: User,
    at: datetime,
    kind: str,
    then: str,
    recipient: str,
    text: str,
    about: str = "",
) -> OutgoingLetter:
    """The row, on the locked question; its address was checked and its text is whole."""
    house = organisation()
    subject = house.subjects.get(question.subject_id or 0)
    ends = deadline(
        unit=WORKING_DAYS,
        length=DAYS_TO_POST,
        start=at,
        calendar=house.calendar_of(question.team_id).rules,
        escalate_days=house.municipality.coordinator_after_days,
    )
    letter = OutgoingLetter(
        question=question,
        kind=kind,
        then=then,
        about=normalize.clean_line(about, 300) or (subject.name if subject else question.title),
        recipient=recipient,
        text=text,
        made_at=at,
        made_by=by,
        post_by=ends.due_at,
    )
    sign(letter, by=by, at=at, reason="made")
    letter.save()
    return letter
