"""Message accounts on their screens: secrets go in and never come out, addresses inside our network are refused, two at once."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from channels_app.models import MessageSource
from channels_app.sources import secrets_of
from tests.cast import Cast
from tests.channels_app.fake_service import fake_service

pytestmark = pytest.mark.django_db
WHATSAPP = {"name": "WhatsApp", "account": "106540352242922", "is_active": "on", "team": "", "templates": ""}
SECRETS = {"secret_app_secret": "een-geheim", "secret_verify_token": "controle-7x", "secret_access_token": "sleutel-1"}


@pytest.fixture
def admin(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.beheer)
    return client


def test_secrets_are_kept_sealed_and_never_shown_and_an_empty_field_keeps_them(admin: Client) -> None:
    admin.post("/kanalen/bronnen/nieuw/whatsapp/", {**WHATSAPP, **SECRETS})
    source = MessageSource.objects.get()
    assert "een-geheim" not in source.secrets_encrypted
    shown = admin.get(f"/kanalen/bronnen/{source.pk}/").content.decode()
    assert not any(value in shown for value in SECRETS.values())
    assert f"/berichten/in/{source.key}/" in shown
    form = {**WHATSAPP, "name": "Ander woord", "secret_access_token": "sleutel-2", "version": source.version}
    assert admin.post(f"/kanalen/bronnen/{source.pk}/", form).status_code == 302
    source.refresh_from_db()
    assert secrets_of(source) == {
        "app_secret": "een-geheim",
        "verify_token": "controle-7x",
        "access_token": "sleutel-2",
    }
    assert admin.post(f"/kanalen/bronnen/{source.pk}/", {**form, "name": "Te laat"}).status_code == 409
    assert not any("geheim" in str(row.__dict__) for row in MessageSource.history.all())


@pytest.mark.parametrize(
    ("line", "is_right"),
    [
        ("vervolg | nl | Beste {{1}}, tot zo.", True),
        ("vervolg | nl_NL | Met | streep", True),
        ("vervolg | nl", False),
        ("Vervolg | nl | Tekst", False),
        ("vervolg | nederlands | Tekst", False),
        ("vervolg | nl | ", False),
    ],
)
def test_a_template_is_a_name_a_language_and_a_text(admin: Client, line: str, is_right: bool) -> None:
    answer = admin.post("/kanalen/bronnen/nieuw/whatsapp/", {**WHATSAPP, "templates": line})
    assert answer.status_code == (302 if is_right else 422)


@pytest.mark.parametrize(
    "server",
    [
        "http://mastodon.nl",
        "https://127.0.0.1",
        "https://[::1]",
        "https://[::1",
        "https://2130706433",
        "https://0x7f.1",
        "https://169.254.169.254",
        "https://localhost",
        "https://databank.internal",
        "https://mastodon.nl:8443",
        "https://mastodon.nl/pad",
        "https://a@mastodon.nl",
        "ftp://mastodon.nl",
        "mastodon",
        "",
    ],
)
def test_a_server_inside_our_own_network_is_refused(admin: Client, server: str) -> None:
    form = {"name": "Mastodon", "server": server, "is_active": "on", "secret_access_token": "x"}
    answer = admin.post("/kanalen/bronnen/nieuw/mastodon/", form)
    assert (answer.status_code, MessageSource.objects.count()) == (422, 0)


def test_the_test_says_whose_account_it_is_or_what_is_wrong(admin: Client, settings: Any) -> None:
    with fake_service() as fake:
        settings.MESSAGE_HOSTS_INSIDE = [fake.host]
        form = {"name": "Mastodon", "server": fake.address, "is_active": "on", "secret_access_token": "sleutel-3"}
        admin.post("/kanalen/bronnen/nieuw/mastodon/", form)
        address = f"/kanalen/bronnen/{MessageSource.objects.get().pk}/test/"
        fake.answers = [
            (200, {"acct": "gemeente"}, 0),
            (401, {"error": "The access token was revoked"}, 0),
            (0, b"", 0),
        ]
        assert "Het werkt: dit is @gemeente." in admin.post(address).content.decode()
        assert "accepteert onze toegangssleutel niet" in admin.post(address).content.decode()
        assert "is niet bereikbaar" in admin.post(address).content.decode()


def test_a_kept_secret_goes_to_no_other_server(admin: Client) -> None:
    form = {"name": "Mastodon", "server": "https://mastodon.nl", "is_active": "on", "secret_access_token": "sleutel-4"}
    admin.post("/kanalen/bronnen/nieuw/mastodon/", form)
    source = MessageSource.objects.get()
    elsewhere = {**form, "server": "https://elders.example", "secret_access_token": "", "version": source.version}
    answer = admin.post(f"/kanalen/bronnen/{source.pk}/", elsewhere)
    assert answer.status_code == 422 and "het gaat naar een andere server" in answer.content.decode()
    answer = admin.post(f"/kanalen/bronnen/{source.pk}/", {**elsewhere, "secret_access_token": "sleutel-5"})
    source.refresh_from_db()
    assert answer.status_code == 302 and secrets_of(source) == {"access_token": "sleutel-5"}
