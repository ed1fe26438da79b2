"""Who reaches what, rule by rule, without a row in the database: the inner check refuses also where the page or act around it asked before.

A right is given or taken one at a time (`somebody`), so that each condition of a rule is looked at, not only the combinations that roles have.
`script/mutants` takes these conditions away one by one (docs/mutants.md).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import EmptyResultSet
from django.db.models import QuerySet

from contacts.actions.change_template import may_change
from contacts.models import Customer, Question, ReplyTemplate
from knowledge import permissions
from knowledge.models import Article, ArticleFeedback, ArticleVersion, News
from kpi import reach
from kpi.actions.issue_report import may_report_on
from kpi.models import IssuedReport, TeamAgreement
from kpi.registry import MEASURES
from organisation.access import people_visible_to
from organisation.models import Membership, User
from organisation.role_reach import list_teams, most_rows
from organisation.roles import Right, Role
from privacy.reach import people_to_decide_about
from programme import access
from programme.models import Goal, Milestone, Project
from surveys.access import may_write_outside
from surveys.models import Answer, AnswerBatch, Invitation
from surveys.querysets import sees_all_teams

MINE, THEIRS = 7, 8
"""Teams."""
R = Right


def somebody(*rights: Right, leads: bool = False, pk: int = 3, role: Role = Role.TEAM_MEMBER) -> User:
    """In one team, with exactly these rights; `leads` that team."""
    user = User(pk=pk, username="x", is_active=True)
    role = Role.TEAM_LEAD if leads else role
    user.__dict__.update(current_memberships=[Membership(team_id=MINE, role=role)], rights=frozenset(rights))
    return user


def holding(*roles: tuple[Role, int | None]) -> User:
    """With these roles in these teams, and the rights that they give."""
    user = User(pk=3, username="x", is_active=True)
    user.__dict__["current_memberships"] = [Membership(team_id=team, role=role) for role, team in roles]
    return user


NOBODY = somebody()


def rows(found: QuerySet[Any]) -> str:
    """none, those of the team, one's own, those of the whole house, or all."""
    try:
        where = str(found.query).partition(" WHERE ")[2]
    except EmptyResultSet:
        return "none"
    if f"({MINE})" in where:
        return "whole team" if 'team_id" IS NULL' in where else "team"
    return "own" if f"= {NOBODY.pk}" in where else "whole" if 'team_id" IS NULL' in where else "all"


def reports_on(user: User) -> str:
    scopes = {"whole": None, "team": MINE, "others": THEIRS}
    return " ".join(name for name, team_id in scopes.items() if may_report_on(user, team_id))


def words(value: object) -> str:
    return rows(value) if isinstance(value, QuerySet) else str(value)


MY_ARTICLE, THEIR_ARTICLE = Article(pk=1, team_id=MINE), Article(pk=2, team_id=THEIRS)
MY_DRAFT, THEIR_DRAFT = ArticleVersion(written_by_id=3), ArticleVersion(written_by_id=4)
MY_PROJECT, THEIR_PROJECT = Project(pk=1, owner_id=3), Project(pk=2, owner_id=4)

