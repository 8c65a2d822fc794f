"""A server of several on one database and one Redis: what it says tells which one it is."""

import os

from tests.scripted_settings import *
from tests.scripted_settings import INFERENCE

_ENGINES = INFERENCE["ENGINES"]
_NAME = os.environ.get("TUTOR_TEST_SERVER", "nobody")
INFERENCE = {
    **INFERENCE,
    "ENGINES": {
        **_ENGINES,
        "dialogue": {
            **_ENGINES["dialogue"],
            "OPTIONS": {
                "replies": (f"Server {_NAME} likes that. What do you eat with it?",),
                "first_token_s": 0.3,
                "token_s": 0.02,
            },
        },
    },
}
