"""SadTalker's command line, as a list of arguments: there is no shell between.

The options are those of ``inference.py`` in SadTalker 0.0.2
(https://github.com/OpenTalker/SadTalker).
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from inference.errors import EngineUnavailable

PROGRAM = "inference.py"
SIZES = (256, 512)
PREPROCESS = ("crop", "extcrop", "resize", "full", "extfull")
ENHANCERS = ("", "gfpgan", "RestoreFormer")
MAX_POSE_STYLE = 45
MAX_EXPRESSION_SCALE = 3.0
MAX_BATCH_SIZE = 64
# It hands the names of its files to a shell of its own.
_SAFE_PATH = re.compile(r"[A-Za-z0-9_./+@=-]+\Z")


@dataclass(frozen=True, slots=True)
class SadTalkerOptions:
    """How SadTalker animates.

    ``preprocess`` says what of the picture moves, ``still`` that the head hardly does;
    ``enhancer`` sharpens the face afterwards (``""``: not). ``pose_style`` is 0..45,
    ``expression_scale`` 1.0 for natural, ``batch_size`` pictures at a time.
    """

    size: int = 256
    preprocess: str = "full"
    still: bool = True
    enhancer: str = ""
    pose_style: int = 0
    expression_scale: float = 1.0
    batch_size: int = 2
    cpu: bool = False

    def __post_init__(self) -> None:
        """Refuse what SadTalker does not know. Raises EngineUnavailable."""
        checks = {
            "size": self.size in SIZES,
            "preprocess": self.preprocess in PREPROCESS,
            "enhancer": self.enhancer in ENHANCERS,
            "pose_style": 0 <= self.pose_style <= MAX_POSE_STYLE,
            "expression_scale": 0.0 < self.expression_scale <= MAX_EXPRESSION_SCALE,
            "batch_size": 1 <= self.batch_size <= MAX_BATCH_SIZE,
        }
        for name, holds in checks.items():
            if not holds:
                raise EngineUnavailable(
                    "engine.bad_option",
                    f"sadtalker: {name} cannot be {getattr(self, name)!r}",
                    retryable=False,
                )

    def arguments(self) -> list[str]:
        """Return them as SadTalker takes them."""
        chosen = [
            *("--size", str(self.size)),
            *("--preprocess", self.preprocess),
            *("--pose_style", str(self.pose_style)),
            *("--expression_scale", str(self.expression_scale)),
            *("--batch_size", str(self.batch_size)),
        ]
        if self.still:
            chosen.append("--still")
        if self.enhancer:
            chosen += ["--enhancer", self.enhancer]
        if self.cpu:
            chosen.append("--cpu")
        return chosen


@dataclass(frozen=True, slots=True)
class Installation:
    """Where SadTalker lies: its interpreter, its checkout and its weights."""

    python: Path
    checkout: Path
    checkpoint_dir: Path

    def check(self) -> None:
        """Raise EngineUnavailable that says what is not there."""
        for path, is_there, what in (
            (self.python, self.python.is_file(), "interpreter"),
            (self.program, self.program.is_file(), "program"),
            (self.checkpoint_dir, any(self._weights()), "weights"),
        ):
            if not is_there:
                raise EngineUnavailable(
                    "engine.program_missing",
                    f"sadtalker: there is no {what} at {path}. Install SadTalker in an "
                    "environment of its own and set TUTOR_SADTALKER_PYTHON and "
                    "TUTOR_SADTALKER_DIR",
                    retryable=False,
                )

    @property
    def program(self) -> Path:
        """The script that renders one clip."""
        return self.checkout / PROGRAM

    def fingerprint(self) -> str:
        """Return a hash of the program, and of the names and sizes of the weights.

        Reading gigabytes of weights each time would tell little more.
        """
        digest = hashlib.sha256(self.program.read_bytes())
        for path in self._weights():
            digest.update(f"{path.name}:{path.stat().st_size};".encode())
        return digest.hexdigest()

    def _weights(self) -> list[Path]:
        if not self.checkpoint_dir.is_dir():
            return []
        return sorted(path for path in self.checkpoint_dir.iterdir() if path.is_file())


def command(
    installation: Installation,
    options: SadTalkerOptions,
    *,
    picture: Path,
    speech: Path,
    results: Path,
) -> list[str]:
    """Return program and arguments. Raises EngineUnavailable for unsafe file names."""
    for path in (picture, speech, results):
        if not _SAFE_PATH.match(str(path)):
            raise EngineUnavailable(
                "engine.bad_option",
                "sadtalker: TUTOR_SADTALKER_WORK_DIR has to be a path of letters, digits "
                "and . _ / + @ = - only",
                retryable=False,
            )
    return [
        str(installation.python),
        str(installation.program),
        *("--driven_audio", str(speech)),
        *("--source_image", str(picture)),
        *("--result_dir", str(results)),
        *("--checkpoint_dir", str(installation.checkpoint_dir)),
        *options.arguments(),
    ]