Rule = tuple[Callable[[User], object], User, str]
RULES: dict[str, list[Rule]] = {
    "keep an article": [
        (lambda user: permissions.may_keep(user, MY_ARTICLE), NOBODY, "False"),
        (lambda user: permissions.may_keep(user, MY_ARTICLE), somebody(R.ARTICLES_WRITE), "True"),
        (lambda user: permissions.may_keep(user, THEIR_ARTICLE), somebody(R.ARTICLES_WRITE), "False"),
        (
            lambda user: permissions.may_keep(user, THEIR_ARTICLE),
            somebody(R.ARTICLES_WRITE, R.ARTICLES_ALL_TEAMS),
            "True",
        ),
        (lambda user: permissions.may_keep(user, THEIR_ARTICLE), somebody(R.ARTICLES_ALL_TEAMS), "False"),
        (
            lambda user: permissions.may_keep(user, THEIR_ARTICLE),
            holding((Role.TEAM_MEMBER, MINE), (Role.FRONT_OFFICE, THEIRS)),
            "False",
        ),
    ],
    "write a new article": [
        (lambda user: permissions.may_write_for(user, MINE), NOBODY, "False"),
        (lambda user: permissions.may_write_for(user, THEIRS), somebody(R.ARTICLES_PROPOSE), "True"),
        (lambda user: permissions.may_write_for(user, MINE), somebody(R.ARTICLES_WRITE), "True"),
        (lambda user: permissions.may_write_for(user, THEIRS), somebody(R.ARTICLES_WRITE), "False"),
    ],
    "write in an article": [
        (lambda user: permissions.may_write(user, MY_ARTICLE, None), NOBODY, "False"),
        (lambda user: permissions.may_write(user, MY_ARTICLE, THEIR_DRAFT), somebody(R.ARTICLES_WRITE), "True"),
        (lambda user: permissions.may_write(user, THEIR_ARTICLE, MY_DRAFT), somebody(R.ARTICLES_WRITE), "False"),
        (lambda user: permissions.may_write(user, THEIR_ARTICLE, MY_DRAFT), somebody(R.ARTICLES_PROPOSE), "True"),
        (lambda user: permissions.may_write(user, THEIR_ARTICLE, THEIR_DRAFT), somebody(R.ARTICLES_PROPOSE), "False"),
    ],
    "publish": [
        (
            lambda user: permissions.may_publish(user, MY_ARTICLE, THEIR_DRAFT),
            somebody(R.ARTICLES_PUBLISH, leads=True),
            "True",
        ),
        (
            lambda user: permissions.may_publish(user, MY_ARTICLE, MY_DRAFT),
            somebody(R.ARTICLES_PUBLISH, leads=True),
            "False",
        ),
        (lambda user: permissions.may_publish(user, MY_ARTICLE, THEIR_DRAFT), somebody(leads=True), "False"),
        (lambda user: permissions.may_publish(user, MY_ARTICLE, THEIR_DRAFT), somebody(R.ARTICLES_PUBLISH), "False"),
        (
            lambda user: permissions.may_publish(user, THEIR_ARTICLE, THEIR_DRAFT),
            somebody(R.ARTICLES_PUBLISH, leads=True),
            "False",
        ),
    ],
    "tell colleagues": [
        (lambda user: permissions.may_tell_for(user, MINE), somebody(R.ARTICLES_PUBLISH, leads=True), "True"),
        (lambda user: permissions.may_tell_for(user, MINE), somebody(leads=True), "False"),
        (lambda user: permissions.may_tell_for(user, MINE), somebody(R.ARTICLES_PUBLISH), "False"),
        (lambda user: permissions.may_tell_for(user, THEIRS), somebody(R.ARTICLES_PUBLISH, leads=True), "False"),
        (
            lambda user: permissions.may_tell_for(user, THEIRS),
            somebody(R.ARTICLES_PUBLISH, R.ARTICLES_ALL_TEAMS),
            "True",
        ),
    ],
    "rows of the knowledge base": [
        (Article.objects.visible_to, NOBODY, "none"),
        (Article.objects.visible_to, somebody(R.ARTICLES_WRITE), "none"),
        (Article.objects.kept_by, NOBODY, "none"),
        (Article.objects.kept_by, somebody(R.ARTICLES_WRITE), "team"),
        (Article.objects.kept_by, somebody(R.ARTICLES_WRITE, R.ARTICLES_ALL_TEAMS), "all"),
        (Article.objects.kept_by, holding((Role.TEAM_MEMBER, MINE), (Role.FRONT_OFFICE, THEIRS)), "team"),
        (ArticleFeedback.objects.waiting_for, NOBODY, "none"),
        (ArticleFeedback.objects.waiting_for, somebody(R.ARTICLES_WRITE), "team"),
        (News.objects.addressed_to, NOBODY, "none"),
        (News.objects.kept_by, somebody(leads=True), "none"),
        (News.objects.kept_by, somebody(R.ARTICLES_PUBLISH, leads=True), "team"),
        (News.objects.kept_by, somebody(R.ARTICLES_PUBLISH), "none"),
        (News.objects.kept_by, somebody(R.ARTICLES_PUBLISH, R.ARTICLES_ALL_TEAMS), "all"),
    ],
    "figures": [
        (lambda user: sorted(reach.teams_in_reach(user) or ["all"]), somebody(R.QUESTIONS_READ), f"[{MINE}]"),
        (
            lambda user: reach.teams_in_reach(user),
            somebody(R.QUESTIONS_READ, R.QUESTIONS_ALL_TEAMS),
            "None",
        ),
        (lambda user: reach.teams_in_reach(user), NOBODY, "None"),
        (reach.teams_in_reach, holding((Role.TEAM_MEMBER, MINE), (Role.HOST, THEIRS)), f"frozenset({{{MINE}}})"),
        (reach.hides_small, NOBODY, "True"),
        (reach.hides_small, somebody(R.FIGURES_DRILL), "False"),
        (list_teams, NOBODY, "frozenset()"),
        (list_teams, somebody(role=Role.COORDINATOR), "frozenset()"),
        (list_teams, holding((Role.COORDINATOR, MINE)), "None"),
        (most_rows, holding((Role.COORDINATOR, MINE)), "10000"),
        (most_rows, holding((Role.TEAM_LEAD, MINE), (Role.FRONT_OFFICE, MINE)), "1000"),
        (list_teams, holding((Role.TEAM_LEAD, MINE)), f"frozenset({{{MINE}}})"),
        (list_teams, holding((Role.TEAM_LEAD, MINE), (Role.TEAM_MEMBER, THEIRS)), f"frozenset({{{MINE}}})"),
        (list_teams, holding((Role.TEAM_LEAD, MINE), (Role.FRONT_OFFICE, THEIRS)), f"frozenset({{{MINE}}})"),
        (reach.sees_every_call, somebody(R.FIGURES_DRILL, R.LISTS_EXPORT, role=Role.COORDINATOR), "True"),
        (reach.sees_every_call, somebody(R.LISTS_EXPORT, role=Role.COORDINATOR), "False"),
        (reach.sees_every_call, somebody(R.FIGURES_DRILL, role=Role.COORDINATOR), "False"),
        (reach.sees_every_call, holding((Role.TEAM_LEAD, MINE), (Role.FRONT_OFFICE, THEIRS)), "False"),
    ],
    "rows behind a figure": [
        (lambda user: behind(user, "email.answer"), somebody(R.QUESTIONS_READ), "none"),
        (lambda user: behind(user, "email.answer"), somebody(R.QUESTIONS_READ, R.FIGURES_DRILL), "own team"),
        (
            lambda user: behind(user, "email.answer"),
            somebody(R.QUESTIONS_READ, R.FIGURES_DRILL, R.LISTS_EXPORT, leads=True),
            "team",
        ),
        (
            lambda user: behind(user, "email.answer"),
            holding((Role.TEAM_LEAD, MINE), (Role.FRONT_OFFICE, MINE)),
            "own team",
        ),
        (lambda user: behind(user, "email.answer"), holding((Role.FRONT_OFFICE, THEIRS)), "own"),
        (lambda user: behind(user, "phone.pickup"), somebody(R.QUESTIONS_READ, R.FIGURES_DRILL), "own team"),
        (
            lambda user: behind(user, "phone.pickup"),
            holding((Role.COORDINATOR, MINE)),
            "",
        ),
    ],
    "agreements, reports and signals": [
        (TeamAgreement.objects.visible_to, NOBODY, "none"),
        (TeamAgreement.objects.visible_to, somebody(leads=True), "team"),
        (IssuedReport.objects.visible_to, NOBODY, "none"),
        (IssuedReport.objects.visible_to, holding((Role.DIRECTOR, None)), "whole"),
        (IssuedReport.objects.visible_to, holding((Role.DIRECTOR, None), (Role.FRONT_OFFICE, THEIRS)), "whole"),
        (reports_on, holding((Role.DIRECTOR, None), (Role.FRONT_OFFICE, THEIRS)), "whole"),
        (reports_on, holding((Role.DIRECTOR, None), (Role.TEAM_LEAD, MINE)), "whole team"),
        (IssuedReport.objects.visible_to, holding((Role.DIRECTOR, None), (Role.TEAM_LEAD, MINE)), "whole team"),
        (IssuedReport.objects.visible_to, somebody(R.FIGURES_DRILL, R.QUESTIONS_READ), "none"),
        (IssuedReport.objects.visible_to, holding((Role.TEAM_LEAD, MINE)), "team"),
        (IssuedReport.objects.visible_to, holding((Role.TEAM_LEAD, MINE), (Role.FRONT_OFFICE, THEIRS)), "team"),
        (IssuedReport.objects.visible_to, holding((Role.COORDINATOR, MINE)), "all"),
    ],
    "take figures along": [
        (reach.export_teams, holding((Role.FRONT_OFFICE, MINE)), "frozenset()"),
        (reach.export_teams, holding((Role.TEAM_LEAD, MINE), (Role.FRONT_OFFICE, THEIRS)), f"frozenset({{{MINE}}})"),
        (reach.export_teams, holding((Role.DIRECTOR, None), (Role.TEAM_LEAD, MINE)), "None"),
        (reach.export_teams, holding((Role.COORDINATOR, MINE)), "None"),
    ],
    "surveys": [
        (sees_all_teams, somebody(R.QUESTIONS_READ), "False"),
        (sees_all_teams, somebody(R.QUESTIONS_READ, R.QUESTIONS_ALL_TEAMS), "True"),
        (sees_all_teams, NOBODY, "True"),
        (AnswerBatch.objects.visible_to, somebody(R.QUESTIONS_ALL_TEAMS), "none"),
        (AnswerBatch.objects.visible_to, somebody(R.QUESTIONS_READ, R.SURVEYS_READ), "team"),
        (AnswerBatch.objects.visible_to, somebody(R.SURVEYS_READ), "all"),
        (AnswerBatch.objects.visible_to, holding((Role.TEAM_MEMBER, MINE), (Role.HOST, THEIRS)), "team"),
        (Invitation.objects.visible_to, somebody(R.QUESTIONS_ALL_TEAMS), "none"),
        (Invitation.objects.visible_to, somebody(R.QUESTIONS_READ, R.SURVEYS_READ), "team"),
        (Invitation.objects.visible_to, holding((Role.TEAM_MEMBER, MINE), (Role.HOST, THEIRS)), "team"),
        (Answer.objects.words_for, somebody(R.QUESTIONS_ALL_TEAMS), "none"),
        (Answer.objects.words_for, somebody(R.SURVEYS_WORDS), "team"),
        (Answer.objects.words_for, holding((Role.TEAM_LEAD, MINE), (Role.FRONT_OFFICE, THEIRS)), "team"),
        (Answer.objects.words_for, holding((Role.COORDINATOR, THEIRS)), "all"),
        (may_write_outside, NOBODY, "False"),
        (may_write_outside, somebody(R.PROGRAMME_WRITE), "True"),
    ],
    "the programme": [
        (access.may_write, NOBODY, "False"),
        (access.may_write, somebody(R.PROGRAMME_WRITE), "True"),
        (access.may_add, NOBODY, "False"),
        (lambda user: access.may_change(user, Milestone(project=MY_PROJECT)), NOBODY, "True"),
        (lambda user: access.may_change(user, Milestone(project=THEIR_PROJECT)), NOBODY, "False"),
        (lambda user: access.may_update(user, MY_PROJECT), NOBODY, "True"),
        (lambda user: access.may_update(user, THEIR_PROJECT), NOBODY, "False"),
        (lambda user: access.may_update(user, THEIR_PROJECT), somebody(R.PROGRAMME_WRITE), "True"),
        (access.updatable, NOBODY, "own"),
        (lambda user: access.may_change(user, Goal()), NOBODY, "False"),
        (Project.objects.visible_to, NOBODY, "own"),
        (Project.objects.visible_to, somebody(R.PROGRAMME_READ), "all"),
        (Goal.objects.visible_to, NOBODY, "none"),
        (access.goals_of, NOBODY, "none"),
    ],
    "people and customers": [
        (people_visible_to, NOBODY, "none"),
        (people_visible_to, somebody(R.QUESTIONS_ALL_TEAMS), "none"),
        (people_visible_to, holding((Role.FRONT_OFFICE, MINE)), "none"),
        (people_visible_to, holding((Role.TEAM_LEAD, MINE)), "team"),
        (people_visible_to, holding((Role.TEAM_LEAD, MINE), (Role.FRONT_OFFICE, THEIRS)), "team"),
        (people_visible_to, holding((Role.TEAM_LEAD, MINE), (Role.TEAM_MEMBER, THEIRS)), "team"),
        (people_visible_to, holding((Role.COORDINATOR, THEIRS)), "all"),
        (people_visible_to, somebody(R.PEOPLE_WRITE), "all"),
        (Question.objects.visible_to, holding((Role.TEAM_MEMBER, MINE), (Role.HOST, THEIRS)), "team"),
        (Question.objects.visible_to, holding((Role.HOST, MINE), (Role.TEAM_MEMBER, THEIRS)), "own"),
        (Customer.objects.visible_to, somebody(R.QUESTIONS_ALL_TEAMS, R.QUESTIONS_READ), "none"),
        (Customer.objects.visible_to, somebody(R.QUESTIONS_ALL_TEAMS, R.CUSTOMERS_READ), "all"),
        (people_to_decide_about, holding((Role.FRONT_OFFICE, MINE)), "none"),
        (people_to_decide_about, holding((Role.TEAM_LEAD, MINE)), "team"),
        (people_to_decide_about, holding((Role.TEAM_LEAD, MINE), (Role.FRONT_OFFICE, THEIRS)), "team"),
        (people_to_decide_about, holding((Role.TEAM_LEAD, MINE), (Role.TEAM_MEMBER, THEIRS)), "team"),
        (people_to_decide_about, holding((Role.COORDINATOR, THEIRS)), "all"),
    ],
}


