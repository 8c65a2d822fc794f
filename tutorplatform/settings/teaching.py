"""How far the tutor's teaching goes. Read by ``sessions.live``."""

from typing import Any

import environ

env = environ.Env()

TEACHING: dict[str, Any] = {
    # Off: the language model answers by its instructions alone, unchecked.
    "ENABLED": env.bool("TUTOR_TEACHING", default=False),
    # "small" believes the embedded model only where it was measured to be right;
    # "strong" is for models that correct sentences reliably.
    "TRUST": env(
        "TUTOR_LLM_TRUST",
        default="strong" if env("TUTOR_LLM_BASE_URL", default="") else "small",
    ),
    # How long an answer waits for the model's correction of what was said. 0: not at all,
    # the rules decide and the correction comes while the answer is heard.
    "ANALYSIS_DEADLINE_S": env.float(
        "TUTOR_ANALYSIS_DEADLINE_S",
        default=2.5 if env("TUTOR_LLM_BASE_URL", default="") else 0.0,
    ),
}
