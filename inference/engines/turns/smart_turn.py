"""Smart Turn v3.2 hears from the voice whether a turn is over.

A small network (Whisper tiny's encoder and a head on top, 8 bits) by Daily,
https://github.com/pipecat-ai/smart-turn, that looks at the last eight seconds of a turn and
says how likely its speaker has finished. It hears melody and breath, not words; trained on 23
languages, mostly of native speakers.
"""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import numpy as np

from inference.errors import EngineUnavailable
from inference.types.audio import FloatSamples

from .log_mel import SAMPLE_RATE_HZ, log_mel

MODEL_FILE = "smart-turn-v3.2-cpu.onnx"


class SmartTurn:
    """The network in this process; loaded at its first use, asked by several at a time."""

    def __init__(self, *, model_dir: Path, threads: int = 1) -> None:
        self._path = model_dir / MODEL_FILE
        self._threads = threads
        self._lock = threading.Lock()
        self._session: Any = None

    def warm(self) -> None:
        """Load it and listen to a second of silence. Raises EngineUnavailable."""
        self.end_probability(np.zeros(SAMPLE_RATE_HZ, np.float32))

    def close(self) -> None:
        """Free the network."""
        with self._lock:
            self._session = None

    def end_probability(self, samples: FloatSamples) -> float | None:
        """Return the probability in [0, 1] that the turn is over.

        ``samples`` are 16 kHz, the turn so far with the silence after it. Raises
        EngineUnavailable.
        """
        picture = log_mel(samples)
        (found,) = self._loaded().run(None, {"input_features": picture[np.newaxis]})
        return float(np.clip(found.ravel()[0], 0.0, 1.0))

    def _loaded(self) -> Any:
        with self._lock:
            if self._session is None:
                self._session = self._load()
            return self._session

    def _load(self) -> Any:
        from onnxruntime import InferenceSession, SessionOptions

        options = SessionOptions()
        options.intra_op_num_threads = self._threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        try:
            return InferenceSession(
                str(self._path), options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # the runtime raises errors of its own
            raise EngineUnavailable(
                "engine.weights_broken",
                f"{MODEL_FILE} cannot be loaded: {type(error).__name__}",
                retryable=False,
            ) from error
