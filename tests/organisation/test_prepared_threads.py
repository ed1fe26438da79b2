"""Each thread has a connection of its own: what one prepared says nothing of the other's."""

from __future__ import annotations

import threading

import pytest
from django.db import connection

from organisation.models import Team
from organisation.prepared import rows_prepared


@pytest.mark.django_db(transaction=True)
def test_threads_that_take_turns_keep_their_own_statements(settings: object) -> None:
    settings.PREPARE_STATEMENTS = True  # type: ignore[attr-defined]
    turn, errors = threading.Barrier(2), list[Exception]()

    def ask() -> None:
        try:
            for place in range(6):
                turn.wait(timeout=60)
                for shape in (place, 0):
                    rows_prepared(
                        ("turns", shape),
                        lambda marks, shape=shape: Team.objects.filter(pk=marks["pk"], name=f"turn {shape}").values(
                            "pk"
                        ),
                        {"pk": 1},
                    )
        except Exception as error:
            errors.append(error)
            turn.abort()
        finally:
            connection.close()

    threads = [threading.Thread(target=ask) for _number in range(2)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert errors == []
