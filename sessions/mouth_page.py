"""The context of the pages that show how a mouth makes a word or a sound."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from inference.phonetics.phonemizer import pronouncer
from inference.phonetics.pronunciation import PromptWord, Pronouncer, VariantKind
from learners.selectors import get_learner_context
from lessons.levels import TAUGHT_LANGUAGES, language_name
from lessons.sounds.library import sound_of, sounds_of
from lessons.sounds.sound import Sound, SoundKind

from .own_words import latest_own_words

LANGUAGES = ("en", "es", "fr", "de")


class UnknownSound(LookupError):
    """The language has no sound of this symbol."""


def word_context(*, learner_id: int, word: str, language: str) -> dict[str, Any]:
    """Return what ``sessions/mouth_lesson.html`` shows for a word; ``""`` asks for one.

    ``language`` is one of ``LANGUAGES``.
    """
    return _context(learner_id, word=word, language=language, sound=None)


def sound_context(*, learner_id: int, ipa: str, language: str) -> dict[str, Any]:
    """Return what the page shows for a sound, in the first of its words.

    ``ipa`` may be another dictionary's symbol. Raises UnknownSound.
    """
    sound = sound_of(language, ipa)
    if sound is None:
        raise UnknownSound(ipa)
    return _context(learner_id, word=sound.words[0], language=language, sound=sound)


def expected_sounds(texts: Sequence[str], language: str) -> dict[str, list[str]]:
    """Return the phonemes each text should have; none where nobody knows a word of it."""
    # All at once: what no dictionary has is asked of a helper process.
    words = {w.index: w for w in _pronouncer(language).pronounce(" ".join(texts))}
    found: dict[str, list[str]] = {}
    first = 0
    for text in texts:
        after = first + len(text.split())
        spoken = [words[index] for index in range(first, after) if index in words]
        is_known = all(word.variants for word in spoken)
        found[text] = [s for w in spoken for s in _full_form(w)] if is_known else []
        first = after
    return found


def _full_form(word: PromptWord) -> tuple[str, ...]:
    """Return how a word is said by itself."""
    full = (v for v in word.variants if v.kind is not VariantKind.WEAK)
    return next(full, word.variants[0]).phonemes


def _context(
    learner_id: int, *, word: str, language: str, sound: Sound | None
) -> dict[str, Any]:
    words = _unique([word, *sound.words]) if sound else _unique([word])
    pairs = sound.pairs if sound else ()
    shown = _unique([*words, *(w for p in pairs for w in (p.word, p.other_word))])
    return {
        "word": word,
        "sound": sound,
        "words": words,
        "pairs": pairs,
        "language": language,
        "languages": [{"tag": tag, "name": language_name(tag)} for tag in LANGUAGES],
        "sounds": _groups(language),
        "page": {
            "word": word,
            "language": language,
            "sound": sound.ipa if sound else "",
            "hasVoice": language in {taught.tag for taught in TAUGHT_LANGUAGES},
            "expected": expected_sounds(shown, language),
            "own": latest_own_words(
                learner_id=learner_id, texts=shown, language=language
            ),
            "keepsSound": get_learner_context(user_id=learner_id).stores_recordings,
        },
    }


def _groups(language: str) -> list[dict[str, Any]]:
    """Return the language's sounds, vowels before consonants."""
    sounds = {sound.ipa: sound for sound in sounds_of(language).values()}.values()
    return [
        {"kind": kind.value, "sounds": [s for s in sounds if s.kind is kind]}
        for kind in (SoundKind.VOWEL, SoundKind.CONSONANT)
    ]


def _unique(texts: Iterable[str]) -> list[str]:
    return [text for text in dict.fromkeys(texts) if text]


@cache
def _pronouncer(language: str) -> Pronouncer:
    # Its dictionary is read once, for the life of the process.
    return pronouncer(language)
