"""Several people who do something at the same moment, each over a connection of their own."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import QuerySet

only_where_rows_are_locked = pytest.mark.skipif(
    connection.vendor != "postgresql",
    reason="one writer at a time: nobody is ever second there",
)
PATIENCE_S = 10.0


def at_once(
    *works: Callable[[], Any], behind: QuerySet[Any] | None = None
) -> list[Any]:
    """Return what each work returned, or the exception that it raised, in their order.

    ``behind``: rows that are held until every work waits for them, so that all have begun
    before the first goes on; they go on in the order of the works.
    """
    found: list[Any] = [None] * len(works)

    def run(at: int) -> None:
        try:
            found[at] = works[at]()
        except Exception as error:  # noqa: BLE001 the test looks at it
            found[at] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(at,)) for at in range(len(works))]
    if behind is None:
        for thread in threads:
            thread.start()
    else:
        with transaction.atomic():
            assert list(behind.select_for_update())
            for number, thread in enumerate(threads, start=1):
                thread.start()
                _wait_for_waiting(number)
    for thread in threads:
        thread.join(PATIENCE_S)
        assert not thread.is_alive(), "nobody lets go"
    return found


def _wait_for_waiting(number: int) -> None:
    """Return once so many connections of this database wait for a lock."""
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        with connection.cursor() as cursor:
            # What it says stays as it is for the rest of a transaction otherwise.
            cursor.execute("SELECT pg_stat_clear_snapshot()")
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                " AND datname = current_database()"
            )
            if cursor.fetchone()[0] >= number:
                return
        time.sleep(0.01)
    raise AssertionError(f"{number} do not wait")
