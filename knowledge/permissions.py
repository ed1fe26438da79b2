"""Who may do what with one article (quality §4): propose any, write for the own team, publish what another wrote."""

from __future__ import annotations

from typing import TYPE_CHECKING

from organisation.role_reach import teams_with
from organisation.roles import Right

if TYPE_CHECKING:
    from knowledge.models import Article, ArticleTranslation, ArticleVersion
    from organisation.models import User


def kept_teams(user: User) -> frozenset[int] | None:
    """The teams whose articles this person looks after; None: every team. At the desk of one team and a member of another: that other alone."""
    if user.may(Right.ARTICLES_WRITE) and user.may(Right.ARTICLES_ALL_TEAMS):
        return None
    return teams_with(user, Right.ARTICLES_WRITE)


def _keeps_for(user: User, team_id: int) -> bool:
    teams = kept_teams(user)
    return teams is None or team_id in teams


def may_keep(user: User, article: Article) -> bool:
    """Looks after it: writes, answers what the desk says, finds it still true."""
    return _keeps_for(user, article.team_id)


def may_write_for(user: User, team_id: int) -> bool:
    """A new article for this team: its own people, and whoever may propose one."""
    return user.may(Right.ARTICLES_PROPOSE) or _keeps_for(user, team_id)


def may_write(user: User, article: Article, draft: ArticleVersion | ArticleTranslation | None) -> bool:
    """Begins or changes the next version; who only proposes, none but their own."""
    if may_keep(user, article):
        return True
    return user.may(Right.ARTICLES_PROPOSE) and (draft is None or draft.written_by_id == user.pk)


def may_publish(user: User, article: Article, draft: ArticleVersion | ArticleTranslation) -> bool:
    """Never what somebody wrote alone: two people look at every text."""
    return leads(user, article) and draft.written_by_id != user.pk


def leads(user: User, article: Article) -> bool:
    """Decides about the articles of this team: its own leads (who leads one team is a member of another), and the coordinator."""
    is_lead = user.may(Right.ARTICLES_ALL_TEAMS) or article.team_id in user.led_team_ids
    return user.may(Right.ARTICLES_PUBLISH) and is_lead


def may_tell_for(user: User, team_id: int) -> bool:
    """Tells colleagues something in the name of this team: its leads, and the coordinator."""
    is_lead = user.may(Right.ARTICLES_ALL_TEAMS) or team_id in user.led_team_ids
    return user.may(Right.ARTICLES_PUBLISH) and is_lead
