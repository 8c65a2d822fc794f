"""Scripts made into sound, with the truth of where the learner's turn really ends."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from inference.types.audio import FloatSamples

from . import sounds
from .scripts import (
    Filler,
    Kind,
    Noise,
    Part,
    Pause,
    Script,
    Spoken,
    parts_of,
    words_of,
)
from .speakers import RATE_HZ, Said, Speakers

FRAME_SAMPLES = 320
LEAD_S = 0.4
# How long the microphone stays open after the turn.
TAIL_S = 8.0
# A voice as a microphone hears it, and a quiet room.
VOICE_LEVEL = 0.06
ROOM_LEVEL = 0.0003
# Quieter than the loudest 10 ms by so much is no voice.
VOICED_DB = -40.0
_BLOCK = RATE_HZ // 100
_FADE = RATE_HZ // 200
# Where the times of words are estimates the cut may have to be looked for.
_LOOK_MS = 80.0
_BABBLE = (
    "I told her that we would meet at the station at five o'clock.",
    "The children were playing in the garden all afternoon.",
    "There is a new restaurant at the corner and it is always full.",
)


@dataclass(frozen=True, slots=True)
class Truth:
    """Samples of a take: the first and after the last voiced one, and long silences inside.

    A take without a voice begins and ends where its sound does.
    """

    begins: int
    ends: int
    pauses_s: tuple[float, ...] = ()

    @property
    def longest_pause_s(self) -> float:
        """The longest silence inside the turn."""
        return max(self.pauses_s, default=0.0)


@dataclass(frozen=True, slots=True)
class Line:
    """A line's sound, the silences planted in it, and where each of its parts ends."""

    sound: FloatSamples
    silences_s: tuple[float, ...] = ()
    ends: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Take:
    """What a microphone hears, and what should come of it. ``pcm``: PCM16 at 16 kHz."""

    name: str
    kind: Kind
    label: str
    pcm: bytes
    truth: Truth
    line: str = ""
    asked: str = ""
    speaker: str = ""
    noise: Noise | None = None
    # After which sample which words were said, fillers with them.
    heard: tuple[tuple[int, str], ...] = ()
    echo_db: float | None = None

    @property
    def frames(self) -> list[bytes]:
        """The sound in frames of 20 ms."""
        size = 2 * FRAME_SAMPLES
        return [self.pcm[i : i + size] for i in range(0, len(self.pcm), size)]


def voiced_blocks(samples: FloatSamples, db: float = VOICED_DB) -> list[int]:
    """Return which blocks of 10 ms hold voice. Raises ValueError if none does."""
    whole = np.pad(samples, (0, -len(samples) % _BLOCK)).reshape(-1, _BLOCK)
    level = np.sqrt(np.mean(whole**2, axis=1))
    if not level.any():
        raise ValueError("nothing is heard")
    loud = np.flatnonzero(level > level.max() * 10 ** (db / 20))
    return [int(block) for block in loud]


def truth_of(
    samples: FloatSamples, *, db: float = VOICED_DB, shortest_pause_s: float = 0.25
) -> Truth:
    """Return the truth of speech by its level: what is above ``db`` is voice."""
    blocks = voiced_blocks(samples, db)
    gaps = [(after - before - 1) * 0.01 for before, after in pairwise(blocks)]
    return Truth(
        blocks[0] * _BLOCK,
        min((blocks[-1] + 1) * _BLOCK, len(samples)),
        tuple(round(gap, 2) for gap in gaps if gap >= shortest_pause_s),
    )


def trimmed(samples: FloatSamples) -> FloatSamples:
    """Return samples from the first to the last voiced block, faded at both ends."""
    blocks = voiced_blocks(samples)
    kept = samples[blocks[0] * _BLOCK : (blocks[-1] + 1) * _BLOCK].copy()
    ramp = np.linspace(0, 1, _FADE, dtype=np.float32)
    kept[:_FADE] *= ramp
    kept[-_FADE:] *= ramp[::-1]
    return kept


def cut_at(said: Said, after: int) -> int:
    """Return the sample between word ``after`` and the next: the quietest place there."""
    left, right = said.words[after], said.words[after + 1]
    first = int((left.end_ms - _LOOK_MS) * RATE_HZ / 1000)
    last = int((right.start_ms + _LOOK_MS) * RATE_HZ / 1000)
    first, last = max(0, first), min(len(said.samples), last)
    power = np.convolve(said.samples[first:last] ** 2, np.ones(_BLOCK), mode="same")
    # Of places as quiet as each other, the one in the middle between the words.
    middle = int((left.end_ms + right.start_ms) / 2 * RATE_HZ / 1000) - first
    away = np.abs(np.arange(len(power)) - middle) / RATE_HZ
    return first + int(np.argmin(power + 1e-6 * power.max() + 1e-3 * away))


