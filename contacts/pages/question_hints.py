"""What the page of a question proposes to who sorts it: the subject that nobody chose yet, then the team that it belongs to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from contacts.actions.route import choose_team
from contacts.finding.subject_index import subject_entries
from contacts.subject_hints import hints
from organisation.kept import Kept
from organisation.models import QuestionKind

if TYPE_CHECKING:
    from contacts.models import Question
    from organisation.snapshot import Organisation


_FOUND: Final[Kept[list[int]]] = Kept(64)
"""The subjects that a text seems to be about: who sorts a question opens it more than once."""


@dataclass(frozen=True)
class SubjectHint:
    """`kind` is what the question becomes; `kind_words` are empty when that is what it was."""

    subject_id: int
    name: str
    kind: str
    kind_words: str


@dataclass(frozen=True)
class QuestionHints:
    """`team_id` and `reason`: where the rules would bring it now; None when it is there, or not with the Servicecentrum any more."""

    subjects: tuple[SubjectHint, ...] = ()
    team_id: int | None = None
    reason: str = ""


def question_hints(question: Question, house: Organisation, *, may_write: bool) -> QuestionHints:
    """No query: everything stands in memory or came with the question."""
    if not may_write or not question.is_open:
        return QuestionHints()
    if question.subject_id is None:
        title = question.summary if question.channel == "letter" else question.title  # ours: “Letter of Friday”
        key = (house.version, title, question.summary)
        found = _FOUND.get(key, lambda: hints(subject_entries(house), title, question.summary))
        return QuestionHints(tuple(_hint(question, house, pk) for pk in found))
    if question.team_id != house.front_office.pk:
        return QuestionHints()
    routed = choose_team(
        channel=question.channel,
        subject_id=question.subject_id,
        text=f"{question.title} {question.summary}",
        kind=question.kind,
        customer_kind=question.customer.kind if question.customer else None,
        house=house,
    )
    return QuestionHints() if routed.team.pk == question.team_id else QuestionHints((), routed.team.pk, routed.reason)


def _hint(question: Question, house: Organisation, subject_id: int) -> SubjectHint:
    """A kind that somebody chose stays."""
    subject = house.subjects[subject_id]
    kind = subject.kind if question.kind == QuestionKind.QUESTION else question.kind
    words = str(QuestionKind(kind).label) if kind != question.kind else ""
    return SubjectHint(subject_id, subject.name, kind, words)
