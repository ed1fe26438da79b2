"""From a first draft to what everybody says: through the real screens, by the people who may."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from contacts.models import Question
from knowledge.actions.count_use import count_use
from knowledge.actions.forget import forget
from knowledge.actions.save_draft import save_draft
from knowledge.models import Article, ArticleFeedback, ArticleUse, ArticleVersion
from knowledge.search import search
from organisation.models import AuditEntry, Membership, Subject
from organisation.roles import Role
from organisation.snapshot import settings_changed
from tests.cast import Cast
from tests.knowledge.scene import TEXTS, article, draft_only, next_version, remark

AT = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
DAY = date(2026, 11, 25)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(AT, tick=False):
        yield


def client_of(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def form(cast: Cast, **changes: str) -> dict[str, str]:
    typed = {
        "title": "Grofvuil laten ophalen",
        "subject": str(cast.grofvuil.pk),
        "team": str(cast.openbare_ruimte.pk),
        "short_answer": "Ophalen kan op **woensdag**.",
        "answer": "# Zo werkt het\n- U plant een dag.",
        "ask": "Wat is het?\nHoeveel?",
        "links": "Plannen | https://www.opmeer.example/grofvuil",
        "words": "sofa weg",
        "version": "",
    }
    return typed | changes


def act(client: Client, row: Article, name: str, **extra: str):
    version = ArticleVersion.objects.filter(article=row, state__in=["draft", "review"]).first()
    data = {"act": name, "version": f"{version.number}.{version.version}" if version else "", **extra}
    return client.post(f"/kennisbank/{row.pk}/concept/besluit/", data)


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


def test_the_next_version_stands_beside_the_one_that_holds_and_says_what_differs(cast: Cast) -> None:
    row = article(cast, AT)
    henk = client_of(cast.henk)
    henk.post(f"/kennisbank/{row.pk}/wijzigen/", form(cast, short_answer="Ophalen kan op **donderdag**.", words="sofa"))
    assert "woensdag" in henk.get(f"/kennisbank/{row.pk}/").content.decode()
    shown = henk.get(f"/kennisbank/{row.pk}/concept/").content.decode()
    assert "<del>" in shown
    assert "<ins>" in shown
    act(henk, row, "hand_in")
    ria = client_of(cast.ria)
    assert act(ria, row, "send_back").status_code == 422
    act(ria, row, "send_back", remark="Noem ook de tijd.")
    assert "Noem ook de tijd." in henk.get(f"/kennisbank/{row.pk}/concept/").content.decode()
    act(henk, row, "hand_in")
    act(ria, row, "publish")
    assert "donderdag" in henk.get(f"/kennisbank/{row.pk}/").content.decode()
    assert [one.state for one in row.versions.order_by("number")] == ["replaced", "published"]
    versions = henk.get(f"/kennisbank/{row.pk}/versies/").content.decode()
    assert "Verschil met versie 1" in versions
    assert client_of(cast.joost).get(f"/kennisbank/{row.pk}/versies/?versie=1").status_code == 200


def test_a_published_version_is_changed_by_nobody(cast: Cast) -> None:
    version = article(cast, AT).versions.get()
    for change in ({"short_answer": "anders"}, {"state": "draft", "published_at": None}):
        with pytest.raises(DatabaseError), transaction.atomic():
            ArticleVersion.objects.filter(pk=version.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        version.delete()


def test_what_was_typed_in_an_answer_that_is_gone_can_be_kept_as_a_new_one(cast: Cast) -> None:
    row = draft_only(cast, AT)
    act(client_of(cast.ria), row, "drop")
    henk = client_of(cast.henk)
    late = henk.post(f"/kennisbank/{row.pk}/wijzigen/", form(cast, short_answer="Een uur werk.", version="1.1"))
    assert late.status_code == 409
    assert "Een uur werk." in late.content.decode()
    assert 'action="/kennisbank/nieuw/"' in late.content.decode()
    assert henk.get(f"/kennisbank/{row.pk}/wijzigen/").status_code == 404
    assert client_of(cast.joost).post(f"/kennisbank/{row.pk}/wijzigen/", form(cast)).status_code == 403


def test_two_who_write_at_once_see_both_texts(cast: Cast) -> None:
    row = article(cast, AT)
    henk, ria = client_of(cast.henk), client_of(cast.ria)
    address = f"/kennisbank/{row.pk}/wijzigen/"
    assert henk.post(address, form(cast, short_answer="van Henk")).status_code == 302
    both = ria.post(address, form(cast, short_answer="van Ria"))
    assert both.status_code == 409
    assert "van Henk" in both.content.decode()
    assert "van Ria" in both.content.decode()
    assert ria.post(address, form(cast, short_answer="van Ria", version="2.1")).status_code == 302
    assert row.versions.order_by("-number")[0].short_answer == "van Ria"
    assert act(henk, row, "hand_in").status_code == 302
    late = client_of(cast.ria).post(f"/kennisbank/{row.pk}/concept/besluit/", {"act": "hand_in", "version": "2.1"})
    assert late.status_code == 409


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


def test_who_only_reads_finds_what_the_team_answered_also_when_the_answer_is_gone(cast: Cast) -> None:
    row = article(cast, AT)
    receptie = client_of(cast.receptie)
    assert 'href="/kennisbank/werk/"' in receptie.get("/kennisbank/").content.decode()
    receptie.post(f"/kennisbank/{row.pk}/opmerking/", {"kind": "wrong", "note": "Dit is voorbij."})
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


def test_looked_at_again_moves_the_day_and_withdrawn_is_found_by_nobody(cast: Cast) -> None:
    row = article(cast, AT)
    Article.objects.filter(pk=row.pk).update(review_on=DAY)
    henk, ria = client_of(cast.henk), client_of(cast.ria)
    assert "moet worden nagekeken" in henk.get("/kennisbank/").content.decode()
    henk.post(f"/kennisbank/{row.pk}/nagekeken/", {"months": "3", "number": "1"})
    row.refresh_from_db()
    assert row.review_on == date(2027, 2, 24)
    assert henk.post(f"/kennisbank/{row.pk}/intrekken/", {"number": "1", "reason": "weg"}).status_code == 403
    ria.post(f"/kennisbank/{row.pk}/intrekken/", {"number": "1", "reason": ""})
    assert search("grofvuil", DAY).ids == [row.pk]
    ria.post(f"/kennisbank/{row.pk}/intrekken/", {"number": "1", "reason": "Wij doen dit niet meer."})
    assert search("grofvuil", DAY).ids == []
    assert client_of(cast.fatima).get(f"/kennisbank/{row.pk}/").status_code == 404
    assert "Grofvuil laten ophalen" in ria.get("/kennisbank/werk/").content.decode()
    next_version(row, cast.henk, AT)
    act(henk, row, "hand_in")
    act(ria, row, "publish")
    assert search("grofvuil", DAY).ids == [row.pk]


def test_who_looked_at_another_version_neither_finds_it_right_nor_withdraws_it(cast: Cast) -> None:
    row = article(cast, AT)
    henk, ria = client_of(cast.henk), client_of(cast.ria)
    next_version(row, cast.henk, AT, short_answer="Nu op donderdag.")
    act(henk, row, "hand_in")
    act(ria, row, "publish", months="3")
    row.refresh_from_db()
    late = henk.post(f"/kennisbank/{row.pk}/nagekeken/", {"months": "12", "number": "1"}, follow=True)
    assert "Bekijk die eerst." in late.content.decode()
    ria.post(f"/kennisbank/{row.pk}/intrekken/", {"reason": "weg", "number": "1"})
    now_there = Article.objects.get(pk=row.pk)
    assert (now_there.review_on, now_there.is_published) == (row.review_on, True)
    assert henk.post(f"/kennisbank/{row.pk}/nagekeken/", {"months": "12", "number": "2"}).status_code == 302
    assert Article.objects.get(pk=row.pk).review_on > row.review_on


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


def test_other_words_of_a_subject_find_the_article_at_once(cast: Cast) -> None:
    row = article(cast, AT)
    assert search("canapé", DAY).ids == []
    subject = Subject.objects.get(pk=cast.grofvuil.pk)
    subject.synonyms = [*subject.synonyms, "canapé"]
    subject.save()
    assert search("canapé", DAY).ids == [row.pk]


def test_what_was_searched_in_a_theme_stays_beside_the_answer_that_is_opened(cast: Cast) -> None:
    row = article(cast, AT)
    other = article(cast, AT, title="Paspoort bij grofvuil", subject=cast.paspoort)
    client = client_of(cast.fatima)
    page = client.get("/kennisbank/", {"q": "grofvuil", "thema": str(cast.afval.pk)}).content.decode()
    assert f'href="/kennisbank/{row.pk}/?q=grofvuil&amp;thema={cast.afval.pk}"' in page
    assert f"/kennisbank/{other.pk}/" not in page
    for number in range(60):
        article(cast, AT, title=f"Zand {number:02}")
    first = client.get("/kennisbank/").content.decode()
    onward = first.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0].replace("&amp;", "&")
    second = client.get(onward).content.decode()
    last = Article.objects.get(title="Zand 59")
    assert f"/kennisbank/{last.pk}/" not in first
    href = second.split(f'href="/kennisbank/{last.pk}/')[1].split('"')[0].replace("&amp;", "&")
    opened = client.get(f"/kennisbank/{last.pk}/{href}").content.decode()
    assert 'aria-current="true"><strong>Zand 59' in opened


@pytest.mark.parametrize("typed", ["\x00", "9" * 5000, "🚮" * 600, "%_\\'\"</p>", "  \n "])
def test_hostile_text_in_a_form_of_one_line_breaks_nothing(cast: Cast, typed: str) -> None:
    row = article(cast, AT)
    ria = client_of(cast.ria)
    code = 422 if len(typed) >= 500 else 302
    assert ria.post(f"/kennisbank/{row.pk}/opmerking/", {"kind": "wrong", "note": f"x{typed}"}).status_code == code
    ria.post(f"/kennisbank/{row.pk}/opmerking/", {"kind": "wrong", "note": "x"})
    said = ArticleFeedback.objects.get()
    assert ria.post(f"/kennisbank/opmerkingen/{said.pk}/", {"reply": f"x{typed}"}).status_code == code
    next_version(row, cast.henk, AT)
    assert act(ria, row, "send_back", remark=f"x{typed}").status_code == code
    assert ria.post(f"/kennisbank/{row.pk}/nagekeken/", {"months": typed}).status_code == 302
    assert ria.post(f"/kennisbank/{row.pk}/gebruikt/", {"kind": typed}).status_code == 204
    assert act(ria, row, typed).status_code == 422
    assert ria.post(f"/kennisbank/{row.pk}/wijzigen/", form(cast, title=f"x{typed}", version=typed)).status_code in (
        409,
        422,
    )
    assert ria.get("/kennisbank/werk/").status_code == 200
    assert ria.post(f"/kennisbank/{row.pk}/intrekken/", {"number": "1", "reason": f"x{typed}"}).status_code == code


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "''' OR 1=1",
        "%",
        "a:*|b&!",
        "%_\\'\"",
        "a",
        "_",
        "9" * 5000,
        "\\",
        "x" * 5000,
        "🚮 ü",
        "de het een",
        "<script>",
    ],
)
def test_a_hostile_search_finds_nothing_and_breaks_nothing(cast: Cast, typed: str) -> None:
    article(cast, AT)
    page = client_of(cast.fatima).get("/kennisbank/", {"q": typed, "thema": typed, "vanaf": typed})
    assert page.status_code == 200
    assert "<script>" not in page.content.decode().replace("<script src", "")


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": ""},
        {"title": "x" * 121},
        {"subject": "999999"},
        {"team": ""},
        {"short_answer": ""},
        {"short_answer": "x" * 601},
        {"answer": "x" * 20_001},
        {"ask": "\n".join(f"vraag {n}" for n in range(21))},
        {"links": "Kwaad | javascript:alert(1)"},
        {"words": "x" * 81},
        {"forward_to": "abc"},
        {"owner": "{bas}"},
    ],
)
def test_what_is_wrong_is_said_at_the_field_and_nothing_is_kept(cast: Cast, wrong: dict[str, str]) -> None:
    wrong = {name: typed.replace("{bas}", str(cast.bas.pk)) for name, typed in wrong.items()}
    answer = client_of(cast.sanne).post("/kennisbank/nieuw/", form(cast, **wrong))
    assert answer.status_code == 422
    assert "utrecht-form-field--invalid" in answer.content.decode()
    assert not Article.objects.exists()


def test_twice_the_articles_cost_the_same_number_of_queries(cast: Cast) -> None:
    client = client_of(cast.ria)
    counts = []
    for number in range(4):
        row = article(cast, AT, title=f"Grofvuil {number}")
        remark(row, cast.fatima, AT)
        next_version(row, cast.henk, AT)
        with CaptureQueriesContext(connection) as asked:
            assert client.get("/kennisbank/?q=grofvuil").status_code == 200
            assert client.get("/kennisbank/werk/").status_code == 200
        counts.append(len(asked))
    assert counts[3] <= counts[1], counts  # a text that fits few is searched once more


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


def test_a_draft_that_was_published_meanwhile_is_not_written_over(cast: Cast) -> None:
    row = draft_only(cast, AT)
    henk, ria = client_of(cast.henk), client_of(cast.ria)
    act(henk, row, "hand_in")
    act(ria, row, "publish")
    late = henk.post(f"/kennisbank/{row.pk}/wijzigen/", form(cast, version="1.2"))
    assert late.status_code == 409
    with pytest.raises(Exception, match=r"gepubliceerd|published"):
        save_draft(article=row, seen_number=1, seen_version=2, texts=TEXTS, by=cast.henk, at=AT)
    again = act(ria, row, "publish")  # pressed twice
    assert again["Location"] == f"/kennisbank/{row.pk}/"
    assert act(client_of(cast.bas), row, "publish").status_code == 404


def test_nothing_is_decided_about_a_text_that_was_not_seen(cast: Cast) -> None:
    row = draft_only(cast, AT)
    henk, ria, sanne = client_of(cast.henk), client_of(cast.ria), client_of(cast.sanne)
    address = f"/kennisbank/{row.pk}/concept/besluit/"
    act(henk, row, "hand_in")
    act(sanne, row, "publish")
    next_version(row, cast.henk, AT, short_answer="Nog niet gezien.")
    act(henk, row, "hand_in")
    late = ria.post(address, {"act": "publish", "version": "1.2"})  # of the version before, which had come as far
    assert late.status_code == 409
    assert "Nog niet gezien." in late.content.decode()
    late = ria.post(address, {"act": "send_back", "version": "1.2", "remark": "Noem ook de \x00tijd."})
    assert "Noem ook de tijd." in late.content.decode()
    assert ria.post(address, {"act": "drop", "version": "9" * 5000}).status_code == 409
    assert row.versions.get(state="review").short_answer == "Nog niet gezien."


def test_the_next_draft_is_another_one_than_what_was_thrown_away(cast: Cast) -> None:
    row = article(cast, AT)
    henk, ria = client_of(cast.henk), client_of(cast.ria)
    next_version(row, cast.henk, AT)
    act(ria, row, "drop")
    next_version(row, cast.ria, AT, short_answer="van Ria")
    late = henk.post(f"/kennisbank/{row.pk}/wijzigen/", form(cast, short_answer="van Henk", version="2.1"))
    assert late.status_code == 409
    assert row.versions.get(state="draft").short_answer == "van Ria"


def test_nothing_typed_in_one_line_is_cut_off_without_a_word(cast: Cast) -> None:
    row = article(cast, AT)
    fatima, henk, ria = client_of(cast.fatima), client_of(cast.henk), client_of(cast.ria)
    long = "<b>lang</b> " * 50
    address = f"/kennisbank/{row.pk}/opmerking/"
    refused = fatima.post(address, {"kind": "wrong", "note": long})
    assert refused.status_code == 422
    page = refused.content.decode()
    assert "gebruik hoogstens 500 tekens" in page
    assert "&lt;b&gt;lang&lt;/b&gt; " * 49 in page, "what was typed stays"
    assert not ArticleFeedback.objects.exists()
    assert fatima.post(address, {"kind": "wrong", "note": "a" * 300}).status_code == 302
    assert fatima.post(address, {"kind": "wrong", "note": "b" * 300}).status_code == 422, "both together"
    said = ArticleFeedback.objects.get()
    assert said.note == "a" * 300
    answered = henk.post(f"/kennisbank/opmerkingen/{said.pk}/", {"reply": "c" * 501})
    assert answered.status_code == 422
    assert "c" * 501 in answered.content.decode()
    gone = ria.post(f"/kennisbank/{row.pk}/intrekken/", {"number": "1", "reason": "d" * 101})
    assert gone.status_code == 422
    assert "d" * 101 in gone.content.decode()
    row.refresh_from_db()
    assert row.is_published
