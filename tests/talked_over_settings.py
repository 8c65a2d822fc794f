"""Scripted engines and a long reply to talk over; tones of the microphone are words."""

from tests.scripted_settings import *
from tests.scripted_settings import INFERENCE

# No word comes twice: a caption tells the place in the reply.
REPLY = (
    "Yesterday morning my neighbour painted her wooden door bright yellow. "
    "Afterwards both children carried heavy boxes upstairs without any help. "
    "Later everyone ate warm soup together under the old apple tree."
)
WORDS = {420.0: "Mm-hm.", 640.0: "Wait, please."}
_ENGINES = INFERENCE["ENGINES"]
INFERENCE = {
    **INFERENCE,
    "ENGINES": {
        **_ENGINES,
        "dialogue": {
            **_ENGINES["dialogue"],
            "OPTIONS": {"replies": (REPLY,), "token_s": 0.02},
        },
        "transcriber": {
            "NAME": "scripted",
            "FACTORY": "tests.fakes.tone_transcriber.ToneTranscriber",
            "OPTIONS": {"words": WORDS, "delay_s": 0.3, "partial_delay_s": 0.2},
        },
    },
}
