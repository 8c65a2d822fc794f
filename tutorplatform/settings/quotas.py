"""How much may be talked where nobody set a limit in a page. Read by ``schools``."""

from typing import Any

import environ

env = environ.Env()

QUOTAS: dict[str, Any] = {
    # Talks at the same time on the whole site; 0: no limit.
    "CONCURRENT_SESSIONS": env.int("TUTOR_CONCURRENT_SESSIONS", default=0),
    # Minutes of talk a day for each learner; 0: no limit.
    "LEARNER_MINUTES_A_DAY": env.int("TUTOR_LEARNER_MINUTES_A_DAY", default=0),
}
