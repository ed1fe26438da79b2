"""The roles of product.md and what each may do; the only place where a right is given.

`Right` names an act; `RIGHTS[role]` lists the acts. Whether an object is in reach (own team, named, confidential) is decided by
the querysets' `visible_to(user)`; this table says what kind of act a person may do at all (quality.md §4).
"""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    FRONT_OFFICE = "front_office", _("Front office")
    TEAM_MEMBER = "team_member", _("Team member")
    TEAM_LEAD = "team_lead", _("Team lead")
    COORDINATOR = "coordinator", _("Coordinator")
    DIRECTOR = "director", _("Programme director")
    ADMINISTRATOR = "administrator", _("Functional administrator")
    HOST = "host", _("Host")


class Right(models.TextChoices):
    """What a person may do; the reach (which objects) comes from `visible_to`."""

    QUESTIONS_READ = "questions.read"
    QUESTIONS_WRITE = "questions.write"  # register, reply, close, cancel, note, call-back
    QUESTIONS_ALL_TEAMS = "questions.all_teams"  # reach: every team, not only one's own
    QUESTIONS_FORWARD_ANY = "questions.forward_any"
    QUESTIONS_ASSIGN_TEAM = "questions.assign_team"
    CLOCK_CORRECT = "clock.correct"
    CONFIDENTIAL_BREAK_GLASS = "confidential.break_glass"
    CUSTOMERS_READ = "customers.read"
    CUSTOMERS_WRITE = "customers.write"
    CUSTOMERS_MERGE = "customers.merge"
    PERSON_EXPORT = "customers.export"
    PERSON_ERASE = "customers.erase"  # ask to erase or restrict a person; a second person approves
    PERSON_ERASE_APPROVE = "customers.erase_approve"
    RETENTION_PROPOSE = "retention.propose"
    RETENTION_APPROVE = "retention.approve"
    CUSTOMERS_MERGE_PROPOSE = "customers.merge_propose"
    VISITS_WRITE = "visits.write"
    NORMS_READ = "norms.read"
    NORMS_WRITE = "norms.write"
    ROUTING_READ = "routing.read"
    ROUTING_WRITE = "routing.write"
    CALENDAR_READ = "calendar.read"
    CALENDAR_WRITE = "calendar.write"
    SUBJECTS_READ = "subjects.read"
    SUBJECTS_WRITE = "subjects.write"
    TEMPLATES_USE = "templates.use"
    TEMPLATES_WRITE = "templates.write"
    FIGURES_READ = "figures.read"
    FIGURES_DRILL = "figures.drill"  # the list behind a figure, within one's own reach
    FIGURES_EXPORT = "figures.export"
    FIGURES_OWN = "figures.own"  # of oneself, for one's own coaching
    LISTS_EXPORT = "lists.export"  # rows with personal data; reason asked and logged
    PARKED_READ = "parked.read"
    PARKED_COUNT = "parked.count"
    PARKED_RETRY = "parked.retry"
    PEOPLE_READ = "people.read"
    PEOPLE_WRITE = "people.write"
    MAILBOXES_WRITE = "mailboxes.write"
    MUNICIPALITY_READ = "municipality.read"
    MUNICIPALITY_WRITE = "municipality.write"
    API_CLIENTS_READ = "api_clients.read"
    API_CLIENTS_WRITE = "api_clients.write"
    READ_LOG_READ = "read_log.read"
    SETTINGS_HISTORY_READ = "settings_history.read"
    HEALTH_READ = "health.read"
    DIRECTORY_READ = "directory.read"
    CALLS_IMPORT = "calls.import"
    SIGNALS_READ = "signals.read"
    SIGNALS_HANDLE = "signals.handle"  # dismiss a signal, or follow it up
    ARTICLES_READ = "articles.read"
    ARTICLES_PROPOSE = "articles.propose"  # a text of one's own, for any team; the team decides
    ARTICLES_WRITE = "articles.write"  # of one's own team; the coordinator of every team
    ARTICLES_PUBLISH = "articles.publish"  # what another wrote
    ARTICLES_ALL_TEAMS = "articles.all_teams"  # reach: every team, not only one's own
    WALLBOARD_READ = "wallboard.read"
    WALLBOARD_LINKS = "wallboard.links"  # the read-only links of the big screens
    SURVEYS_READ = "surveys.read"  # what customers think, as sums of ten answers or more
    SURVEYS_WORDS = "surveys.words"  # what they wrote themselves
    SURVEYS_WRITE = "surveys.write"  # who is asked, and what
    REPORTS_READ = "reports.read"
    REPORTS_ISSUE = "reports.issue"  # freeze and number a report, send it on a schedule
    AGREEMENTS_READ = "agreements.read"
    AGREEMENTS_WRITE = "agreements.write"  # what is agreed with a team, and the talks about it
    PROGRAMME_READ = "programme.read"
    PROGRAMME_WRITE = "programme.write"  # everything of the programme; owners of a project update their own without it


