"""Scripted engines whose voice says the dictionary's sounds: for the lessons of the mouth."""

from tests.sounds_settings import *
from tests.sounds_settings import INFERENCE

INFERENCE["ENGINES"]["synthesizer"] = {
    "NAME": "scripted",
    "FACTORY": "tests.fakes.dictionary_voice.DictionaryVoice",
    "OPTIONS": {},
}
