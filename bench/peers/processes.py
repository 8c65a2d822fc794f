"""Starts what is talked to, and the language model behind it; ends it all again."""

from __future__ import annotations

import json
import os
import secrets
import select
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from bench.report import say
from bench.server import ROOT, free_port
from inference.engines.dialogue.llama_cpp import model_file, own_cores
from inference.engines.dialogue.llama_server import KEY_VARIABLE
from inference.engines.transcribers.whisper_loading import usual_threads
from scripts.peers_environment import PYTHON

from .wire import Wanted

# The scripted model: 250 ms to the first token, 20 tokens a second.
FIRST_TOKEN_S, TOKEN_S = 0.25, 0.05
READY_PATIENCE_S = 180.0
ENDING_PATIENCE_S = 2.0
# As our own engine has its server.
SPIN_COUNT = "500"
SLOT_TOKENS = 4096


@dataclass(frozen=True, slots=True)
class ModelServer:
    """Where a language model answers, and its process."""

    url: str
    key: str
    name: str
    pid: int


class Usage:
    """Counts the processor time of process trees by name."""

    def __init__(self, pids: Mapping[str, int]) -> None:
        self._pids = dict(pids)

    def seconds(self) -> dict[str, float]:
        """Return the seconds each tree has used so far."""
        return {name: _tree_seconds(pid) for name, pid in self._pids.items()}


@contextmanager
def scripted_model(told: Path) -> Iterator[ModelServer]:
    """Run a server that says what stands in ``told`` at a fixed rate."""
    port = free_port()
    command = [
        *(sys.executable, "-m", "bench.scripted_llm", str(port)),
        *("--first", str(FIRST_TOKEN_S), "--each", str(TOKEN_S), "--told", str(told)),
    ]
    with _running(command) as process:
        _wait_for_port(port, process)
        yield ModelServer(
            f"http://127.0.0.1:{port}/v1", "none", "scripted", process.pid
        )


@contextmanager
def peers_model(model_dir: Path) -> Iterator[ModelServer]:
    """Run a llama.cpp server for one peer: the program and settings of our own."""
    key = secrets.token_urlsafe(16)
    weights = model_file(model_dir)
    command = [
        *(sys.executable, "-m", "inference.engines.dialogue.llama_server"),
        *("--model", str(weights), "--slots", "1"),
        *("--slot-context-tokens", str(SLOT_TOKENS), "--threads", str(own_cores())),
    ]
    env = {KEY_VARIABLE: key, "GOMP_SPINCOUNT": SPIN_COUNT}
    with _running(command, env=env) as process:
        address = _first_line(process)["address"]
        yield ModelServer(f"{address}/v1", key, weights.stem, process.pid)


@contextmanager
def peer(
    module: str, wanted: Wanted, log: Path
) -> Iterator[tuple[int, dict[str, str]]]:
    """Run a peer's program; give its process id and the versions it has."""
    command = [str(PYTHON), "-m", module, wanted.as_json()]
    # No model is to be looked for anywhere else than in wheels and our weights.
    env = {
        "HF_HUB_OFFLINE": "1",
        "PYTHONWARNINGS": "ignore",
        # Whisper has as many as ours: more than that are slower on few cores.
        "OMP_NUM_THREADS": str(usual_threads()),
    }
    with log.open("wb") as errors, _running(command, env=env, errors=errors) as process:
        try:
            ready = _first_line(process)
        except RuntimeError:
            say(log.read_text("utf-8", "replace")[-3000:])
            raise
        yield process.pid, ready["versions"]


@contextmanager
def _running(
    command: Sequence[str], *, env: Mapping[str, str] | None = None, errors: Any = None
) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(  # noqa: S603 programs of this repository
        command,
        cwd=ROOT,
        env={**os.environ, **(env or {})},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=errors,
    )
    try:
        yield process
    finally:
        assert process.stdin is not None
        process.stdin.close()
        for ask in (process.terminate, process.kill):
            try:
                process.wait(ENDING_PATIENCE_S)
                break
            except subprocess.TimeoutExpired:
                ask()
        process.wait(10)
        assert process.stdout is not None
        process.stdout.close()


def _first_line(process: subprocess.Popen[bytes]) -> dict[str, Any]:
    assert process.stdout is not None
    ready, _, _ = select.select([process.stdout], [], [], READY_PATIENCE_S)
    line = process.stdout.readline() if ready else b""
    if not line.startswith(b"{"):
        raise RuntimeError(f"{process.args!r} did not start: {line[:500]!r}")
    told: dict[str, Any] = json.loads(line)
    return told


def _wait_for_port(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + READY_PATIENCE_S
    while time.monotonic() < until and process.poll() is None:
        if any(
            connection.laddr.port == port
            for connection in psutil.Process(process.pid).net_connections()
        ):
            return
        time.sleep(0.05)
    raise RuntimeError("the scripted model did not start")


def _tree_seconds(pid: int) -> float:
    total = 0.0
    try:
        root = psutil.Process(pid)
        for process in (root, *root.children(recursive=True)):
            used = process.cpu_times()
            total += used.user + used.system
    except psutil.Error:
        return total
    return total
