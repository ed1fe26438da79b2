"""Signing in with a work account, against an identity provider on this machine that lies when it is told to."""

from __future__ import annotations

import base64
import hashlib
import json
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePrivateKey, generate_private_key
from django.test import Client
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice

from contacts.models import Notice
from organisation import oidc
from organisation.models import AuditEntry, User
from tests.cast import Cast
from tests.channels_app.fake_service import FakeService, fake_service

BEGIN, BACK = "/inloggen/werkaccount/", "/inloggen/werkaccount/terug/"
HENK = "henk-at-the-provider"
OWN_SITE = "http://127.0.0.1:8000"


@dataclass
class Provider:
    service: FakeService
    key: EllipticCurvePrivateKey = field(default_factory=lambda: generate_private_key(SECP256R1()))
    issuer: str = ""

    def stand(self, **about: Any) -> None:
        """What it says of itself, and its key."""
        self.issuer = self.service.address
        usual = {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            "end_session_endpoint": f"{self.issuer}/end",
        }
        public = json.loads(jwt.algorithms.ECAlgorithm.to_jwk(self.key.public_key()))
        self.service.by_path = {
            "/.well-known/": (200, usual | about),
            "/keys": (200, {"keys": [{**public, "kid": "k1", "use": "sig", "alg": "ES256"}]}),
        }

    def claims(self, asked: dict[str, str], **other: Any) -> dict[str, Any]:
        moment = int(time.time())
        found = {
            "iss": self.issuer,
            "sub": HENK,
            "aud": "servicecentrum",
            "iat": moment,
            "exp": moment + 300,
            "nonce": asked["nonce"],
            **other,
        }
        return {name: value for name, value in found.items() if value is not None}

    def give(self, claims: dict[str, Any], *, key: Any = None, algorithm: str = "ES256", kid: str = "k1") -> None:
        token = jwt.encode(claims, self.key if key is None else key, algorithm, headers={"kid": kid})
        self.service.by_path["/token"] = (200, {"id_token": token, "access_token": "x", "token_type": "Bearer"})


@pytest.fixture(scope="module")
def one_service() -> Iterator[FakeService]:
    with fake_service() as fake:
        yield fake


@pytest.fixture
def provider(one_service: FakeService, settings: Any) -> Iterator[Provider]:
    oidc.PROVIDER.forget()
    one_service.asked.clear()
    one_service.answers.clear()
    made = Provider(one_service)
    made.stand()
    settings.OIDC_ISSUER, settings.OIDC_CLIENT_ID, settings.OIDC_CLIENT_SECRET = made.issuer, "servicecentrum", "s€cret"
    settings.SITE_URL = OWN_SITE
    yield made
    oidc.PROVIDER.forget()


@pytest.fixture
def linked(cast: Cast, provider: Provider) -> User:
    User.objects.filter(pk=cast.henk.pk).update(oidc_issuer=provider.issuer, oidc_subject=HENK)
    return cast.henk


def asked_at_the_provider(client: Client, address: str = BEGIN) -> dict[str, str]:
    answer = client.get(address)
    assert answer.status_code == 302, answer.content.decode()
    return {name: values[0] for name, values in parse_qs(urlsplit(answer["Location"]).query).items()}


def come_back(client: Client, asked: dict[str, str], **more: str) -> Any:
    return client.get(BACK, {"state": asked["state"], "code": "the-code", **more})


def is_in(client: Client) -> bool:
    return client.get("/mijn/").status_code == 200


def test_it_is_off_by_default(client: Client, cast: Cast) -> None:
    assert [client.get(address).status_code for address in (BEGIN, BACK, "/inloggen/werkaccount/uit/")] == [404] * 3
    assert "werkaccount" not in client.get("/inloggen/").content.decode()


