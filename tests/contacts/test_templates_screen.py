"""Texts to begin a reply from: who may change which, and what is refused."""

from __future__ import annotations

import pytest
from django.test import Client

from contacts.models import ReplyTemplate
from tests.cast import Cast


def body(**changes: object) -> dict[str, object]:
    return {
        "name": "Afspraak",
        "body": "{aanhef},\n\nUw vraag {nummer}.",
        "team": "",
        "subject": "",
        "is_active": "on",
        **changes,
    }


@pytest.fixture
def ours(cast: Cast) -> ReplyTemplate:
    return ReplyTemplate.objects.create(name="Van ons", body="Tekst", team=cast.openbare_ruimte)


@pytest.fixture
def theirs(cast: Cast) -> ReplyTemplate:
    return ReplyTemplate.objects.create(name="Van hen", body="Tekst", team=cast.burgerzaken)


def test_who_answers_reads_the_texts_and_a_host_or_director_does_not(
    client: Client, cast: Cast, ours: ReplyTemplate
) -> None:
    for user, status in (
        (cast.fatima, 200),
        (cast.henk, 200),
        (cast.beheer, 200),
        (cast.joost, 403),
        (cast.receptie, 403),
    ):
        client.force_login(user)
        assert client.get("/beheer/sjablonen/").status_code == status
        assert client.get(f"/beheer/sjablonen/{ours.pk}/").status_code == status
    client.force_login(cast.henk)
    assert client.post(f"/beheer/sjablonen/{ours.pk}/", body(version=1)).status_code == 403
    assert client.get("/beheer/sjablonen/nieuw/").status_code == 403


def test_a_lead_writes_for_the_own_team_only(
    client: Client, cast: Cast, ours: ReplyTemplate, theirs: ReplyTemplate
) -> None:
    client.force_login(cast.ria)
    assert client.post("/beheer/sjablonen/nieuw/", body(team=cast.openbare_ruimte.pk)).status_code == 302
    assert client.post("/beheer/sjablonen/nieuw/", body(name="Ander", team=cast.burgerzaken.pk)).status_code == 422
    assert client.post("/beheer/sjablonen/nieuw/", body(name="Ander", team="")).status_code == 422
    assert client.post(f"/beheer/sjablonen/{theirs.pk}/", body(version=1)).status_code == 403
    moved = client.post(f"/beheer/sjablonen/{ours.pk}/", body(name="Van ons", team=cast.burgerzaken.pk, version=1))
    assert moved.status_code == 422
    assert (
        client.post(
            f"/beheer/sjablonen/{ours.pk}/", body(name="Van ons", team=cast.openbare_ruimte.pk, version=1)
        ).status_code
        == 302
    )


def test_the_coordinator_writes_for_everybody_and_the_history_knows_it(
    client: Client, cast: Cast, theirs: ReplyTemplate
) -> None:
    client.force_login(cast.sanne)
    client.post(f"/beheer/sjablonen/{theirs.pk}/", body(name="Voor allen", version=1))
    theirs.refresh_from_db()
    assert (theirs.name, theirs.team, theirs.version) == ("Voor allen", None, 2)
    assert theirs.history.first().history_user == cast.sanne


def test_the_text_of_a_team_that_is_out_of_use_does_not_become_that_of_all(
    client: Client, cast: Cast, theirs: ReplyTemplate
) -> None:
    cast.burgerzaken.is_active = False
    cast.burgerzaken.save()
    client.force_login(cast.sanne)
    form = client.get(f"/beheer/sjablonen/{theirs.pk}/").context["form"]
    shown = {name: form[name].value() for name in form.fields if name != "is_active"}
    assert client.post(f"/beheer/sjablonen/{theirs.pk}/", shown).status_code == 302
    theirs.refresh_from_db()
    assert (theirs.team, theirs.is_active) == (cast.burgerzaken, False)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"name": ""}, "name"),
        ({"name": "van ons"}, "Er is al een sjabloon met deze naam."),
        ({"body": "   "}, "body"),
        ({"body": "x" * 20_000}, "body"),
        ({"body": "Beste {klant.password}"}, "is geen invulveld"),
        ({"body": "{aanhef.__class__}"}, "is geen invulveld"),
        ({"body": "nul\x00"}, "body"),
        ({"subject": "-1"}, "subject"),
    ],
)
def test_a_text_that_cannot_work_is_refused(
    client: Client, cast: Cast, ours: ReplyTemplate, changes: dict[str, object], sentence: str
) -> None:
    client.force_login(cast.sanne)
    answer = client.post("/beheer/sjablonen/nieuw/", body(**changes))
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert ReplyTemplate.objects.count() == 1


def test_a_text_with_markup_is_shown_as_text(client: Client, cast: Cast) -> None:
    client.force_login(cast.sanne)
    client.post("/beheer/sjablonen/nieuw/", body(body="<script>alert(1)</script>"))
    row = ReplyTemplate.objects.get()
    client.force_login(cast.henk)
    assert "<script>alert" not in client.get(f"/beheer/sjablonen/{row.pk}/").content.decode()


def test_a_save_on_an_old_version_shows_both_texts(client: Client, cast: Cast, ours: ReplyTemplate) -> None:
    client.force_login(cast.sanne)
    address = f"/beheer/sjablonen/{ours.pk}/"
    client.post(address, body(body="Eerste tekst", version=1))
    second = client.post(address, body(body="Tweede tekst", version=1))
    assert second.status_code == 409
    assert "Eerste tekst" in second.content.decode()
    assert "Tweede tekst" in second.content.decode()


def test_the_list_says_how_hard_each_text_is(client: Client, cast: Cast) -> None:
    hard = "Indien u bezwaren heeft omtrent dit tijdstip, verzoeken wij u contact op te nemen met de desbetreffende afdeling van de gemeente."
    plain = "Wij halen uw bank op woensdag op. Zet de bank voor half acht aan de weg. U hoeft niet thuis te zijn."
    for name, body in (("Moeilijk", hard), ("Makkelijk", plain), ("Kort", "{aanhef}\n\nDat kan.")):
        ReplyTemplate.objects.create(name=name, body=body)
    client.force_login(cast.sanne)
    said = client.get("/beheer/sjablonen/").content.decode()
    assert "moeilijker dan B1" in said and said.count("moeilijker dan B1") == 1
    assert "te kort" in said
