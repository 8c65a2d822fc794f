"""``make bench-dashboards``: how fast teachers' and administrators' pages of a large school are.

A PostgreSQL of its own, filled by ``manage.py seed_school`` (2,000 learners, 200,000 turns,
2 million scored sounds unless told otherwise). Every page that teachers and administrators
have is opened several times by Django's test client, as the teacher of a class, as the
manager of the school and as an administrator: what counts is the time in the server, from
request to rendered answer, and the queries. Then a list of 5,000 people is brought in, and
the data of the learner who did most is exported.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from scripts.testrun.services import postgres

from .report import machine, percentile, report, say
from .server import ROOT

SETTINGS = "tests.scripted_settings"
TARGETS = {
    "page_p95_ms": "< 300 ms",
    "page_worst_ms": "< 300 ms",
    "queries_p95": "<= 15",
    "queries_max": "<= 15",
    "pages_closed": "<= 0",
    "import_5000_s": "< 30 s",
    "export_busiest_s": "< 60 s",
}
LEARNERS, TURNS_EACH = 2000, 100
TIMES = 8
ROWS = 5000


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--learners", type=int, default=LEARNERS)
    parser.add_argument("--turns", type=int, help="default: 100 for each learner")
    parser.add_argument("--times", type=int, default=TIMES, help="visits of each page")
    parser.add_argument("--rows", type=int, default=ROWS, help="of the imported list")
    arguments = parser.parse_args()
    before = machine()
    turns = arguments.turns or TURNS_EACH * arguments.learners
    with _database() as seconds:
        seed_s = seconds(
            "seed_school",
            "--force",
            f"--learners={arguments.learners}",
            f"--turns={turns}",
        )
        # As a running site does every night and whenever a day is missing.
        refresh_s = seconds("refresh_figures")
        figures, detail = _measured(arguments.times, arguments.rows)
    figures |= {"seed_s": seed_s, "refresh_figures_s": refresh_s}
    report(figures, TARGETS, detail, before=before)


@contextmanager
def _database() -> Iterator[Any]:
    """Run a database with the site's tables and courses; give a way to run commands."""
    with (
        postgres() as url,
        tempfile.TemporaryDirectory(prefix="tutor-bench-") as folder,
    ):
        os.environ |= {
            "DATABASE_URL": url,
            "TUTOR_DATA_DIR": folder,
            "DJANGO_SETTINGS_MODULE": SETTINGS,
            "DJANGO_DEBUG": "0",
        }

        def seconds(*command: str) -> float:
            began = time.perf_counter()
            subprocess.run(  # noqa: S603
                [sys.executable, "manage.py", *command],
                cwd=ROOT,
                check=True,
                stdout=sys.stderr,
            )
            return time.perf_counter() - began

        say("a database of its own, with the courses of the site")
        seconds("migrate", "--verbosity=0")
        seconds("import_lessons")
        yield seconds


def _measured(times: int, rows: int) -> tuple[dict[str, float], dict[str, Any]]:
    import django  # noqa: PLC0415

    django.setup()
    # Models can be imported only now.
    from .dashboards_files import busiest_export, roster_import  # noqa: PLC0415
    from .dashboards_pages import find_pages, visit  # noqa: PLC0415
    from .dashboards_size import analyse, sizes  # noqa: PLC0415

    analyse()
    seen: dict[str, Any] = {}
    every_ms: list[float] = []
    every_cpu: list[float] = []
    every_n: list[float] = []
    found = find_pages()
    for name, why in found.no_pages.items():
        say(f"  {name:44} not opened: {why}")
    for name, answers in found.closed.items():
        say(f"  {name:44} NOBODY COULD OPEN IT: {answers}")
    for name, page in found.pages.items():
        visits = [visit(page) for _ in range(max(2, times))]
        status = visits[0].status
        # The first visit fills caches that a running server has filled long ago.
        ms = [one.ms for one in visits[1:]]
        queries = [float(one.queries) for one in visits]
        seen[name] = {
            "address": page.address,
            "as": page.who,
            "status": status,
            "p50_ms": round(percentile(ms, 0.5), 1),
            "p95_ms": round(percentile(ms, 0.95), 1),
            "cpu_ms": round(percentile([one.cpu_ms for one in visits[1:]], 0.5), 1),
            "queries": int(max(queries)),
            "kb": round(visits[0].n_bytes / 1000, 1),
        }
        _say(name, seen[name])
        if status == 200:
            every_ms += ms
            every_cpu += [one.cpu_ms for one in visits[1:]]
            every_n += queries
    figures = {
        "page_p95_ms": percentile(every_ms, 0.95),
        "page_p50_ms": percentile(every_ms, 0.5),
        "page_cpu_p95_ms": percentile(every_cpu, 0.95),
        "page_worst_ms": max(one["p95_ms"] for one in seen.values()),
        "queries_p95": percentile(every_n, 0.95),
        "queries_max": max(every_n),
        "pages": float(sum(one["status"] == 200 for one in seen.values())),
        "pages_closed": float(len(found.closed)),
    }
    detail: dict[str, Any] = {
        "pages": seen,
        "not_opened": found.no_pages,
        "closed": found.closed,
        "size": sizes(),
    }
    figures |= roster_import(rows) | busiest_export()
    return figures, detail


def _say(name: str, one: Mapping[str, Any]) -> None:
    mark = "" if one["status"] == 200 else f"  status {one['status']}"
    say(
        f"  {name:44} {one['p50_ms']:7.1f} / {one['p95_ms']:7.1f} ms "
        f"{one['queries']:3} queries {one['kb']:7.1f} kB{mark}"
    )


if __name__ == "__main__":
    main()
