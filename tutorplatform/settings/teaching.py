"""How far the tutor's teaching goes. Read by ``sessions.live``."""

import math
from collections.abc import Callable, Collection
from typing import Any, TypeVar

import environ
from django.core.exceptions import ImproperlyConfigured

env = environ.Env()
Value = TypeVar("Value")

# More than the gates let through at each level, so that a reply can end by itself.
_REPLY_TOKENS = {"A1": 60, "A2": 75, "B1": 90, "B2": 110, "C1": 130, "C2": 130}
_LEVELS = frozenset(_REPLY_TOKENS)


def by_level(variable: str, text: str, default: dict[str, int]) -> dict[str, int]:
    """Return numbers by level, ``A1=60,B1=90``; a level left out has its default."""
    return default | given_by_level(
        variable, text, _whole_number, example="A1=60,B1=90", levels=default
    )


def given_by_level(
    variable: str,
    text: str,
    read: Callable[[str], Value],
    *,
    example: str,
    levels: Collection[str] = _LEVELS,
) -> dict[str, Value]:
    """Return values by level; ``read`` raises ValueError for what is none."""
    found = {}
    for pair in filter(None, text.replace(" ", "").split(",")):
        level, _, value = pair.partition("=")
        try:
            if level not in levels or not value:
                raise ValueError
            found[level] = read(value)
        except ValueError as wrong:
            raise ImproperlyConfigured(
                f"{variable}: wants {example}, not {pair!r}"
            ) from wrong
    return found


def _whole_number(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise ValueError
    return int(text)


def minutes(text: str) -> float:
    """Return minutes; 0 is without end. Raises ValueError."""
    return _from_zero(text, math.inf)


def temperature(text: str) -> float:
    """Return a temperature, 0 to 2. Raises ValueError."""
    return _from_zero(text, 2.0)


def _from_zero(text: str, most: float) -> float:
    number = float(text)
    if not (math.isfinite(number) and 0 <= number <= most):
        raise ValueError
    return number


def by_schema(choice: str, base_url: str) -> bool:
    """Return whether the model's server is asked to enforce a schema.

    ``auto`` asks servers that others run, which take a schema or say that they don't; the
    embedded model was measured to correct best without one.
    """
    if choice not in {"auto", "yes", "no"}:
        raise ImproperlyConfigured(
            f"TUTOR_LLM_SCHEMA: wants auto, yes or no, not {choice!r}"
        )
    return choice == "yes" or (choice == "auto" and bool(base_url))


_TRUST = env(
    "TUTOR_LLM_TRUST",
    default="strong" if env("TUTOR_LLM_BASE_URL", default="") else "small",
)

TEACHING: dict[str, Any] = {
    # Off: the language model answers by its instructions alone, unchecked.
    "ENABLED": env.bool("TUTOR_TEACHING", default=True),
    # "small" believes the embedded model only where it was measured to be right;
    # "strong" is for models that correct sentences reliably.
    "TRUST": _TRUST,
    # Whether the model corrects in an object of a schema that its server enforces.
    "CORRECTS_BY_SCHEMA": by_schema(
        env("TUTOR_LLM_SCHEMA", default="auto"), env("TUTOR_LLM_BASE_URL", default="")
    ),
    # How long an answer waits for the model's correction of what was said. 0: not at all,
    # the rules decide and the correction comes while the answer is heard.
    "ANALYSIS_DEADLINE_S": env.float(
        "TUTOR_ANALYSIS_DEADLINE_S",
        default=2.5 if _TRUST == "strong" else 0.0,
    ),
    # A template is said in place of a model that has no clause ready by then. The embedded
    # model takes one and a half to two and a half seconds on two cores.
    "CLAUSE_DEADLINE_S": env.float("TUTOR_CLAUSE_DEADLINE_S", default=2.5),
    # A few neutral words are often heard before the model has written any.
    "OPENERS": env.bool("TUTOR_OPENERS", default=True),
    # The longest reply the model may write, in tokens, by the learner's level.
    "REPLY_TOKENS": by_level(
        "TUTOR_REPLY_TOKENS", env("TUTOR_REPLY_TOKENS", default=""), _REPLY_TOKENS
    ),
    "TEMPERATURE": env.float("TUTOR_LLM_TEMPERATURE", default=0.4),
    # After so long the tutor closes a talk.
    "TALK_MINUTES": env.float("TUTOR_TALK_MINUTES", default=10.0),
    # The same for some levels only; a course and a lesson may say something else again.
    "LEVEL_MINUTES": given_by_level(
        "TUTOR_LEVEL_MINUTES",
        env("TUTOR_LEVEL_MINUTES", default=""),
        minutes,
        example="A1=6,C1=15",
    ),
    "LEVEL_TEMPERATURES": given_by_level(
        "TUTOR_LEVEL_TEMPERATURES",
        env("TUTOR_LEVEL_TEMPERATURES", default=""),
        temperature,
        example="A1=0.2,C1=0.7",
    ),
    # Who words the replies, where the server of TUTOR_LLM_BASE_URL has several models.
    "LEVEL_MODELS": given_by_level(
        "TUTOR_LEVEL_MODELS",
        env("TUTOR_LEVEL_MODELS", default=""),
        str,
        example="A1=small,C1=large",
    ),
}
