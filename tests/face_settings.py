"""Scripted engines with a face of bars, really encoded: for what browsers do with video."""

from tests.scripted_settings import *
from tests.scripted_settings import INFERENCE

LONG_REPLY = " ".join(
    f"This is sentence number {number}, and it is said without any hurry at all."
    for number in range(1, 9)
)
INFERENCE["ENGINES"]["face_renderer"] = {
    "NAME": "drawn",
    "FACTORY": "tests.fakes.faces.drawn_face",
    "OPTIONS": {"size": 512},
}
INFERENCE["ENGINES"]["dialogue"]["OPTIONS"] = {"replies": (LONG_REPLY,)}
