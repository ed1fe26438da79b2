"""The work list: whose questions, in which order, how far one can page, and what many at once do."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from django.contrib.messages import get_messages
from django.test import Client

from contacts.actions.ask_customer import ask_customer
from contacts.actions.assign import assign, take
from contacts.actions.register import Asked, NewCustomer, register
from contacts.models import Question, SavedView
from contacts.pages.queue_rows import beyond
from contacts.queue_filters import QueueFilters, read_filters, read_query
from organisation.clock import now
from organisation.models import AccessEntry, Subject, User
from organisation.snapshot import settings_changed

if TYPE_CHECKING:
    from tests.cast import Cast

ROWS = re.compile(r"/vragen/(OPM-[0-9-]+)/\?uit=")


def ask(
    cast: Cast, *, received: datetime | None = None, title: str = "Grofvuil", team: int | None = None, **asked: object
) -> Question:
    at = now()
    made = register(
        by=None,
        at=at,
        channel="email",
        received_at=received or at,
        asked=[Asked(title=title, subject_id=cast.grofvuil.pk, team_id=team, **asked)],  # type: ignore[arg-type]
        customer=NewCustomer(name="De Wit", email="dewit@voorbeeld.nl"),
        text="Waar blijft de ophaler?",
        acknowledge=False,
    )
    return made.questions[0]


def login(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def numbers(client: Client, address: str) -> list[str]:
    response = client.get(address)
    assert response.status_code == 200
    return ROWS.findall(response.content.decode())


def said(response: object) -> str:
    return " ".join(str(message) for message in get_messages(response.wsgi_request))  # type: ignore[attr-defined]


def test_the_list_is_of_ones_own_team_most_urgent_first(cast: Cast) -> None:
    late = ask(cast, received=now() - timedelta(days=20), title="Oud")
    fresh = ask(cast, title="Nieuw")
    elsewhere = ask(cast, title="Paspoort", team=cast.burgerzaken.pk)
    shown = numbers(login(cast.henk), "/werkvoorraad/")
    assert shown == [late.number, fresh.number]
    assert elsewhere.number not in shown


def test_the_front_office_sees_every_team_and_a_team_member_does_not(cast: Cast) -> None:
    mine = ask(cast)
    elsewhere = ask(cast, team=cast.burgerzaken.pk)
    assert set(numbers(login(cast.fatima), "/werkvoorraad/?lijst=alles")) == {mine.number, elsewhere.number}
    assert numbers(login(cast.henk), "/werkvoorraad/?lijst=alles") == [mine.number]
    assert numbers(login(cast.henk), f"/werkvoorraad/?team={cast.burgerzaken.pk}") == []


@pytest.mark.parametrize("name", ["joost", "beheer", "receptie"])
def test_who_may_see_no_question_gets_no_list(cast: Cast, name: str) -> None:
    assert login(getattr(cast, name)).get("/werkvoorraad/").status_code == 403


def test_filters_narrow_the_list(cast: Cast) -> None:
    late = ask(cast, received=now() - timedelta(days=20), title="Lantaarnpaal stuk")
    fresh = ask(cast, title="Grofvuil blijft liggen")
    waiting = ask(cast, title="Wat bedoelt u")
    take(question=fresh, by=cast.henk, at=now())
    ask_customer(question=waiting, by=cast.henk, at=now())
    client = login(cast.henk)
    assert numbers(client, "/werkvoorraad/?termijn=te_laat") == [late.number]
    assert numbers(client, "/werkvoorraad/?behandelaar=geen&termijn=te_laat") == [late.number]
    assert numbers(client, "/werkvoorraad/?lijst=mijn") == [fresh.number]
    assert numbers(client, "/werkvoorraad/?status=waiting") == [waiting.number]
    assert numbers(client, "/werkvoorraad/?zoek=lantaarnpaal") == [late.number]
    assert numbers(client, f"/werkvoorraad/?zoek={fresh.number}") == [fresh.number]
    assert numbers(client, f"/werkvoorraad/?onderwerp={cast.afval.pk}&volgorde=nieuwste") == [
        waiting.number,
        fresh.number,
        late.number,
    ]
    assert numbers(client, "/werkvoorraad/?kanaal=letter") == []
    assert numbers(client, "/werkvoorraad/?soort=complaint") == []


@pytest.mark.parametrize(
    "query",
    [
        "team=99999999999999999999",
        "team=%C2%B2",
        "termijn=2026-99-99",
        "van=0001-01-01&tot=9999-12-31",
        "behandelaar=-1",
        "onderwerp=abc",
        "status=alles",
        "zoek=%27%3B--%20%26%7C%21()%3A*",
        "zoek=" + "x" * 5000,
        "na=zomaar&voor=1_2_3",
        "na=99999999999999999999999999_1",
        "eigen=99999999",
        "zoek=%F0%9F%98%80%E2%80%AE",
    ],
)
def test_an_address_with_nonsense_is_answered_with_a_list(cast: Cast, query: str) -> None:
    ask(cast)
    assert login(cast.henk).get(f"/werkvoorraad/?{query}").status_code == 200


def test_filters_survive_being_written_to_an_address_and_read_back(cast: Cast) -> None:
    filters = QueueFilters(
        scope="mijn",
        term="te_laat",
        assignee="geen",
        channel="email",
        subject=3,
        words="a b & c",
        since="2026-01-01",
        order="nieuwste",
    )
    assert read_query(filters.query(), cast.henk) == filters
    assert read_filters({}, cast.henk).query() == ""


def test_the_page_is_in_the_read_log_once(cast: Cast) -> None:
    ask(cast)
    login(cast.henk).get("/werkvoorraad/")
    assert AccessEntry.objects.filter(user=cast.henk, page="queue").count() == 1


def test_counters_stop_at_99(cast: Cast) -> None:
    base = now()
    Question.objects.bulk_create(
        Question(
            number=f"OPM-2026-8{i:05d}",
            channel="email",
            title="x",
            team=cast.openbare_ruimte,
            received_at=base,
            registered_at=base,
            last_contact_at=base,
        )
        for i in range(120)
    )
    assert "99+ open vragen" in login(cast.henk).get("/werkvoorraad/").content.decode()


def test_many_at_once_says_what_did_not_go_and_why(cast: Cast) -> None:
    free, taken, foreign = ask(cast), ask(cast), ask(cast, team=cast.burgerzaken.pk)
    take(question=taken, by=cast.ria, at=now())
    response = login(cast.henk).post(
        "/werkvoorraad/samen/", {"pick": [f"{q.number}:{q.version}" for q in (free, taken, foreign)], "act": "take"}
    )
    words = said(response)
    assert "1 vraag is nu van u" in words
    assert "2 niet" in words
    assert "Ria" in words
    free.refresh_from_db()
    foreign.refresh_from_db()
    assert free.assignee == cast.henk
    assert foreign.assignee is None


def test_an_old_version_in_the_list_is_refused_for_that_row_only(cast: Cast) -> None:
    first, second = ask(cast), ask(cast)
    take(question=second, by=cast.henk, at=now())
    response = login(cast.ria).post(
        "/werkvoorraad/samen/",
        {"pick": [f"{first.number}:1", f"{second.number}:1"], "act": "assign", "assignee": cast.henk.pk},
    )
    assert "1 vraag gegeven aan Henk, 1 niet" in said(response)


ACTS_ON_MANY = {
    "take": lambda cast: {},
    "forward": lambda cast: {"team": cast.burgerzaken.pk, "reason": "Gaat over een paspoort"},
}


def holder(question: Question) -> tuple[int, int | None, str]:
    return Question.objects.values_list("team_id", "assignee_id", "status").get(pk=question.pk)


@pytest.mark.parametrize("act", ACTS_ON_MANY)
def test_what_was_done_to_many_is_undone_for_each_that_nobody_touched_since(cast: Cast, act: str) -> None:
    asked = [ask(cast), ask(cast), ask(cast)]
    before = [holder(one) for one in asked]
    client = login(cast.henk)
    picked = [f"{one.number}:{one.version}" for one in asked]
    data = {"pick": picked, "act": act, "list": "termijn=te_laat", **ACTS_ON_MANY[act](cast)}
    response = client.post("/werkvoorraad/samen/", data)
    (told,) = get_messages(response.wsgi_request)
    assert told.extra_tags.startswith("undo:")
    touched = Question.objects.get(pk=asked[1].pk)
    assign(question=touched, by=cast.sanne, at=now(), to=None)
    undo = told.extra_tags.removeprefix("undo:")
    assert login(cast.sanne).post(undo).status_code == 404  # only by who did it
    response = client.post(undo)
    assert response["Location"] == "/werkvoorraad/?termijn=te_laat"
    words = said(response)
    assert "2 vragen staan weer waar ze stonden" in words
    assert f"1 niet: {asked[1].number}" in words
    assert holder(asked[0]) == before[0] and holder(asked[2]) == before[2]
    assert holder(asked[1]) == (touched.team_id, None, touched.status)


def test_what_was_undone_already_is_said_in_a_sentence(cast: Cast) -> None:
    picked = [f"{one.number}:{one.version}" for one in (ask(cast), ask(cast))]
    client = login(cast.henk)
    response = client.post("/werkvoorraad/samen/", {"pick": picked, "act": "take", "list": ""})
    undo = [*get_messages(response.wsgi_request)][-1].extra_tags.removeprefix("undo:")
    client.post(undo)
    assert "al ongedaan gemaakt" in said(client.post(undo))


def test_handing_over_many_needs_a_reason(cast: Cast) -> None:
    question = ask(cast)
    data = {"pick": [f"{question.number}:1"], "act": "forward", "team": cast.burgerzaken.pk}
    client = login(cast.henk)
    client.post("/werkvoorraad/samen/", data)
    question.refresh_from_db()
    assert question.team == cast.openbare_ruimte
    client.post("/werkvoorraad/samen/", {**data, "reason": "Gaat over een paspoort"})
    question.refresh_from_db()
    assert question.team == cast.burgerzaken


def test_nothing_chosen_says_so(cast: Cast) -> None:
    assert "Kies eerst" in said(login(cast.henk).post("/werkvoorraad/samen/", {"act": "take"}))


def test_own_lists_are_kept_renamed_moved_and_removed_by_their_owner_only(cast: Cast) -> None:
    client = login(cast.henk)
    client.post("/werkvoorraad/lijsten/", {"name": "Te laat", "list": "termijn=te_laat"})
    client.post("/werkvoorraad/lijsten/", {"name": "Mijn mail", "list": "lijst=mijn&kanaal=email"})
    late, mine = SavedView.objects.filter(user=cast.henk)
    assert late.query == "termijn=te_laat"
    assert "Te laat" in client.get("/werkvoorraad/").content.decode()
    client.post(f"/werkvoorraad/lijsten/{mine.pk}/", {"act": "left"})
    assert [view.name for view in SavedView.objects.filter(user=cast.henk)] == ["Mijn mail", "Te laat"]
    client.post(f"/werkvoorraad/lijsten/{mine.pk}/", {"act": "rename", "name": "Mail"})
    assert SavedView.objects.get(pk=mine.pk).name == "Mail"
    assert login(cast.ria).post(f"/werkvoorraad/lijsten/{mine.pk}/", {"act": "remove"}).status_code == 404
    client.post(f"/werkvoorraad/lijsten/{mine.pk}/", {"act": "remove"})
    assert not SavedView.objects.filter(pk=mine.pk).exists()


def test_a_long_list_keeps_all_its_filters_or_is_not_kept(cast: Cast) -> None:
    client = login(cast.henk)
    january = QueueFilters(status="closed", order="nieuwste", since="2026-01-01", until="2026-01-31")
    long, too_long = (january.but(words=letter * 60) for letter in "ж😀")
    assert len(long) < 500 < len(too_long)
    for query in (long, too_long):
        assert read_query(query, cast.henk).query() == query
        assert client.post("/werkvoorraad/samen/", {"act": "take", "list": query})["Location"].endswith(f"?{query}")
    client.post("/werkvoorraad/lijsten/", {"name": "Lang", "list": long})
    assert SavedView.objects.get().query == long
    refused = client.post("/werkvoorraad/lijsten/", {"name": "Te lang", "list": too_long})
    assert "te lang" in said(refused) and refused["Location"].endswith(f"?{too_long}")
    assert SavedView.objects.count() == 1


def test_a_list_is_searched_by_the_name_of_the_customer_too(cast: Cast) -> None:
    ask(cast)
    at = now()
    other = register(
        by=None,
        at=at,
        channel="email",
        received_at=at,
        asked=[Asked(title="Paspoort kwijt", subject_id=cast.grofvuil.pk)],
        customer=NewCustomer(name="Zoë van der Ploeg", email="zoe@voorbeeld.nl"),
        text="Wat nu?",
        acknowledge=False,
    ).questions[0]
    client = login(cast.henk)
    assert numbers(client, "/werkvoorraad/?zoek=zoe+ploeg") == [other.number]
    assert numbers(client, "/werkvoorraad/?zoek=paspoort") == [other.number]
    assert numbers(client, "/werkvoorraad/?zoek=ploeg+jansen") == []
    assert numbers(login(cast.bas), "/werkvoorraad/?zoek=ploeg") == []


@pytest.mark.parametrize(
    ("title", "text", "shown"),
    [
        ("Grofvuil niet opgehaald", "De koelkast staat nog aan de weg.", "De koelkast staat nog aan de weg."),
        ("Is de balie morgen open?", "Is de balie morgen open?", ""),
        (
            "Er liggen takken. Wanneer …",
            "Er liggen takken. Wanneer komt er iemand om ze op te ruimen?",
            "komt er iemand om ze op te ruimen?",
        ),
        ("Paal kapot", "Paal kapot. Hij staat scheef bij nummer 12.", "Hij staat scheef bij nummer 12."),
        ("Paal kapot", "Paal kapot. Groet", ""),
    ],
)
def test_a_row_says_under_its_title_what_the_title_does_not(title: str, text: str, shown: str) -> None:
    assert beyond(title, text) == shown


@pytest.mark.parametrize(
    ("title", "typed"),
    [
        ("Prik tegen covid-19", "covid-19"),
        ("Afspraak op 24-11", "afspraak 24-11"),
        ("Belt 0226-363333", "0226-363333"),
        ("Hoe staat het met OMV-2024-0815?", "omv-2024-0815"),
    ],
)
def test_only_a_number_of_a_question_is_one(cast: Cast, title: str, typed: str) -> None:
    question, other = ask(cast, title=title), ask(cast)
    client = login(cast.henk)
    assert numbers(client, f"/werkvoorraad/?zoek={quote(typed)}") == [question.number]
    for number in (other.number, other.number.lower(), other.number.removeprefix("OPM-"), f"#{int(other.number[-6:])}"):
        assert numbers(client, f"/werkvoorraad/?zoek={quote(number)}") == [other.number]


def test_a_kept_list_says_to_what_it_is_narrowed_also_when_that_is_out_of_use(cast: Cast) -> None:
    client = login(cast.henk)
    page = client.get(f"/werkvoorraad/?team={cast.burgerzaken.pk}&onderwerp={cast.paspoort.pk}").content.decode()
    assert f'<option value="{cast.burgerzaken.pk}" selected>Burgerzaken' in page
    Subject.objects.filter(pk=cast.paspoort.pk).update(is_active=False)
    settings_changed()
    page = client.get(f"/werkvoorraad/?onderwerp={cast.paspoort.pk}").content.decode()
    assert f'<option value="{cast.paspoort.pk}" selected>Paspoort aanvragen' in page


def test_after_the_closed_ones_the_open_ones_stand_by_deadline_again(cast: Cast) -> None:
    page = login(cast.henk).get("/werkvoorraad/?status=closed").content.decode()
    assert 'name="volgorde"' in page
    assert 'value="nieuwste"' not in page


def test_one_that_was_taken_is_undone_in_its_list_and_what_was_ones_own_already_is_not(cast: Cast) -> None:
    question, own = ask(cast), ask(cast)
    take(question=own, by=cast.henk, at=now())
    client = login(cast.henk)
    data = {"act": "take", "list": "termijn=te_laat"}
    response = client.post("/werkvoorraad/samen/", {**data, "pick": [f"{question.number}:1"]})
    (told,) = get_messages(response.wsgi_request)
    assert client.post(told.extra_tags.removeprefix("undo:"))["Location"] == "/werkvoorraad/?termijn=te_laat"
    assert holder(question)[1:] == (None, "new")
    response = client.post("/werkvoorraad/samen/", {**data, "pick": [f"{own.number}:2"]})
    assert [one.extra_tags for one in get_messages(response.wsgi_request)][-1] == ""
    assert holder(own)[1] == cast.henk.pk