def behind(user: User, code: str) -> str:
    """Which conditions the rows of a figure are under, in words."""
    measure = MEASURES[code]
    found = reach.rows_for(user, measure, measure.source.rows())
    try:
        where = str(found.query).partition(" WHERE ")[2]
    except EmptyResultSet:
        return "none"
    own = "own" if f'"assignee_id" = {user.pk}' in where else ""
    return f"{own} {'team' if f'({MINE})' in where else ''}".strip()


@pytest.mark.parametrize("name", RULES)
def test_each_condition_of_a_rule_counts(name: str) -> None:
    wrong = [
        f"{number}: {sorted(user.rights)} found {found}, not {expected}"
        for number, (rule, user, expected) in enumerate(RULES[name])
        if (found := words(rule(user))) != expected
    ]
    assert wrong == []


def test_a_template_of_a_team_is_changed_by_its_lead() -> None:
    of_team, of_all = ReplyTemplate(team_id=MINE), ReplyTemplate(team_id=None)
    lead = somebody(R.TEMPLATES_WRITE, R.QUESTIONS_READ, leads=True)
    assert not may_change(somebody(R.QUESTIONS_READ, leads=True), of_team) and may_change(lead, of_team)
    assert not may_change(somebody(R.TEMPLATES_WRITE, R.QUESTIONS_READ), of_team) and not may_change(lead, of_all)
