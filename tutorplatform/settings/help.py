"""Help while talking. Read by ``sessions.help``."""

from typing import Any

import environ

env = environ.Env()

HELP: dict[str, Any] = {
    # Between which languages the tutor's model translates: "all"; "fair" leaves out those
    # in which it is expected to be weak; "none".
    "TRANSLATION": env("TUTOR_HELP_TRANSLATION", default="all"),
    # How long a learner waits for the model's help, a turn that goes first included.
    "DEADLINE_S": env.float("TUTOR_HELP_DEADLINE_S", default=20.0),
}
