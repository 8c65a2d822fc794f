"""A talk's face stays where its avatar is; a host that is gone is left."""

from __future__ import annotations

import time

from inference.protocols import FaceCapabilities
from inference.runners.placement import Placement
from inference.stages.stage import Stage
from inference.transport.fleet import WorkerState
from inference.transport.payloads import pack
from inference.types.audio import AudioClip
from inference.types.face import AvatarRequest, RenderRequest
from inference.types.speech import SpeechChunk, SynthesisRequest

QUEUES = {Stage.RENDER: "face", Stage.PREPARE: "face", Stage.SYNTHESIZE: "tts"}


class Hosts:
    """A fleet of face workers that a test changes."""

    def __init__(self, *workers: WorkerState) -> None:
        self.alive = list(workers)


def worker(
    host: str,
    *,
    avatars: tuple[str, ...] = (),
    running: int = 0,
    places: int = 2,
    knows: tuple[str, ...] = ("mei",),
) -> WorkerState:
    """Return a face worker that has ``avatars`` loaded and can show those it ``knows``."""
    return WorkerState(
        name=f"face@{host}",
        host=host,
        pid=1,
        queues=("face", f"face.{host}"),
        started_at=time.time(),
        at=time.time(),
        places={"render": places},
        running={"render": running},
        avatars=avatars,
        capabilities={
            "face_renderer": pack(FaceCapabilities(frozenset(knows), places))
        },
    )


def clause(talk: str = "talk", avatar: str = "mei") -> RenderRequest:
    """Return a clause to be said by a face."""
    speech = SpeechChunk(AudioClip(bytes(320), 16_000), ())
    return RenderRequest(avatar, talk, "1.0", speech, 0.0)


def placed(hosts: Hosts) -> Placement:
    """Return the placement on some hosts."""
    return Placement(QUEUES, hosts)  # type: ignore[arg-type]


def test_a_face_goes_where_its_avatar_is_and_stays() -> None:
    hosts = Hosts(worker("a"), worker("b", avatars=("mei",), running=1))
    placement = placed(hosts)
    assert placement.queue(Stage.RENDER, clause(), attempt=1) == "face.b"
    hosts.alive = [worker("a", avatars=("mei",)), worker("b", running=2)]
    assert placement.queue(Stage.RENDER, clause(), attempt=1) == "face.b"
    assert placement.queue(Stage.RENDER, clause("another"), attempt=1) == "face.a"


def test_a_host_without_a_place_makes_way_for_one_that_loads_the_avatar() -> None:
    hosts = Hosts(worker("a"), worker("b", avatars=("mei",), running=2))
    assert placed(hosts).queue(Stage.RENDER, clause(), attempt=1) == "face.a"


def test_a_host_that_is_gone_is_left_and_a_second_attempt_goes_to_anybody() -> None:
    hosts = Hosts(worker("a"), worker("b", avatars=("mei",)))
    placement = placed(hosts)
    assert placement.queue(Stage.RENDER, clause(), attempt=1) == "face.b"
    assert placement.queue(Stage.RENDER, clause(), attempt=2) == "face"
    hosts.alive = [worker("a")]
    assert placement.queue(Stage.RENDER, clause(), attempt=1) == "face.a"
    hosts.alive = []
    assert placement.queue(Stage.RENDER, clause(), attempt=1) == "face"


def test_other_stages_have_one_queue() -> None:
    hosts = Hosts(worker("a", avatars=("mei",)))
    request = SynthesisRequest("Hi.")
    assert placed(hosts).queue(Stage.SYNTHESIZE, request, attempt=1) == "tts"


def test_a_portrait_that_only_some_hosts_have_goes_to_one_of_them() -> None:
    hosts = Hosts(worker("a"), worker("b", running=1, knows=("mei", "ada")))
    placement = placed(hosts)
    assert placement.queue(Stage.RENDER, clause(avatar="ada"), attempt=1) == "face.b"
    assert placement.queue(Stage.RENDER, clause("other"), attempt=1) == "face.a"


def test_an_avatar_is_prepared_where_it_will_speak() -> None:
    hosts = Hosts(worker("a"), worker("b", avatars=("mei",), running=1))
    asked = AvatarRequest("mei")
    assert placed(hosts).queue(Stage.PREPARE, asked, attempt=1) == "face.b"
    assert placed(hosts).queue(Stage.PREPARE, asked, attempt=2) == "face"
