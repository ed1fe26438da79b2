"""Who is not there today, said where work is given to a person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from organisation.clock import local_day, today
from organisation.models import Presence


def name_to_choose(name: str, status: str | None, changed_at: datetime | None, day: date | None = None) -> str:
    """`Henk Bos`, `Henk Bos (afwezig)`; what somebody said on another day no longer counts."""
    if changed_at is None or local_day(changed_at) != (day or today()):
        return _("%(name)s (not seen today)") % {"name": name}
    if status == Presence.Status.AWAY:
        return _("%(name)s (away)") % {"name": name}
    return name


def names_to_choose(people: Iterable[Mapping[str, Any]]) -> tuple[tuple[int, str], ...]:
    """Number and words of each; of rows as `json_list` gives them, with `id`, `name`, `status` and `seen`."""
    day = today()
    return tuple(
        (
            one["id"],
            name_to_choose(one["name"], one["status"], one["seen"] and datetime.fromisoformat(one["seen"]), day),
        )
        for one in {person["id"]: person for person in people}.values()
    )
