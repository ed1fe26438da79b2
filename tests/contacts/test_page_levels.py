"""What citizens read on pages counts in `language.b1`, each text once, on the day that it came to stand there."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client

from contacts.actions.keep_page_levels import keep_page_levels
from contacts.models import TextLevel
from contacts.page_texts import FIXED, fixed_texts
from kpi.periods import between
from kpi.registry import MEASURES
from kpi.scope import Scope
from organisation.snapshot import organisation
from organisation.workdays import local_day
from tests.cast import Cast
from tests.knowledge.scene import article, next_version, publish_next
from tests.test_plain_dutch import ROOT, pages

AT = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
NOT_FOR_CITIZENS = {"surveys/preview.html"}


def test_no_page_for_citizens_is_left_out() -> None:
    names = {str(path.relative_to(ROOT / "templates")) for path in pages()}
    ours = {name for name in names if not name.startswith("registration/")} - NOT_FOR_CITIZENS
    assert ours == set(FIXED)
    assert len({key for key, _title, _text in fixed_texts()}) == len(FIXED)


@pytest.mark.django_db
def test_a_public_answer_counts_on_the_day_it_was_published_and_again_when_it_changed(cast: Cast) -> None:
    row = article(cast, AT, short_answer="U zet uw oude bank aan de weg. Wij halen hem op woensdag op. Dat kost niets.")
    article(cast, AT, title="Alleen binnen", is_public=False)
    later = AT + timedelta(days=2)
    keep_page_levels(at=later)
    assert keep_page_levels(at=later) == 0
    (first,) = TextLevel.objects.filter(page__startswith="answer:")
    assert (first.level in ("A2", "B1"), first.left_at, first.team_id) == (True, AT, cast.openbare_ruimte.pk)
    assert (first.channel, first.subject_id, first.question_id) == ("form", cast.grofvuil.pk, None)
    hard = "Ten behoeve van de effectuering van de inzamelingswerkzaamheden dient voorafgaande reservering plaats te vinden."
    next_version(row, cast.henk, later, short_answer=hard, answer=hard)
    publish_next(row, cast, later)
    keep_page_levels(at=later)
    assert TextLevel.objects.filter(page__startswith="answer:").count() == 2
    measure = MEASURES["language.b1"]
    scope = Scope(between(date(2026, 11, 1), local_day(later)))
    rows = measure.population(scope, later)
    assert rows.filter(page__startswith="answer:").count() == 2
    assert measure.misses(scope, later).filter(page__startswith="answer:").count() == 1


@pytest.mark.django_db
def test_surveys_and_fixed_pages_count_and_stand_in_the_list_of_the_figure(cast: Cast) -> None:
    keep_page_levels(at=AT)
    kinds = {one.split(":")[0] for one in TextLevel.objects.values_list("page", flat=True)}
    assert kinds == {"screen", "survey"}
    assert organisation().front_office.pk in TextLevel.objects.values_list("team_id", flat=True)
    client = Client()
    client.force_login(cast.sanne)
    answer = client.get("/cijfers/language.b1/?van=2026-11-01&tot=2026-11-30")
    assert answer.status_code == 200
    title = TextLevel.objects.filter(page__startswith="screen:", level__in=["A2", "B1"]).latest("pk").page_title
    assert title in answer.content.decode()
