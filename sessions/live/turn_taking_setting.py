"""Whether pauses alone end turns here, or more than that: ``TUTOR_TURN_TAKING``."""

from __future__ import annotations

from django.conf import settings

from inference.conf import get_engine
from inference.stages.stage import EngineKind
from sessions.turns.turn_taking import TurnTaking, TurnTakingSettings
from tutor.learner import Level

from .end_of_turn import EndOfTurn
from .settings import LiveSettings


def end_silence_ms() -> float:
    """Return the silence that ends a turn of which nothing more is known."""
    return limits().unsure_ms if _is_on() else float(settings.LIVE["END_SILENCE_MS"])


def make_end_of_turn(live: LiveSettings) -> EndOfTurn | None:
    """Return what decides about the turns of a talk; None: silence does, always as long.

    Raises EngineUnavailable.
    """
    if not _is_on():
        return None
    return EndOfTurn(
        TurnTaking(
            language=live.language, level=Level(live.brief.level), settings=limits()
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
    return bool(chosen == "model")
