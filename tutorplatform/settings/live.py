"""Timing and limits of a live session. Read by ``sessions.live``."""

from typing import Any

import environ

env = environ.Env()

LIVE: dict[str, Any] = {
    # Silence that ends a learner's utterance.
    "END_SILENCE_MS": env.int("TUTOR_END_SILENCE_MS", default=600),
    # Silence after which the final transcript is computed ahead of time.
    "CANDIDATE_SILENCE_MS": env.int("TUTOR_CANDIDATE_SILENCE_MS", default=200),
    "MAX_UTTERANCE_MS": 60_000,
    "PARTIAL_EVERY_MS": 700,
    # How long a session waits for its learner to come back after a lost socket.
    "RESUME_GRACE_S": env.int("TUTOR_RESUME_GRACE_S", default=120),
    # Who is shown as video; empty: the renderer's first.
    "AVATAR": env("TUTOR_AVATAR", default=""),
    # The longest that the first words of a reply wait for the first picture; 0: never.
    "FACE_WAIT_MS": env.int("TUTOR_FACE_WAIT_MS", default=0),
    # Replies made into video at the same time; 0: as many as the engine keeps up with.
    "FACE_STREAMS": env.int("TUTOR_FACE_STREAMS", default=0),
}
