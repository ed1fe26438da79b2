"""Signing in: name or e-mail address, lock-out, one-time passwords, and what is written down."""

import math
from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.db.models import F
from django.test import Client
from django.urls import reverse

from organisation.actions.password import ALPHABET, give_one_time_password, random_password
from organisation.clock import now
from organisation.forms.sign_in import GUESSES
from organisation.models import AuditEntry, Presence, User
from tests.cast import Cast

LOGIN = "/inloggen/"


def sign_in(client: Client, username: str, password: str, **extra: str):
    return client.post(LOGIN, {"username": username, "password": password, **extra})


@pytest.mark.parametrize("name", ["fatima", "Fatima ", "fatima@opmeer.example", "FATIMA@opmeer.example"])
def test_name_and_address_both_open_the_door(client: Client, cast: Cast, name: str) -> None:
    assert sign_in(client, name, "fatima-secret-1").status_code == 302
    assert client.get(reverse("organisation:profile")).status_code == 200


def test_a_wrong_password_says_one_sentence_and_keeps_the_name(client: Client, cast: Cast) -> None:
    known = sign_in(client, "fatima", "wrong")
    unknown = sign_in(client, "nobody", "wrong")
    assert known.status_code == unknown.status_code == 422
    sentence = "horen niet bij elkaar"
    assert sentence in known.content.decode() and sentence in unknown.content.decode()
    assert 'value="fatima"' in known.content.decode()


def test_five_wrong_passwords_lock_the_name_even_for_the_right_password(client: Client, cast: Cast) -> None:
    for _attempt in range(5):
        response = sign_in(client, "fatima", "wrong")
    assert response.status_code == 429
    assert "15 minuten" in response.content.decode()
    assert sign_in(client, "fatima", "fatima-secret-1").status_code == 429
    assert sign_in(Client(REMOTE_ADDR="10.0.0.9"), "fatima@opmeer.example", "fatima-secret-1").status_code == 429
    assert sign_in(client, "henk", "henk-secret-1").status_code == 302
    assert AuditEntry.objects.filter(action="login.locked", object_id=str(cast.fatima.pk)).exists()


def test_a_try_during_the_lock_does_not_make_it_longer(client: Client, cast: Cast) -> None:
    def minutes_later(minutes: int) -> None:
        AccessAttempt.objects.update(attempt_time=F("attempt_time") - timedelta(minutes=minutes))

    for _attempt in range(5):
        sign_in(client, "fatima", "wrong")
    minutes_later(10)
    assert sign_in(client, "fatima", "fatima-secret-1").status_code == 429
    minutes_later(6)
    assert sign_in(client, "fatima", "fatima-secret-1").status_code == 302


def test_strangers_cannot_fill_the_log_with_names(client: Client, cast: Cast) -> None:
    sign_in(client, "nobody", "wrong")
    assert not AuditEntry.objects.exists()
    sign_in(client, "fatima", "wrong")
    assert AuditEntry.objects.get().action == "login.failed"


def test_signing_in_makes_a_person_present_and_logging_out_away(client: Client, cast: Cast) -> None:
    here = Presence.objects.filter(user=cast.fatima).values_list("status", flat=True)
    sign_in(client, "fatima", "fatima-secret-1")
    assert here.get() == Presence.Status.AVAILABLE
    client.post("/uitloggen/")
    assert here.get() == Presence.Status.AWAY
    sign_in(client, "fatima", "fatima-secret-1")
    assert here.get() == Presence.Status.AVAILABLE, "back from lunch"
    for said in ({"status": "meeting"}, {"status": "away", "note": "Buiten, bel mobiel"}):
        client.post("/aanwezig/", said)
        sign_in(Client(), "fatima", "fatima-secret-1")
        assert here.get() == said["status"], "what was said today stays"


def test_a_session_that_ends_by_its_time_says_nobody_is_away(client: Client, cast: Cast) -> None:
    sign_in(client, "fatima", "fatima-secret-1")
    session = client.session
    session["seen"] -= 3600
    session.save()
    assert client.get("/medewerkers/").status_code in (302, 401)
    assert Presence.objects.get(user=cast.fatima).status == Presence.Status.AVAILABLE


