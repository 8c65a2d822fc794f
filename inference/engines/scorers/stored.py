"""The scorer's weights as read from their file."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from .alignment import Float32
from .evidence import Joint
from .frame_model import FrameModel
from .head import HeadEnsemble
from .marking import Trees
from .trees import BoostedTrees
from .voice_print import VoiceProjection

WEIGHTS = Path(__file__).parent / "weights"
# Curves for what was marked without the decoder, as words of a recogniser are.
HEARD = "heard_"
CURVES = (
    "phone", "wrong", "word", "word_wrong", "accuracy", "fluency", "prosody", "total",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Where the scorer draws lines; found in training on speakers held back.

    ``default`` and ``gentle`` are probabilities that a phoneme is wrong (flags are right
    in half and in seven of ten cases); ``prompt`` and ``word`` are evidence below which
    the text or a word was not said; ``joint_weight`` and ``joint_scale`` are those of
    ``evidence.Joint``, ``joint_prompt`` is ``prompt`` where the decoder was asked;
    ``margin`` is the mean error of the total, 0..10.
    """

    default: float
    gentle: float
    prompt: float
    word: float
    voice: float
    margin: float
    joint_weight: float
    joint_scale: float
    joint_prompt: float

    @property
    def joint(self) -> Joint:
        """How sound and decoder count together."""
        return Joint(self.joint_weight, self.joint_scale)


@dataclass(frozen=True, slots=True)
class Scorer:
    """All parts of a trained scorer. ``encoder`` names whose frames it reads."""

    version: str
    encoder: str
    frame: FrameModel
    heads: HeadEnsemble
    trees: Trees
    curves: dict[str, Float32]
    voice: VoiceProjection
    thresholds: Thresholds

    def calibrated(
        self, curve: str, raw: npt.ArrayLike, *, expected: bool = True
    ) -> npt.NDArray[np.float64]:
        """Map raw scores by one of the isotonic curves, flat beyond its ends.

        ``expected``: the decoder was asked for the words; there are curves for both.
        """
        x, y = self.curves[curve if expected else f"{HEARD}{curve}"]
        return np.asarray(np.interp(np.asarray(raw, dtype=np.float64), x, y))

    @classmethod
    def load(cls, path: Path = WEIGHTS / "scorer_en.npz") -> Scorer:
        """Read a file of ``training.weights``. Raises OSError, KeyError or ValueError."""
        with np.load(path) as stored:
            arrays = {name: stored[name] for name in stored.files}
        about = json.loads(arrays.pop("about").tobytes())
        thresholds = Thresholds(**about["thresholds"])
        return cls(
            version=about["version"],
            encoder=about["encoder"],
            frame=FrameModel.from_arrays(_part(arrays, "frame/")),
            heads=HeadEnsemble.from_arrays(_part(arrays, "head/")),
            trees=Trees(
                *(
                    BoostedTrees.from_arrays(_part(arrays, f"trees/{name}/"))
                    for name in Trees.__slots__
                )
            ),
            curves={
                kind + name: arrays[f"curve/{kind}{name}"]
                for name in CURVES
                for kind in ("", HEARD)
            },
            voice=VoiceProjection(
                arrays["voice/offset"], arrays["voice/weights"], thresholds.voice
            ),
            thresholds=thresholds,
        )


def _part(
    arrays: dict[str, npt.NDArray[np.generic]], prefix: str
) -> dict[str, npt.NDArray[np.generic]]:
    return {
        name.removeprefix(prefix): values
        for name, values in arrays.items()
        if name.startswith(prefix)
    }
