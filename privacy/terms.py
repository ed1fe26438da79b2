"""How long everything with personal data is kept: one table, with what carries it out. The defaults are a *choice*; docs/privacy.md tells the same."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from channels_app.actions.log_events import EVENTS_FOR, LIVE_FOR
from channels_app.models import Channel
from contacts.actions.chat_close import KEPT
from contacts.actions.claim_key import KEY_DAYS
from contacts.actions.forget_replies import KEPT_DAYS
from contacts.actions.keep_draft import DRAFT_DAYS
from knowledge.actions.forget import SAID_DAYS
from organisation.actions.forget_sign_ins import TRIES
from organisation.models import QuestionKind
from organisation.wording import channel_name
from privacy.models import RetentionTerm

YEAR: Final = 365
MOST: Final = 100 * YEAR
QUESTION: Final = "question."


@dataclass(frozen=True)
class Term:
    """`job` is who carries it out. Without `least` it is fixed in the code that carries it out and shown only."""

    code: str
    name: Promise | str
    since: Promise | str
    days: int
    job: str
    least: int = 0


_CLOSED = _("after the question was closed")
_LISTED = "privacy.tasks.keep_terms"
QUESTIONS: Final = tuple(
    Term(f"{QUESTION}{kind}", label, _CLOSED, days * YEAR, _LISTED, 30)
    for (kind, label), days in zip(QuestionKind.choices, (1, 1, 5, 1, 1, 1, 5), strict=True)
)
HOUSE: Final = (
    Term("customer", _("customers without a question"), _("after they were added"), YEAR, _LISTED, 30),
    Term("raw", _("mail, forms and letters as they came"), _("after they were read"), 90, _LISTED, 7),
    Term("left_alone", _("messages that became no question"), _("after that was decided"), 90, _LISTED, 7),
    Term("numbers", _("numbers of phone calls"), _("after the call"), YEAR, _LISTED, 30),
    Term(
        "outgoing",
        _("mail of ours without a question: notices, refusals, surveys"),
        _("after it was sent"),
        YEAR,
        _LISTED,
        30,
    ),
    Term("dead", _("addresses from which mail came back"), _("after it came back"), 2 * YEAR, _LISTED, 30),
    Term("notices", _("notices to employees"), _("after they were made"), YEAR, _LISTED, 30),
    Term("read_log", _("who looked (the read log)"), _("after somebody looked"), 3 * YEAR, _LISTED, YEAR),
    Term("audit", _("who changed what (the log)"), _("after the change"), 7 * YEAR, _LISTED, YEAR),
)
FIXED: Final = (  # of surveys the same numbers stand there, for neither knows the other: tests/privacy/test_terms.py compares them
    Term("drafts", _("half-filled registrations"), _("after the last change"), DRAFT_DAYS, "contacts.tasks.sweep"),
    Term(
        "keys",
        _("answers kept so that nothing is saved twice"),
        _("after they were given"),
        KEY_DAYS,
        "contacts.tasks.sweep",
    ),
    Term(
        "planned",
        _("replies that waited before they left"),
        _("after they left or came back"),
        KEPT_DAYS,
        "contacts.tasks.sweep",
    ),
    Term(
        "events",
        _("events of the telephone exchange"),
        _("after they came"),
        EVENTS_FOR.days,
        "contacts.tasks.end_silent_calls",
    ),
    Term("chats", _("chats line by line"), _("after the talk ended"), KEPT.days, "contacts.tasks.close_left_chats"),
    Term(
        "sessions",
        _("sessions of employees, and tries to sign in"),
        _("after they ended"),
        TRIES.days,
        "organisation.tasks.forget_sign_ins",
    ),
    Term("live", _("how a call stands"), _("after its end"), LIVE_FOR.days, "contacts.tasks.end_silent_calls"),
    Term("invited", _("who was invited to a survey"), _("after the invitation"), 180, "surveys.tasks.gather"),
    Term("words", _("own words in surveys"), _("after the answer"), 730, "surveys.tasks.gather"),
    Term(
        "remarks",
        _("names with remarks about answers"),
        _("after the remark was settled"),
        SAID_DAYS,
        "knowledge.tasks.forget",
    ),
)
SETTABLE: Final = {one.code: one for one in (*QUESTIONS, *HOUSE)}


def term_of(code: str) -> Term | None:
    """Also of a kind of question on one channel: `question.complaint.letter`."""
    if code in SETTABLE:
        return SETTABLE[code]
    kind, _dot, channel = code.removeprefix(QUESTION).partition(".")
    base = SETTABLE.get(f"{QUESTION}{kind}")
    if base is None or channel not in Channel.values:
        return None
    return Term(code, f"{base.name} · {channel_name(channel)}", base.since, base.days, base.job, base.least)


def chosen() -> dict[str, int]:
    """Code → days, of every term in force; a kind on one channel only when the municipality chose it."""
    days = {code: one.days for code, one in SETTABLE.items()}
    days |= dict(RetentionTerm.objects.filter(days__isnull=False).values_list("code", "days"))
    return days


def past_term(at: datetime) -> Q:
    """Which questions are past their term."""
    days = chosen()
    found = Q(pk__in=[])
    for kind in QuestionKind.values:
        own = {
            code.rpartition(".")[2]: number for code, number in days.items() if code.startswith(f"{QUESTION}{kind}.")
        }
        rest = Q(kind=kind, closed_at__lt=at - timedelta(days=days[f"{QUESTION}{kind}"])) & ~Q(channel__in=list(own))
        found |= rest
        for channel, number in own.items():
            found |= Q(kind=kind, channel=channel, closed_at__lt=at - timedelta(days=number))
    return found


def codes(rows: Iterable[RetentionTerm]) -> set[str]:
    return {row.code for row in rows}
