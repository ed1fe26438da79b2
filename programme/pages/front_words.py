"""The sentences above the house: what is the case with the pillars, the projects and the goals."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kpi.words import capital, number_word
from organisation import wording
from programme.models import Light, Programme, Project
from programme.pages.standing import Standing

if TYPE_CHECKING:
    from programme.pages.front import Part


def title(programme: Programme | None, parts: Sequence[Part]) -> str:
    """What is the case with the pillars."""
    if programme is None:
        return _("There is no programme yet")
    behind = [part.short_name for part in parts if part.badge.tone == "late"]
    attention = [part.short_name for part in parts if part.badge.tone == "warn"]
    if behind and attention:
        words = ngettext(
            "%(behind)s is behind, %(attention)s needs attention",
            "%(behind)s is behind, %(attention)s need attention",
            len(attention),
        )
        if len(behind) > 1:
            words = _("%(behind)s are behind; attention for %(attention)s")
        return words % {"behind": _list(behind), "attention": _list(attention)}
    if behind:
        return ngettext("%(names)s is behind", "%(names)s are behind", len(behind)) % {"names": _list(behind)}
    if attention:
        return ngettext("%(names)s needs attention", "%(names)s need attention", len(attention)) % {
            "names": _list(attention)
        }
    if any(part.badge.tone == "ok" for part in parts):
        return _("All pillars are on track")
    return programme.name


def _list(names: Sequence[str]) -> str:
    """`Digitaal, Persoonlijk en Schriftelijk`: the first with its capital, as the names are."""
    if len(names) < 2:
        return names[0]
    return _("%(some)s and %(last)s") % {"some": ", ".join(names[:-1]), "last": names[-1]}


def lead(programme: Programme | None, projects: Sequence[Project], goals: Sequence[Standing], today: date) -> str:
    if programme is None:
        return _("The programme shows its house, its projects and its goals here.")
    span = f"{programme.name} {programme.starts_on.year}–{programme.ends_on.year}."
    told = [span, _("State on %(day)s.") % {"day": f"{wording.day_long(today, today)} {today.year}"}]
    running = [project for project in projects if project.done_on is None]
    behind = sum(1 for project in running if project.light == Light.BEHIND)
    attention = sum(1 for project in running if project.light == Light.ATTENTION)
    if running:
        told.append(
            _("Running projects: %(all)s. Behind: %(behind)s. Asking for attention: %(attention)s.")
            % {"all": number_word(len(running)), "behind": number_word(behind), "attention": number_word(attention)}
        )
    known = [one for one in goals if one.is_met is not None]
    if goals and not known:
        told.append(_("No goal has a figure yet."))
    elif goals:
        told.append(
            _("%(met)s of the %(known)s goals with a figure reached. Without a figure yet: %(none)s.")
            % {
                "met": capital(number_word(sum(1 for one in known if one.is_met))),
                "known": number_word(len(known)),
                "none": number_word(len(goals) - len(known)),
            }
        )
    return " ".join(told)
