"""Scripted engines with a voice that takes its time: a worker can be killed in a run."""

from tests.scripted_settings import *
from tests.scripted_settings import INFERENCE

INFERENCE["ENGINES"]["synthesizer"]["OPTIONS"] = {"delay_s": 1.0}
