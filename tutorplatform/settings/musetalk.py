"""The face renderer ``musetalk``: weights, portraits, and how much the card does at once."""

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

MUSETALK: dict[str, Any] = {
    "model_dir": env("TUTOR_MUSETALK_DIR", default=""),
    # Portraits show people: they lie with what is private.
    "avatars_dir": env("TUTOR_MUSETALK_AVATARS", default="")
    or str(_DATA / "private" / "portraits"),
    "prepared_dir": env("TUTOR_MUSETALK_PREPARED", default="")
    or str(_DATA / "private" / "prepared_faces"),
    "device": env("TUTOR_MUSETALK_DEVICE", default="cuda"),
    "batch": env.int("TUTOR_MUSETALK_BATCH", default=8),
    "streams": env.int("TUTOR_MUSETALK_STREAMS", default=2),
}
