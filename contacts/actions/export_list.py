"""Takes a list along as a file: rows with personal data, so with a reason, within a size, and on record."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from contacts import keyset, normalize
from contacts.csv_cells import csv_text
from contacts.models import Question
from contacts.queue_filters import QueueFilters, matching
from organisation import audit, wording
from organisation.errors import Refused
from organisation.models import QuestionKind
from organisation.role_reach import list_teams
from organisation.roles import Right
from organisation.snapshot import organisation
from organisation.transact import one_transaction

if TYPE_CHECKING:
    from organisation.models import User

REASON = 5
COLUMNS = (
    "number",
    "title",
    "kind",
    "subject_id",
    "channel",
    "status",
    "team_id",
    "assignee__name",
    "customer__name",
    "received_at",
    "due_at",
    "answered_at",
    "closed_at",
)


@one_transaction
def export_list(*, filters: QueueFilters, by: User, at: datetime, reason: str, limit: int) -> str:
    """The text of the file. More rows than allowed is refused, never cut off in silence; and so are rows of a team that this person does not
    lead, though the list on the screen shows them to who also works at the desk."""
    if not by.may(Right.LISTS_EXPORT):
        raise PermissionDenied
    reason = normalize.clean_line(reason, 300)
    if len(reason) < REASON:
        raise Refused(_("Write in a few words what the list is for."), "reason")
    house = organisation()
    listed = matching(filters, by, at, house)
    teams = list_teams(by)
    if teams is not None and listed.exclude(team_id__in=teams).exists():
        raise Refused(
            _("You may take along lists of the teams that you lead. Choose one of these teams in the filters.")
        )
    rows = listed.values_list(*COLUMNS)
    found = list(keyset.ordered(rows, moment=filters.moment, newest_first=filters.newest_first)[: limit + 1])
    if len(found) > limit:
        raise Refused(
            _("This list has more than %(limit)s questions. Use filters to make it smaller.")
            % {"limit": wording.number(limit)}
        )
    kinds, statuses = dict(QuestionKind.choices), dict(Question.Status.choices)
    heads = [
        _("Number"),
        _("Question"),
        _("Kind"),
        _("Subject"),
        _("Channel"),
        _("Status"),
        _("Team"),
        _("Assignee"),
        _("Customer"),
    ]
    heads += [_("Received"), _("Deadline"), _("Last answer"), _("Closed")]
    lines = [heads]
    for (
        number,
        title,
        kind,
        subject,
        channel,
        status,
        team,
        assignee,
        customer,
        received,
        due,
        answered,
        closed,
    ) in found:
        lines.append(
            [
                number,
                title,
                str(kinds.get(kind, kind)),
                house.subjects[subject].name if subject in house.subjects else "",
                str(wording.channel_name(channel)),
                str(statuses.get(status, status)),
                house.teams[team].name if team in house.teams else "",
                assignee or "",
                customer or "",
                _moment(received),
                wording.last_day(due).isoformat() if due else "",
                _moment(answered),
                _moment(closed),
            ]
        )
    # what was typed may be a name, and a log outlives it
    words: dict[str, Any] = {"by_words": True} if filters.words else {}
    audit.record(by=by, action="export.list", rows=len(found), list=filters.but(words=""), reason=reason, **words)
    return csv_text(lines)


def _moment(value: datetime | None) -> str:
    return f"{wording.local(value):%Y-%m-%d %H:%M}" if value else ""
