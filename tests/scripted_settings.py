"""A server whose engines are scripted by time: for load benchmarks and page tests."""

from tutorplatform.settings.local import *
from tutorplatform.settings.local import INFERENCE, LIVE, TEACHING

# What the scripted model says is what is heard.
TEACHING = {**TEACHING, "ENABLED": False}
# Nor do scripted words tell whether a turn is over.
LIVE = {**LIVE, "TURN_TAKING": "pause"}
_FAKES = "tests.fakes.engines"
INFERENCE = {
    **INFERENCE,
    "THREADS": {
        "transcribe": 64,
        "assess": 64,
        "respond": 64,
        "synthesize": 64,
        "animate": 0,
        "render": 64,
        "prepare": 64,
    },
    "ENGINES": {
        "detector": {
            "NAME": "scripted",
            "FACTORY": f"{_FAKES}.LoudnessDetector",
            "OPTIONS": {},
        },
        "transcriber": {
            "NAME": "scripted",
            "FACTORY": f"{_FAKES}.ScriptedTranscriber",
            "OPTIONS": {"delay_s": 0.3, "partial_delay_s": 0.2},
        },
        "scorer": {
            "NAME": "scripted",
            "FACTORY": f"{_FAKES}.ScriptedScorer",
            "OPTIONS": {"delay_s": 0.15},
        },
        "dialogue": {
            "NAME": "scripted",
            "FACTORY": f"{_FAKES}.ScriptedDialogue",
            "OPTIONS": {"first_token_s": 0.3, "token_s": 0.05},
        },
        "synthesizer": {
            "NAME": "scripted",
            "FACTORY": f"{_FAKES}.ScriptedSynthesizer",
            "OPTIONS": {"delay_s": 0.12},
        },
        "animator": {
            "NAME": "scripted",
            "FACTORY": f"{_FAKES}.ScriptedAnimator",
            "OPTIONS": {},
        },
        "face_renderer": {"NAME": "none", "OPTIONS": {}},
        "clip_renderer": {"NAME": "none", "OPTIONS": {}},
        "face_finder": {"NAME": "none", "OPTIONS": {}},
        "turn_detector": {"NAME": "none", "OPTIONS": {}},
    },
}