_DESK = {
    Right.ARTICLES_READ,
    Right.QUESTIONS_READ,
    Right.QUESTIONS_WRITE,
    Right.CUSTOMERS_READ,
    Right.CUSTOMERS_WRITE,
    Right.NORMS_READ,
    Right.ROUTING_READ,
    Right.CALENDAR_READ,
    Right.SUBJECTS_READ,
    Right.TEMPLATES_USE,
    Right.FIGURES_READ,
    Right.FIGURES_DRILL,
    Right.DIRECTORY_READ,
    Right.WALLBOARD_READ,
    Right.PROGRAMME_READ,
    Right.SURVEYS_READ,
}

RIGHTS: dict[str, frozenset[Right]] = {
    Role.FRONT_OFFICE: frozenset(
        _DESK
        | {
            Right.ARTICLES_PROPOSE,
            Right.FIGURES_OWN,
            Right.QUESTIONS_ALL_TEAMS,
            Right.QUESTIONS_FORWARD_ANY,
            Right.CUSTOMERS_MERGE_PROPOSE,
        }
    ),
    Role.TEAM_MEMBER: frozenset(_DESK | {Right.ARTICLES_WRITE, Right.FIGURES_OWN, Right.SURVEYS_WORDS}),
    Role.TEAM_LEAD: frozenset(
        _DESK
        | {
            Right.ARTICLES_PUBLISH,
            Right.ARTICLES_WRITE,
            Right.SURVEYS_WORDS,
            Right.FIGURES_OWN,
            Right.QUESTIONS_ASSIGN_TEAM,
            Right.QUESTIONS_FORWARD_ANY,
            Right.CUSTOMERS_MERGE_PROPOSE,
            Right.PERSON_ERASE_APPROVE,
            Right.TEMPLATES_WRITE,
            Right.FIGURES_EXPORT,
            Right.LISTS_EXPORT,
            Right.PARKED_COUNT,
            Right.PEOPLE_READ,
            Right.SIGNALS_HANDLE,
            Right.SIGNALS_READ,
            Right.REPORTS_READ,
            Right.REPORTS_ISSUE,
            Right.AGREEMENTS_READ,
        }
    ),
    Role.COORDINATOR: frozenset(
        _DESK
        | {
            Right.ARTICLES_PUBLISH,
            Right.ARTICLES_ALL_TEAMS,
            Right.ARTICLES_WRITE,
            Right.SURVEYS_WORDS,
            Right.SURVEYS_WRITE,
            Right.QUESTIONS_ALL_TEAMS,
            Right.QUESTIONS_FORWARD_ANY,
            Right.QUESTIONS_ASSIGN_TEAM,
            Right.CLOCK_CORRECT,
            Right.CONFIDENTIAL_BREAK_GLASS,
            Right.CUSTOMERS_MERGE,
            Right.PERSON_EXPORT,
            Right.PERSON_ERASE,
            Right.PERSON_ERASE_APPROVE,
            Right.RETENTION_APPROVE,
            Right.NORMS_WRITE,
            Right.ROUTING_WRITE,
            Right.CALENDAR_WRITE,
            Right.SUBJECTS_WRITE,
            Right.TEMPLATES_WRITE,
            Right.FIGURES_EXPORT,
            Right.LISTS_EXPORT,
            Right.PARKED_COUNT,
            Right.PARKED_READ,
            Right.PARKED_RETRY,
            Right.PEOPLE_READ,
            Right.API_CLIENTS_READ,
            Right.READ_LOG_READ,
            Right.SETTINGS_HISTORY_READ,
            Right.MUNICIPALITY_READ,
            Right.MUNICIPALITY_WRITE,
            Right.CALLS_IMPORT,
            Right.WALLBOARD_LINKS,
            Right.SIGNALS_HANDLE,
            Right.SIGNALS_READ,
            Right.REPORTS_READ,
            Right.REPORTS_ISSUE,
            Right.AGREEMENTS_READ,
            Right.AGREEMENTS_WRITE,
        }
    ),
    Role.DIRECTOR: frozenset(
        {
            Right.ARTICLES_READ,
            Right.SURVEYS_READ,
            Right.FIGURES_READ,
            Right.FIGURES_EXPORT,
            Right.SIGNALS_READ,
            Right.WALLBOARD_READ,
            Right.REPORTS_READ,
            Right.REPORTS_ISSUE,
            Right.AGREEMENTS_READ,
            Right.PROGRAMME_READ,
            Right.PROGRAMME_WRITE,
            Right.NORMS_READ,
            Right.ROUTING_READ,
            Right.CALENDAR_READ,
            Right.SUBJECTS_READ,
            Right.DIRECTORY_READ,
        }
    ),
    Role.ADMINISTRATOR: frozenset(
        {
            Right.ARTICLES_READ,
            Right.PEOPLE_READ,
            Right.PEOPLE_WRITE,
            Right.MAILBOXES_WRITE,
            Right.MUNICIPALITY_READ,
            Right.NORMS_READ,
            Right.ROUTING_READ,
            Right.CALENDAR_READ,
            Right.SUBJECTS_READ,
            Right.TEMPLATES_WRITE,
            Right.API_CLIENTS_READ,
            Right.API_CLIENTS_WRITE,
            Right.RETENTION_PROPOSE,
            Right.PARKED_COUNT,
            Right.PARKED_RETRY,
            Right.SETTINGS_HISTORY_READ,
            Right.HEALTH_READ,
            Right.DIRECTORY_READ,
            Right.WALLBOARD_LINKS,
        }
    ),
    Role.HOST: frozenset(
        {
            Right.ARTICLES_READ,
            Right.VISITS_WRITE,
            Right.DIRECTORY_READ,
            Right.CALENDAR_READ,
            Right.WALLBOARD_READ,
        }
    ),
}


READ_QUESTIONS = tuple(role for role in Role if Right.QUESTIONS_READ in RIGHTS[role])
"""Only who has one of these roles can be given a question, or see one that he or she is named at."""


@lru_cache(maxsize=256)
def rights_of(roles: frozenset[str]) -> frozenset[Right]:
    """What somebody with these roles may do: the same object for the same roles, since much is kept under it."""
    return frozenset().union(*(RIGHTS.get(role, frozenset()) for role in roles))


def roles_with(right: Right) -> list[Role]:
    """The roles that may do this, in the order of `Role`; a role that nobody gave rights yet may nothing."""
    return [role for role in Role if right in RIGHTS.get(role, frozenset())]


def needs(*rights: Right) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """Decorates a view that asks for at least one of these rights; 403 without."""

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated or not any(request.user.may(right) for right in rights):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        checked.rights = rights  # type: ignore[attr-defined]
        return checked

    return decorate
