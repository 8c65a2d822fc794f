"""A large list of people brought in, and everything of one learner handed out."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from django.db.models import Count

from learners.models import User
from operations.export.archive import write_archive
from operations.export.sounds import sounds_of

from .report import say
from .roster_import import measure_import


def roster_import(rows: int) -> dict[str, float]:
    """Return how long a list of so many people takes to be brought in."""
    seconds = float(measure_import(rows=rows))
    say(f"  a list of {rows} people brought in: {seconds:.1f} s")
    return {"import_5000_s": seconds}


def busiest_export() -> dict[str, float]:
    """Return how long the archive of the learner with most talks takes."""
    busiest = (
        User.objects.filter(role=User.Role.LEARNER)
        .annotate(n=Count("tutoring_sessions"))
        .order_by("-n", "pk")[0]
    )
    began = time.perf_counter()
    with TemporaryDirectory(prefix="tutor-bench-") as folder:
        n_bytes = write_archive(
            busiest,
            sounds_of(user_id=busiest.pk),
            Path(folder) / "export.zip",
            now=datetime.now(UTC),
            tell=lambda _done: True,
        )
    seconds = time.perf_counter() - began
    say(f"  everything of one learner: {seconds:.1f} s, {n_bytes / 1e6:.2f} MB")
    return {"export_busiest_s": seconds, "export_mb": n_bytes / 1e6}
