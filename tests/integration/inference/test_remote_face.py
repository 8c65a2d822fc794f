"""The tutor's face on workers, seen by a web process that has none: behind a real Redis."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from threading import Event
from typing import Any
from uuid import uuid4

import pytest
from django.http import Http404, HttpResponse
from django.test import RequestFactory
from redis import Redis

from inference import conf
from inference.engines.avatars.musetalk.architecture import Floats, Halves
from inference.engines.avatars.musetalk.source import MuseTalkFrames
from inference.engines.avatars.video.encoder_client import EncoderProcess
from inference.engines.avatars.video.streamed_face import StreamedFace
from inference.errors import EngineUnavailable, StageError
from inference.protocols import Cancelled, FaceCapabilities
from inference.runners import kept_loops, remote_face
from inference.runners.queued import QueuedRunner
from inference.runners.remote_face import RemoteFaceRenderer
from inference.runners.video_places import VideoPlaces
from inference.stages.stage import EngineKind, Stage
from inference.transport.exchange import Exchange
from inference.transport.fleet import Fleet
from inference.transport.shared_streams import SharedStreams
from inference.types.face import Pixels, PreparedAvatar, RenderRequest
from inference.verification.contracts import CONTRACTS
from inference.verification.frame_source import babble
from inference.verification.material import Material
from learners.models import User
from sessions.views.face import face_idle
from tests.fakes.faces import ScriptedFace, drawn_face
from tests.fakes.musetalk import SummingNetwork
from tests.fakes.workers import ThreadedWorker, exchange_in, queued_runner
from tests.unit.inference.face.video_reading import decode
from tests.unit.inference.musetalk.portrait_files import portrait, save_still

pytestmark = pytest.mark.slow

FACE_STAGES = (Stage.RENDER, Stage.PREPARE)


class PosingFace(ScriptedFace):
    """A scripted face that listens, too; ``sha256`` changes with its picture."""

    def __init__(self, *avatars: str, streams: int = 2) -> None:
        super().__init__(streams=streams)
        self._avatars = frozenset(avatars or ("tutor",))
        self.sha256 = "a" * 64
        self.failure: StageError | None = None
        self.made: list[str] = []

    @property
    def capabilities(self) -> FaceCapabilities:
        """Whoever was named."""
        return FaceCapabilities(self._avatars, self._streams, portraits=True)

    def prepare(self, avatar: str, *, cancelled: Cancelled) -> PreparedAvatar:
        """Take a moment. Raises the failure that was set."""
        time.sleep(0.05)
        self.made.append("")
        if self.failure is not None:
            raise self.failure
        mp4 = f"waiting of {self.sha256}".encode()
        return PreparedAvatar(avatar, self.sha256, 64, 64, 25, mp4, ("listening",))

    def loop(self, avatar: str, state: str, *, cancelled: Cancelled) -> bytes:
        """Return a loop of the state."""
        self.made.append(state)
        return f"{state} of {self.sha256}".encode()


class Watched(SummingNetwork):
    """Begins to paint once two talk; ``faces`` are the numbers of people painted at once."""

    def __init__(self) -> None:
        super().__init__()
        self.faces: list[int] = []

    def mouths(self, latents: Sequence[Halves], windows: Sequence[Floats]) -> Pixels:
        """Look whose they are."""
        until(lambda: len(self.heard) > 1)
        self.faces.append(len({float(one.mean()) for one in latents}))
        return super().mouths(latents, windows)


class Site:
    """A web process without a face, and face workers that come and go."""

    def __init__(self, redis: Redis, folder: Path) -> None:
        self.redis = redis
        self.exchange: Exchange = exchange_in(folder)
        self.queue = f"test-{uuid4().hex}"
        self.fleet = Fleet(redis)
        self.runner: QueuedRunner = queued_runner(
            redis, self.exchange, queue=self.queue, deadline_s=30
        )
        self.face = RemoteFaceRenderer(self.runner, self.fleet)
        self.workers: list[ThreadedWorker] = []

    def worker(self, face: Any) -> ThreadedWorker:
        """Start a worker and wait until it is seen."""
        worker = ThreadedWorker(
            self.redis,
            self.exchange,
            lambda kind: face,
            queue=self.queue,
            stages=FACE_STAGES,
        )
        self.workers.append(worker)
        self.until_seen(len(self.workers))
        return worker

    def leave(self, worker: ThreadedWorker) -> None:
        """End a worker and wait until that is seen."""
        worker.close()
        self.workers.remove(worker)
        self.until_seen(len(self.workers))

    def until_seen(self, count: int) -> None:
        """Wait until there are so many workers."""
        until(lambda: self._seen() == count)

    def _seen(self) -> int:
        self.fleet.look()
        return len(self.fleet.alive)

    def close(self) -> None:
        """End everything."""
        for worker in self.workers:
            worker.close()
        self.runner.close()
        self.fleet.close()


def until(holds: Callable[[], bool], *, timeout_s: float = 20.0) -> None:
    """Wait until something holds."""
    give_up_at = time.monotonic() + timeout_s
    while not holds():
        assert time.monotonic() < give_up_at, "it never came to that"
        time.sleep(0.02)


@pytest.fixture
def site(redis_url: str, tmp_path: Path) -> Iterator[Site]:
    """A site whose workers no other test sees."""
    redis: Redis = Redis.from_url(redis_url.removesuffix("/0") + "/7", socket_timeout=3)
    redis.flushdb()
    site = Site(redis, tmp_path / "exchange")
    yield site
    site.close()
    redis.close()


def clause(talk: str, ms: float = 400.0, avatar: str = "tutor") -> RenderRequest:
    """Return a clause to be said by a face."""
    return RenderRequest(avatar, talk, "1.0", babble(ms), 0.0)


@pytest.fixture(scope="module")
def drawn() -> Iterator[StreamedFace]:
    """A face that is drawn with one stroke and encoded for real."""
    face = drawn_face()
    face.warm()
    yield face
    face.close()


def test_a_face_on_workers_keeps_the_contract_of_faces(
    site: Site, drawn: StreamedFace, tmp_path: Path
) -> None:
    site.worker(drawn)
    for check in CONTRACTS["face_renderer"]:
        # How fast a machine is that also runs tests is another question.
        if "keeps up" not in check.name:
            check.run(site.face, Material.silent("", "en"))
    # Neither sound nor pictures are left in the exchange.
    until(lambda: not list((tmp_path / "exchange").iterdir()))


def test_pages_play_the_loops_of_a_face_that_stands_elsewhere(
    site: Site, drawn: StreamedFace, monkeypatch: pytest.MonkeyPatch
) -> None:
    worker = site.worker(drawn)
    monkeypatch.setattr(conf, "_engines", {EngineKind.FACE_RENDERER: site.face})
    sha256 = f"{64:064}"

    def fetch(avatar: str = "tutor", **state: str) -> HttpResponse:
        request = RequestFactory().get("/", state)
        request.user = User()
        return face_idle(request, avatar=avatar, sha256=sha256)

    waiting = fetch()
    assert "immutable" in waiting["Cache-Control"]
    assert len(decode(waiting.content)) == 10
    assert len(decode(fetch(state="listening").content)) == 5
    with pytest.raises(Http404):
        fetch(state="flying")
    orders = len(worker.outcomes)
    with pytest.raises(Http404):
        fetch(avatar="stranger")
    site.leave(worker)
    assert fetch().content == waiting.content
    assert len(worker.outcomes) == orders == 2


def test_what_several_workers_can_do_is_put_together(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remote_face, "PATIENCE_S", 0.1)
    with pytest.raises(EngineUnavailable):
        _ = site.face.capabilities
    anna, both = PosingFace("anna", streams=2), PosingFace("anna", "ben", streams=3)
    first, second = site.worker(anna), site.worker(both)
    assert site.face.capabilities == FaceCapabilities(
        frozenset({"anna", "ben"}), 5, before_client_head=True, portraits=True
    )
    site.leave(second)
    assert site.face.capabilities.streams == 2
    site.leave(first)
    # None just now: who is known stays known, and nobody is waited for.
    assert site.face.capabilities.streams == 0
    with pytest.raises(StageError) as failure:
        site.face.prepare("anna", cancelled=Event())
    assert failure.value.code == "video.failed"


def test_a_loop_is_made_once_and_fetched_anew_when_the_picture_changes(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    face = PosingFace()
    site.worker(face)

    def listening() -> bytes:
        return site.face.loop("tutor", "listening", cancelled=Event())

    threads = [threading.Thread(target=listening) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(5)
    assert face.made == ["", "", "listening"]
    monkeypatch.setattr(kept_loops, "FRESH_S", 0.0)
    assert listening() == b"listening of " + b"a" * 64
    assert face.made.count("listening") == 1, "the same loop was sent again"
    face.sha256 = "b" * 64
    assert listening() == b"listening of " + b"b" * 64
    face.failure = StageError("video.failed", "the card is busy")
    assert listening() == b"listening of " + b"b" * 64
    face.failure = StageError("video.no_face", "no mouth", retryable=False)
    with pytest.raises(StageError) as failure:
        listening()
    assert failure.value.code == "video.no_face"


def test_who_no_longer_wants_an_avatar_is_not_kept_waiting(site: Site) -> None:
    site.worker(PosingFace())
    cancelled = Event()
    cancelled.set()
    with pytest.raises(StageError):
        site.face.prepare("tutor", cancelled=cancelled)
    assert site.face.prepare("tutor", cancelled=Event()).idle


def test_workers_forget_a_talk_that_is_over(site: Site) -> None:
    spoke, other = PosingFace(), PosingFace()
    site.worker(spoke)
    assert list(site.face.stream(clause("talk"), cancelled=Event()))
    idle = site.worker(other)
    site.face.release("talk")
    until(lambda: spoke.released == ["talk"])
    assert other.released == []
    # Who never hears that a talk is over forgets it by itself.
    idle.host.board.note_talk("left")
    idle.host.board._talks["left"] -= 3600
    until(lambda: other.released == ["left"])


def test_faces_of_two_talks_are_painted_together(site: Site, tmp_path: Path) -> None:
    folder = tmp_path / "portraits"
    save_still(folder, "ana")
    dark = save_still(folder, "ben")
    portrait().point(lambda value: value // 2).save(dark)
    network = Watched()
    source = MuseTalkFrames(
        lambda: network, avatars=folder, prepared=tmp_path / "made", wait_ms=300.0
    )
    face = StreamedFace(source, EncoderProcess())
    site.worker(face)
    for avatar in ("ana", "ben"):
        site.face.prepare(avatar, cancelled=Event())
        assert list((tmp_path / "made" / avatar).iterdir()), "not in the worker's store"

    async def film(avatar: str) -> int:
        request = clause(avatar, 600.0, avatar)
        run = site.runner.run(Stage.RENDER, request, cancelled=Event())
        return sum([one.value.frames async for one in run])

    async def both() -> list[int]:
        return list(await asyncio.gather(film("ana"), film("ben")))

    assert asyncio.run(both()) == [15, 15]
    face.close()
    assert max(network.batches) == 8
    assert max(network.faces) == 2, "each talk had the card for itself"


def test_processes_know_of_each_others_replies(site: Site) -> None:
    here, there = SharedStreams("here"), SharedStreams("there")
    places = VideoPlaces(site.fleet, here)
    site.worker(PosingFace(streams=3))
    there.mine = 2
    there.look(site.redis)
    here.look(site.redis)
    assert (places.all, places.elsewhere) == (3, 2)
    places.tell(1)
    here.look(site.redis)
    there.look(site.redis)
    assert there.others == 1
