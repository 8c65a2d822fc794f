"""XTTS in a process of its own. coqui-tts is MPL-2.0, espeak-ng, if it is there, GPL-3.

The program ends when its stdin closes.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path
from threading import Event, Lock
from typing import Protocol

import numpy as np

from inference.engines.synthesizers.clause_times import ClauseTimes
from inference.engines.synthesizers.piper_phonemes import Counted
from inference.engines.synthesizers.reference_voices import ReferenceVoices
from inference.engines.synthesizers.sentences import clauses, short_enough
from inference.engines.synthesizers.sound_times import loud_part
from inference.engines.synthesizers.xtts_model import RATE_HZ, Sounding, XttsModel
from inference.engines.synthesizers.xtts_voices import XttsVoices
from inference.serving import Answers, Inbox, serve
from inference.types.audio import FloatSamples

_CLAUSE_LETTERS = 60
_NAMES = {"zh": "zh-cn"}
# espeak-ng spells kanji out; each sign of these scripts stands for about a syllable.
_LETTERED = frozenset({"ja"})
_DENSE = frozenset({"ja", "ko", "zh"})
# The model may go on long after a text is said: nobody speaks so slowly.
_MOST_S, _MOST_S_A_LETTER, _MOST_S_A_SIGN = 2.0, 0.2, 0.6
_EDGE_SAMPLES = 720


class Speaking(Protocol):
    """What is asked of the model."""

    def most_letters(self, language: str) -> int:
        """Return how long a text may be at once."""
        ...

    def say(
        self, text: str, language: str, sounding: Sounding, speed: float
    ) -> Iterator[FloatSamples]:
        """Yield the sound of a text piece by piece."""
        ...


class XttsVoice:
    """Texts to clauses with times of their sounds."""

    def __init__(self, model: Speaking, voices: XttsVoices, times: ClauseTimes) -> None:
        self._model = model
        self._voices = voices
        self._times = times

    def speak(
        self, text: str, language: str, speed: float, voice: str, gone: Event
    ) -> Iterator[tuple[FloatSamples, list[Counted]]]:
        """Yield each clause; end early once ``gone`` is set."""
        most = self._model.most_letters(language)
        for clause in short_enough(clauses(text, at_least=_CLAUSE_LETTERS), most=most):
            # Asked for each clause: a voice may be taken back while it speaks.
            sounding = self._voices.sounding(voice)
            sound = self._said(clause, language, speed, sounding, gone)
            if gone.is_set():
                return
            if sound.size:
                yield sound, self._times.of(clause, language, speed, sound, RATE_HZ)

    def sounds_of(self, word: str, language: str) -> Sequence[str]:
        """Return the sounds of a word by itself."""
        return self._times.sounds_of(word, language)

    def _said(
        self,
        clause: str,
        language: str,
        speed: float,
        sounding: Sounding,
        gone: Event,
    ) -> FloatSamples:
        each_s = _MOST_S_A_SIGN if language in _DENSE else _MOST_S_A_LETTER
        left = int((_MOST_S + each_s * len(clause)) / speed * RATE_HZ)
        pieces: list[FloatSamples] = []
        stream = self._model.say(
            clause, _NAMES.get(language, language), sounding, speed
        )
        for piece in stream:
            pieces.append(piece[:left])
            left -= piece.size
            if gone.is_set() or left <= 0:
                break
        sound = np.concatenate(pieces) if pieces else np.zeros(0, np.float32)
        return _trimmed(sound)


def _trimmed(sound: FloatSamples) -> FloatSamples:
    """Leave out the long silence around a clause: pauses are made elsewhere."""
    if not sound.size or not np.isfinite(sound).all():
        return sound[:0]
    first, last = loud_part(sound, RATE_HZ)
    return sound[max(0, first - _EDGE_SAMPLES) : last + _EDGE_SAMPLES]


def run(voice: XttsVoice) -> None:
    """Answer the tutor until it goes. One text is spoken at a time."""
    lock = Lock()

    def speak(inbox: Inbox) -> Answers:
        asked = inbox.opener[0]
        language, gone = asked["language"], inbox.cancelled
        with lock:
            if gone.is_set():
                return
            words = [
                list(voice.sounds_of(word, language)) if word else []
                for word in asked["words"]
            ]
            for samples, codes in voice.speak(
                asked["text"], language, asked["speed"], asked["voice"], gone
            ):
                sound = np.ascontiguousarray(samples, dtype="<f4").tobytes()
                yield {"kind": "chunk", "phonemes": codes, "words": words}, sound

    serve({"speak": speak}, ready={"rate": RATE_HZ, "voice": ""})


def main() -> None:
    """Load the model, say so, then speak what is asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, required=True, help="the model's folder")
    parser.add_argument("--voices", default="", help="the folder of people's clips")
    parser.add_argument("--speaker", default="")
    parser.add_argument("--device", default="cuda")
    parser.add_argument("--dtype", default="auto")
    parser.add_argument("--chunk-tokens", type=int, default=20)
    parser.add_argument("--deepspeed", action="store_true")
    asked = parser.parse_args()
    model = XttsModel(
        asked.model,
        device=asked.device,
        dtype=asked.dtype,
        deepspeed=asked.deepspeed,
        chunk_tokens=asked.chunk_tokens,
    )
    references = ReferenceVoices(Path(asked.voices)) if asked.voices else None
    voices = XttsVoices(model, references, speaker=asked.speaker)
    run(XttsVoice(model, voices, ClauseTimes(lettered=_LETTERED)))


if __name__ == "__main__":
    main()
