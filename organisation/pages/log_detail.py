"""What an act was done to and with, in words: names instead of numbers, labels instead of codes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import date
from typing import Any, Final

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from organisation import opening_hours, wording
from organisation.models import AuditEntry, CalendarDay
from organisation.models.role_request import ASKABLE
from organisation.pages.log_filter import colleagues_in, filter_words
from organisation.snapshot import organisation

OBJECTS: dict[str, Promise] = {
    "organisation.user": lazy("person"),
    "organisation.team": lazy("team"),
    "organisation.subject": lazy("subject"),
    "organisation.workingcalendar": lazy("calendar"),
    "organisation.municipality": lazy("municipality"),
    "contacts.servicenorm": lazy("norm"),
    "contacts.routingrule": lazy("rule"),
    "contacts.apiclient": lazy("connection"),
    "knowledge.article": lazy("answer of the knowledge base"),
    "knowledge.productimport": lazy("list of products"),
    "knowledge.news": lazy("message for colleagues"),
    "knowledge.publicpart": lazy("answers for citizens"),
    "kpi.walllink": lazy("big screen"),
    "contacts.replytemplate": lazy("template"),
    "contacts.question": lazy("question"),
    "contacts.customer": lazy("customer"),
    "privacy.personrequest": lazy("request about a person"),
    "privacy.rightsrequest": lazy("what a person asked about the own data"),
    "privacy.legalhold": lazy("legal hold"),
    "privacy.retentionterm": lazy("term"),
    "privacy.readlogreview": lazy("week of the read log"),
    "privacy.destructionlist": lazy("destruction list"),
    "channels_app.mailbox": lazy("mailbox"),
    "channels_app.messagesource": lazy("message account"),
    "channels_app.inboundmessage": lazy("message"),
    "channels_app.outboundmessage": lazy("message"),
    "organisation.rolerequest": lazy("role"),
    "organisation.calendarday": lazy("day"),
    "contacts.savedview": lazy("view"),
    "contacts.callbackrequest": lazy("call back"),
    "kpi.teamagreement": lazy("agreement"),
    "kpi.agreementreview": lazy("talk"),
    "kpi.issuedreport": lazy("report"),
    "kpi.reportjob": lazy("report"),
    "kpi.reportschedule": lazy("scheduled report"),
    "kpi.figuresview": lazy("view of the figures"),
    "kpi.signal": lazy("signal"),
    "surveys.survey": lazy("survey"),
    "surveys.surveyversion": lazy("survey"),
    "surveys.surveyplace": lazy("place"),
    "surveys.surveyround": lazy("research"),
    "surveys.wordgroup": lazy("theme of words"),
    "surveys.outsideindicator": lazy("measurement"),
    "surveys.outsideresult": lazy("score"),
    "surveys.outsideimport": lazy("file"),
    "surveys.channelrule": lazy("survey per channel"),
    "surveys.askingchoices": lazy("whom we ask"),
    "programme.programme": lazy("programme"),
    "programme.pillar": lazy("pillar"),
    "programme.condition": lazy("condition"),
    "programme.project": lazy("project"),
    "programme.milestone": lazy("milestone"),
    "programme.dependency": lazy("dependency"),
    "programme.decision": lazy("decision"),
    "programme.goal": lazy("goal"),
    "programme.outsidescore": lazy("score"),
    "programme.budgetline": lazy("budget"),
    "programme.moneyentry": lazy("amount"),
    "programme.risk": lazy("risk"),
    "programme.statusround": lazy("status round"),
    "programme.statusupdate": lazy("state of a project"),
    "programme.issuedstatusreport": lazy("status report"),
    "programme.statusreportjob": lazy("status report"),
}
"""What an act was done to, in words."""
NAMED = frozenset(
    {
        "organisation.user",
        "organisation.team",
        "organisation.subject",
        "organisation.workingcalendar",
        "contacts.servicenorm",
        "contacts.routingrule",
        "contacts.apiclient",
        "contacts.replytemplate",
        "channels_app.mailbox",
        "channels_app.messagesource",
        "kpi.walllink",
    }
)
"""Who reads this log may read these names; a question, a customer and a message stay numbers."""
OF_THE_DESK = frozenset({"contacts.question", "contacts.customer"})
ABOUT_CITIZENS = "export.list"
"""What is typed about these, or to take a list of them along, may tell of a citizen."""
KEYS: dict[str, Promise] = {
    "name": lazy("name"),
    "reason": lazy("reason"),
    "valid_from": lazy("valid from"),
    "valid_until": lazy("valid until"),
    "rows": lazy("lines"),
    "scopes": lazy("rights"),
    "role": lazy("role"),
    "team": lazy("team"),
    "teams": lazy("teams"),
    "asked_by": lazy("asked by"),
    "figure": lazy("figure"),
    "fields": lazy("changed"),
    "hours": lazy("opening hours"),
    "days": lazy("days"),
    "on": lazy("day"),
    "year": lazy("year"),
    "kind": lazy("kind"),
    "code": lazy("norm"),
    "is_active": lazy("in use"),
    "is_confidential": lazy("confidential"),
    "up": lazy("up"),
    "clocks": lazy("clocks"),
    "added": lazy("added"),
    "known": lazy("known already"),
    "corrected": lazy("corrected"),
    "wrong": lazy("wrong"),
    "source": lazy("source"),
    "people": lazy("people"),
    "part": lazy("part"),
    "query": lazy("filter"),
    "list": lazy("filter"),
    "by_words": lazy("searched by words"),
    "number": lazy("number"),
    "last_day": lazy("last day"),
    "language": lazy("language"),
    "first": lazy("first day"),
    "project": lazy("project"),
    "title": lazy("title"),
    "outcome": lazy("outcome"),
    "merged": lazy("customer"),
    "other": lazy("customer"),
}
_FILTERS: Final = ("query", "list")
_USER: Final = "organisation.user"
Names = Mapping[tuple[str, str], str]


def names_of(entries: Iterable[AuditEntry]) -> Names:
    """(kind of object, id) → its name; one query for each kind that stands on the page."""
    wanted: dict[str, set[str]] = {}
    for entry in entries:
        if entry.object_type in NAMED and entry.object_id.isdigit():
            wanted.setdefault(entry.object_type, set()).add(entry.object_id)
        wanted.setdefault(_USER, set()).update(colleagues_in(_filters_of(entry)))
        if "asked_by" in entry.detail:
            wanted.setdefault(_USER, set()).add(str(entry.detail["asked_by"]))
    return {
        (kind, str(pk)): name
        for kind, ids in wanted.items()
        if ids
        for pk, name in apps.get_model(kind)._default_manager.filter(pk__in=ids).values_list("pk", "name")
    }


def _filters_of(entry: AuditEntry) -> list[str]:
    return [str(entry.detail[key]) for key in _FILTERS if key in entry.detail]


def about(entry: AuditEntry, names: Names) -> str:
    """`person Henk Bos`, `question 12`."""
    kind = OBJECTS.get(entry.object_type, entry.object_type.rpartition(".")[2])
    return f"{kind} {names.get((entry.object_type, entry.object_id), entry.object_id)}".strip()


def tells_of_citizens(entry: AuditEntry) -> bool:
    """Whether the reason that was typed may."""
    return entry.object_type in OF_THE_DESK or entry.action == ABOUT_CITIZENS


def detail(entry: AuditEntry, names: Names, *, with_reason: bool = True) -> str:
    """`rol: Teamleider, team: Belastingen`."""
    return ", ".join(
        f"{KEYS.get(key, key)}: {_words(key, value, entry, names)}"
        for key, value in entry.detail.items()
        if value not in ("", [], None) and (with_reason or key != "reason")
    )[:300]


def _words(key: str, value: Any, entry: AuditEntry, names: Names) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    make = VALUES.get(key)
    if make is not None:
        return make(value, entry, names)
    if isinstance(value, list):
        return ", ".join(_day(part) for part in value)
    return _day(value)


def _day(value: Any) -> str:
    """A date as people write it; anything else as it is."""
    with suppress(ValueError):
        return wording.day(date.fromisoformat(value)) if isinstance(value, str) and len(value) == 10 else str(value)
    return str(value)


def _role(value: Any, entry: AuditEntry, names: Names) -> str:
    return str(dict(ASKABLE).get(value, value))


def _team(value: Any, entry: AuditEntry, names: Names) -> str:
    return next((team.name for team in organisation().teams.values() if team.code == value), str(value))


def _teams(value: Any, entry: AuditEntry, names: Names) -> str:
    teams = organisation().teams
    return ", ".join(teams[pk].name if pk in teams else str(pk) for pk in value)


def _person(value: Any, entry: AuditEntry, names: Names) -> str:
    return names.get((_USER, str(value)), str(value))


def _filter(value: Any, entry: AuditEntry, names: Names) -> str:
    return filter_words(str(value), {pk: name for (kind, pk), name in names.items() if kind == _USER})


def _kind(value: Any, entry: AuditEntry, names: Names) -> str:
    return str(dict(CalendarDay.Kind.choices).get(value, value))


def _hours(value: Any, entry: AuditEntry, names: Names) -> str:
    days = wording.DAYS[wording.language()]
    spans = ((days[int(day)], [(opens, closes) for opens, closes in spans]) for day, spans in value.items())
    return ", ".join(f"{day} {opening_hours.words(intervals) or _('closed')}" for day, intervals in spans)


def _fields(value: Any, entry: AuditEntry, names: Names) -> str:
    """The fields as the forms call them."""
    said = []
    for name in value:
        label = name
        with suppress(FieldDoesNotExist, LookupError, ValueError):
            label = str(getattr(apps.get_model(entry.object_type)._meta.get_field(name), "verbose_name", name))
        said.append(label)
    return ", ".join(said)


VALUES: dict[str, Callable[[Any, AuditEntry, Names], str]] = {
    "role": _role,
    "team": _team,
    "teams": _teams,
    "asked_by": _person,
    "kind": _kind,
    "hours": _hours,
    "fields": _fields,
    **dict.fromkeys(_FILTERS, _filter),
}
