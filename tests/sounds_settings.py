"""Scripted engines whose scorer knows real phonemes: for the pages that show sounds."""

from tests.scripted_settings import *
from tests.scripted_settings import INFERENCE

INFERENCE["ENGINES"]["scorer"] = {
    "NAME": "scripted",
    "FACTORY": "tests.fakes.dictionary_scorer.DictionaryScorer",
    "OPTIONS": {},
}
INFERENCE["ENGINES"]["transcriber"]["OPTIONS"] = {
    "texts": ("I think it is going to rain this afternoon",),
    "delay_s": 0.3,
    "partial_delay_s": 0.2,
}
