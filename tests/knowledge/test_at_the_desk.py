"""The desk finds the answer, says it and counts that it helped; what it misses is work of the team."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from contacts.models import Question
from knowledge.actions.count_use import count_use
from knowledge.actions.forget import forget
from knowledge.models import ArticleFeedback, ArticleUse
from knowledge.search import search
from organisation.models import AuditEntry
from tests.cast import Cast
from tests.knowledge.scene import article, remark
from tests.knowledge.writing import act, client_of, form

AT = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
DAY = date(2026, 11, 25)
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wednesday")]


def test_the_desk_proposes_and_only_the_team_decides(cast: Cast) -> None:
    row = article(cast, AT)
    fatima, henk = client_of(cast.fatima), client_of(cast.henk)
    typed = form(cast, short_answer="Beter gezegd.")
    assert (
        fatima.post(f"/kennisbank/{row.pk}/wijzigen/", {**typed, "team": str(cast.burgerzaken.pk)}).status_code == 302
    )
    row.refresh_from_db()
    assert row.team == cast.openbare_ruimte
    act(fatima, row, "hand_in")
    assert act(fatima, row, "publish").status_code == 403
    assert "Beter gezegd." in henk.get(f"/kennisbank/{row.pk}/concept/").content.decode()
    assert "Grofvuil laten ophalen" in fatima.get("/kennisbank/werk/").content.decode()
    assert client_of(cast.bas).get(f"/kennisbank/{row.pk}/concept/").status_code == 404
    assert client_of(cast.bas).get(f"/kennisbank/{row.pk}/wijzigen/").status_code == 403
    henk.post(f"/kennisbank/{row.pk}/wijzigen/", form(cast, version="2.2"))
    assert fatima.get(f"/kennisbank/{row.pk}/wijzigen/").status_code == 403
    assert "Ophalen kan op" in fatima.get(f"/kennisbank/{row.pk}/concept/").content.decode()
    assert f"/kennisbank/{row.pk}/concept/" in fatima.get("/kennisbank/werk/").content.decode()
    assert "<strong>Versie 2</strong>" in fatima.get(f"/kennisbank/{row.pk}/versies/").content.decode()
    assert "<strong>Versie 2</strong>" not in client_of(cast.bas).get(f"/kennisbank/{row.pk}/versies/").content.decode()
    client_of(cast.ria).post(f"/kennisbank/{row.pk}/intrekken/", {"number": "1", "reason": "Wij doen dit niet meer."})
    assert fatima.get(f"/kennisbank/{row.pk}/concept/").status_code == 200
    assert client_of(cast.bas).get(f"/kennisbank/{row.pk}/").status_code == 404


def test_who_only_reads_finds_what_the_team_answered_also_when_the_answer_is_gone(cast: Cast) -> None:
    row = article(cast, AT)
    receptie = client_of(cast.receptie)
    assert 'href="/kennisbank/werk/"' in receptie.get("/kennisbank/").content.decode()
    back = receptie.post(
        f"/kennisbank/{row.pk}/opmerking/?q=grof&next=//x.nl", {"kind": "wrong", "note": "Dit is voorbij."}
    )
    assert back["Location"] == f"/kennisbank/{row.pk}/?q=grof", "the list stays as it was searched"
    said = ArticleFeedback.objects.get()
    client_of(cast.henk).post(f"/kennisbank/opmerkingen/{said.pk}/", {"reply": "Klopt, wij halen het weg."})
    page = receptie.get("/kennisbank/werk/").content.decode()
    assert "Klopt, wij halen het weg." in page
    assert f'href="/kennisbank/{row.pk}/"' in page
    assert "/kennisbank/nieuw/" not in page
    client_of(cast.ria).post(f"/kennisbank/{row.pk}/intrekken/", {"number": "1", "reason": "Voorbij."})
    assert f'href="/kennisbank/{row.pk}/"' not in receptie.get("/kennisbank/werk/").content.decode()


def test_one_press_of_the_desk_is_work_of_the_team_until_it_is_answered(cast: Cast) -> None:
    row = article(cast, AT)
    fatima, henk = client_of(cast.fatima), client_of(cast.henk)
    for note in ("", "Het is nu donderdag.", "", "En het kost meer.", "Het is nu donderdag."):
        fatima.post(f"/kennisbank/{row.pk}/opmerking/", {"kind": "wrong", "note": note})
    said = ArticleFeedback.objects.get()
    assert (said.note, said.number) == ("Het is nu donderdag.\nEn het kost meer.", 1)
    assert "Het is nu donderdag." in henk.get("/kennisbank/werk/").content.decode()
    assert client_of(cast.bas).post(f"/kennisbank/opmerkingen/{said.pk}/", {"reply": "x"}).status_code == 404
    assert henk.post(f"/kennisbank/opmerkingen/{said.pk}/", {"reply": " "}).status_code == 422
    assert henk.post(f"/kennisbank/opmerkingen/{said.pk}/", {"reply": "Klopt, aangepast."}).status_code == 302
    assert henk.post(f"/kennisbank/opmerkingen/{said.pk}/", {"reply": "nog eens"}).status_code == 404
    assert "Klopt, aangepast." in fatima.get("/kennisbank/werk/").content.decode()
    assert fatima.post(f"/kennisbank/{row.pk}/opmerking/", {"kind": "iets"}).status_code == 422
    assert ArticleFeedback.objects.count() == 1


def test_use_is_counted_by_day_without_a_person(cast: Cast) -> None:
    row = article(cast, AT)
    client = client_of(cast.fatima)
    for kind in ("shown", "shown", "inserted", "answered", "iets"):
        assert client.post(f"/kennisbank/{row.pk}/gebruikt/", {"kind": kind}).status_code == 204
    count_use([row.pk, row.pk + 99], "answered", DAY)
    assert dict(ArticleUse.objects.values_list("kind", "count")) == {"shown": 2, "inserted": 1, "answered": 1}
    assert {field.name for field in ArticleUse._meta.fields} == {"id", "article", "on", "kind", "count"}


def test_the_desk_says_the_answer_and_counts_that_it_answered_at_once(cast: Cast) -> None:
    row = article(cast, AT)
    client = client_of(cast.fatima)
    page = client.get(f"/werkplek/?nieuw=1&onderwerp={cast.grofvuil.pk}").content.decode()
    assert "<strong>grofvuil</strong>" in page
    assert f'data-article="{row.pk}"' in page
    part = client.get(f"/kennisbank/{row.pk}/tekst/").content.decode()
    assert "De ophaler heeft op dinsdag de lijst." in part
    reply = client.get(f"/kennisbank/{row.pk}/tekst/?als=tekst").json()["text"]
    assert "U plant een dag." in reply
    assert "dinsdag" not in reply
    assert "**" not in reply
    typed = {
        "channel": "phone", "customer_state": "unknown", "blocks": "1", "end": "direct", "q0-text": "Wil een bank kwijt.",
        "q0-subject": str(cast.grofvuil.pk), "q0-subject_query": "Grofvuil ophalen", "q0-article": str(row.pk),
    }  # fmt: skip
    assert client.post("/werkplek/", typed).status_code == 302
    assert Question.objects.get().is_direct
    assert ArticleUse.objects.get().kind == "answered"
    other = {**typed, "q0-subject": str(cast.paspoort.pk), "q0-subject_query": "Paspoort aanvragen"}
    assert client.post("/werkplek/", other).status_code == 302
    assert ArticleUse.objects.get().count == 1


def test_answers_cost_the_desk_no_statement(cast: Cast) -> None:
    client = client_of(cast.fatima)
    counts = []
    for number in (0, 1, 2):
        for again in range(number):
            article(cast, AT, title=f"Grofvuil {number} {again}", ask=["Waar?"] * 3)
        client.get(f"/werkplek/?nieuw=1&onderwerp={cast.grofvuil.pk}")  # renews what is held in memory
        with CaptureQueriesContext(connection) as asked:
            client.get(f"/werkplek/?nieuw=1&onderwerp={cast.grofvuil.pk}")
        counts.append(len(asked))
    assert len(set(counts)) == 1, counts


def test_of_several_answers_the_one_about_this_subject_alone_is_said_and_the_others_open_whole(cast: Cast) -> None:
    wide = article(
        cast, AT, title="Afval in het algemeen", short_answer="Het **brede** antwoord.", ask=["Waar woont u?"]
    )
    wide.subjects.add(cast.paspoort)
    own = article(cast, AT, title="Grofvuil", short_answer="Het eigen antwoord.")
    page = client_of(cast.fatima).get(f"/werkplek/?nieuw=1&onderwerp={cast.grofvuil.pk}").content.decode()
    assert page.index("Het eigen antwoord.") < page.index(f'data-article="{own.pk}"')
    assert page.index(f'data-article="{own.pk}"') < page.index(f'data-article="{wide.pk}"')
    opened = page[page.index(f'data-article="{wide.pk}"') :]
    assert '<p class="typed-text">Het brede antwoord.</p>' in opened  # it stands nowhere else on the desk
    assert "<li>Waar woont u?</li>" in opened


def test_a_question_offers_what_fits_and_a_subject_without_an_answer_is_missed(cast: Cast) -> None:
    client = client_of(cast.fatima)
    for subject in [cast.paspoort] * 4 + [cast.grofvuil] * 3:
        client.post("/werkplek/", {
            "channel": "phone", "customer_state": "unknown", "blocks": "1", "end": "direct", "q0-text": "Een vraag.",
            "q0-subject": str(subject.pk), "q0-subject_query": subject.name,
        })  # fmt: skip
    row = article(cast, AT)
    page = client_of(cast.sanne).get("/kennisbank/werk/").content.decode()
    assert "Paspoort aanvragen" in page
    assert "Grofvuil ophalen</strong>" not in page
    number = Question.objects.filter(subject=cast.grofvuil)[0].number
    shown = client.get(f"/vragen/{number}/").content.decode()
    assert "Past bij deze vraag" in shown
    assert f"/kennisbank/{row.pk}/" in shown


def test_what_an_answer_was_about_and_who_kept_it_stays_known(cast: Cast) -> None:
    row = article(cast, AT)
    henk = client_of(cast.henk)
    address = f"/kennisbank/{row.pk}/wijzigen/"
    henk.post(address, form(cast, owner=str(cast.henk.pk)))
    assert not AuditEntry.objects.filter(action="article.placed").exists()
    henk.post(address, form(cast, subject=str(cast.paspoort.pk), owner=str(cast.ria.pk), version="2.1"))
    now_there = row.history.order_by("-history_id")[0]
    about = [
        {one.subject_id for one in past.subjects.all()}
        for past in row.history.order_by("history_id")
        if past.is_published
    ]
    assert (now_there.history_user, now_there.owner) == (cast.henk, cast.ria)
    assert about[0] == {cast.grofvuil.pk}
    assert about[-1] == {cast.paspoort.pk}
    entry = AuditEntry.objects.get(action="article.placed")
    assert entry.detail == {"fields": ["owner", "subjects"]}
    assert search("koelkast", DAY).ids == []


def test_who_said_it_is_forgotten_after_a_year(cast: Cast) -> None:
    row = article(cast, AT)
    said = remark(row, cast.fatima, AT)
    client_of(cast.henk).post(f"/kennisbank/opmerkingen/{said.pk}/", {"reply": "Klopt."})
    count_use([row.pk], "shown", DAY)
    assert forget(at=AT + timedelta(days=300)) == (0, 0)
    assert forget(at=AT + timedelta(days=366)) == (1, 0)
    assert forget(at=AT + timedelta(days=366, minutes=1)) == (0, 0)
    said.refresh_from_db()
    assert (said.by, said.closed_by, said.reply) == (None, None, "Klopt.")
    assert forget(at=AT + timedelta(days=1100)) == (0, 1)
