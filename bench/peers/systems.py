"""Everything that one mode needs, started: the model, our server, the peers."""

from __future__ import annotations

import inspect
import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bench.report import say
from bench.server import BenchServer, free_port
from inference.conf import model_store
from inference.engines.transcribers.faster_whisper import FasterWhisper

from .figures import OURS
from .partners import Partner, Peer, Tutor
from .processes import ModelServer, Usage, peer, peers_model, scripted_model
from .wire import Wanted

SETTINGS = "tutorplatform.settings.local"
PEERS = {
    "pipecat": "bench.peers.pipecat_bot",
    "livekit": "bench.peers.livekit_bot",
}
# Our own decoder's, for all.
BEAM = inspect.signature(FasterWhisper).parameters["beam_size"].default
LEVEL = "B1"
INSTRUCTIONS = (
    "You are a friendly English tutor who talks with a learner at level B1. Your words are "
    "spoken aloud. Answer in one or two short sentences and ask a short question. Use no "
    "lists, no emojis and no markup."
)
# A model that others could have chosen: ours works with it as with the embedded one.
_OURS_WITH_STUB = {
    "TUTOR_LLM_TRUST": "small",
    "TUTOR_LLM_SCHEMA": "no",
    "TUTOR_ANALYSIS_DEADLINE_S": "0",
}


@dataclass(slots=True)
class Started:
    """What runs: the sockets to talk to, what the processes use, who has which version."""

    partners: dict[str, Partner]
    usage: Usage
    versions: dict[str, dict[str, str]] = field(default_factory=dict)


@contextmanager
def started(
    mode: str, names: Sequence[str], *, told: Path, logs: Path, tuned: bool
) -> Iterator[Started]:
    """Start what is talked to in this mode; end all of it afterwards."""
    logs.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        scripted: ModelServer | None = None
        pids: dict[str, int] = {}
        if mode == "stub":
            scripted = stack.enter_context(scripted_model(told))
            pids["model"] = scripted.pid
        partners: dict[str, Partner] = {}
        versions: dict[str, dict[str, str]] = {}
        for name in names:
            say(f"  starting {name}")
            if name == OURS:
                server = stack.enter_context(_our_server(scripted))
                seat = server.seed(1)[0]
                server.start()
                partners[name] = Tutor(server.port, seat)
                assert server.pid is not None
                pids[name] = server.pid
                continue
            # One each, as ours has its own: in one server they would take each other's
            # place in its memory of prompts.
            model = scripted or stack.enter_context(
                peers_model(_weights("dialogue", "model"))
            )
            pids[f"{name}'s model"] = model.pid
            wanted = _wanted(model, tuned=tuned)
            pids[name], versions[name] = stack.enter_context(
                peer(PEERS[name], wanted, logs / f"{mode}-{name}.log")
            )
            partners[name] = Peer(wanted.port)
        yield Started(partners, Usage(pids), versions)


def _our_server(scripted: ModelServer | None) -> BenchServer:
    env = {"TUTOR_TURN_TAKING": os.environ.get("TUTOR_TURN_TAKING", "model")}
    if scripted is not None:
        env |= {
            "TUTOR_LLM_BASE_URL": scripted.url,
            "TUTOR_LLM_MODEL": scripted.name,
            **_OURS_WITH_STUB,
        }
    return BenchServer(SETTINGS, env=env)


def _wanted(model: ModelServer, *, tuned: bool) -> Wanted:
    from django.conf import settings  # noqa: PLC0415 after setup

    (voice,) = _weights("synthesizer", "voice").glob("*.onnx")
    return Wanted(
        port=free_port(),
        whisper=str(_weights("transcriber", "model")),
        voice=str(voice),
        llm_url=model.url,
        llm_key=model.key,
        llm_model=model.name,
        reply_tokens=settings.TEACHING["REPLY_TOKENS"][LEVEL],
        beam=BEAM,
        tuned=tuned,
        instructions=INSTRUCTIONS,
    )


def _weights(kind: str, option: str) -> Path:
    """Return the folder of the weights that our own engine of a kind is set to."""
    from django.conf import settings  # noqa: PLC0415 after setup

    options = settings.INFERENCE["ENGINES"][kind]["OPTIONS"]
    return model_store().path(options[option])
