"""Which conversation owns which slot of the language model's server."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock


class SlotTable:
    """Gives each conversation a slot and takes it from the one that was silent longest.

    A slot keeps the prompt it read last: a conversation that stays in its slot has only
    its new words read.
    """

    def __init__(self, n_slots: int) -> None:
        if n_slots < 1:
            raise ValueError("At least one slot is needed")
        self._free = list(range(n_slots - 1, -1, -1))
        # From the one used longest ago to the one used last.
        self._owners: OrderedDict[str, int] = OrderedDict()
        self._busy: dict[str, int] = {}
        self._lock = Lock()

    @contextmanager
    def use(self, conversation: str) -> Iterator[int]:
        """Lend the conversation's slot for one request."""
        with self._lock:
            slot = self._take(conversation)
            self._owners[conversation] = slot
            self._owners.move_to_end(conversation)
            self._busy[conversation] = self._busy.get(conversation, 0) + 1
        try:
            yield slot
        finally:
            with self._lock:
                left = self._busy.pop(conversation) - 1
                if left:
                    self._busy[conversation] = left

    def release(self, conversation: str) -> None:
        """Free the slot of a conversation that is over."""
        with self._lock:
            slot = self._owners.pop(conversation, None)
            if slot is not None and slot not in self._owners.values():
                self._free.append(slot)

    def forget_all(self) -> None:
        """Free every slot: the server behind them is a new one."""
        with self._lock:
            self._free += [s for s in set(self._owners.values()) if s not in self._free]
            self._owners.clear()

    def _take(self, conversation: str) -> int:
        owned = self._owners.get(conversation)
        if owned is not None:
            return owned
        if self._free:
            return self._free.pop()
        idle = (name for name in self._owners if name not in self._busy)
        # With every slot busy two share one: the server lets the second wait.
        loser = next(idle, None)
        if loser is not None:
            return self._owners.pop(loser)
        return next(iter(self._owners.values()))
