"""The register of processing (AVG, article 30): one table; terms and receivers are those of this installation at this moment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Processing:
    """`terms` are codes of `privacy.terms`; `receivers` are codes of `privacy.pages.register`."""

    code: str
    name: Promise
    purpose: Promise
    basis: Promise
    people: Promise
    data: Promise
    terms: tuple[str, ...]
    receivers: tuple[str, ...] = ()

    @property
    def is_about_employees(self) -> bool:
        return self.people is _EMPLOYEES


_TASK: Final = _("a task of general interest (AVG, article 6, paragraph 1, e)")
_LAW: Final = _("a duty by law (AVG, article 6, paragraph 1, c)")
_CITIZENS: Final = _("citizens, entrepreneurs and others who contact the municipality")
_EMPLOYEES: Final = _("employees")

REGISTER: Final = (
    Processing(
        "questions",
        _("Questions and contacts"),
        _("answering questions, reports and complaints on every channel, within the agreed time"),
        _TASK,
        _CITIZENS,
        _(
            "name, address, phone number, e-mail address, what was asked and answered, notes, files, a place where the question gives one"
        ),
        (
            "question.question",
            "question.report",
            "question.complaint",
            "question.idea",
            "question.compliment",
            "question.information",
            "question.objection",
            "customer",
            "drafts",
            "planned",
        ),
        ("teams", "mail", "sources", "api"),
    ),
    Processing(
        "mail",
        _("Mail, forms and letters as they came"),
        _("proving what was received, and reading it again when that went wrong"),
        _TASK,
        _CITIZENS,
        _("the message as it came, sender, files"),
        ("raw", "left_alone", "outgoing", "dead"),
        ("teams", "mail"),
    ),
    Processing(
        "phone",
        _("Phone calls"),
        _("knowing who calls, calling back who was not spoken, and counting waiting times; no sound is kept"),
        _TASK,
        _CITIZENS,
        _("phone number, times, queue, who picked up"),
        ("numbers", "events", "live"),
        ("teams",),
    ),
    Processing(
        "surveys",
        _("Surveys"),
        _("knowing what people think of our service"),
        _TASK,
        _("people who had contact and were invited"),
        _(
            "that somebody was invited, for some time; answers of nobody in particular, ten at a time; own words with personal data masked"
        ),
        ("invited", "words"),
        ("mail",),
    ),
    Processing(
        "rights",
        _("Rights of persons and destruction"),
        _("giving insight, correcting, restricting, erasing and destroying, and proving that it was done"),
        _LAW,
        _CITIZENS,
        _("who asked and approved it, when and how many; no data of the person"),
        (),
        ("teams",),
    ),
    Processing(
        "read_log",
        _("Who looked at whom"),
        _("finding out whether employees only look at what they need"),
        _LAW,
        _EMPLOYEES,
        _("employee, moment, page, number of the customer or question, and a reason where one is asked"),
        ("read_log",),
        ("officer",),
    ),
    Processing(
        "employees",
        _("Employees who use this application"),
        _("signing in, giving work to people, and accounting for changes"),
        _TASK,
        _EMPLOYEES,
        _(
            "name, e-mail address of work, roles, presence, what was changed; figures of oneself are shown to oneself only and not kept"
        ),
        ("audit", "sessions", "notices", "remarks"),
        ("admins",),
    ),
)
SECURITY: Final = (
    _(
        "Employees sign in with a password and a second factor; sessions end after 30 minutes without use and after 10 hours."
    ),
    _(
        "Who may do what is one table of roles; who sees which questions goes by team, and confidential questions only by name."
    ),
    _(
        "Everybody who looks at a person stands in a log that the application cannot change; the coordinator or the privacy officer looks through it every week."
    ),
    _("Citizen service numbers and bank accounts are noticed in texts and masked in lists."),
    _(
        "Passwords of mailboxes and services are encrypted with a key outside the database; tokens are kept as a hash only."
    ),
    _("Erasing, restricting and destroying takes two people; the database refuses the approval of one."),
)
