"""Scripted engines that answer at once, at length: for talks by WebRTC."""

from tests.scripted_settings import *
from tests.scripted_settings import INFERENCE

REPLY = "That sounds good to me. " + " ".join(["And then we went on, and on."] * 6)
INFERENCE["ENGINES"]["transcriber"]["OPTIONS"] = {}
INFERENCE["ENGINES"]["dialogue"]["OPTIONS"] = {"replies": (REPLY,)}
INFERENCE["ENGINES"]["synthesizer"]["OPTIONS"] = {"delay_s": 0.02, "char_ms": 40.0}
