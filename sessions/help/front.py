"""The one help desk of this process, on the configured engines."""

from __future__ import annotations

from functools import cache

from django.conf import settings

from inference.conf import engine_name, get_runner
from inference.stages.stage import EngineKind

from .desk import HelpDesk

# Engines whose model runs on this machine, beside recognition and voice.
_ON_THIS_MACHINE = frozenset({"llama_cpp"})


@cache
def help_desk() -> HelpDesk:
    """Return the desk, made at its first use."""
    return HelpDesk(
        get_runner(),
        shares_machine=engine_name(EngineKind.DIALOGUE) in _ON_THIS_MACHINE,
        deadline_s=settings.HELP["DEADLINE_S"],
    )
