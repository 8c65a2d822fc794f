"""What a scaled set-up takes while learners talk: processor, memory, messages in Redis."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Mapping
from typing import Any, Self

from inference.transport import keys

from .scaled import ScaledSite, Used

QUEUES = ("asr", "scoring", "tts", "face", "batch")
LOOK_S = 0.25
MOST_COMMANDS = 12


class Window:
    """Watches a site between entering and leaving."""

    def __init__(self, site: ScaledSite) -> None:
        self._site = site
        self._redis = site.redis()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._longest: Counter[str] = Counter()
        self._before: Mapping[str, Used] = {}
        self._after: Mapping[str, Used] = {}
        self._commands: Counter[str] = Counter()
        self._began_at = self._seconds = 0.0

    def __enter__(self) -> Self:
        self._before, self._began_at = self._site.used(), time.monotonic()
        self._commands = self._counted()
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._seconds = time.monotonic() - self._began_at
        now = self._counted()
        now.subtract(self._commands)
        self._commands = now
        self._after = self._site.used()
        self._over.set()
        self._thread.join()
        self._redis.close()

    @property
    def commands_a_second(self) -> float:
        """Commands that Redis did."""
        return self._commands.total() / self._seconds

    def told(self, *, turns: int, idle_commands_a_second: float) -> dict[str, Any]:
        """Return it for the report: cores taken, MB, messages a turn beyond the idle ones."""
        cores = {
            name: round((used.cpu_s - self._before[name].cpu_s) / self._seconds, 3)
            for name, used in self._after.items()
            if name in self._before
        }
        idle = idle_commands_a_second * self._seconds
        return {
            "seconds": round(self._seconds, 1),
            "cores": cores,
            "cores_in_all": round(sum(cores.values()), 2),
            "memory_mb": {n: round(used.memory_mb) for n, used in self._after.items()},
            "redis_commands_a_turn": round(
                (self._commands.total() - idle) / max(1, turns), 1
            ),
            "redis_commands_a_second": round(self.commands_a_second, 1),
            "redis_most": {
                name: round(count / max(1, turns), 1)
                for name, count in self._commands.most_common(MOST_COMMANDS)
            },
            "longest_queues": dict(self._longest),
        }

    def _counted(self) -> Counter[str]:
        info: Any = self._redis.info("commandstats")
        return Counter(
            {
                name.removeprefix("cmdstat_"): int(stats["calls"])
                for name, stats in info.items()
            }
        )

    def _look(self) -> None:
        while not self._over.wait(LOOK_S):
            pipe = self._redis.pipeline(transaction=False)
            for queue in QUEUES:
                pipe.llen(queue)
            for queue, length in zip(QUEUES, pipe.execute(), strict=True):
                self._longest[queue] = max(self._longest[queue], length)


def replies_waiting(site: ScaledSite) -> int:
    """Return how many entries of workers nobody has trimmed yet."""
    with site.redis() as redis:
        streams: Any = redis.keys(keys.replies("*"))
        return sum(int(redis.xlen(stream)) for stream in streams)
