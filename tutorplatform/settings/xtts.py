"""The synthesizer ``xtts``: its weights, its environment, and people's voices."""

from pathlib import Path
from typing import Any

import environ

env = environ.Env()

_DATA = Path(
    env(
        "TUTOR_DATA_DIR",
        default=str(Path(__file__).resolve().parent.parent.parent / "var"),
    )
)

XTTS: dict[str, Any] = {
    "model_dir": env("TUTOR_XTTS_DIR", default=""),
    # Whose voices they are is private, as their pictures are.
    "voices_dir": env("TUTOR_XTTS_VOICES", default="")
    or str(_DATA / "private" / "voices"),
    "speaker": env("TUTOR_XTTS_SPEAKER", default=""),
    "device": env("TUTOR_XTTS_DEVICE", default="cuda"),
    "deepspeed": env.bool("TUTOR_XTTS_DEEPSPEED", default=False),
    # The interpreter of the environment that has coqui-tts; empty: the server's own.
    "python": env("TUTOR_XTTS_PYTHON", default=""),
}
