"""Learners, entries and models for the tests of exercises."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from tutor.completion import CompletionError
from tutor.history import LedgerEntry
from tutor.learner import Learner, Level

A2 = Learner("es", "en", Level.A2)
EASY = [
    "yesterday",
    "i",
    "went",
    "to",
    "the",
    "market",
    "with",
    "my",
    "sister",
    "go",
    "i'm",
    "a",
    "an",
    "she",
    "works",
    "work",
    "in",
    "bank",
    "brother",
    "he",
    "told",
    "me",
    "story",
    "every",
    "day",
    "listen",
    "music",
    "like",
    "very",
    "much",
    "pizza",
    "dog",
    "have",
    "at",
    "home",
    "here",
    "is",
    "your",
    "bag",
    "boarding",
    "pass",
    "would",
    "window",
    "seat",
    "please",
    "they",
    "are",
    "friends",
    "often",
    "call",
    "anna",
    "met",
    "tom",
    "school",
]


def level_of(word: str) -> Level | None:
    """A tiny word list: easy words, one hard one, nothing else."""
    if word in EASY:
        return Level.A1
    return Level.C1 if word == "notwithstanding" else None


def entry(category: str, said: str, better: str, change: str) -> LedgerEntry:
    """An entry; ``change`` is ``said>better`` of the words alone."""
    return LedgerEntry(f"{category}:{change}", category, said, better)


class ScriptedModel:
    """A completion that answers by purpose, and keeps what it was sent."""

    def __init__(self, **answers: Callable[[dict[str, Any]], str] | str) -> None:
        self.answers = answers
        self.asked: list[tuple[str, dict[str, Any]]] = []

    def __call__(
        self,
        messages: Sequence[tuple[str, str]],
        *,
        max_tokens: int,
        schema: Mapping[str, Any] | None = None,
        purpose: str = "",
    ) -> str:
        data = json.loads(messages[-1][1])
        self.asked.append((purpose, data))
        if purpose not in self.answers:
            raise CompletionError("no answer")
        answer = self.answers[purpose]
        return answer if isinstance(answer, str) else answer(data)
