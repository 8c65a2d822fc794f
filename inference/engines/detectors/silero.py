"""Silero voice detection, window by window, on the ONNX file faster-whisper ships."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from inference.errors import EngineUnavailable
from inference.types.audio import FloatSamples

if TYPE_CHECKING:
    import onnxruntime

WINDOW_SAMPLES = 512
CONTEXT_SAMPLES = 64
_STATE_SHAPE = (1, 1, 128)


def shipped_model() -> Path:
    """Return the ONNX file inside the faster-whisper package, without importing it."""
    spec = importlib.util.find_spec("faster_whisper")
    if spec is None or spec.origin is None:
        raise EngineUnavailable(
            "engine.library_missing",
            "Silero's weights come with faster-whisper: pip install faster-whisper",
            retryable=False,
        )
    return Path(spec.origin).parent / "assets" / "silero_vad_v6.onnx"


class SileroStream:
    """The detector's memory of one microphone."""

    window_samples = WINDOW_SAMPLES

    def __init__(self, session: onnxruntime.InferenceSession) -> None:
        self._session = session
        self._input = np.zeros((1, CONTEXT_SAMPLES + WINDOW_SAMPLES), np.float32)
        self._h: npt.NDArray[np.float32]
        self._c: npt.NDArray[np.float32]
        self.reset()

    def probability(self, window: FloatSamples) -> float:
        """Return the probability in [0, 1] that this 16 kHz window holds speech."""
        if window.shape != (WINDOW_SAMPLES,):
            raise ValueError(
                f"A window is {WINDOW_SAMPLES} samples, not {window.shape}"
            )
        # The network wants to see the end of the previous window before this one.
        self._input[0, :CONTEXT_SAMPLES] = self._input[0, -CONTEXT_SAMPLES:]
        self._input[0, CONTEXT_SAMPLES:] = window
        probability, self._h, self._c = self._session.run(
            None, {"input": self._input, "h": self._h, "c": self._c}
        )
        return float(probability[0])

    def reset(self) -> None:
        """Forget what was heard."""
        self._input.fill(0.0)
        self._h = np.zeros(_STATE_SHAPE, np.float32)
        self._c = np.zeros(_STATE_SHAPE, np.float32)


class Silero:
    """Opens streams that share one ONNX session."""

    def __init__(self, *, model_file: Path | None = None) -> None:
        self._model_file = model_file
        self._session: onnxruntime.InferenceSession | None = None
        self._lock = Lock()

    def open(self) -> SileroStream:
        """Return a stream with a state of its own."""
        return SileroStream(self._loaded())

    def warm(self) -> None:
        """Load the network and look at one silent window."""
        self.open().probability(np.zeros(WINDOW_SAMPLES, np.float32))

    def close(self) -> None:
        """Free the network. Open streams keep theirs until they are dropped."""
        self._session = None

    def _loaded(self) -> onnxruntime.InferenceSession:
        with self._lock:
            if self._session is None:
                self._session = self._load()
            return self._session

    def _load(self) -> onnxruntime.InferenceSession:
        try:
            import onnxruntime
        except ImportError as missing:
            raise EngineUnavailable(
                "engine.library_missing",
                "Silero needs onnxruntime: pip install onnxruntime",
                retryable=False,
            ) from missing
        options = onnxruntime.SessionOptions()
        # A window is 0.1 ms of work: more threads would only cost.
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.enable_cpu_mem_arena = False
        options.log_severity_level = 4
        path = self._model_file or shipped_model()
        try:
            return onnxruntime.InferenceSession(
                str(path), sess_options=options, providers=["CPUExecutionProvider"]
            )
        except Exception as broken:  # onnxruntime raises its own untyped errors
            raise EngineUnavailable(
                "engine.weights_broken", f"Cannot load {path.name}", retryable=False
            ) from broken
