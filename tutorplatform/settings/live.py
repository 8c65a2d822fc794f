"""Timing and limits of a live session. Read by ``sessions.live``."""

from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured

from sessions.turns.budget import Step, steps_named

env = environ.Env()


def known_steps(names: list[str]) -> list[str]:
    """Return names of steps. Raises ImproperlyConfigured for what is none."""
    try:
        steps_named(names)
    except ValueError as wrong:
        known = ", ".join(Step)
        raise ImproperlyConfigured(
            f"TUTOR_BUDGET_ALWAYS: {wrong}; there are {known}"
        ) from wrong
    return names


# In one process, scores would take a core from the voice that the learner waits for.
_IN_PROCESS = env("TUTOR_RUNNER", default="embedded") == "embedded"
_ALWAYS = ["later_scores"] if _IN_PROCESS else []

LIVE: dict[str, Any] = {
    # Silence that ends a learner's utterance.
    "END_SILENCE_MS": env.int("TUTOR_END_SILENCE_MS", default=600),
    # Silence after which the final transcript is computed ahead of time.
    "CANDIDATE_SILENCE_MS": env.int("TUTOR_CANDIDATE_SILENCE_MS", default=160),
    # How many answers may be begun for one utterance before it is certain that it is over;
    # 0: none.
    "SPECULATION": env.int("TUTOR_SPECULATION", default=3),
    # "model": words, voice, level and the learner's pauses decide when a turn is over;
    # "pause": END_SILENCE_MS alone.
    "TURN_TAKING": env("TUTOR_TURN_TAKING", default="model"),
    # The greatest accepted probability that the learner would have gone on.
    "CUT_IN_RISK": env.float("TUTOR_CUT_IN_RISK", default=0.05),
    # The longest wait after words that no turn ends with.
    "THINKING_MS": env.int("TUTOR_THINKING_MS", default=5_500),
    "MAX_UTTERANCE_MS": 60_000,
    # The least time between two looks at unfinished speech.
    "PARTIAL_EVERY_MS": env.int("TUTOR_PARTIAL_EVERY_MS", default=700),
    # What answers are to keep to: from the last voiced sample to the first sound.
    "FIRST_AUDIO_TARGET_MS": env.int("TUTOR_FIRST_AUDIO_TARGET_MS", default=1800),
    # Steps for quicker answers that are taken in all turns, not only where one is late.
    "BUDGET_ALWAYS": known_steps(env.list("TUTOR_BUDGET_ALWAYS", default=_ALWAYS)),
    # How long a session waits for its learner to come back after a lost socket.
    "RESUME_GRACE_S": env.int("TUTOR_RESUME_GRACE_S", default=120),
    # Who is shown as video; empty: the renderer's first.
    "AVATAR": env("TUTOR_AVATAR", default=""),
    # The longest that the first words of a reply wait for the first picture; 0: never.
    "FACE_WAIT_MS": env.int("TUTOR_FACE_WAIT_MS", default=0),
    # Replies made into video at the same time; 0: as many as the engine keeps up with.
    "FACE_STREAMS": env.int("TUTOR_FACE_STREAMS", default=0),
}
