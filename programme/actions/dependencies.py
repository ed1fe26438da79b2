"""Has one project wait for another; a circle of waiting is refused."""

from __future__ import annotations

from collections import defaultdict

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from organisation import audit
from organisation.errors import Refused
from organisation.models import User
from organisation.transact import one_transaction
from programme.access import may_write
from programme.models import Dependency, Programme, Project


@one_transaction
def add_dependency(*, project: Project, needs: Project, by: User) -> Dependency:
    """One at a time over the whole programme: two halves of a circle cannot be added at once."""
    if not may_write(by):
        raise PermissionDenied
    list(Programme.objects.select_for_update().filter(pk=1))
    if project.pk == needs.pk:
        raise Refused(_("A project cannot wait for itself."), "needs")
    pairs = list(Dependency.objects.values_list("project_id", "needs_id"))
    if (project.pk, needs.pk) in pairs:
        raise Refused(_("This project waits for that one already."), "needs")
    if closes_circle(pairs, project.pk, needs.pk):
        raise Refused(_("That project waits for this one, so they would wait for each other."), "needs")
    row = Dependency.objects.create(project=project, needs=needs)
    audit.record(by=by, action="dependency.added", obj=row)
    return row


def closes_circle(pairs: list[tuple[int, int]], project: int, needs: int) -> bool:
    """Whether `needs` waits, along any way, for `project` (pure)."""
    waits_for = defaultdict(set)
    for one, other in pairs:
        waits_for[one].add(other)
    seen, todo = set(), [needs]
    while todo:
        one = todo.pop()
        if one == project:
            return True
        if one not in seen:
            seen.add(one)
            todo.extend(waits_for[one])
    return False
