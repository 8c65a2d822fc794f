"""An installation of SadTalker for clips of lessons, and how it animates."""

from typing import Any

import environ

env = environ.Env()

SADTALKER: dict[str, Any] = {
    "python": env("TUTOR_SADTALKER_PYTHON", default=""),
    "checkout": env("TUTOR_SADTALKER_DIR", default=""),
    # Unset: the folder "checkpoints" of the checkout.
    "checkpoint_dir": env("TUTOR_SADTALKER_WEIGHTS", default=""),
    "size": env.int("TUTOR_SADTALKER_SIZE", default=256),
    "preprocess": env("TUTOR_SADTALKER_PREPROCESS", default="full"),
    "still": env.bool("TUTOR_SADTALKER_STILL", default=True),
    "enhancer": env("TUTOR_SADTALKER_ENHANCER", default=""),
    "pose_style": env.int("TUTOR_SADTALKER_POSE_STYLE", default=0),
    "expression_scale": env.float("TUTOR_SADTALKER_EXPRESSION_SCALE", default=1.0),
    "batch_size": env.int("TUTOR_SADTALKER_BATCH_SIZE", default=2),
    "cpu": env.bool("TUTOR_SADTALKER_CPU", default=False),
    "timeout_s": env.float("TUTOR_SADTALKER_TIMEOUT_S", default=1500.0),
    "work_dir": env("TUTOR_SADTALKER_WORK_DIR", default=""),
}