def test_a_linked_person_comes_in_where_they_wanted_to_be(client: Client, provider: Provider, linked: User) -> None:
    assert f"{BEGIN}?next=/medewerkers/" in client.get("/inloggen/?next=/medewerkers/").content.decode()
    asked = asked_at_the_provider(client, f"{BEGIN}?next=/medewerkers/")
    assert asked["redirect_uri"] == OWN_SITE + BACK
    assert (asked["response_type"], asked["code_challenge_method"]) == ("code", "S256")
    provider.give(provider.claims(asked))
    before, waits = client.session.session_key, client.session.get_expiry_age()
    assert come_back(client, asked)["Location"] == "/medewerkers/"
    assert client.session.session_key != before
    assert waits <= 600 < 9 * 3600 < client.session.get_expiry_age()
    assert is_in(client)
    assert AuditEntry.objects.filter(action="login.ok", object_id=str(linked.pk)).exists()
    token = next(one for one in provider.service.asked if one.path == "/token")
    sent = {name: values[0] for name, values in parse_qs(token.body.decode()).items()}
    digest = hashlib.sha256(sent["code_verifier"].encode()).digest()
    assert base64.urlsafe_b64encode(digest).rstrip(b"=").decode() == asked["code_challenge"]
    assert base64.b64decode(token.headers["authorization"].split()[1]) == b"servicecentrum:s%E2%82%ACcret"
    assert "client_secret" not in sent
    out = client.post("/uitloggen/")
    assert out["Location"] == "/inloggen/werkaccount/uit/"
    page = client.get(out["Location"]).content.decode()
    assert f"{provider.issuer}/end?client_id=servicecentrum" in page
    assert not is_in(client)


NOW = int(time.time())
WRONG = {
    "of another provider": {"iss": "https://elsewhere.example"},
    "for another client": {"aud": "another"},
    "for two, and made for the other": {"aud": ["servicecentrum", "another"], "azp": "another"},
    "ended": {"iat": NOW - 900, "exp": NOW - 600},
    "from tomorrow": {"iat": NOW + 86400, "exp": NOW + 90000},
    "without an end": {"exp": None},
    "without a person": {"sub": None},
    "with an empty person": {"sub": ""},
    "without a nonce": {"nonce": None},
    "of another sign-in": {"nonce": "another"},
}


def test_a_token_that_is_not_right_opens_nothing(client: Client, provider: Provider, linked: User) -> None:
    stranger = generate_private_key(SECP256R1())
    tries: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {name: (claims, {}) for name, claims in WRONG.items()}
    tries |= {
        "signed by a stranger": ({}, {"key": stranger}),
        "signed with an unknown key": ({}, {"kid": "k2"}),
        "signed with our secret": ({}, {"key": "s€cret" * 8, "algorithm": "HS256"}),
        "not signed": ({}, {"key": "", "algorithm": "none"}),
    }
    for name, (claims, how) in tries.items():
        asked = asked_at_the_provider(client)
        provider.give(provider.claims(asked, **claims), **how)
        answer = come_back(client, asked)
        assert answer.status_code == 400, name
        assert "niet controleren" in answer.content.decode(), name
        assert not is_in(client), name
    for body in ({}, {"id_token": "x"}, {"id_token": 5}):
        provider.service.by_path["/token"] = (200, body)
        assert come_back(client, asked_at_the_provider(client)).status_code == 400, body


