"""Numbers that the published weights (v1.5) were trained with."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from inference.types.face import FPS

RATE_HZ = 16_000
# Whisper's encoder: one feature each 20 ms, of sound padded to 30 s.
FEATURES_PER_S = 50
SAMPLES_PER_FEATURE = RATE_HZ // FEATURES_PER_S
FEATURES_PER_PICTURE = FEATURES_PER_S // FPS
LONGEST_SOUND_S = 30
# Pictures whose sound is heard before and after a picture's own.
CONTEXT_PICTURES = 2
CONTEXT_FEATURES = CONTEXT_PICTURES * FEATURES_PER_PICTURE
WINDOW_FEATURES = 2 * CONTEXT_FEATURES + FEATURES_PER_PICTURE
# The face is seen in a square of this side, its latents in an eighth of it.
CROP = 256
LATENT = 32
# What v1.5 sees below the chin, in pixels of the portrait.
CHIN_MARGIN = 10

Floats = npt.NDArray[np.float32]
Halves = npt.NDArray[np.float16]
Mask = npt.NDArray[np.uint8]
