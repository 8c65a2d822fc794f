"""One speaker or two in a clip, and the same as before or not."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from inference.types.audio import FloatSamples

from .alignment import Float32
from .voice_print import VoiceProjection, compared, mean_print

# Frames of 20 ms: with less speech than 0.6 s a print says too little.
_FEWEST_FRAMES = 30
_FEWEST_IN_HALF = 40
# Halves of a clip are short, so their prints differ more. Refusing one speaker as two is
# worse than overlooking a second, so both limits lie beyond 99 % of single speakers.
_HALVES_SLACK = 0.25
_HALVES_APART = 8.0
_FRAME_SAMPLES = 320


@dataclass(frozen=True, slots=True)
class HeardVoice:
    """The voice of a clip; ``vector`` is ``None`` where too little was said.

    ``changes`` tells that the second half is somebody else's.
    """

    vector: Float32 | None
    changes: bool

    def is_not(self, known: tuple[float, ...], projection: VoiceProjection) -> bool:
        """Whether this is surely another voice than a known one."""
        return self.vector is not None and not projection.same(self.vector, known)


def hear_voice(
    projection: VoiceProjection, samples: FloatSamples, speech: npt.NDArray[np.bool_]
) -> HeardVoice:
    """Listen to a clip; ``speech`` marks its 20 ms frames."""
    n_speech = int(speech.sum())
    if n_speech < _FEWEST_FRAMES:
        return HeardVoice(None, changes=False)
    if n_speech < 2 * _FEWEST_IN_HALF:
        whole = projection.print_of(samples, np.repeat(speech, 2))
        return HeardVoice(whole, changes=False)
    middle = int(np.searchsorted(np.cumsum(speech), n_speech // 2))
    cut = middle * _FRAME_SAMPLES
    first = projection.print_of(samples[:cut], np.repeat(speech[:middle], 2))
    second = projection.print_of(samples[cut:], np.repeat(speech[middle:], 2))
    likeness, apart = compared(first, second)
    unlike = likeness < projection.refuse_below - _HALVES_SLACK
    return HeardVoice(mean_print(first, second), unlike or apart > _HALVES_APART)
