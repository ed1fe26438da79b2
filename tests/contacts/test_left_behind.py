"""What becomes of the questions of a team that was put out of use."""

from __future__ import annotations

import pytest

from contacts.actions.attach import attach
from contacts.actions.reopen import reopen
from contacts.models import Contact, NormClock
from organisation.clock import now
from tests.cast import Cast
from tests.kpi.history import question


@pytest.mark.parametrize("way", ["reopened by an employee", "the customer reacted"])
def test_a_question_of_a_team_that_is_gone_comes_back_at_the_servicecentrum(cast: Cast, way: str) -> None:
    closed = question(cast, received=now(), channel="email", status="closed", assignee=cast.bas)
    cast.burgerzaken.is_active = False
    cast.burgerzaken.save()
    if way == "the customer reacted":
        contact = Contact.objects.create(channel="email", received_at=now(), registered_at=now(), text="Nog iets")
        attach(question_id=closed.pk, contact=contact, by=None, at=now())
    else:
        reopen(question=closed, by=cast.sanne, at=now(), reason="Er is meer")
    closed.refresh_from_db()
    assert (closed.team, closed.assignee) == (cast.servicecentrum, None)
    assert "niet meer in gebruik" in closed.assignments.get(until_at=None).reason
    assert set(NormClock.objects.filter(question=closed).values_list("team", flat=True)) == {cast.servicecentrum.pk}
