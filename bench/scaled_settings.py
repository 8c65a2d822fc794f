"""Engines scripted by time, for a whole scaled set-up: every part and every stage.

With TUTOR_LLM_BASE_URL the tutor's words come from that server, through the real client.
Faces are rendered by a worker too, where TUTOR_QUEUED_STAGES says so.
"""

from __future__ import annotations

import os
from typing import Any

from tests.scripted_settings import *
from tests.scripted_settings import INFERENCE, QUEUED
from tutorplatform.settings.inference import INFERENCE as REAL  # noqa: TID251

_ENGINES: dict[str, Any] = {
    **INFERENCE["ENGINES"],
    # As the tests', and it notes when it was stopped.
    "synthesizer": {
        "NAME": "scripted",
        "FACTORY": "bench.noting_voice.NotingVoice",
        "OPTIONS": {
            "delay_s": 0.12,
            "char_ms": float(os.environ.get("BENCH_CHAR_MS", "60")),
            "notes": os.environ.get("BENCH_STOPS", ""),
        },
    },
}
if os.environ.get("TUTOR_LLM_BASE_URL"):
    _ENGINES["dialogue"] = REAL["ENGINES"]["dialogue"]
if "render" in QUEUED["STAGES"]:
    _ENGINES["face_renderer"] = {
        "NAME": "scripted",
        "FACTORY": "tests.fakes.faces.ScriptedFace",
        "OPTIONS": {"delay_s": 0.02, "streams": 16},
    }
INFERENCE = {**INFERENCE, "ENGINES": _ENGINES}
DEBUG = False
