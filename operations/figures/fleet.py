"""The workers of stages as they tell of themselves, their queues, and work that was given up."""

from __future__ import annotations

from datetime import UTC, datetime

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from redis.exceptions import RedisError

from inference import scaled
from inference.queue_waits import queues_now
from inference.transport import dead_letters, fleet
from inference.transport.fleet import SILENT_S, WorkerState

from .shown import Cell, Shown, Tile

MOST_LETTERS = 50
# Learners notice who waits for longer.
LONG_WAIT_S = 1.0


def fleet_figures() -> list[Shown]:
    """Return workers, queues and dead letters; without workers, words that say so."""
    if not scaled.is_queued() or not settings.REDIS_URL:
        return [_nobody()]
    try:
        found = fleet.workers(scaled.redis())
        return [_workers(found), _queues(), _given_up()]
    except RedisError:
        return [
            Shown(
                key="workers",
                title=_("Workers"),
                columns=(),
                rows=(),
                empty=_("Redis does not answer, so nothing is known of the workers."),
                wide=True,
            )
        ]


def _nobody() -> Shown:
    return Shown(
        key="workers",
        title=_("Workers"),
        columns=(),
        rows=(),
        empty=_(
            "This site does all the work in its own processes: there are no workers, and "
            "none are needed."
        ),
        wide=True,
    )


def _workers(found: list[WorkerState]) -> Shown:
    now = timezone.now().timestamp()
    silent = [one for one in found if now - one.at > SILENT_S]
    troubled = [one for one in found if one.problems]
    return Shown(
        key="workers",
        title=_("Workers"),
        # What is looked for first stands first: tables are wider than screens.
        columns=(
            _("Worker"), _("Heard, s ago"), _("At work"), _("Places"), _("Problems"),
            _("Engines"), _("Queues"), _("Memory, MB"), _("Graphics cards"), _("Done"),
            _("Failed"), _("Running since"), _("Host"),
        ),
        rows=[_row(one, now) for one in found],
        tiles=[
            Tile(_("workers"), str(len(found) - len(silent))),
            Tile(_("silent"), str(len(silent)), tone="bad" if silent else ""),
            Tile(_("with problems"), str(len(troubled)), tone="bad" if troubled else ""),
        ],
        note=_(
            "Each says every second how it is. Who was silent for %(n)s s gets no work."
        )
        % {"n": round(SILENT_S)},
        empty=_("No worker answers: talks cannot be heard until one is started."),
        wide=True,
    )  # fmt: skip


def _row(worker: WorkerState, now: float) -> list[Cell]:
    since = datetime.fromtimestamp(worker.started_at, UTC)
    return [
        worker.name,
        round(max(0.0, now - worker.at), 1),
        sum(worker.running.values()),
        sum(worker.places.values()),
        "; ".join(f"{kind}: {words}" for kind, words in worker.problems.items()) or None,
        "; ".join(f"{kind}: {words}" for kind, words in worker.engines.items()),
        ", ".join(worker.queues),
        round(worker.memory_mb),
        "; ".join(_card(card) for card in worker.gpus) or None,
        worker.done,
        worker.failed,
        date_format(timezone.localtime(since), "SHORT_DATETIME_FORMAT"),
        worker.host,
    ]  # fmt: skip


def _card(card: object) -> str:
    assert isinstance(card, dict)  # noqa: S101 as unpacked
    used, total = float(card["memory_mb"]), float(card["memory_total_mb"])
    return (
        f"{card['name']}, {float(card['load']):.0f} %, "
        f"{used / 1e3:.1f}/{total / 1e3:.1f} GB, {float(card['temperature']):.0f} °C"
    )


def _queues() -> Shown:
    found = queues_now()
    longest = max((one.wait_s for one in found), default=0.0)
    return Shown(
        key="waits",
        title=_("Waiting for workers"),
        columns=(_("Queue"), _("Orders"), _("Longest wait, s")),
        rows=[(one.name, one.length, round(one.wait_s, 2)) for one in found],
        tiles=[
            Tile(
                _("longest wait"),
                f"{longest:.1f} s",
                tone="warn" if longest > LONG_WAIT_S else "",
            )
        ],
        empty=_("The broker is not Redis: how long orders wait is not known."),
    )


def _given_up() -> Shown:
    letters = dead_letters.latest(scaled.redis(), MOST_LETTERS)
    return Shown(
        key="given-up",
        title=_("Work that was given up"),
        columns=(_("When"), _("What"), _("Run"), _("Why"), _("Worker")),
        rows=[
            (
                date_format(
                    timezone.localtime(datetime.fromtimestamp(one.at, UTC)),
                    "SHORT_DATETIME_FORMAT",
                ),
                one.what,
                one.id,
                one.cause,
                one.where or None,
            )
            for one in letters
        ],
        note=_("The learner was told, and could try again. Nothing that was said is kept."),
        empty=_("Nothing was given up."),
    )  # fmt: skip
