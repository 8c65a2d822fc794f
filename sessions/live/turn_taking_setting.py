"""Whether pauses alone end turns here, or more than that: ``TUTOR_TURN_TAKING``."""

from __future__ import annotations

import logging
from functools import cache

from django.conf import settings

from inference.conf import get_engine
from inference.errors import StageError
from inference.stages.stage import EngineKind
from sessions.turns.turn_taking import TurnTaking, TurnTakingSettings
from tutor.learner import Level

from .end_of_turn import EndOfTurn
from .settings import LiveSettings

logger = logging.getLogger(__name__)


def end_silence_ms() -> float:
    """Return the silence that ends a turn of which nothing more is known."""
    return limits().unsure_ms if _is_on() else float(settings.LIVE["END_SILENCE_MS"])


def make_end_of_turn(live: LiveSettings) -> EndOfTurn | None:
    """Return what decides about the turns of a talk; None: silence does, always as long."""
    if not _is_on():
        return None
    return EndOfTurn(
        TurnTaking(
            language=live.language,
            level=Level(live.brief.level),
            pauses=live.pauses,
            settings=limits(),
        ),
        get_engine(EngineKind.TURN_DETECTOR),
    )


def limits() -> TurnTakingSettings:
    """Return the deployment's limits of waiting."""
    conf = settings.LIVE
    return TurnTakingSettings(
        risk=conf["CUT_IN_RISK"],
        pause_ms=conf["END_SILENCE_MS"],
        thinking_ms=conf["THINKING_MS"],
    )


def _is_on() -> bool:
    """Raise ValueError for a setting that is neither."""
    chosen = settings.LIVE["TURN_TAKING"]
    if chosen not in ("pause", "model"):
        raise ValueError(f"TUTOR_TURN_TAKING {chosen!r} is not one of: pause, model")
    return bool(chosen == "model") and _has_detector()


@cache
def _has_detector() -> bool:
    """Whether there is who hears the end of turns; looked at, and told, once a process."""
    try:
        get_engine(EngineKind.TURN_DETECTOR)
    except StageError as error:
        logger.warning(
            "nobody hears the end of turns (%s): %s ms of silence end them",
            error.code,
            settings.LIVE["END_SILENCE_MS"],
        )
        return False
    return True
