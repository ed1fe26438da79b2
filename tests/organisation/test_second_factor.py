"""The second factor: required in production, chosen in the demo, with recovery codes for a lost phone."""

import importlib
import re
import threading

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.core.cache import caches
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from organisation import second_factor
from organisation.actions.password import give_one_time_password
from organisation.clock import now
from organisation.models import User
from tests.cast import Cast


def code_of(device: TOTPDevice) -> str:
    return f"{TOTP(device.bin_key, device.step, device.t0, device.digits).token():06d}"


ROUNDS = second_factor.ROUNDS


@pytest.fixture(autouse=True)
def _hashed_in_a_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten good recovery codes take half a second."""
    monkeypatch.setattr(second_factor, "ROUNDS", 10)


@pytest.fixture
def required(settings) -> None:
    settings.SECOND_FACTOR_REQUIRED = True


def sign_in(client: Client, name: str) -> None:
    client.post("/inloggen/", {"username": name, "password": f"{name}-secret-1"})


def set_up(client: Client, user: User) -> list[str]:
    client.get("/inloggen/instellen/")
    device = TOTPDevice.objects.get(user=user, confirmed=False)
    return shown(client.post("/inloggen/instellen/", {"code": code_of(device)}))


def shown(answer: HttpResponse) -> list[str]:
    """The codes on the page, which is kept by no cache; nothing in the database holds one of them."""
    codes = re.findall(r"<li><code>([\w ]+)</code></li>", answer.content.decode())
    assert answer.status_code == 200 and answer["Cache-Control"] == "no-store"
    for kept in Session.objects.all():
        assert not any(code in str(kept.get_decoded()) for code in codes)
    return codes


def forget_used_codes() -> None:
    TOTPDevice.objects.update(last_t=-1, throttling_failure_count=0, throttling_failure_timestamp=None)


def test_without_the_app_nothing_opens_but_setting_it_up(client: Client, cast: Cast, required: None) -> None:
    sign_in(client, "fatima")
    assert client.get("/medewerkers/")["Location"].startswith("/inloggen/code/")
    assert client.get("/inloggen/code/")["Location"] == "/inloggen/instellen/"
    page = client.get("/inloggen/instellen/").content.decode()
    assert 'src="data:image/svg+xml' in page
    codes = set_up(client, cast.fatima)
    assert len(codes) == 10
    assert client.get("/medewerkers/").status_code == 200


def test_new_recovery_codes_are_shown_once_and_kept_nowhere(client: Client, cast: Cast, required: None) -> None:
    sign_in(client, "fatima")
    before = set_up(client, cast.fatima)
    codes = shown(client.post("/inloggen/herstelcodes/nieuw/", {"password": "fatima-secret-1"}))
    assert len(codes) == 10 and not set(codes) & set(before)
    wrong = client.post("/inloggen/herstelcodes/nieuw/", {"password": "x"}, follow=True).content.decode()
    assert "Uw herstelcodes blijven zoals ze waren" in wrong and not any(code in wrong for code in codes)


def test_every_sign_in_asks_for_the_code(cast: Cast, required: None) -> None:
    set_up_client = Client()
    sign_in(set_up_client, "fatima")
    set_up(set_up_client, cast.fatima)
    forget_used_codes()
    client = Client()
    sign_in(client, "fatima")
    assert client.get("/medewerkers/")["Location"] == "/inloggen/code/?next=%2Fmedewerkers%2F"
    assert client.post("/inloggen/code/", {"code": "000000"}).status_code == 422
    forget_used_codes()
    before = client.session.session_key
    device = TOTPDevice.objects.get(user=cast.fatima)
    answer = client.post("/inloggen/code/", {"code": code_of(device), "next": "/medewerkers/"})
    assert answer["Location"] == "/medewerkers/"
    assert client.session.session_key != before, "the session gets another key"
    assert client.get("/medewerkers/").status_code == 200


def test_setting_up_again_is_no_way_around_the_code(cast: Cast, required: None) -> None:
    first = Client()
    sign_in(first, "fatima")
    set_up(first, cast.fatima)
    thief = Client()
    sign_in(thief, "fatima")
    assert thief.get("/inloggen/instellen/")["Location"] == "/inloggen/code/"
    assert not TOTPDevice.objects.filter(user=cast.fatima, confirmed=False).exists()


def test_the_key_that_another_session_showed_is_not_the_one_that_counts(cast: Cast, required: None) -> None:
    thief, fatima = Client(), Client()
    sign_in(thief, "fatima")
    thief.get("/inloggen/instellen/")
    seen = TOTPDevice.objects.get(user=cast.fatima).key
    sign_in(fatima, "fatima")
    fatima.get("/inloggen/instellen/")
    picture = TOTPDevice.objects.get(user=cast.fatima).key
    fatima.get("/inloggen/instellen/")
    assert TOTPDevice.objects.get(user=cast.fatima).key == picture != seen, "a reload keeps the picture"
    set_up(fatima, cast.fatima)
    assert TOTPDevice.objects.get(user=cast.fatima).key == picture


def test_a_recovery_code_works_once(cast: Cast, required: None) -> None:
    first = Client()
    sign_in(first, "fatima")
    code = set_up(first, cast.fatima)[0]
    second = Client()
    sign_in(second, "fatima")
    assert second.post("/inloggen/code/", {"code": code.upper()}).status_code == 302
    third = Client()
    sign_in(third, "fatima")
    assert third.post("/inloggen/code/", {"code": code}).status_code == 422


def test_what_the_database_keeps_of_a_recovery_code_opens_nothing(cast: Cast, required: None) -> None:
    first = Client()
    sign_in(first, "fatima")
    codes = set_up(first, cast.fatima)
    kept = list(StaticToken.objects.values_list("token", flat=True))
    assert len(kept) == len(codes) == len({*kept, *codes}) / 2
    thief = Client()
    sign_in(thief, "fatima")
    assert thief.post("/inloggen/code/", {"code": kept[0]}).status_code == 422
    assert ROUNDS >= 200_000, "trying all codes takes years"
    assert second_factor.RECOVERY_BYTES * 8 >= 128 and {len(code.replace(" ", "")) for code in codes} == {28}


def test_codes_are_salted_by_chance(cast: Cast, required: None) -> None:
    salts = set()
    for _twice in range(2):
        code = second_factor.new_recovery_codes(cast.fatima)[0]
        store = StaticDevice.objects.get(user=cast.fatima)
        salts.add(salt := store.name.removeprefix(second_factor.SALTED))
        assert (
            len(salt) == 32
            and StaticToken.objects.filter(token=second_factor.recovery_hash(salt, code.replace(" ", ""))).exists()
        )
        assert second_factor.match(cast.fatima, code.upper()) == store
    assert len(salts) == 2


def test_codes_of_before_are_hashed_by_the_migration_and_still_work(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(second_factor, "ROUNDS", ROUNDS)
    store = StaticDevice.objects.create(user=cast.fatima, name="recovery")
    StaticToken.objects.create(device=store, token="abcd2345")
    migration = importlib.import_module("organisation.migrations.0009_recovery_codes_hashed")
    migration.hash_codes(apps, None)
    assert second_factor.match(cast.henk, "abcd2345") is None
    assert second_factor.match(cast.fatima, "abcd2345") == store
    assert second_factor.match(cast.fatima, "abcd2345") is None


@pytest.mark.django_db(transaction=True)
def test_two_who_use_the_same_recovery_code_at_once_are_not_both_let_in(cast: Cast) -> None:
    code = second_factor.new_recovery_codes(cast.fatima)[0]
    turn, let_in = threading.Barrier(4), []

    def use() -> None:
        turn.wait(timeout=60)
        let_in.append(second_factor.match(cast.fatima, code) is not None)
        connection.close()

    threads = [threading.Thread(target=use) for _number in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(let_in) == [False, False, False, True]


def test_in_the_demo_who_chose_an_app_is_asked_for_its_code(cast: Cast) -> None:
    client = Client()
    sign_in(client, "fatima")
    assert client.get("/medewerkers/").status_code == 200
    set_up(client, cast.fatima)
    again = Client()
    sign_in(again, "fatima")
    assert again.get("/medewerkers/")["Location"].startswith("/inloggen/code/")


def test_an_administrator_resets_it_and_the_person_sets_it_up_again(cast: Cast, required: None) -> None:
    client = Client()
    sign_in(client, "fatima")
    set_up(client, cast.fatima)
    second_factor.remove(cast.fatima, by=cast.beheer)
    assert not StaticToken.objects.exists()
    assert client.get("/medewerkers/")["Location"].startswith("/inloggen/code/"), "the open session counts no longer"


@pytest.mark.parametrize("by", ["app", "recovery code"])
def test_whether_it_counts_comes_with_the_person(cast: Cast, required: None, by: str) -> None:
    """No statement of its own at every page; and what ends it ends it at the next page."""
    first, client = Client(), Client()
    sign_in(first, "fatima")
    codes = set_up(first, cast.fatima)
    forget_used_codes()
    sign_in(client, "fatima")
    code = codes[0] if by == "recovery code" else code_of(TOTPDevice.objects.get(user=cast.fatima))
    client.post("/inloggen/code/", {"code": code})
    with CaptureQueriesContext(connection) as asked:
        assert client.get("/medewerkers/").status_code == 200
    assert not [one for one in asked.captured_queries if one["sql"].startswith("SELECT") and "otp_" in one["sql"]]
    kind = StaticDevice if by == "recovery code" else TOTPDevice
    mine = kind.objects.get(user=cast.fatima)
    for lost, back in (
        ({"confirmed": False}, {"confirmed": True}),
        ({"user": cast.henk}, {"user": cast.fatima}),
    ):
        kind.objects.filter(pk=mine.pk).update(**lost)
        assert client.get("/medewerkers/")["Location"].startswith("/inloggen/code/")
        kind.objects.filter(pk=mine.pk).update(**back)
        assert client.get("/medewerkers/")["Location"].startswith("/inloggen/code/"), "the session begins anew"
        named(client, mine)
        assert client.get("/medewerkers/").status_code == 200


def named(client: Client, device: TOTPDevice | StaticDevice) -> None:
    """As another process writes it: what this one remembers of the session knows no device."""
    store = client.session
    remembered = caches["default"].get(store.cache_key)
    store["otp_device_id"] = device.persistent_id
    store.save()
    caches["default"].set(store.cache_key, remembered)


@pytest.mark.parametrize("name", ["otp_totp.totpdevice/", "otp_totp.totpdevice/9999999999", "organisation.user/1", "x"])
def test_a_session_that_names_no_device_owes_the_code(cast: Cast, required: None, name: str) -> None:
    client = Client()
    sign_in(client, "fatima")
    store = client.session
    store["otp_device_id"] = name
    store.save()
    assert client.get("/medewerkers/")["Location"].startswith("/inloggen/code/")
    assert "otp_device_id" not in client.session


def test_a_fragment_is_told_to_wait_instead_of_being_sent_elsewhere(client: Client, cast: Cast, required: None) -> None:
    sign_in(client, "fatima")
    assert client.get("/medewerkers/", headers={"HX-Request": "true"}).status_code == 401


def test_the_first_administrator_sets_up_the_app_and_then_an_own_password(cast: Cast, required: None) -> None:
    password = give_one_time_password(person=cast.beheer, by=None, at=now())
    client = Client()
    client.post("/inloggen/", {"username": "beheer", "password": password})
    assert client.get("/beheer/")["Location"].startswith("/inloggen/code/")
    set_up(client, cast.beheer)
    assert client.get("/beheer/")["Location"].startswith("/wachtwoord/")
    word = "vier-losse-woorden"
    client.post("/wachtwoord/", {"old_password": password, "new_password1": word, "new_password2": word})
    assert client.get("/beheer/").status_code == 200
