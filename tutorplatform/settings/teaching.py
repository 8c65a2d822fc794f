"""How far the tutor's teaching goes. Read by ``sessions.live``."""

from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured

env = environ.Env()

# More than the gates let through at each level, so that a reply can end by itself.
_REPLY_TOKENS = {"A1": 60, "A2": 75, "B1": 90, "B2": 110, "C1": 130, "C2": 130}


def by_level(variable: str, text: str, default: dict[str, int]) -> dict[str, int]:
    """Return numbers by level, ``A1=60,B1=90``; a level left out has its default."""
    found = dict(default)
    for pair in filter(None, text.replace(" ", "").split(",")):
        level, _, number = pair.partition("=")
        if level not in default or not number.isdecimal() or int(number) < 1:
            raise ImproperlyConfigured(f"{variable}: wants A1=60,B1=90, not {pair!r}")
        found[level] = int(number)
    return found


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
    # A template is said in place of a model that has no clause ready by then. The embedded
    # model takes one and a half to two and a half seconds on two cores.
    "CLAUSE_DEADLINE_S": env.float("TUTOR_CLAUSE_DEADLINE_S", default=2.5),
    # The longest reply the model may write, in tokens, by the learner's level.
    "REPLY_TOKENS": by_level(
        "TUTOR_REPLY_TOKENS", env("TUTOR_REPLY_TOKENS", default=""), _REPLY_TOKENS
    ),
    "TEMPERATURE": env.float("TUTOR_LLM_TEMPERATURE", default=0.4),
    # After so long the tutor closes a talk.
    "TALK_MINUTES": env.float("TUTOR_TALK_MINUTES", default=10.0),
}
