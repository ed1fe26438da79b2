"""The list in pages: every question once, as quick for many as for few, from an index."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from contacts.keyset import Cursor
from contacts.models import Question
from contacts.pages.queue import queue_page
from contacts.queue_filters import FAR, QueueFilters, matching
from organisation.clock import now
from organisation.snapshot import organisation
from tests.cast import Cast
from tests.contacts.test_queue import ask, login


def shown(rows: str) -> list[str]:
    """The numbers of the rows, in order."""
    return re.findall(r'name="pick" value="(OPM-\d+-\d+):', rows)


def test_paging_by_key_shows_every_question_once_in_both_directions(cast: Cast) -> None:
    base = now() - timedelta(days=30)
    Question.objects.bulk_create(
        Question(
            number=f"OPM-2026-9{index:05d}",
            channel="email",
            title=f"Vraag {index}",
            team=cast.openbare_ruimte,
            received_at=base,
            registered_at=base,
            last_contact_at=base,
            sort_at=FAR if index % 3 else base + timedelta(seconds=index // 4, microseconds=123457),
            due_at=None if index % 3 else base + timedelta(seconds=index // 4, microseconds=123457),
        )
        for index in range(130)
    )
    house, at = organisation(), now()
    filters = QueueFilters()
    seen: list[str] = []
    pages = []
    after = ""
    for _page in range(5):
        page = queue_page(filters, cast.henk, at, after=after)
        pages.append(shown(page.rows))
        seen += pages[-1]
        if not page.next_href:
            break
        after = page.next_href.split("na=")[1]
    assert len(seen) == len(set(seen)) == 130 == matching(filters, cast.henk, at, house).count()
    assert [len(one) for one in pages] == [50, 50, 30]
    back = queue_page(filters, cast.henk, at, before=page.previous_href.split("voor=")[1])
    assert shown(back.rows) == pages[1]


def test_a_cursor_keeps_microseconds() -> None:
    cursor = Cursor(datetime.fromisoformat("2026-11-25T10:00:00.123457+00:00"), 7)
    assert Cursor.read(str(cursor), FAR) == cursor
    assert Cursor.read(str(Cursor(FAR, 9)), FAR) == Cursor(FAR, 9)
    assert Cursor.read("onzin") is None


def test_twice_the_rows_takes_the_same_number_of_queries(cast: Cast) -> None:
    client = login(cast.henk)
    for _index in range(3):
        ask(cast)
    client.get("/werkvoorraad/")
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get("/werkvoorraad/")
    for _index in range(6):
        ask(cast)
    with CaptureQueriesContext(connection) as many:
        client.get("/werkvoorraad/")
    assert len(few) == len(many) <= 8


def load_many(cast: Cast, count: int) -> None:
    """Rows as a busy year leaves them: one in fifteen open, spread over three teams."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO contacts_question (number, kind, channel, title, summary, status, close_reason, team_id, assignee_id,
              is_confidential, received_at, registered_at, closed_at, is_direct, due_at, soon_at, sort_at, last_contact_at,
              contact_count, transfer_count, version)
            SELECT 'OPM-2025-' || lpad(n::text, 6, '0'), 'question', 'email', 'Vraag ' || n, 'Tekst over grofvuil ' || n,
              CASE WHEN n %% 15 = 0 THEN 'in_progress' ELSE 'closed' END, CASE WHEN n %% 15 = 0 THEN '' ELSE 'answered' END,
              (%s::bigint[])[1 + n %% 3], CASE WHEN n %% 2 = 0 THEN %s END, false, t, t, CASE WHEN n %% 15 = 0 THEN NULL ELSE t END,
              false, CASE WHEN n %% 15 = 0 THEN t + interval '5 days' END, CASE WHEN n %% 15 = 0 THEN t + interval '4 days' END,
              CASE WHEN n %% 15 = 0 THEN t + interval '5 days' ELSE '9999-12-31T00:00:00Z'::timestamptz END, t, 1, 0, 1
            FROM generate_series(1, %s) n, LATERAL (SELECT now() - n * interval '20 minutes' AS t) moment
            """,
            [[cast.servicecentrum.pk, cast.openbare_ruimte.pk, cast.burgerzaken.pk], cast.henk.pk, count],
        )
        cursor.execute("ANALYZE contacts_question")


def plan_of(rows: object) -> str:
    return rows.explain(costs=False)  # type: ignore[attr-defined]


def test_the_first_page_of_every_list_comes_from_an_index(cast: Cast) -> None:
    load_many(cast, 20_000)
    at, house = now(), organisation()
    from contacts import keyset
    from contacts.pages.queue_rows import ROW

    lists = [
        (cast.henk, QueueFilters()),
        (cast.henk, QueueFilters(scope="mijn")),
        (cast.henk, QueueFilters(term="te_laat")),
        (cast.henk, QueueFilters(order="nieuwste", status="all")),
        (cast.fatima, QueueFilters(scope="alles")),
        (cast.fatima, QueueFilters(scope="alles", order="nieuwste")),
        (cast.fatima, QueueFilters(scope="alles", order="nieuwste", status="all")),
        (cast.fatima, QueueFilters(scope="alles", team=cast.burgerzaken.pk)),
    ]
    for user, filters in lists:
        rows = matching(filters, user, at, house)
        for cursor in (None, Cursor(at - timedelta(days=30), 5)):
            asked = rows
            if cursor is not None:
                asked = keyset.beyond(
                    rows, cursor, moment=filters.moment, newest_first=filters.newest_first, backwards=False
                )
            page = keyset.ordered(asked, moment=filters.moment, newest_first=filters.newest_first)[:51]
            plan = plan_of(ROW.texts_of(page))
            assert "Seq Scan on contacts_question" not in plan, (filters, plan)
            assert "Sort" not in plan, (filters, plan)
