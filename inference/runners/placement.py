"""Which queue an order goes to: a face stays on the host that has its avatar loaded."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from threading import Lock
from typing import Any

from inference.stages.stage import Stage
from inference.transport.fleet import Fleet, WorkerState
from inference.types.face import AvatarRequest, RenderRequest

from .face_workers import face_of

# Talks whose host is remembered; the longest unused go first.
MOST_TALKS = 10_000


class Placement:
    """``queues`` has the queue of each stage; a host's own is named ``<queue>.<host>``."""

    def __init__(self, queues: Mapping[Stage, str], fleet: Fleet) -> None:
        self._queues = queues
        self._fleet = fleet
        self._lock = Lock()
        self._hosts: OrderedDict[str, str] = OrderedDict()

    def queue(self, stage: Stage, request: Any, *, attempt: int) -> str:
        """Return where an attempt is ordered.

        One that follows a loss goes to whoever comes first.
        """
        shared = self._queues[stage]
        if not isinstance(request, RenderRequest | AvatarRequest) or attempt > 1:
            return shared
        host = self._host(shared, request)
        return f"{shared}.{host}" if host else shared

    def _host(self, shared: str, request: RenderRequest | AvatarRequest) -> str:
        workers = [
            worker
            for worker in self._fleet.alive
            if f"{shared}.{worker.host}" in worker.queues
        ]
        # Hosts may have other portraits: a stranger's would be refused.
        workers = [one for one in workers if _knows(one, request.avatar)] or workers
        if not workers:
            return ""
        if isinstance(request, AvatarRequest):
            return _best(workers, request.avatar).host
        with self._lock:
            known = self._hosts.pop(request.talk, "")
            if known not in {worker.host for worker in workers}:
                known = _best(workers, request.avatar).host
            self._hosts[request.talk] = known
            if len(self._hosts) > MOST_TALKS:
                self._hosts.popitem(last=False)
        return known


def _knows(worker: WorkerState, avatar: str) -> bool:
    face = face_of(worker)
    return face is not None and avatar in face.avatars


def _best(workers: list[WorkerState], avatar: str) -> WorkerState:
    """Return the least busy of those that have the avatar; else the least busy of all.

    A host that has it but no place left makes way for one that would load it.
    """

    def load(worker: WorkerState) -> float:
        places = worker.places.get(Stage.RENDER.value, 0) or 1
        return worker.running.get(Stage.RENDER.value, 0) / places

    ready = [one for one in workers if avatar in one.avatars and load(one) < 1]
    return min(ready or workers, key=lambda worker: (load(worker), worker.name))