def test_a_state_works_once_in_its_own_browser_and_for_ten_minutes(
    client: Client, provider: Provider, linked: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = asked_at_the_provider(client)
    provider.give(provider.claims(asked))
    assert come_back(Client(), asked).status_code == 400
    assert come_back(client, {"state": "made-up"}).status_code == 400
    assert client.get(BACK).status_code == 400
    provider.service.by_path["/token"] = (400, {"error": "invalid_grant"})
    assert come_back(client, asked).status_code == 400
    provider.give(provider.claims(asked))
    again = come_back(client, asked)
    assert again.status_code == 400
    assert "al gebruikt" in again.content.decode()
    late = asked_at_the_provider(client)
    provider.give(provider.claims(late))
    hour = time.time() + 601
    monkeypatch.setattr("organisation.views.work_account.time.time", lambda: hour)
    assert come_back(client, late).status_code == 400


def test_an_answer_of_another_provider_is_never_redeemed(client: Client, provider: Provider, linked: User) -> None:
    asked = asked_at_the_provider(client)
    provider.give(provider.claims(asked))
    assert come_back(client, asked, iss="https://elsewhere.example").status_code == 400
    provider.stand(authorization_response_iss_parameter_supported=True)
    oidc.PROVIDER.forget()
    asked = asked_at_the_provider(client)
    assert come_back(client, asked).status_code == 400, "it says that it always names itself"
    assert not [one for one in provider.service.asked if one.path == "/token"]
    asked = asked_at_the_provider(client)
    provider.give(provider.claims(asked))
    assert come_back(client, asked, iss=provider.issuer).status_code == 302


def test_who_is_not_linked_reads_the_mark_to_hand_over(client: Client, cast: Cast, provider: Provider) -> None:
    def come() -> Any:
        asked = asked_at_the_provider(client)
        provider.give(provider.claims(asked, email=cast.henk.email, email_verified=True))
        return come_back(client, asked)

    answer = come()
    assert answer.status_code == 403
    assert HENK in answer.content.decode(), "an e-mail address that fits is nobody"
    administrator, address = Client(), f"/beheer/mensen/{cast.henk.pk}/werkaccount/"
    administrator.force_login(cast.beheer)
    administrator.post(address, {"subject": f" {HENK} "})
    cast.henk.refresh_from_db()
    assert (cast.henk.oidc_issuer, cast.henk.oidc_subject) == (provider.issuer, HENK)
    assert cast.henk.history.first().oidc_subject == HENK
    assert HENK in administrator.get(f"/beheer/mensen/{cast.henk.pk}/").content.decode()
    administrator.post(f"/beheer/mensen/{cast.ria.pk}/werkaccount/", {"subject": HENK})
    administrator.post(f"/beheer/mensen/{cast.beheer.pk}/werkaccount/", {"subject": "own"})
    administrator.post(f"/beheer/mensen/{cast.ria.pk}/werkaccount/", {"subject": "  "})
    assert list(User.objects.exclude(oidc_subject="")) == [cast.henk], (
        "one account is one person, and nobody links their own"
    )
    assert come().status_code == 302
    client.post("/uitloggen/")
    User.objects.filter(pk=cast.henk.pk).update(is_active=False)
    assert come().status_code == 403, "kept out here is kept out"
    User.objects.filter(pk=cast.henk.pk).update(is_active=True)
    assert come().status_code == 302 and is_in(client)
    administrator.post(address, {"act": "unlink"})
    cast.henk.refresh_from_db()
    assert (cast.henk.oidc_issuer, cast.henk.oidc_subject) == ("", "")
    assert not is_in(client), "what opened with it is closed too"


def test_a_new_person_is_only_made_where_that_was_chosen_and_may_nothing(
    client: Client, cast: Cast, provider: Provider, settings: Any
) -> None:
    settings.OIDC_CREATE_USERS = True
    asked = asked_at_the_provider(client)
    provider.give(provider.claims(asked, sub="new", name="Noor Nieuw"))
    assert come_back(client, asked).status_code == 302
    person = User.objects.get(oidc_subject="new")
    assert (person.name, person.rights, person.has_usable_password()) == ("Noor Nieuw", frozenset(), False)
    assert is_in(client)
    assert client.get("/werkvoorraad/").status_code == 403


def test_our_own_code_is_asked_unless_the_provider_asked_one_that_counts(
    client: Client, provider: Provider, linked: User, settings: Any
) -> None:
    settings.SECOND_FACTOR_REQUIRED = True
    settings.OIDC_SECOND_FACTOR = []
    TOTPDevice.objects.create(user=linked, confirmed=True)

    def came_in(**claims: Any) -> bool:
        browser = Client()
        asked = asked_at_the_provider(browser)
        provider.give(provider.claims(asked, **claims))
        assert come_back(browser, asked).status_code == 302
        return is_in(browser)

    assert not came_in(amr=["pwd", "mfa"]), "not named"
    settings.OIDC_SECOND_FACTOR = ["mfa", "https://provider.example/loa3"]
    assert not came_in(amr=["pwd"])
    assert not came_in(amr="mfa"), "no list"
    assert not came_in(amr=5), "no list"
    assert not came_in()
    assert came_in(amr=["pwd", "mfa"])
    assert came_in(acr="https://provider.example/loa3")


@pytest.mark.parametrize("name", ["authorization_endpoint", "token_endpoint", "jwks_uri"])
def test_a_provider_elsewhere_names_no_address_of_this_machine(
    name: str, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.OIDC_ISSUER = "https://sso.example"
    about = dict.fromkeys(("authorization_endpoint", "token_endpoint", "jwks_uri"), "https://sso.example/x")
    about["issuer"] = settings.OIDC_ISSUER
    monkeypatch.setattr(oidc, "_json", lambda _address: about)
    oidc.PROVIDER.forget()
    assert oidc.PROVIDER.about() == about
    about[name] = "http://127.0.0.1:9200/_search"
    oidc.PROVIDER.forget()
    with pytest.raises(oidc.Away, match=name):
        oidc.PROVIDER.about()
    oidc.PROVIDER.forget()


def test_a_provider_that_is_away_or_odd_is_said_so_and_the_password_goes_on(
    client: Client, provider: Provider, linked: User, settings: Any
) -> None:
    odd: list[tuple[int, Any]] = [
        (500, {}),
        (302, {}),
        (200, b"no json"),
        (200, ["a list"]),
        (200, b"[" * 100_000),
        (200, b'"' + b"x" * 300_000 + b'"'),
        (200, {"issuer": "https://elsewhere.example"}),
        (200, {"issuer": provider.issuer, "authorization_endpoint": "http://elsewhere.example/", "jwks_uri": "x"}),
    ]
    for answer in odd:
        provider.service.by_path["/.well-known/"] = answer
        oidc.PROVIDER.forget()
        page = client.get(BEGIN)
        assert page.status_code == 503, answer
        assert "nu niet bereiken" in page.content.decode()
    asked_before = len(provider.service.asked)
    assert client.get(BEGIN).status_code == 503
    assert len(provider.service.asked) == asked_before, "who tries again does not wait for it again"
    assert client.post("/inloggen/", {"username": "henk", "password": "henk-secret-1"}).status_code == 302
    client.post("/uitloggen/")
    settings.OIDC_ONLY = True
    refused = client.post("/inloggen/", {"username": "henk", "password": "henk-secret-1"})
    assert "U logt in met uw werkaccount" in refused.content.decode()
    assert client.post("/inloggen/", {"username": "ria", "password": "ria-secret-1"}).status_code == 302
    client.post("/uitloggen/")
    provider.stand()
    oidc.PROVIDER.forget()
    asked = asked_at_the_provider(client)
    cancelled = client.get(BACK, {"state": asked["state"], "error": "access_denied", "error_description": "<b>x</b>"})
    assert cancelled.status_code == 400
    assert "niet afgemaakt" in cancelled.content.decode()
    assert "<b>x" not in cancelled.content.decode()
    asked = asked_at_the_provider(client)
    provider.service.by_path["/token"] = (502, {})
    assert come_back(client, asked).status_code == 503


def test_who_comes_in_past_a_provider_that_is_away_is_told_to_the_administrators(
    client: Client, cast: Cast, provider: Provider, linked: User, settings: Any
) -> None:
    """quality.md F26: the door that is there for such a day opens, and rings."""
    desk, keys = Client(), {"username": "ria", "password": "ria-secret-1"}
    desk.force_login(cast.beheer)

    def line() -> str:
        parts = desk.get("/health/details").json()["parts"]
        return next(f"{one['well']} {bool(one['away_since'])}" for one in parts if one["part"] == "provider")

    def told() -> tuple[int, int]:
        entries = AuditEntry.objects.filter(action="login.past_provider", user=cast.ria).count()
        return entries, Notice.objects.filter(kind="provider_passed").count()

    assert client.post("/inloggen/", keys).status_code == 302
    assert (told(), line()) == ((0, 0), "True False"), "a password is nothing odd while the provider answers"
    client.post("/uitloggen/")
    provider.service.by_path["/.well-known/"] = (500, {})
    oidc.PROVIDER.forget()
    assert client.get(BEGIN).status_code == 503
    assert line() == "False True"
    TOTPDevice.objects.create(user=cast.ria, confirmed=True)
    settings.SECOND_FACTOR_REQUIRED = True
    assert client.post("/inloggen/", keys).status_code == 302
    assert told() == (0, 0), "not in yet"
    device = TOTPDevice.objects.get(user=cast.ria)
    client.post("/inloggen/code/", {"code": f"{totp(device.bin_key):06}"})
    assert is_in(client) and told() == (1, 1)
    settings.SECOND_FACTOR_REQUIRED = False
    assert "werkaccounts het niet doen" in desk.get("/meldingen/").content.decode()
    page = desk.get("/beheer/gezondheid/").content.decode()
    assert "Iemand logde in met een wachtwoord" in page and "Antwoordt niet sinds" in page
    provider.stand()
    oidc.PROVIDER.forget()
    browser = Client()
    asked = asked_at_the_provider(browser)
    provider.give(provider.claims(asked))
    assert come_back(browser, asked).status_code == 302
    assert line() == "False False", "it answers again; that somebody came past it is said for an hour"


def test_a_new_key_of_the_provider_is_taken_at_once(client: Client, provider: Provider, linked: User) -> None:
    asked = asked_at_the_provider(client)
    provider.give(provider.claims(asked))
    assert come_back(client, asked).status_code == 302
    client.post("/uitloggen/")
    provider.key = generate_private_key(SECP256R1())
    provider.stand()
    provider.service.by_path["/keys"][1]["keys"][0]["kid"] = "k9"
    asked = asked_at_the_provider(client)
    provider.give(provider.claims(asked), kid="k9")
    assert come_back(client, asked).status_code == 302
