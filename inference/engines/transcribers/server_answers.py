"""What a transcription server answers, as a transcript.

OpenAI's own words carry no marks ("please"), those of other servers do (" please?"); some
tell how sure they are of each, some of each segment, some of nothing.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from statistics import fmean
from typing import Any

from inference.types.speech import Transcript, Word

from .plausibility import is_being_said

# A server that says nothing of how sure it is. Neither sure nor unsure.
_UNKNOWN_CONFIDENCE = 0.75


@dataclass(frozen=True, slots=True)
class _Timed:
    """A word as the server gave it."""

    text: str
    start_ms: float
    end_ms: float
    confidence: float


def read_answer(
    answer: Mapping[str, Any],
    *,
    language: str | None,
    duration_ms: float,
    want_words: bool,
) -> Transcript:
    """Return the transcript of ``json`` or ``verbose_json``; there may be no words.

    Words are those of the text, split at white space; times lie within the clip, in
    order. Text that the server itself takes for silence is left out.
    """
    segments = [each for each in answer.get("segments") or () if isinstance(each, dict)]
    text = " ".join(str(answer.get("text") or "").split())
    spoken = language or _tag_of(str(answer.get("language") or ""))
    no_speech = _numbers(segments, "no_speech_prob")
    sure = _numbers(segments, "avg_logprob")
    silence = min(no_speech, default=0.0 if text else 1.0)
    if not text or (no_speech and sure and not is_being_said(fmean(sure), silence)):
        return Transcript("", (), spoken, 0.0, max(silence, 0.0))
    overall = math.exp(fmean(sure)) if sure else _UNKNOWN_CONFIDENCE
    words: tuple[Word, ...] = ()
    if want_words:
        words = words_of_text(
            text, list(_timed(answer, segments, overall)), duration_ms
        )
    confidence = fmean(word.confidence for word in words) if words else overall
    return Transcript(text, words, spoken, min(1.0, confidence), min(1.0, silence))


def words_of_text(
    text: str, timed: Sequence[_Timed], duration_ms: float
) -> tuple[Word, ...]:
    """Return the words of a text with the times of those that were found in it.

    A word the server did not time shares the time between its neighbours. Nothing is
    returned where less than half of them were timed.
    """
    written = text.split()
    wanted, given = [_bare(word) for word in written], [_bare(t.text) for t in timed]
    found: dict[int, _Timed] = {}
    matcher = SequenceMatcher(None, wanted, given, autojunk=False)
    for tag, first, last, at, until in matcher.get_opcodes():
        if tag == "equal" or (tag == "replace" and last - first == until - at):
            found.update(zip(range(first, last), timed[at:until], strict=True))
    if 2 * len(found) < len(written):
        return ()
    words: list[Word] = []
    earliest = 0.0
    for index, word in enumerate(written):
        known = found.get(index) or _between(index, found, len(written), duration_ms)
        start = min(max(known.start_ms, earliest), duration_ms)
        earliest = min(max(known.end_ms, start), duration_ms)
        words.append(Word(word, start, earliest, min(1.0, max(0.0, known.confidence))))
    return tuple(words)


def _timed(
    answer: Mapping[str, Any], segments: Sequence[Mapping[str, Any]], overall: float
) -> Iterator[_Timed]:
    """Yield the words of the answer, or of its segments."""
    listed = answer.get("words") or [
        word for segment in segments for word in segment.get("words") or ()
    ]
    for word in listed:
        try:
            start_ms, end_ms = 1000.0 * word["start"], 1000.0 * word["end"]
            text = str(word.get("word") or word.get("text") or "")
        except (KeyError, TypeError):
            continue
        confidence = word.get("probability")
        if not isinstance(confidence, float | int):
            confidence = _of_segment(segments, start_ms / 1000.0, overall)
        if text.strip():
            yield _Timed(text, start_ms, end_ms, float(confidence))


def _of_segment(
    segments: Sequence[Mapping[str, Any]], at_s: float, overall: float
) -> float:
    for segment in segments:
        sure = segment.get("avg_logprob")
        inside = segment.get("start", 0.0) <= at_s <= segment.get("end", 0.0)
        if inside and isinstance(sure, float | int):
            return math.exp(sure)
    return overall


def _between(
    index: int, found: Mapping[int, _Timed], n_words: int, duration_ms: float
) -> _Timed:
    """Return a share of the gap between the nearest words that were timed."""
    before = max((i for i in found if i < index), default=-1)
    after = min((i for i in found if i > index), default=n_words)
    start = found[before].end_ms if before >= 0 else 0.0
    stop = found[after].start_ms if after < n_words else duration_ms
    share = max(0.0, stop - start) / (after - before - 1)
    at = start + share * (index - before - 1)
    near = found.get(before) or found[after]
    return _Timed("", at, at + share, near.confidence)


def _bare(word: str) -> str:
    kept = (c for c in word.casefold() if unicodedata.category(c)[0] in "LNM")
    return "".join(kept)


def _numbers(segments: Sequence[Mapping[str, Any]], name: str) -> list[float]:
    values = (segment.get(name) for segment in segments)
    return [float(value) for value in values if isinstance(value, float | int)]


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    from babel import Locale

    tags = Locale("en").languages
    return {name.lower(): tag for tag, name in tags.items() if len(tag) == 2}


def _tag_of(language: str) -> str:
    """Return the tag of a language that a server names ``en``, ``en-US`` or ``english``."""
    lowered = language.strip().lower()
    return _names().get(lowered) or lowered.partition("-")[0].partition("_")[0]
