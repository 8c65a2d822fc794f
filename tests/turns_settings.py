"""The benchmark's server: what hears is real, the tutor says what it is told."""

import os

from tutorplatform.settings.local import *
from tutorplatform.settings.local import INFERENCE, TEACHING

# What the model is told to say is what is heard.
TEACHING = {**TEACHING, "ENABLED": False}
INFERENCE = {
    **INFERENCE,
    "ENGINES": {
        **INFERENCE["ENGINES"],
        "dialogue": {
            "NAME": "told",
            "FACTORY": "bench.turns.told_dialogue.ToldDialogue",
            "OPTIONS": {"folder": os.environ.get("BENCH_TOLD", "")},
        },
        "face_renderer": {"NAME": "none", "OPTIONS": {}},
        "clip_renderer": {"NAME": "none", "OPTIONS": {}},
        "face_finder": {"NAME": "none", "OPTIONS": {}},
    },
}
