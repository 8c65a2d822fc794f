"""llama.cpp on this machine: a supervised server, one slot and cached prompt a session."""

from __future__ import annotations

import importlib.util
import os
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Event, Lock
from typing import Any

from inference.errors import EngineUnavailable, StageError
from inference.protocols import Cancelled
from inference.types.dialogue import DialogueRequest, Message, ReplyDelta

from .llama_child import LlamaChild
from .openai_compatible import OpenAICompatible
from .slots import SlotTable

# OpenMP's threads wait for each other by spinning. Spinning long starves them as soon as
# the voice or the recogniser wants a core; not spinning at all pays for a wake-up at each
# of the thousands of barriers of a token. A short spin has the best of both: figures in
# docs/engines.md.
_SPIN_COUNT = "500"
_REMEMBERED = 64


@dataclass(frozen=True, slots=True)
class PromptUse:
    """What the server did for a conversation's latest reply."""

    cached_tokens: int
    read_tokens: int
    read_ms: float
    written_tokens: int
    written_ms: float


class LlamaCpp:
    """A GGUF model behind the same interface as any other server."""

    def __init__(
        self,
        *,
        model_dir: Path,
        slots: int = 4,
        slot_context_tokens: int = 2048,
        threads: int = 0,
        gpu_layers: int = 0,
        load_timeout_s: float = 120.0,
        first_token_timeout_s: float = 20.0,
        between_tokens_timeout_s: float = 10.0,
        spin_count: str = _SPIN_COUNT,
    ) -> None:
        self._model_file = model_file(model_dir)
        self._slots = SlotTable(slots)
        self._timeouts = (first_token_timeout_s, between_tokens_timeout_s)
        self._child = LlamaChild(
            self._model_file,
            slots=slots,
            slot_context_tokens=slot_context_tokens,
            threads=threads or own_cores(),
            gpu_layers=gpu_layers,
            environment={"GOMP_SPINCOUNT": spin_count},
            load_timeout_s=load_timeout_s,
        )
        self._lock = Lock()
        self._server: OpenAICompatible | None = None
        self._uses: OrderedDict[str, PromptUse] = OrderedDict()

    @property
    def pid(self) -> int | None:
        """The server's process id, or None when it does not run."""
        return self._child.pid

    def warm(self) -> None:
        """Start the server and have it say one word."""
        if importlib.util.find_spec("xllamacpp") is None:
            raise EngineUnavailable(
                "engine.library_missing",
                "llama.cpp needs its wheel: pip install xllamacpp",
                retryable=False,
            )
        request = DialogueRequest(
            (Message("user", "Hello"),), conversation="warm-up", max_tokens=1
        )
        for _ in self.respond(request, cancelled=Event()):
            pass
        self.release("warm-up")

    def close(self) -> None:
        """End the server."""
        self._child.close()
        with self._lock:
            server, self._server = self._server, None
        if server is not None:
            server.close()

    def respond(
        self, request: DialogueRequest, *, cancelled: Cancelled
    ) -> Iterator[ReplyDelta]:
        """Stream the reply. Raises StageError ``llm.failed`` or ``llm.timeout``.

        A server that dies before its first word is replaced and asked once more. There is
        one model, so what else a request names does not matter.
        """
        request = replace(request, model="")
        for attempts_left in (1, 0):
            said = False
            try:
                server = self._running()
                with self._slots.use(request.conversation) as slot:
                    extra = {"id_slot": slot, "cache_prompt": True}
                    for delta in server.respond(
                        request, cancelled=cancelled, extra=extra
                    ):
                        said = True
                        yield delta
            except StageError as failure:
                again = attempts_left and failure.retryable and not said
                if not again or cancelled.is_set() or not self._child.died():
                    raise
            else:
                return

    def release(self, conversation: str) -> None:
        """Free the slot of a conversation that is over."""
        self._slots.release(conversation)
        with self._lock:
            self._uses.pop(conversation, None)

    def prompt_use(self, conversation: str) -> PromptUse | None:
        """Return what the latest whole reply of a conversation cost."""
        with self._lock:
            return self._uses.get(conversation)

    def _running(self) -> OpenAICompatible:
        address, is_new = self._child.address()
        with self._lock:
            if is_new or self._server is None:
                old = self._server
                self._slots.forget_all()
                self._server = OpenAICompatible(
                    base_url=address.base_url,
                    api_key=address.api_key,
                    model=self._model_file.stem,
                    first_token_timeout_s=self._timeouts[0],
                    between_tokens_timeout_s=self._timeouts[1],
                    observe=self._observed,
                )
                if old is not None:
                    old.close()
            return self._server

    def _observed(self, conversation: str, timings: Mapping[str, Any]) -> None:
        use = PromptUse(
            cached_tokens=int(timings.get("cache_n", 0)),
            read_tokens=int(timings.get("prompt_n", 0)),
            read_ms=float(timings.get("prompt_ms", 0.0)),
            written_tokens=int(timings.get("predicted_n", 0)),
            written_ms=float(timings.get("predicted_ms", 0.0)),
        )
        with self._lock:
            self._uses[conversation] = use
            self._uses.move_to_end(conversation)
            while len(self._uses) > _REMEMBERED:
                self._uses.popitem(last=False)


def own_cores() -> int:
    """Return how many cores the language model may have: on big machines not all."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else None
    n_cores = cores or os.cpu_count() or 1
    return n_cores if n_cores <= 4 else n_cores - 2


def model_file(model_dir: Path) -> Path:
    """Return the file with a model's weights. Raises EngineUnavailable without one."""
    models = sorted(model_dir.glob("*.gguf"))
    if not models:
        raise EngineUnavailable(
            "engine.weights_missing",
            f"No .gguf model in the folder of {model_dir.name}",
            retryable=False,
        )
    return models[0]
