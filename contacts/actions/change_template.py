"""Adds and changes texts to begin a reply from; fields in braces are filled in, no code is run."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from contacts import normalize
from contacts.models import ReplyTemplate
from organisation import audit
from organisation.errors import Refused, Stale
from organisation.history import sign
from organisation.roles import Right
from organisation.snapshot import organisation
from organisation.transact import one_transaction

if TYPE_CHECKING:
    from organisation.models import User

FIELDS = (
    *("aanhef", "nummer", "team", "medewerker", "uiterlijk"),
    *("ontvangen", "onderwerp", "naam", "adres", "telefoon", "gemeente"),
)
MAX_BODY = 10_000
_FIELD = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True)
class TemplateTerms:
    name: str
    body: str
    team_id: int | None = None
    subject_id: int | None = None
    is_active: bool = True
    use: str = ""


@one_transaction
def add_template(*, terms: TemplateTerms, by: User, at: datetime) -> ReplyTemplate:
    _check(terms, by=by)
    row = ReplyTemplate(version=0)
    _save(row, terms, by=by, at=at, reason=_("added"))
    audit.record(by=by, action="template.added", obj=row, name=row.name)
    return row


@one_transaction
def change_template(
    *, template: ReplyTemplate, terms: TemplateTerms, by: User, at: datetime, version: int | None = None
) -> ReplyTemplate:
    """Replies that were begun from the old text stay as they are."""
    if not may_change(by, template):
        raise PermissionDenied
    _check(terms, by=by, template=template)
    fresh = ReplyTemplate.objects.select_for_update().get(pk=template.pk)
    if version is not None and fresh.version != version:
        raise Stale(_("A colleague changed this template in the meantime."), fresh)
    _save(fresh, terms, by=by, at=at, reason=_("changed"))
    audit.record(by=by, action="template.changed", obj=fresh, name=fresh.name)
    return fresh


def may_change(user: User, template: ReplyTemplate | None = None) -> bool:
    """Team leads their own team's; the coordinator and the administrator all (quality §4)."""
    if not user.may(Right.TEMPLATES_WRITE):
        return False
    if template is None or not _only_own_teams(user):
        return True
    return template.team_id in user.led_team_ids


def _only_own_teams(user: User) -> bool:
    return not (user.may(Right.NORMS_WRITE) or user.may(Right.API_CLIENTS_WRITE))


def _check(terms: TemplateTerms, *, by: User, template: ReplyTemplate | None = None) -> None:
    if not by.may(Right.TEMPLATES_WRITE):
        raise PermissionDenied
    house = organisation()
    name = normalize.clean_line(terms.name, 100)
    if not name:
        raise Refused(_("Give the template a name."), "name")
    same = ReplyTemplate.objects.filter(name__iexact=name)
    if (same.exclude(pk=template.pk) if template is not None else same).exists():
        raise Refused(_("There is already a template with this name."), "name")
    if terms.team_id is not None and terms.team_id not in house.teams:
        raise Refused(_("Choose a team that is in use."), "team")
    if _only_own_teams(by) and terms.team_id not in by.led_team_ids:
        raise Refused(_("Choose a team that you lead."), "team")
    if terms.subject_id is not None and terms.subject_id not in house.subjects:
        raise Refused(_("Choose a subject from the list."), "subject")
    if terms.use not in ReplyTemplate.Use.values:
        raise Refused(_("Choose what the template is for."), "use")
    if terms.use:
        _check_use(terms, by=by, template=template)
    if not normalize.clean(terms.body, MAX_BODY):
        raise Refused(_("Write the text of the template."), "body")
    for field in _FIELD.findall(terms.body):
        if field not in FIELDS:
            raise Refused(
                _("{%(field)s} is not a field. You can use %(fields)s.")
                % {"field": field[:40], "fields": ", ".join(f"{{{one}}}" for one in FIELDS)},
                "body",
            )


def _check_use(terms: TemplateTerms, *, by: User, template: ReplyTemplate | None) -> None:
    """One text for the whole municipality, that a machine fills in."""
    if _only_own_teams(by) or terms.team_id is not None or terms.subject_id is not None:
        raise Refused(_("The acknowledgement of a letter is for all teams and all subjects."), "use")
    others = ReplyTemplate.objects.filter(use=terms.use, is_active=True)
    other = (others.exclude(pk=template.pk) if template is not None else others).first()
    if terms.is_active and other is not None:
        raise Refused(
            _("“%(name)s” is used for this already. Take that one out of use first.") % {"name": other.name}, "use"
        )
    if "{medewerker}" in terms.body:
        raise Refused(_("{medewerker} is not known here: nobody writes this letter by hand."), "body")
    if "{nummer}" not in terms.body:
        raise Refused(_("Put {nummer} in the text: the customer needs it."), "body")


def _save(row: ReplyTemplate, terms: TemplateTerms, *, by: User, at: datetime, reason: str) -> None:
    row.name = normalize.clean_line(terms.name, 100)
    row.body = normalize.clean(terms.body, MAX_BODY)
    row.team_id = terms.team_id
    row.subject_id = terms.subject_id
    row.is_active = terms.is_active
    row.use = terms.use
    row.version += 1
    sign(row, by=by, at=at, reason=reason)
    row.save()
