"""The tutor's end of the espeak-ng process: starts it, asks it, gets over its death."""

from __future__ import annotations

import itertools
import json
import logging
import os
import signal
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from contextlib import suppress
from importlib.util import find_spec
from queue import Empty, SimpleQueue
from threading import Lock, Thread
from typing import IO

from ..lifecycle import ChildProcess

logger = logging.getLogger(__name__)

_REMEMBERED = 20_000
# After so many deaths without an answer between them it is left alone for a while.
_MOST_DEATHS = 3
_REST_S = 60.0

_Answer = tuple[int, tuple[str, ...]] | None


class _NoAnswer(Exception):
    """The process ended, hung or could not be started."""


def espeak_child() -> ChildProcess:
    """Return the process, not started yet."""
    return ChildProcess("inference.phonetics.espeak_process", (), pipe_output=True)


class EspeakGuesser:
    """Asks espeak-ng for pronunciations. Thread-safe; remembers its answers.

    Without piper-tts, or when the process keeps dying, every answer is ``""``: the words
    are then unknown, and nothing fails.
    """

    def __init__(
        self,
        child: Callable[[], ChildProcess] = espeak_child,
        *,
        deadline_s: float = 3.0,
    ) -> None:
        self._child = child()
        self._deadline_s = deadline_s
        self._lock = Lock()
        self._known: OrderedDict[tuple[str, str], str] = OrderedDict()
        self._ids = itertools.count(1)
        self._stdin: IO[bytes] | None = None
        self._answers: SimpleQueue[_Answer] = SimpleQueue()
        self._deaths = 0
        self._rests_until = 0.0
        self._closed = find_spec("piper") is None

    @property
    def pid(self) -> int | None:
        """Process id, or None when it does not run."""
        return self._child.pid

    def guess(self, words: Sequence[str], voice: str) -> tuple[str, ...]:
        """Return what ``voice`` says for each word, ``""`` where nobody knows."""
        with self._lock:
            missing = [w for w in dict.fromkeys(words) if (voice, w) not in self._known]
            if missing and not self._closed and time.monotonic() >= self._rests_until:
                self._learn(missing, voice)
            return tuple(self._recall(voice, word) for word in words)

    def close(self) -> None:
        """End the process. Safe to call twice."""
        self._closed = True
        self._end()

    def _end(self) -> None:
        """End the process, also one that hangs in espeak-ng and never looks at stdin."""
        if (pid := self._child.pid) is not None:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGTERM)
        self._child.stop()

    def _recall(self, voice: str, word: str) -> str:
        found = self._known.get((voice, word))
        if found is None:
            return ""
        self._known.move_to_end((voice, word))
        return found

    def _learn(self, words: Sequence[str], voice: str) -> None:
        """Ask for all words at once, and for each by itself if one of them kills."""
        for batch in (words, *([word] for word in words)):
            try:
                answers = self._ask(batch, voice)
            except _NoAnswer:
                if not self._may_go_on():
                    return
                continue
            self._deaths = 0
            for word, answer in zip(batch, answers, strict=True):
                self._known[voice, word] = answer
            if len(batch) == len(words):
                break
        while len(self._known) > _REMEMBERED:
            self._known.popitem(last=False)

    def _may_go_on(self) -> bool:
        self._end()
        self._deaths += 1
        if self._deaths < _MOST_DEATHS:
            return not self._closed
        logger.warning("espeak-ng keeps failing; words stay unknown for a minute")
        self._rests_until = time.monotonic() + _REST_S
        self._deaths = 0
        return False

    def _ask(self, words: Sequence[str], voice: str) -> tuple[str, ...]:
        stdin = self._start()
        request = next(self._ids)
        line = json.dumps({"id": request, "voice": voice, "words": list(words)})
        try:
            stdin.write(line.encode() + b"\n")
            stdin.flush()
        except (OSError, ValueError) as broken:
            raise _NoAnswer from broken
        until = time.monotonic() + self._deadline_s
        while (left := until - time.monotonic()) > 0:
            try:
                answer = self._answers.get(timeout=left)
            except Empty:
                break
            if answer is None:
                break
            if answer[0] == request and len(answer[1]) == len(words):
                return answer[1]
        raise _NoAnswer

    def _start(self) -> IO[bytes]:
        if self._stdin is not None and self._child.alive:
            return self._stdin
        try:
            process = self._child.start()
        except OSError as failure:
            raise _NoAnswer from failure
        if process.stdin is None or process.stdout is None:
            raise _NoAnswer
        self._stdin = process.stdin
        self._answers = SimpleQueue()
        Thread(target=_read, args=(process.stdout, self._answers), daemon=True).start()
        return process.stdin


def _read(stream: IO[bytes], answers: SimpleQueue[_Answer]) -> None:
    """Hand answers on until the process ends."""
    try:
        for line in stream:
            reply = json.loads(line)
            answers.put((int(reply["id"]), tuple(map(str, reply["spoken"]))))
    except (OSError, ValueError, KeyError):
        logger.debug("The espeak-ng process closed its pipe")
    finally:
        answers.put(None)
