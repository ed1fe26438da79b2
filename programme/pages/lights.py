"""States as words, icon and colour together; and the state of a part of the house from its projects."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from programme.models import Light, Project


@dataclass(frozen=True)
class Badge:
    """As the template shows it; `css` is the end of a class name of `utrecht-status-badge`."""

    word: str
    css: str
    icon: str
    tone: str = "none"
    """ok, warn, late, done or none."""


def light_badge(light: str) -> Badge:
    word = str(Light(light).label)
    return {
        Light.ON_TRACK: Badge(word, "success", "circle-check", "ok"),
        Light.ATTENTION: Badge(word, "warning", "alert-triangle", "warn"),
        Light.BEHIND: Badge(word, "danger", "clock-x", "late"),
    }[Light(light)]


def project_badge(project: Project) -> Badge:
    """A project that is ready, or withdrawn, has no light any more."""
    if project.withdrawn_on is not None:
        return Badge(_("withdrawn"), "inactive", "archive")
    return Badge(_("ready"), "active", "flag", "done") if project.done_on else light_badge(project.light)


WORST = (Light.BEHIND, Light.ATTENTION, Light.ON_TRACK)


def worst(projects: Sequence[Project]) -> Light | None:
    """The heaviest state among what runs; None when nothing runs."""
    running = {project.light for project in projects if project.done_on is None}
    return next((light for light in WORST if light in running), None)


def part_badge(projects: Sequence[Project]) -> Badge:
    """How a pillar or condition stands: as its heaviest running project."""
    found = worst(projects)
    if found is not None:
        return light_badge(found)
    if projects:
        return Badge(_("ready"), "active", "flag", "done")
    return Badge(_("no projects"), "inactive", "circle-dashed")


def why(projects: Sequence[Project]) -> str:
    """Why a part stands as it does: how many projects have that state."""
    found = worst(projects)
    count = sum(1 for project in projects if project.done_on is None and project.light == found)
    all_of_them = {"count": count, "all": len(projects)}
    if found == Light.BEHIND:
        return (
            ngettext("%(count)s of %(all)s projects is behind", "%(count)s of %(all)s projects are behind", count)
            % all_of_them
        )
    if found == Light.ATTENTION:
        return (
            ngettext(
                "%(count)s of %(all)s projects needs attention", "%(count)s of %(all)s projects need attention", count
            )
            % all_of_them
        )
    return ngettext("%(all)s project", "%(all)s projects", len(projects)) % {"all": len(projects)}
