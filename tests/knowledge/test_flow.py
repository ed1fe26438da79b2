"""From a first draft to what everybody says: through the real screens, by the people who may."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, transaction

from knowledge.models import Article
from knowledge.search import search
from organisation.models import Membership, Subject
from organisation.roles import Role
from organisation.snapshot import settings_changed
from tests.cast import Cast
from tests.knowledge.scene import article, draft_only
from tests.knowledge.writing import act, client_of, form

AT = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
DAY = date(2026, 11, 25)
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wednesday")]


def test_a_member_writes_a_lead_publishes_and_everybody_finds_it(cast: Cast) -> None:
    henk, ria, receptie = client_of(cast.henk), client_of(cast.ria), client_of(cast.receptie)
    made = henk.post("/kennisbank/nieuw/", form(cast))
    row = Article.objects.get()
    assert made["Location"] == f"/kennisbank/{row.pk}/concept/"
    assert "<strong>woensdag</strong>" in henk.get(made["Location"]).content.decode()
    assert receptie.get(f"/kennisbank/{row.pk}/").status_code == 404
    assert search("sofa weg", DAY).ids == []
    act(henk, row, "hand_in")
    assert act(henk, row, "publish").status_code == 403
    assert row.versions.get().state == "review"
    act(ria, row, "publish", months="6")
    row.refresh_from_db()
    assert (row.is_published, row.checked_on, row.review_on) == (True, DAY, date(2027, 5, 26))
    assert search("sofa weg", DAY).ids == search("koelkast ophalen", DAY).ids == search("grofuil", DAY).ids == [row.pk]
    page = receptie.get("/kennisbank/?q=sofa+weg").content.decode()
    assert "Ophalen kan op" in page
    assert "Gecontroleerd 25 nov" in page


def test_nobody_publishes_what_they_wrote_alone(cast: Cast) -> None:
    row = draft_only(cast, AT, by=cast.ria)
    ria = client_of(cast.ria)
    act(ria, row, "hand_in")
    answer = act(ria, row, "publish")
    assert answer.status_code == 422
    assert "Iemand anders" in answer.content.decode()
    with pytest.raises(DatabaseError), transaction.atomic():
        row.versions.update(state="published", published_at=AT, published_by=cast.ria)
    done = act(client_of(cast.sanne), row, "publish")
    assert done.status_code == 302, done.content.decode()
    assert row.versions.get().state == "published"


def test_who_leads_one_team_publishes_nothing_of_another_as_its_member(cast: Cast) -> None:
    Membership.objects.create(user=cast.ria, team=cast.burgerzaken, role=Role.TEAM_MEMBER)
    row = draft_only(cast, AT)
    Article.objects.filter(pk=row.pk).update(team=cast.burgerzaken)
    ria = client_of(cast.ria)
    assert act(ria, row, "hand_in").status_code == 302
    for name in ("publish", "send_back"):
        assert act(ria, row, name, remark="Anders.").status_code == 403
    assert act(client_of(cast.sanne), row, "publish").status_code == 302
    assert ria.post(f"/kennisbank/{row.pk}/intrekken/", {"number": "1", "reason": "weg"}).status_code == 403


def test_who_is_of_the_front_office_too_is_no_coordinator(cast: Cast) -> None:
    """Two roles give the rights of both, but not the reach of one for the acts of the other."""
    Membership.objects.create(user=cast.fatima, team=cast.burgerzaken, role=Role.TEAM_LEAD)
    row = draft_only(cast, AT)
    fatima = client_of(cast.fatima)
    assert act(client_of(cast.henk), row, "hand_in").status_code == 302
    assert act(fatima, row, "publish").status_code == 404
    assert fatima.post("/kennisbank/nieuw/", form(cast)).status_code == 302  # proposes, as the front office may
    assert act(client_of(cast.ria), row, "publish").status_code == 302
    assert fatima.post(f"/kennisbank/{row.pk}/intrekken/", {"number": "1", "reason": "weg"}).status_code == 403
    assert fatima.post(f"/kennisbank/{row.pk}/nagekeken/", {"months": "3", "number": "1"}).status_code == 403


def test_a_subject_that_ended_stays_with_its_answer_until_somebody_chooses(cast: Cast) -> None:
    row = article(cast, AT)
    subject = Subject.objects.get(pk=cast.grofvuil.pk)
    subject.is_active = False
    subject.save()
    settings_changed()
    henk = client_of(cast.henk)
    shown = henk.get(f"/kennisbank/{row.pk}/wijzigen/").content.decode()
    assert f'<option value="{subject.pk}" selected>Grofvuil ophalen</option>' in shown
    assert henk.post(f"/kennisbank/{row.pk}/wijzigen/", form(cast)).status_code == 302
    assert list(row.subjects.all()) == [subject]
    assert henk.post("/kennisbank/nieuw/", form(cast)).status_code == 422
