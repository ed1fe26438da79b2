"""Connections of other systems: a token shown once, at most a year, taken back at once."""

from __future__ import annotations

import hashlib
import re
from datetime import timedelta

import pytest
from django.test import Client

from contacts.models import ApiClient
from organisation.clock import now, today
from organisation.models import AuditEntry
from tests.cast import Cast


def body(**changes: object) -> dict[str, object]:
    return {
        "name": "Website",
        "scopes": ["questions.write", "subjects.read"],
        "channels": ["form"],
        "last_day": (today() + timedelta(days=200)).isoformat(),
        "requests_per_minute": 60,
        **changes,
    }


@pytest.fixture
def beheer_at(client: Client, cast: Cast) -> Client:
    client.force_login(cast.beheer)
    return client


def token_in(page: str) -> str:
    found = re.search(r'id="token">([^<]+)<', page)
    assert found, "no token on the page"
    return found.group(1)


def made(beheer_at: Client, **changes: object) -> tuple[ApiClient, str]:
    page = beheer_at.post("/beheer/koppelingen/nieuw/", body(**changes)).content.decode()
    return ApiClient.objects.get(), token_in(page)


def answer_of(token: str) -> int:
    return Client().get("/api/v1/subjects", headers={"authorization": f"Bearer {token}"}).status_code


def test_the_token_is_shown_once_kept_as_a_hash_and_works(beheer_at: Client, cast: Cast) -> None:
    row, token = made(beheer_at)
    assert len(token) >= 43
    assert row.token_hash == hashlib.sha256(token.encode()).hexdigest()
    assert (row.scopes, row.channels, row.requests_per_minute) == (["questions.write", "subjects.read"], ["form"], 60)
    assert token not in beheer_at.get(f"/beheer/koppelingen/{row.pk}/").content.decode()
    assert token not in beheer_at.get("/beheer/koppelingen/").content.decode()
    assert answer_of(token) != 401
    entry = AuditEntry.objects.get(action="api_client.added")
    assert token not in str(entry.detail)
    assert not hasattr(row.history.first(), "token_hash")


def test_a_revoked_or_renewed_token_stops_at_once(beheer_at: Client) -> None:
    row, first = made(beheer_at)
    page = beheer_at.post(f"/beheer/koppelingen/{row.pk}/token/", {"version": row.version}).content.decode()
    second = token_in(page)
    assert (answer_of(first), answer_of(second) == 401) == (401, False)
    beheer_at.post(f"/beheer/koppelingen/{row.pk}/intrekken/")
    assert answer_of(second) == 401
    assert "ingetrokken" in beheer_at.get("/beheer/koppelingen/").content.decode()


def test_a_second_click_on_new_token_does_not_throw_the_first_away(beheer_at: Client) -> None:
    row, _first = made(beheer_at)
    token = token_in(beheer_at.post(f"/beheer/koppelingen/{row.pk}/token/", {"version": row.version}).content.decode())
    beheer_at.post(f"/beheer/koppelingen/{row.pk}/token/", {"version": row.version})
    assert answer_of(token) != 401


def test_what_the_form_proposes_is_taken_and_is_at_most_a_year(beheer_at: Client) -> None:
    proposed = beheer_at.get("/beheer/koppelingen/nieuw/").context["form"].initial["last_day"]
    row, _token = made(beheer_at, last_day=proposed.isoformat())
    assert timedelta(days=364) < row.expires_at - now() <= timedelta(days=365)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"name": ""}, "name"),
        ({"scopes": []}, "scopes"),
        ({"scopes": ["everything"]}, "scopes"),
        ({"channels": ["duif"]}, "channels"),
        ({"last_day": (today() - timedelta(days=1)).isoformat()}, "Kies een dag vanaf vandaag."),
        ({"last_day": (today() + timedelta(days=365)).isoformat()}, "Een token is hoogstens een jaar geldig."),
        ({"last_day": "morgen"}, "last_day"),
        ({"requests_per_minute": 0}, "Kies 1 tot en met 6000 verzoeken per minuut."),
        ({"requests_per_minute": "9" * 30}, "requests_per_minute"),
    ],
)
def test_bad_input_makes_no_token(beheer_at: Client, changes: dict[str, object], sentence: str) -> None:
    answer = beheer_at.post("/beheer/koppelingen/nieuw/", body(**changes))
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not ApiClient.objects.exists()


def test_the_same_name_twice_is_refused_so_a_reload_makes_no_second_token(beheer_at: Client) -> None:
    made(beheer_at)
    again = beheer_at.post("/beheer/koppelingen/nieuw/", body())
    assert again.status_code == 422
    assert "Er is al een koppeling met deze naam." in again.content.decode()


def test_the_coordinator_reads_and_others_see_nothing(client: Client, cast: Cast, beheer_at: Client) -> None:
    row, _token = made(beheer_at)
    client.force_login(cast.sanne)
    assert "Website" in client.get("/beheer/koppelingen/").content.decode()
    assert client.get(f"/beheer/koppelingen/{row.pk}/").status_code == 200
    assert client.post(f"/beheer/koppelingen/{row.pk}/", body(version=1)).status_code == 403
    assert client.post(f"/beheer/koppelingen/{row.pk}/token/", {"version": 1}).status_code == 403
    assert client.post(f"/beheer/koppelingen/{row.pk}/intrekken/").status_code == 403
    for user in (cast.fatima, cast.henk, cast.ria, cast.joost, cast.receptie):
        client.force_login(user)
        assert client.get("/beheer/koppelingen/").status_code == 403
        assert client.get(f"/beheer/koppelingen/{row.pk}/").status_code == 403


def test_a_save_on_an_old_version_is_refused(beheer_at: Client) -> None:
    row, _token = made(beheer_at)
    address = f"/beheer/koppelingen/{row.pk}/"
    assert beheer_at.post(address, body(requests_per_minute=10, version=row.version)).status_code == 302
    assert beheer_at.post(address, body(requests_per_minute=20, version=row.version)).status_code == 409
    assert ApiClient.objects.get().requests_per_minute == 10


def test_a_connection_that_is_over_gets_no_token_that_opens_nothing(beheer_at: Client) -> None:
    row, _token = made(beheer_at)
    ApiClient.objects.update(expires_at=now() - timedelta(minutes=1))
    page = beheer_at.post(
        f"/beheer/koppelingen/{row.pk}/token/", {"version": row.version}, follow=True
    ).content.decode()
    assert "een latere laatste dag" in page
    assert ApiClient.objects.get().token_hash == row.token_hash
