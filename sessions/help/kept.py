"""Answers that were given lately: asked for again, they cost the model nothing."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable

from tutor.help import Gloss, HelpText

MAX_KEPT = 1024
KEPT_FOR_S = 3600.0

Answer = HelpText | Gloss


class KeptAnswers:
    """Remembers the latest answers, in memory alone: what people ask is private."""

    def __init__(
        self,
        *,
        max_kept: int = MAX_KEPT,
        kept_for_s: float = KEPT_FOR_S,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._max_kept = max_kept
        self._kept_for_s = kept_for_s
        self._clock = clock
        self._kept: OrderedDict[Hashable, tuple[float, Answer]] = OrderedDict()

    def get(self, key: Hashable) -> Answer | None:
        """Return the answer if it was given lately."""
        kept = self._kept.get(key)
        if kept is None or self._clock() - kept[0] >= self._kept_for_s:
            return None
        self._kept.move_to_end(key)
        return kept[1]

    def put(self, key: Hashable, answer: Answer) -> None:
        """Remember an answer; the one that was not asked for longest makes room."""
        self._kept[key] = (self._clock(), answer)
        self._kept.move_to_end(key)
        if len(self._kept) > self._max_kept:
            self._kept.popitem(last=False)