def test_the_next_page_is_only_one_of_our_own(client: Client, cast: Cast) -> None:
    assert sign_in(client, "fatima", "fatima-secret-1", next="https://evil.example/")["Location"] == "/"
    other = Client()
    assert sign_in(other, "fatima", "fatima-secret-1", next="/medewerkers/")["Location"] == "/medewerkers/"


def test_a_one_time_password_must_be_changed_before_anything_else(client: Client, cast: Cast) -> None:
    password = give_one_time_password(person=cast.henk, by=cast.beheer, at=now())
    assert sign_in(client, "henk", password).status_code == 302
    assert client.get("/medewerkers/")["Location"].startswith("/wachtwoord/")
    new = {"old_password": password, "new_password1": "vier-losse-woorden", "new_password2": "vier-losse-woorden"}
    assert client.post("/wachtwoord/", new).status_code == 302
    assert client.get("/medewerkers/").status_code == 200


def test_a_one_time_password_ends_after_a_week(client: Client, cast: Cast) -> None:
    password = give_one_time_password(person=cast.henk, by=cast.beheer, at=now() - timedelta(days=7, minutes=1))
    response = sign_in(client, "henk", password)
    assert response.status_code == 422
    assert "niet meer geldig" in response.content.decode()


@pytest.mark.parametrize(
    ("new", "sentence"),
    [
        ("kort", "12 tekens"),
        ("123456789012", "cijfers"),
        ("fatima@opmeer.example", "lijkt"),
        ("fatima-secret-1", "ander wachtwoord"),
        ("Welkom-Opmeer-2026!", "makkelijk te raden"),
    ],
)
def test_a_weak_password_is_refused_with_the_reason(client: Client, cast: Cast, new: str, sentence: str) -> None:
    client.force_login(cast.fatima)
    response = client.post(
        "/wachtwoord/", {"old_password": "fatima-secret-1", "new_password1": new, "new_password2": new}
    )
    assert response.status_code == 422
    assert sentence in response.content.decode()


def test_a_new_password_ends_the_other_sessions_and_keeps_this_one(cast: Cast) -> None:
    here, elsewhere = Client(), Client()
    for one in (here, elsewhere):
        sign_in(one, "fatima", "fatima-secret-1")
    word = "vier-losse-woorden"
    here.post("/wachtwoord/", {"old_password": "fatima-secret-1", "new_password1": word, "new_password2": word})
    assert here.get("/medewerkers/").status_code == 200
    assert elsewhere.get("/medewerkers/")["Location"].startswith(LOGIN)
    assert User.objects.get(pk=cast.fatima.pk).password_changed_at is not None


@pytest.mark.parametrize("where", ["/wachtwoord/", "/mijn/sessies/"])
def test_whoever_finds_an_open_screen_cannot_go_on_guessing_the_password(
    client: Client, cast: Cast, where: str
) -> None:
    client.force_login(cast.fatima)

    def said(password: str) -> bytes:
        new = {"new_password1": "vier-losse-woorden", "new_password2": "vier-losse-woorden"}
        return client.post(where, {"old_password": password, "password": password, **new}, follow=True).content

    for number in range(5):
        said(f"wrong-{number}")
    assert "U gaf te vaak" in said("fatima-secret-1").decode()
    assert User.objects.get(pk=cast.fatima.pk).check_password("fatima-secret-1")
    assert GUESSES.room(cast.fatima.pk)[0] == 0
    GUESSES.clear()  # a minute later
    assert "U gaf te vaak" not in said("fatima-secret-1").decode()
    assert GUESSES.room(cast.fatima.pk)[0] == 5


def test_the_session_gets_another_key_at_sign_in(client: Client, cast: Cast) -> None:
    client.get(LOGIN)
    session = client.session
    session["before"] = "1"
    session.save()
    before = session.session_key
    sign_in(client, "fatima", "fatima-secret-1")
    assert client.session.session_key != before


def test_demo_accounts_stand_on_the_page_only_in_demo_mode(client: Client, cast: Cast, settings) -> None:
    assert "Demo: log in als" in client.get(LOGIN).content.decode()
    settings.DEMO_MODE = False
    page = client.get(LOGIN).content.decode()
    assert "Demo" not in page and settings.DEMO_PASSWORD not in page


def test_a_one_time_password_has_the_chance_of_128_bits() -> None:
    letters = random_password().replace("-", "")
    assert len(letters) * math.log2(len(ALPHABET)) >= 128 and set(letters) <= set(ALPHABET)
