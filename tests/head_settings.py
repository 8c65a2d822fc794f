"""The tutor's real voice and the head of the CPU, with words from a script.

For what browsers do with the real video: see ``make bench-face``.
"""

from tests.scripted_settings import *
from tests.scripted_settings import INFERENCE
from tutorplatform.settings.local import INFERENCE as REAL

LONG_REPLY = (
    "My brother and I bought a small boat before the summer. "
    "Every morning we pushed it into the water, and my father waved from the beach. "
    "Perhaps you have been on a boat before, so you can imagine what happened next. "
    "A big wave came from behind, and my poor brother fell into the cold water. "
    "He was not afraid at all, because he is a very good swimmer. "
    "Both of us laughed about it, but my father was not happy. "
    "Since then we have never forgotten to bring a warm pullover. "
    "From time to time we still talk about that beautiful morning. "
    "Maybe we will buy a bigger boat, with a proper sail, and go much further. "
    "My mother says that it is a bad plan, but she always comes with us. "
    "Would you like to come with us one day, or would you rather stay at home?"
)
INFERENCE["ENGINES"]["dialogue"]["OPTIONS"] = {
    "replies": (LONG_REPLY,),
    "first_token_s": 0.1,
    "token_s": 0.05,
}
for kind in ("synthesizer", "animator"):
    INFERENCE["ENGINES"][kind] = REAL["ENGINES"][kind]
INFERENCE["ENGINES"]["face_renderer"] = {"NAME": "cpu_head", "OPTIONS": {}}
INFERENCE["THREADS"] = {**INFERENCE["THREADS"], "synthesize": 2, "render": 2}