def assemble(
    parts: Sequence[Part], said: Said, fillers: dict[str, FloatSamples]
) -> Line:
    """Return a line with its pauses and fillers in it.

    The words come out of one breath, so that a turn that is not over does not sound as if
    it were. A voice that cannot tell when it says its words is refused with ValueError.
    """
    out: list[FloatSamples] = []
    silences: list[float] = []
    count = max((p.end for p in parts if not isinstance(p, (Pause, Filler))), default=0)
    if len(parts) > 1 and len(said.words) < count:
        raise ValueError("this voice does not tell when it says each word")
    for part in parts:
        match part:
            case Pause(seconds):
                out.append(np.zeros(int(seconds * RATE_HZ), np.float32))
                silences.append(seconds)
            case Filler(word):
                out.append(trimmed(fillers[word]))
            case _:
                begin = cut_at(said, part.first - 1) if part.first else 0
                whole = part.end == len(said.words) or len(parts) == 1
                end = len(said.samples) if whole else cut_at(said, part.end - 1)
                out.append(trimmed(said.samples[begin:end]))
    ends = np.cumsum([len(sound) for sound in out])
    return Line(np.concatenate(out), tuple(silences), tuple(int(end) for end in ends))


def said_until(line: str) -> list[str]:
    """Return for each part of a line the words said when it is over, fillers with them."""
    words, said, texts = words_of(line), list[str](), list[str]()
    for part in parts_of(line):
        if isinstance(part, Spoken):
            said += words[part.first : part.end]
        elif isinstance(part, Filler):
            said.append(part.word)
        texts.append(" ".join(said))
    return texts


class TakeMaker:
    """Makes takes out of scripts."""

    def __init__(self, speakers: Speakers) -> None:
        self._speakers = speakers
        self._others: list[FloatSamples] = []

    def make(self, scripts: Iterable[Script], *, only: str = "") -> list[Take]:
        """Return the takes whose name holds one of ``only``, separated by commas."""
        named = {
            f"{number:03} {script.label}": (number, script)
            for number, script in enumerate(scripts)
        }
        return [
            self._one(name, *script)
            for name, script in named.items()
            if any(part in name for part in only.split(","))
        ]

    def tutor(self, text: str) -> FloatSamples:
        """Return a line in the tutor's voice, for the echo of a tutor that is not there."""
        return self._speakers.say("joe", text, speed=1.0).samples

    def _one(self, name: str, number: int, script: Script) -> Take:
        line = self._sound(script)
        sound = line.sound
        if script.sound == "nothing":
            truth = Truth(0, len(sound))
        else:
            found = truth_of(sound)
            truth = replace(found, pauses_s=line.silences_s)
        lead = int(LEAD_S * RATE_HZ)
        truth = Truth(lead + truth.begins, lead + truth.ends, truth.pauses_s)
        tail_s = TAIL_S if script.kind is not Kind.BYSTANDER else 1.5
        whole = np.pad(sound, (lead, int(tail_s * RATE_HZ)))
        whole = whole + sounds.at_level(sounds.pink(len(whole), number), ROOM_LEVEL)
        if script.noise is not None:
            whole = whole + self._behind(script.noise, len(whole), number)
        texts = said_until(script.line) if line.ends else ()
        pcm = np.clip(whole * 32767, -32768, 32767).astype("<i2")
        pcm = np.pad(pcm, (0, -len(pcm) % FRAME_SAMPLES))
        return Take(
            name=name,
            kind=script.kind,
            label=script.label,
            pcm=pcm.tobytes(),
            truth=truth,
            line=script.line,
            asked=script.asked,
            speaker=script.speaker if script.sound == "voice" else "",
            noise=script.noise,
            heard=tuple(
                (lead + end, text) for end, text in zip(line.ends, texts, strict=True)
            ),
            echo_db=script.echo_db,
        )

    def _sound(self, script: Script) -> Line:
        match script.sound:
            case "cough":
                cough = sounds.cough(int(script.line))
                return Line(sounds.at_level(cough, 1.5 * VOICE_LEVEL))
            case "keyboard":
                return Line(sounds.keyboard(3 * RATE_HZ, int(script.line)))
            case "nothing":
                return Line(np.zeros(4 * RATE_HZ, np.float32))
        parts = parts_of(script.line)
        said = self._speakers.say(script.speaker, " ".join(words_of(script.line)))
        fillers = {
            part.word: self._speakers.say(
                script.speaker, f"{part.word.capitalize()}."
            ).samples
            for part in parts
            if isinstance(part, Filler)
        }
        line = assemble(parts, said, fillers)
        sound = line.sound
        loud = np.concatenate(
            [sound[b * _BLOCK : (b + 1) * _BLOCK] for b in voiced_blocks(sound)]
        )
        louder = np.float32(VOICE_LEVEL / sounds.rms(loud))
        return replace(line, sound=louder * sound)

    def _behind(self, noise: Noise, count: int, seed: int) -> FloatSamples:
        if noise.sound == "babble":
            if not self._others:
                names = ("joe", "pico", "joe_higher")
                self._others = [
                    trimmed(self._speakers.say(name, line).samples)
                    for name in names
                    for line in _BABBLE
                ]
            made = sounds.babble(count, seed, self._others)
        else:
            made = sounds.pink(count, 1000 + seed)
        return sounds.at_level(made, VOICE_LEVEL * 10 ** (-noise.snr_db / 20))
