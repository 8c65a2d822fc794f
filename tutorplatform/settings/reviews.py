"""How reviews are scheduled. Read by ``learners``."""

from typing import Any

import environ

env = environ.Env()

REVIEWS: dict[str, Any] = {
    # Spread due days a little, so that cards learned together do not stay together.
    "FUZZ": env.bool("TUTOR_REVIEWS_FUZZ", default=True),
    # From so many reviews on, FSRS's parameters are fitted to a learner.
    "FIT_FROM": env.int("TUTOR_REVIEWS_FIT_FROM", default=400),
}
