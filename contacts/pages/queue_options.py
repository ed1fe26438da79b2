"""The choices of the filters of the queue."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from channels_app.models import Channel
from contacts.models import Question
from contacts.queue_filters import NOBODY, QueueFilters
from organisation import wording
from organisation.choice import Choice
from organisation.kept import Kept
from organisation.models import QuestionKind
from organisation.roles import Right
from organisation.workdays import local_day

if TYPE_CHECKING:
    from contacts.pages.queue_around import Around
    from organisation.models import User
    from organisation.snapshot import Organisation


def own_team_name(house: Organisation, user: User) -> str:
    """The name of the one team, or the word for several."""
    teams = [house.teams[pk].name for pk in user.team_ids if pk in house.teams]
    return teams[0] if len(teams) == 1 else _("My teams")


@dataclass(frozen=True, eq=False)
class Options:
    """The choices of each filter: the same object for the same, so that the page can keep what it shows of them."""

    scope: tuple[Choice, ...]
    term: tuple[Choice, ...]
    assignee: tuple[Choice, ...]
    channel: tuple[Choice, ...]
    kind: tuple[Choice, ...]
    status: tuple[Choice, ...]
    team: tuple[Choice, ...]
    order: tuple[Choice, ...]


_made: Final[Kept[Options]] = Kept(64)


def options_of(filters: QueueFilters, facts: Around, user: User, at: datetime) -> Options:
    """The choices of the filters, made once for the same person, colleagues, settings, language and day."""
    people = tuple((person["id"], person["name"]) for person in facts.members)
    who = (user.pk, user.rights, user.team_ids, people)
    key = (filters, who, facts.house.version, wording.language(), local_day(at))
    return _made.get(key, lambda: _options(filters, facts, user))


def _options(filters: QueueFilters, facts: Around, user: User) -> Options:
    def options(chosen: str, pairs: list[tuple[str, str]]) -> tuple[Choice, ...]:
        return tuple(Choice(value, words, value == chosen) for value, words in pairs)

    terms = [
        ("", _("Any deadline")),
        ("te_laat", _("overdue")),
        ("bijna", _("almost overdue")),
        ("vandaag", _("today")),
    ]
    terms.append(("week", _("within a week")))
    if filters.term and filters.term not in dict(terms):
        terms.append((filters.term, wording.day(date.fromisoformat(filters.term))))
    people = [("", _("Everybody")), (NOBODY, _("without assignee")), (str(user.pk), _("me"))]
    people += [(str(person["id"]), person["name"]) for person in facts.members if person["id"] != user.pk]
    if filters.assignee and filters.assignee not in dict(people):
        people.append((filters.assignee, _("another colleague")))
    scopes = [("mijn", _("Mine")), ("team", own_team_name(facts.house, user))]
    if user.may(Right.QUESTIONS_ALL_TEAMS):
        scopes.append(("alles", _("All teams")))
    reach = user.team_ids if not user.may(Right.QUESTIONS_ALL_TEAMS) else facts.house.teams
    teams = [(str(pk), facts.house.teams[pk].name) for pk in reach if pk in facts.house.teams]
    if filters.team is not None and str(filters.team) not in dict(teams):  # of a list that was kept, or of a link
        known = facts.house.teams.get(filters.team)
        teams.append((str(filters.team), known.name if known else _("another team")))
    status = [
        ("open", _("Open")),
        *((s, str(Question.Status(s).label)) for s in ("new", "in_progress", "waiting", "closed", "cancelled")),
    ]
    orders = [("termijn", _("deadline, oldest first")), ("nieuwste", _("newest first"))]
    if not filters.is_open:  # these have no deadline any more, and the list goes on by deadline after them
        orders = [("", _("newest first"))]
    return Options(
        scope=options(filters.scope, scopes),
        term=options(filters.term, terms),
        assignee=options(filters.assignee, people),
        channel=options(filters.channel, [("", _("Any channel")), *((c.value, str(c.label)) for c in Channel)]),
        kind=options(filters.kind, [("", _("Any kind")), *((k.value, str(k.label)) for k in QuestionKind)]),
        status=options(filters.status, [*status, ("all", _("Open and closed"))]),
        team=options(str(filters.team or ""), [("", _("Any team")), *sorted(teams, key=lambda pair: pair[1])]),
        order=options(filters.order, orders),
    )


def subject_options(house: Organisation, chosen: int | None) -> SafeString:
    """The tree of subjects as options; made once per version of the settings."""
    global _subjects
    if _subjects is None or _subjects[0] is not house:
        _subjects = (house, mark_safe(_subject_tree(house)))  # noqa: S308 - names are escaped below
    tree = _subjects[1]
    if chosen is None:
        return tree
    text, option = str(tree), f'<option value="{chosen}">'
    if option not in text and chosen in house.subjects:  # out of use, in a list that was kept
        text += f"{option}{escape(house.subjects[chosen].name)}</option>"
    return mark_safe(text.replace(option, f'<option value="{chosen}" selected>', 1))  # noqa: S308 - as above


_subjects: tuple[Organisation, SafeString] | None = None


def _subject_tree(house: Organisation) -> str:
    below: dict[int | None, list[Any]] = {}
    for subject in sorted(house.subjects.values(), key=lambda subject: subject.name.lower()):
        if subject.is_active:
            below.setdefault(subject.parent_id, []).append(subject)
    parts = []
    for theme in below.get(None, []):
        parts.append(f'<option value="{theme.pk}">{escape(theme.name)}</option>')
        parts += [
            f'<option value="{one.pk}">{escape(theme.name)} › {escape(one.name)}</option>'
            for one in below.get(theme.pk, [])
        ]
    return "".join(parts)
