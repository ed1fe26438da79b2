"""Floors that need no stopwatch: statements do not grow with the rows, first pages come from an index, nothing counts a table."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.inside.facts import prepare
from bench.inside.rows import TABLES, Loader
from contacts.demo.load import load_demo
from contacts.models import ApiClient, Customer
from contacts.rulebook import RULEBOOK
from organisation.models import User
from organisation.snapshot import ORGANISATION
from organisation.workdays import day_start

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 25)
FEW, MANY = 1_500, 20_000
BIG = {model._meta.db_table for model in TABLES}
PAGES = {
    "api_list": "/api/v1/questions?status=open",
    "api_question": "/api/v1/questions/{question_50}",
    "work_list": "/werkvoorraad/?lijst=alles",
    "work_list_deep": "/werkvoorraad/?lijst=alles&na={deep}",
    "newest_first": "/werkvoorraad/?lijst=alles&status=closed",
    "search_rare": "/zoeken/?q=kraanvogel",
    "search_common": "/zoeken/?q=lantaarnpaal",
    "search_name": "/zoeken/?q=ligthart",
    "question": "/vragen/{question_50}/",
    "customer": "/klanten/{customer}/",
    "registration": "/werkplek/",
    "registration_customer": "/werkplek/?klant={customer}",
    "dashboard": "/cijfers/",
    "drill_down": "/cijfers/email.answer/",
}
MOST = {
    "api_list": 2, "api_question": 2, "work_list": 4, "work_list_deep": 4, "newest_first": 4, "search_rare": 8, "search_common": 7,
    "search_name": 7, "question": 3, "customer": 19, "registration": 8, "registration_customer": 15, "dashboard": 10, "drill_down": 7,
}  # fmt: skip
"""Statements of a warm page, with its session, user, rights and read log; fewer is better, more fails."""
FROM_AN_INDEX = (
    "api_list",
    "work_list",
    "work_list_deep",
    "newest_first",
    "search_rare",
    "search_common",
    "search_name",
    "question",
)


@dataclass
class Seen:
    """What one size of the municipality showed."""

    statements: dict[str, list[str]] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def sizes(django_db_setup: None, django_db_blocker: Any) -> Iterator[tuple[Seen, Seen]]:
    """Every page at two sizes; the larger one stays for the tests, and all of it is rolled back."""
    with django_db_blocker.unblock():
        transaction.set_autocommit(False)
        _forget()
        load_demo(day=DAY, first=DAY)
        end = day_start(DAY) - timedelta(minutes=5)
        _insert(Loader(FEW, end=end))
        few = _visit()
        _insert(Loader(MANY, end=end))
        yield few, _visit()
        transaction.rollback()
        transaction.set_autocommit(True)
        _forget()


def _forget() -> None:
    ORGANISATION.forget()
    RULEBOOK.forget()


def _insert(loader: Loader) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET LOCAL session_replication_role = replica")
        for statements in loader.statements():
            for statement in statements:
                cursor.execute(statement)
        cursor.execute("SET LOCAL session_replication_role = origin")
        for table in BIG:
            cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))")
            cursor.execute(f"ANALYZE {table}")
        for index in ("customer_trigram", "address_trigram", "question_words"):
            cursor.execute("SELECT gin_clean_pending_list(%s::regclass)", [index])


def _visit() -> Seen:
    """Opens every page twice and keeps the statements of the second time."""
    ApiClient.objects.all().delete()
    facts = prepare(keep_connection=True)
    facts["customer"] = Customer.objects.order_by("pk").last().pk
    with connection.cursor() as cursor:
        for table in BIG:
            cursor.execute(f"ANALYZE {table}")
    client = Client()
    client.force_login(User.objects.get(username="sanne"))
    seen = Seen()
    for name, address in PAGES.items():
        path = address.format(**facts)
        headers = {"Authorization": f"Bearer {facts['token']}"} if path.startswith("/api/") else {}
        _get(client, path, headers)
        with CaptureQueriesContext(connection) as queries:
            answer = _get(client, path, headers)
        if answer.status_code != 200:
            seen.wrong.append(f"{name}: {answer.status_code}")
        seen.statements[name] = [query["sql"] for query in queries.captured_queries]
    return seen


def _get(client: Client, path: str, headers: dict[str, str]) -> HttpResponse:
    return client.get(path, headers=headers)


@pytest.fixture(autouse=True)
def _inside(sizes: tuple[Seen, Seen], db: None) -> None:
    """The large municipality is there in every test."""


def test_every_page_answers(sizes: tuple[Seen, Seen]) -> None:
    assert sizes[0].wrong == sizes[1].wrong == []


@pytest.mark.parametrize("name", PAGES)
def test_the_number_of_statements_does_not_depend_on_the_rows(name: str, sizes: tuple[Seen, Seen]) -> None:
    few, many = (len(seen.statements[name]) for seen in sizes)
    assert many <= few, "\n".join(sizes[1].statements[name])
    assert many <= MOST[name], "\n".join(statement[:300] for statement in sizes[1].statements[name])


@pytest.mark.parametrize("name", FROM_AN_INDEX)
def test_the_first_page_comes_from_an_index(name: str, sizes: tuple[Seen, Seen]) -> None:
    """No plan of this page reads a big table from end to end, or sorts many rows of it."""
    faults = [fault for statement in _selects(sizes[1], name) for fault in _walk(statement, _is_slow)]
    assert faults == []


@pytest.mark.parametrize("name", [name for name in PAGES if name not in ("dashboard", "drill_down")])
def test_no_page_counts_a_whole_table(name: str, sizes: tuple[Seen, Seen]) -> None:
    """No aggregate stands above more than a quarter of a big table (figures count from their roll-ups, tested with them)."""
    faults = [fault for statement in _selects(sizes[1], name) for fault in _walk(statement, _counts_much)]
    assert faults == []


def test_the_counters_of_the_work_list_do_not_walk_past_all_that_is_open(sizes: tuple[Seen, Seen]) -> None:
    """What is almost due, and what waits, are few among many; with thousands just registered that was half of the page."""
    plans = []
    for statement in _selects(sizes[1], "work_list"):
        with connection.cursor() as cursor:
            cursor.execute("EXPLAIN " + statement)
            plans += [row[0] for row in cursor.fetchall()]
    for index in ("question_almost", "question_waiting"):
        assert any(index in line for line in plans), index


def _selects(seen: Seen, name: str) -> list[str]:
    """The statements that read a big table; a prepared one names none itself."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, statement FROM pg_prepared_statements")
        texts = dict(cursor.fetchall())
    found = [sql for sql in seen.statements[name] if re.match(r"\s*(SELECT|WITH|EXECUTE)", sql)]
    return [sql for sql in found if any(table in texts.get(_prepared(sql), sql) for table in BIG)]


def _prepared(sql: str) -> str:
    return sql.split()[1] if sql.startswith("EXECUTE ") else ""


Node = dict[str, Any]


def _walk(statement: str, judge: Callable[[Node], str]) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN (FORMAT JSON) " + statement)
        plan = cursor.fetchone()[0]
    tree = (plan if isinstance(plan, list) else json.loads(plan))[0]["Plan"]
    found: list[str] = []
    todo = [tree]
    while todo:
        node = todo.pop()
        todo += node.get("Plans", [])
        if fault := judge(node):
            found.append(f"{fault}: {statement[:400]}")
    return found


def _is_slow(node: Node) -> str:
    kind = node["Node Type"]
    if kind == "Seq Scan" and node["Relation Name"] in BIG:
        return f"reads {node['Relation Name']} from end to end"
    if kind == "Sort" and node["Plans"][0]["Plan Rows"] > MANY / 10:
        return f"sorts {node['Plans'][0]['Plan Rows']} rows"
    return ""


def _counts_much(node: Node) -> str:
    if node["Node Type"] == "Aggregate" and any(below["Plan Rows"] > MANY / 4 for below in node.get("Plans", [])):
        return f"counts {node['Plans'][0]['Plan Rows']} rows"
    return ""
