"""Contractions taken apart, so that "don't" and "do not" are the same to a gate."""

from __future__ import annotations

_ENGLISH_WHOLE = {
    "can't": ("can", "not"),
    "cannot": ("can", "not"),
    "won't": ("will", "not"),
    "shan't": ("shall", "not"),
    "o'clock": ("o'clock",),
}
_ENGLISH_ENDS = {
    "n't": "not",
    "'m": "am",
    "'re": "are",
    "'ll": "will",
    "'ve": "have",
    # Two readings each: kept as they are, and matched as either (``readings``).
    "'s": "'s",
    "'d": "'d",
}
_FRENCH_WHOLE = frozenset({"aujourd'hui"})
_READINGS = {"is": "'s", "has": "'s", "would": "'d", "had": "'d"}


def parts(word: str, language: str) -> tuple[str, ...]:
    """Return the tokens of a lower-case word with straight apostrophes."""
    if language == "en" and word in _ENGLISH_WHOLE:
        return _ENGLISH_WHOLE[word]
    if "'" not in word:
        return (word,)
    if language == "en":
        for end, token in _ENGLISH_ENDS.items():
            if word.endswith(end) and len(word) > len(end):
                return (word[: -len(end)], token)
    if language == "fr" and word not in _FRENCH_WHOLE:
        head, _, tail = word.partition("'")
        return (f"{head}'", *parts(tail, language)) if tail else (f"{head}'",)
    if language == "de" and word.endswith("'s"):
        return (word[:-2], "es")
    return (word.strip("'"),)


def readings(token: str) -> tuple[str, ...]:
    """Return a token with the short form that may stand for it."""
    short = _READINGS.get(token)
    return (token, short) if short else (token,)
