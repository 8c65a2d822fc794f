"""What runs and how it is: queues, workers, graphics cards, storage.

What is slow to find out is kept in memory for a while; nothing here may keep a page waiting.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.db.models import CharField, Count, Sum, Value
from django.utils import timezone
from django.utils.translation import gettext as _

from sessions.live.registry import live_sessions
from sessions.models import (
    CardExport,
    PortraitPreparation,
    QueuePlace,
    Recording,
    RenderedClip,
)
from sessions.quota_places import count_open

from ..models import DataExport
from .fleet import fleet_figures
from .shown import Shown, Tile
from .workers import broker_state

SMI_TIMEOUT_S = 2
_SMI = (
    "index,name,utilization.gpu,memory.used,memory.total,temperature.gpu,driver_version"
)
_SLOW_S, _SLOWER_S = 60, 600


def machine_figures() -> list[Shown]:
    """Return what is going on at this moment."""
    return [_now(), *fleet_figures(), _jobs(), _storage(), _broker(), _cards()]


def _now() -> Shown:
    open_talks = count_open(now=timezone.now())
    waiting = QueuePlace.objects.filter(called_at=None).count()
    load = os.getloadavg()[0]
    cores = os.cpu_count() or 1
    return Shown(
        key="now",
        title=_("At this moment"),
        columns=(_("What"), _("How many")),
        rows=[
            (_("Talks going on"), open_talks),
            (_("Talks in this process"), len(live_sessions)),
            (_("Waiting in the queue"), waiting),
            (_("Load of this host, for each core"), round(load / cores, 2)),
        ],
        tiles=[
            Tile(_("talks going on"), str(open_talks)),
            Tile(_("in the queue"), str(waiting), tone="warn" if waiting else ""),
            Tile(
                _("load for each core"),
                f"{load / cores:.2f}",
                tone="warn" if load > cores else "",
            ),
        ],
        wide=True,
    )


def _jobs() -> Shown:
    models = {
        "clip": (_("Videos of lessons"), RenderedClip),
        "portrait": (_("Portraits"), PortraitPreparation),
        "cards": (_("Cards for Anki"), CardExport),
        "archive": (_("Archives to take along"), DataExport),
    }
    first, *others = (
        model._default_manager.order_by()
        .values_list(Value(key, output_field=CharField()), "state")
        .annotate(n=Count("pk"))
        for key, (_name, model) in models.items()
    )
    counts = {(key, state): n for key, state, n in first.union(*others, all=True)}
    rows = [
        (name, *(counts.get((key, state), 0) for state in _STATES))
        for key, (name, _model) in models.items()
    ]
    return Shown(
        key="jobs",
        title=_("Long jobs"),
        columns=(_("Job"), _("Waiting"), _("At work"), _("Done"), _("Failed")),
        rows=rows,
        sentence=""
        if settings.CELERY_BROKER_URL
        else _("There is no broker: this server's own threads do them, one by one."),
    )


_STATES = ("QUEUED", "RUNNING", "READY", "FAILED")


def _broker() -> Shown:
    state = broker_state()
    rows: list[tuple[str, str, int | str]] = [
        (_("Queue"), name, n) for name, n in state.queues
    ]
    rows += [(_("Worker"), name, n) for name, n in state.workers]
    return Shown(
        key="broker",
        title=_("Queues of long jobs"),
        columns=(_("Kind"), _("Name"), _("Jobs")),
        rows=rows,
        sentence=state.problem,
        empty=_("No broker is set up, so there are no workers."),
    )


def _cards() -> Shown:
    rows = cache.get_or_set("operations.cards", _look_at_cards, 30) or []
    return Shown(
        key="cards",
        title=_("Graphics cards"),
        columns=(
            _("Number"), _("Name"), _("Busy, %"), _("Memory used, MB"),
            _("Memory, MB"), _("Temperature, °C"), _("Driver"),
        ),
        rows=rows,
        empty=_("This host has no graphics card that the server can ask. Models run on the "
                "processor, or on other hosts, whose cards are not seen from here."),
    )  # fmt: skip


def _look_at_cards() -> list[list[str]]:
    program = shutil.which("nvidia-smi")
    if program is None:
        return []
    try:
        asked = subprocess.run(  # noqa: S603 a fixed command of the system
            [program, f"--query-gpu={_SMI}", "--format=csv,noheader,nounits"],
            capture_output=True,
            text=True,
            timeout=SMI_TIMEOUT_S,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return []
    return [
        [cell.strip() for cell in line.split(",")]
        for line in asked.stdout.splitlines()
        if line.count(",") == _SMI.count(",")
    ]


def _storage() -> Shown:
    disk = shutil.disk_usage(_existing(Path(settings.PRIVATE_ROOT)))
    recordings = cache.get_or_set("operations.recordings", _recorded, _SLOW_S)
    rows: list[tuple[str, float]] = [
        (
            _("Database"),
            _megabytes(cache.get_or_set("operations.db", _database, _SLOW_S)),
        ),
        (_("Recordings"), _megabytes(recordings)),
    ]
    for name, folder in _folders():
        size = cache.get_or_set(f"operations.size.{folder.name}", lambda: _size(folder),  # noqa: B023
                                _SLOWER_S)  # fmt: skip
        rows.append((name, _megabytes(size)))
    rows.append((_("Free on this disk"), _megabytes(disk.free)))
    share = disk.free / disk.total
    return Shown(
        key="storage",
        title=_("Storage"),
        columns=(_("What"), "MB"),
        rows=rows,
        sentence=_("%(share)s %% of the disk is free.") % {"share": round(100 * share)},
        tiles=[
            Tile(
                _("free"),
                _("%(n)s GB") % {"n": round(disk.free / 1e9, 1)},
                tone="bad" if share < 0.05 else "warn" if share < 0.15 else "",
            )
        ],
    )


def _folders() -> Iterator[tuple[str, Path]]:
    private = Path(settings.PRIVATE_ROOT)
    yield _("Videos of lessons"), private / "clips"
    yield _("Prepared faces"), private / "prepared_faces"
    yield _("Archives to take along"), private / "exports"


def _recorded() -> int:
    return Recording.objects.aggregate(total=Sum("n_bytes"))["total"] or 0


def _database() -> int:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_database_size(current_database())")
            return int(cursor.fetchone()[0])
    path = Path(str(connection.settings_dict["NAME"]))
    return sum(
        one.stat().st_size for one in path.parent.glob(f"{path.name}*") if one.is_file()
    )


def _size(folder: Path) -> int:
    return sum(one.stat().st_size for one in folder.rglob("*") if one.is_file())


def _existing(path: Path) -> Path:
    return next(one for one in (path, *path.parents) if one.exists())


def _megabytes(n_bytes: int | None) -> float:
    return round((n_bytes or 0) / 1e6, 1)
