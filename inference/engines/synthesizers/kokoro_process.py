"""Kokoro in a process of its own: espeak-ng says how words sound, a network says them.

The network is Apache-2.0; espeak-ng, which it needs for its phonemes, is GPL-3: see
``espeak_library``. The program ends when its stdin closes.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from inference.engines.synthesizers.espeak_library import EspeakVoice
from inference.engines.synthesizers.kokoro import FILES
from inference.engines.synthesizers.kokoro_symbols import codes_of, symbols_of
from inference.engines.synthesizers.piper_phonemes import Counted
from inference.engines.synthesizers.sentences import clauses
from inference.engines.synthesizers.voice_program import run
from inference.types.audio import FloatSamples

RATE_HZ = 24_000
_DURATIONS = "/encoder/Round_output_0"
_STEP_SAMPLES = 600
# A sound is heard this much before the stretch of time its symbol is given.
_EARLY_SAMPLES = 1_200
_MOST_SYMBOLS = 500
_CLAUSE_LETTERS = 25
# Silence that is left before the first sound.
_LEAD_SAMPLES = 720
_QUIET = 0.01


class KokoroVoice:
    """One speaker of Kokoro-82M."""

    rate_hz = RATE_HZ

    def __init__(self, folder: Path, speaker: str, threads: int) -> None:
        import onnx
        import onnxruntime

        model, vocabulary, speakers = (folder / name for name in FILES)
        graph = onnx.load(str(model))
        graph.graph.output.append(
            onnx.helper.make_tensor_value_info(_DURATIONS, onnx.TensorProto.FLOAT, None)
        )
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        # Spinning threads would take the cores away from the language model.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        self._session = onnxruntime.InferenceSession(
            graph.SerializeToString(), options, providers=["CPUExecutionProvider"]
        )
        self._numbers: dict[str, int] = json.loads(vocabulary.read_text("utf-8"))[
            "vocab"
        ]
        with np.load(speakers) as stored:
            self._styles: npt.NDArray[np.float32] = stored[speaker]
        self._espeak = EspeakVoice()

    def speak(
        self, text: str, language: str, speed: float
    ) -> Iterator[tuple[FloatSamples, list[Counted]]]:
        """Yield each clause with the times of its sounds."""
        for clause in clauses(text, at_least=_CLAUSE_LETTERS):
            written = self._espeak.written(clause, language)
            symbols = symbols_of(written, self._numbers)[:_MOST_SYMBOLS]
            if symbols:
                yield self._say(symbols, speed)

    def sounds_of(self, word: str, language: str) -> Sequence[str]:
        """Return the sounds of a word by itself."""
        return self._espeak.sounds_of(word, language)

    def _say(
        self, symbols: Sequence[str], speed: float
    ) -> tuple[FloatSamples, list[Counted]]:
        tokens = [self._numbers[symbol] for symbol in symbols]
        style = self._styles[min(len(tokens), len(self._styles)) - 1]
        sound, steps = self._session.run(
            ["audio", _DURATIONS],
            {
                "tokens": np.array([[0, *tokens, 0]], dtype=np.int64),
                "style": style.reshape(1, -1).astype(np.float32),
                "speed": np.array([speed], dtype=np.float32),
            },
        )
        samples = np.ravel(sound).astype(np.float32)
        counts = [int(n) * _STEP_SAMPLES for n in np.ravel(steps)]
        early = min(_EARLY_SAMPLES, counts[0])
        counts[0] -= early
        counts[-1] += early + samples.size - (sum(counts) + early)
        cut = _silent_lead(samples[: counts[0]])
        counts[0] -= cut
        return samples[cut:], codes_of(symbols, counts)


def _silent_lead(samples: FloatSamples) -> int:
    """Return how many samples before the first sound nobody would miss."""
    loud = np.flatnonzero(np.abs(samples) > _QUIET)
    first = int(loud[0]) if loud.size else samples.size
    return max(0, first - _LEAD_SAMPLES)


def main() -> None:
    """Load the voice, say so, then speak what is asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, required=True, help="the model's folder")
    parser.add_argument("--speaker", required=True)
    parser.add_argument("--threads", type=int, default=0)
    arguments = parser.parse_args()
    run(KokoroVoice(arguments.model, arguments.speaker, arguments.threads))


if __name__ == "__main__":
    main()
