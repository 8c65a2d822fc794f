"""What becomes of personal data. Read by ``operations``."""

from typing import Any

import environ

env = environ.Env()

PRIVACY: dict[str, Any] = {
    # So many days an account that shall go can be kept after all; 0: it goes with the next
    # daily clean-up.
    "ERASURE_GRACE_DAYS": env.int("TUTOR_ERASURE_GRACE_DAYS", default=7),
}
