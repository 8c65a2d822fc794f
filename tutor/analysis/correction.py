"""Asks a language model for the corrected sentence, and believes only a correction.

Small models can't find, explain and word a mistake at once, but they can correct. The
prompt's beginning never changes, so that servers keep it; what the learner said is data in
the last message. An answer that is no light correction of it is thrown away.

Where a server enforces a schema, the sentence comes in an object. Not every server does, and
some refuse: what comes without the object is read as the sentence itself, and for what cannot
be read the model is asked once more, without a schema.
"""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from typing import Any

from tutor.completion import Completion, CompletionError

from .hearing import tokens
from .speech_data import SpeechData, speech_data

PURPOSE = "correction"
SCHEMA: Mapping[str, Any] = {
    "type": "object",
    "properties": {"corrected": {"type": "string"}},
    "required": ["corrected"],
    "additionalProperties": False,
}
_RIGHT = "OK"
_LONGEST_WORDS = 120
_SHORTEST_RATIO, _LONGEST_RATIO = 0.55, 1.7
_KEPT_SHARE = 0.5
_SPARE_TOKENS = 24
# After so many unreadable answers in a row a talk does without the schema.
_MOST_BROKEN = 2


class Form(StrEnum):
    """How the model answers."""

    PLAIN = "plain"
    """The sentence."""
    JSON = "json"
    """The sentence in an object of a schema, for servers that enforce one."""
    MARK = "mark"
    """One word for a sentence that is right, else the sentence: the quickest."""


class Corrector:
    """Corrects sentences of one language."""

    def __init__(
        self, language: str, completion: Completion, *, form: Form = Form.MARK
    ) -> None:
        self._data = speech_data(language)
        self._completion = completion
        self._form = form
        self._n_broken = 0

    def correct(self, text: str) -> str | None:
        """Return the corrected text, or None where the model gave nothing usable."""
        said = " ".join(text.split())
        n_words = len(tokens(said))
        if not n_words or n_words > _LONGEST_WORDS:
            return None
        try:
            corrected = self._corrected(said)
        except CompletionError:
            return None
        if corrected is None or not is_light(said, corrected, self._data):
            return None
        return corrected

    def _corrected(self, said: str) -> str | None:
        """Return the sentence of a readable answer. Raises CompletionError."""
        if self._form is not Form.JSON:
            return _read(self._asked(said, self._form), said, self._form)
        if self._n_broken < _MOST_BROKEN:
            corrected = _read_object(self._asked(said, Form.JSON), said, self._data)
            if corrected is not None:
                self._n_broken = 0
                return corrected
            self._n_broken += 1
        return _read(self._asked(said, Form.MARK), said, Form.MARK)

    def _asked(self, said: str, form: Form) -> str:
        return self._completion(
            [*_prefix(self._data.language, form), ("user", said)],
            max_tokens=3 * len(tokens(said)) + _SPARE_TOKENS,
            schema=SCHEMA if form is Form.JSON else None,
            purpose=PURPOSE,
        )


@cache
def _prefix(language: str, form: Form) -> tuple[tuple[str, str], ...]:
    """Return the messages that never change."""
    data = speech_data(language)
    how = {
        Form.PLAIN: "Answer with the corrected sentence only.",
        Form.JSON: 'Answer with JSON: {"corrected": "the corrected sentence"}.',
        Form.MARK: f"Answer {_RIGHT} if it is right, else with the corrected sentence.",
    }[form]
    messages = [("system", f"{data.instruction} {how}")]
    for said, right in data.examples:
        messages += [("user", said), ("assistant", _worded(said, right, form))]
    return tuple(messages)


def _worded(said: str, right: str, form: Form) -> str:
    if form is Form.JSON:
        return json.dumps({"corrected": right}, ensure_ascii=False)
    if form is Form.MARK and said == right:
        return _RIGHT
    return right


def _read(answer: str, said: str, form: Form) -> str | None:
    """Return the sentence of an answer without a schema, or None."""
    # One line was asked for: what follows is the model talking on.
    line = answer.strip().split("\n", 1)[0].strip()
    if line.startswith("{"):
        return None
    if form is Form.MARK and line.rstrip(".!") == _RIGHT:
        return said
    if len(line) > 1 and line[0] in "\"'“«" and line[-1] in "\"'”»" != said[-1:]:
        line = line[1:-1].strip()
    return line or None


def _read_object(answer: str, said: str, data: SpeechData) -> str | None:
    """Return the sentence in an object, or without one if it is a correction; or None."""
    start, end = answer.find("{"), answer.rfind("}")
    if start < 0:
        line = _read(answer, said, Form.MARK)
        return line if line and is_light(said, line, data) else None
    try:
        # What stands around the object is the model talking, or a fence.
        corrected = json.loads(answer[start : end + 1])["corrected"]
    except (ValueError, TypeError, KeyError):
        return None
    if not isinstance(corrected, str) or not corrected.strip():
        return None
    return " ".join(corrected.split())


def is_light(said: str, corrected: str, data: SpeechData) -> bool:
    """Return whether ``corrected`` is a correction and not another sentence."""
    before = [token.text for token in tokens(said)]
    after = [token.text for token in tokens(corrected)]
    if not before or not after:
        return False
    if abs(len(after) - len(before)) > 2:
        ratio = len(after) / len(before)
        if not _SHORTEST_RATIO <= ratio <= _LONGEST_RATIO:
            return False
    if _scripts(corrected) - _scripts(said):
        return False
    kept = sum((Counter(before) & Counter(after)).values())
    # A word of two can be the mistake; of many words most must stay.
    return kept >= min(len(before) - 1, _KEPT_SHARE * len(before))


def _scripts(text: str) -> set[str]:
    """Return the scripts of a text's letters, by the first word of their names."""
    return {
        unicodedata.name(character, "UNKNOWN").split()[0]
        for character in text
        if character.isalpha()
    }
