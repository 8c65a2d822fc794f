"""Cuts a reply that is only too long to whole sentences: cheaper than asking again."""

from __future__ import annotations

from ..learner import Level
from .limits import INTERJECTION_WORDS, MAX_SENTENCES, max_words
from .reading import Sentence, read


def trimmed(reply: str, level: Level) -> str:
    """Return a reply's first sentences and its first question, as many as may be said.

    What is short enough comes back as it is; ``""`` where no whole sentence is.
    """
    reading = read(reply, "")
    most = max_words(level)
    question = next(
        (
            sentence
            for sentence in reading.sentences
            if _asks(sentence) and sentence.words <= most
        ),
        None,
    )
    kept: list[Sentence] = []
    for sentence in reading.sentences:
        if sentence is question:
            kept.append(sentence)
        elif _asks(sentence):
            continue
        elif not _fits([*kept, sentence], question, most):
            # What follows a gap may lean on what was cut: only the question is kept.
            kept += [question] if question and question not in kept else []
            break
        else:
            kept.append(sentence)
    return " ".join(sentence.text for sentence in kept)


def _fits(kept: list[Sentence], question: Sentence | None, most: int) -> bool:
    if question is not None and question not in kept:
        kept = [*kept, question]
    counted = sum(
        _asks(sentence) or sentence.words > INTERJECTION_WORDS for sentence in kept
    )
    return counted <= MAX_SENTENCES and sum(s.words for s in kept) <= most


def _asks(sentence: Sentence) -> bool:
    return sentence.asks and sentence.words > INTERJECTION_WORDS
