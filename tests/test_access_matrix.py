"""Every address × method × role × relation, as one table (quality.md §4). A route without a row fails.

The table is `tests/access_matrix.py`; `tests/access_scene.py` is what is asked for, `tests/access_arguments.py` the addresses, and
`tests/access_judging.py` how an answer is looked at. A new route: add its arguments to `arguments` when it has any, then run

    ACCESS_MATRIX=write ACCESS_MATRIX_ONLY=contacts:question_new pytest tests/test_access_matrix.py -k every_address

(without ACCESS_MATRIX_ONLY all of it), which appends rows for what is missing, as the code answers now. Judge each new cell against quality.md §4 before you commit it:
the run copies what is, only a person knows what should be.
"""

from __future__ import annotations

import os
from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from contacts.actions.api_clients import SCOPES
from contacts.models import ApiClient, Customer, Question
from organisation.clock import now
from organisation.models import AccessEntry
from organisation.tokens import hashed
from tests.access_arguments import API_ARGUMENTS, api_routes, arguments, routes
from tests.access_judging import MAY_SEE_CANARY, append, ask, cells, clients, quiet, thrifty, words
from tests.access_matrix import API_CALLERS, API_MATRIX, MATRIX, ROLES
from tests.access_scene import CANARY, Scene, scene

__all__ = ["clients", "quiet", "scene", "thrifty"]
PARTS = 8
"""The table is tried in parts, so that several processes can share the work."""


@pytest.mark.slow
@pytest.mark.usefixtures("quiet", "thrifty")
@pytest.mark.parametrize("part", range(PARTS))
def test_every_address_answers_every_role_as_the_table_says(
    part: int, scene: Scene, clients: dict[str, Client]
) -> None:
    wrong: list[str] = []
    missing: dict[str, dict[str, str]] = {}
    leaks: list[str] = []
    unlogged: list[str] = []
    only = os.environ.get("ACCESS_MATRIX_ONLY", "").split(",")
    for name in [name for name in sorted(routes())[part::PARTS] if any(word in name for word in only)]:
        for key, methods in cells(name, scene, clients, leaks, unlogged).items():
            for method, statuses in methods.items():
                expected = MATRIX.get(key, {}).get(method)
                if expected is None:
                    missing.setdefault(key, {})[method] = words(statuses)
                elif expected != words(statuses):
                    wrong.append(f"{method} {key}: expected {expected}, got {words(statuses)}")
                if any(status >= 500 for status in statuses):
                    wrong.append(f"{method} {key}: {words(statuses)}")
    if missing and os.environ.get("ACCESS_MATRIX") == "write":
        append(missing)
        missing = {}
    assert not leaks, f"a foreign confidential question was shown: {leaks}"
    assert not unlogged, f"a customer was shown and the read log does not say to whom: {unlogged}"
    assert not missing, f"addresses without a row in tests/access_matrix.py: {sorted(missing)}"
    assert not wrong, "\n".join(wrong)


def test_the_table_names_no_address_that_is_gone(scene: Scene) -> None:
    known = set(routes())
    assert [key for key in MATRIX if key.split(" ")[0] not in known] == []
    assert [key for key in API_MATRIX if key.split(" ")[0] not in set(api_routes())] == []


# --- ids of other people's objects in bodies and questions --------------------------------------------------------------------


def test_searching_for_a_foreign_confidential_question_gives_nothing(scene: Scene, clients: dict[str, Client]) -> None:
    number = scene.numbers["confidential"]
    looks = [
        f"/zoeken/?q={CANARY}",
        f"/zoeken/?q={number}",
        f"/zoeken/?q={CANARY}@example.nl",
        f"/werkvoorraad/?q={CANARY}",
        "/werkvoorraad/?lijst=alle",
        f"/werkplek/klanten/?q={CANARY}",
        f"/werkplek/klanten/?customer_query={CANARY}",
        "/terugbellen/?lijst=alle",
        "/meldingen/",
        "/cijfers/email.answer/",
        "/cijfers/email.answer/lijst.csv?reason=test",
        "/werkvoorraad/bestand/",
    ]
    for role in ROLES:
        if role in MAY_SEE_CANARY:
            continue
        for look in looks:
            status, body = ask(clients[role], "GET", look)
            assert status < 500, (role, look)
            shown = body.lower().replace(f'value="{CANARY.lower()}'.encode(), b"").replace(look.lower().encode(), b"")
            assert f"{CANARY.lower()} tekst".encode() not in shown, (role, look)


SHOWN = [
    ("sanne", "GET", "/zoeken/?q=own@example.nl", {}),
    ("henk", "GET", "/zoeken/?q=own van Dam", {}),
    ("fatima", "POST", "/werkplek/klanten/", {"customer_query": "own@example.nl"}),
    ("fatima", "GET", "/werkplek/?klant={customer}", {}),
    ("henk", "GET", "/werkvoorraad/?lijst=team", {}),
    ("ria", "POST", "/werkvoorraad/bestand/", {"reason": "voor het overleg", "list": "lijst=team"}),
    ("sanne", "POST", "/klanten/{customer}/inzage/", {"reason": "verzoek van 2 maart", "kind": "json"}),
    ("henk", "GET", "/vragen/{number}/?druk=1", {}),
    ("henk", "GET", "/vragen/{number}/geschiedenis/", {}),
]
"""Who asks for what shows a customer: looked for, as a file, on paper; the table above asks without words."""


