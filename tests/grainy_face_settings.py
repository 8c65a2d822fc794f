"""The face of bars as video that takes some 290 kbit/s, as a real one does.

The voice waits for the first picture: a busy machine has its moments.
"""

from tests.face_settings import *
from tests.face_settings import INFERENCE, LIVE

INFERENCE["ENGINES"]["face_renderer"]["OPTIONS"] = {"size": 512, "grain": 24}
LIVE = {**LIVE, "FACE_WAIT_MS": 5000}