@pytest.mark.parametrize(("who", "method", "address", "data"), SHOWN)
@pytest.mark.parametrize("htmx", [False, True])
def test_who_found_or_took_a_customer_along_stands_in_the_read_log(
    scene: Scene, clients: dict[str, Client], who: str, method: str, address: str, data: dict[str, str], htmx: bool
) -> None:
    there = address.format(customer=scene.ids["own"]["customer"], number=scene.numbers["own"])
    ask_ = clients[who].get if method == "GET" else clients[who].post
    answer = ask_(there, data or None, headers={"HX-Request": "true"} if htmx else {})
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    assert answer.status_code == 200 and (b"own" in body.lower() or b"Eigen" in body)
    assert AccessEntry.objects.filter(user=getattr(scene.cast, who)).exists()


BODIES = [
    ("contacts:question_act", "own", "koppelen", {"other": "{number}", "number": "{number}", "kind": "related"}),
    ("contacts:question_act", "own", "samenvoegen", {"other": "{number}", "number": "{number}"}),
    ("contacts:question_act", "own", "toewijzen", {"assignee": "{bas}"}),
    ("contacts:queue_bulk", "any", "", {"ids": "{question}", "question": "{question}", "act": "take"}),
    ("contacts:customer_merge", "own", "", {"other": "{customer}", "merge": "{customer}", "keep": "{customer}"}),
    ("contacts:undo", "confidential", "", {}),
    (
        "contacts:registration",
        "any",
        "",
        {"channel": "phone", "customer": "{customer}", "add_to": "{question}", "b0-add_to": "{question}"},
    ),
]


@pytest.mark.parametrize(("name", "relation", "act", "body"), BODIES)
def test_a_foreign_id_in_a_body_changes_nothing_and_shows_nothing(
    scene: Scene, clients: dict[str, Client], name: str, relation: str, act: str, body: dict[str, str]
) -> None:
    secret = scene.ids["confidential"]
    values = {
        "number": scene.numbers["confidential"],
        "question": str(secret["question"]),
        "customer": str(secret["customer"]),
        "bas": str(scene.cast.bas.pk),
    }
    before = Question.objects.filter(pk=secret["question"]).values().get()
    (kwargs,) = [one for one in arguments(name, scene, relation) if not act or one.get("act") == act]
    version = Question.objects.get(number=scene.numbers["own"]).version
    for role in ("henk", "ria", "fatima", "sanne"):
        if name == "contacts:customer_merge" and role in ("fatima", "sanne"):
            continue  # they see every customer, so for them this one is not foreign
        with transaction.atomic():
            data = {key: value.format(**values) for key, value in body.items()}
            answer = clients[role].post(reverse(name, kwargs=kwargs), {**data, "version": version})
            after = Question.objects.filter(pk=secret["question"]).values().get()
            merged = Customer.objects.get(pk=secret["customer"]).merged_into_id
            transaction.set_rollback(True)
        assert answer.status_code in (200, 302, 400, 403, 404, 409, 422), (role, answer.status_code)
        assert (after, merged) == (before, None), role
        assert CANARY.lower().encode() not in answer.content.lower(), role


# --- the API ---------------------------------------------------------------------------------------------------------------------


def api_clients() -> dict[str, dict[str, str]]:
    """Header per caller: no token, a wrong one, one without rights, one with all, one for another channel, one that expired."""
    at = now()
    headers: dict[str, dict[str, str]] = {"no_token": {}, "wrong": {"authorization": "Bearer wrong"}}
    kinds: dict[str, dict[str, object]] = {
        "no_rights": {"scopes": []},
        "all_rights": {"scopes": list(SCOPES)},
        "form_only": {"scopes": list(SCOPES), "channels": ["form"]},
        "expired": {"scopes": list(SCOPES), "expires_at": at - timedelta(seconds=1)},
        "revoked": {"scopes": list(SCOPES), "is_active": False},
    }
    for name, values in kinds.items():
        ApiClient.objects.create(
            name=name,
            token_hash=hashed(name),
            token_hint=name[-4:],
            **{"created_at": at, "expires_at": at + timedelta(days=1), **values},
        )
        headers[name] = {"authorization": f"Bearer {name}"}
    return headers


def test_the_api_answers_every_caller_as_the_table_says(scene: Scene) -> None:
    headers = api_clients()
    wrong: list[str] = []
    missing: list[str] = []
    for name in sorted(set(api_routes())):
        for relation in ("own", "confidential") if name == "question" else ("any",):
            kwargs = {"number": scene.numbers[relation]} if name == "question" else API_ARGUMENTS.get(name, {})
            for method in ("GET", "POST"):
                statuses = []
                for caller in API_CALLERS:
                    with transaction.atomic():
                        client = Client(raise_request_exception=False, headers=headers[caller])
                        address = reverse(name, kwargs=kwargs)
                        answer = (
                            client.get(address)
                            if method == "GET"
                            else client.post(address, "{}", content_type="application/json")
                        )
                        transaction.set_rollback(True)
                    statuses.append(answer.status_code)
                    assert CANARY.lower().encode() not in answer.content.lower(), (caller, method, name)
                expected = API_MATRIX.get(f"{name} {relation}", {}).get(method)
                if expected is None:
                    missing.append(f'"{name} {relation}" {method}: {words(statuses)}')
                elif expected != words(statuses):
                    wrong.append(f"{method} {name} {relation}: expected {expected}, got {words(statuses)}")
    assert not missing, "rows to add to API_MATRIX:\n" + "\n".join(missing)
    assert not wrong, "\n".join(wrong)


def test_the_api_never_finds_a_confidential_question(scene: Scene) -> None:
    client = Client(headers=api_clients()["all_rights"])
    for address in (f"/api/v1/questions?q={CANARY}", "/api/v1/questions", f"/api/v1/customers?q={CANARY}"):
        answer = client.get(address)
        assert answer.status_code in (200, 400)
        assert f"{CANARY} tekst".lower().encode() not in answer.content.lower()
        assert scene.numbers["confidential"].encode() not in answer.content
