"""A line of the talk, or one of its words, in the learner's first language."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tutor.completion import Completion
from tutor.languages.function_words import primary
from tutor.translatable import gettext_noop

from .answers import HelpText, Source
from .asking import asked
from .checking import indecent, refused
from .pairs import name

MOST_SIGNS = 600
MOST_WORD_SIGNS = 60
_LINE = (
    "You translate for a language learner. Translate `text` from the language `from` to"
    " the language `to`, plainly and completely. Give the translation only."
)
_WORD = (
    "You are a dictionary for language learners. Translate the word `text` from the"
    " language `from` to the language `to` as it is meant in `sentence`. Give one to three"
    " words, nothing else."
)
_TOKENS_A_SIGN, _SPARE_TOKENS = 1.2, 32
_WORD_TOKENS = 40
_UNFIT = gettext_noop("This is better not translated here.")


def translate(line: str, l2: str, l1: str, completion: Completion | None) -> HelpText:
    """Return a line of the tutor or learner in the learner's first language.

    It is always machine-made. What is empty, the same, far too long or not in the right
    language is refused: then ``text`` is empty and ``missing`` says why.
    """
    line = " ".join(line.split())
    return made(
        line, l2, l1, completion,
        task=_LINE, data={}, most_signs=MOST_SIGNS, purpose="translation",
        max_tokens=int(_TOKENS_A_SIGN * len(line)) + _SPARE_TOKENS,
    )  # fmt: skip


def translate_word(
    word: str, sentence: str, l2: str, l1: str, completion: Completion | None
) -> HelpText:
    """Return what a word of a sentence is in the first language, machine-made."""
    found = made(
        " ".join(word.split()), l2, l1, completion,
        task=_WORD, data={"sentence": " ".join(sentence.split())[:MOST_SIGNS]},
        most_signs=MOST_WORD_SIGNS, purpose="word", max_tokens=_WORD_TOKENS,
    )  # fmt: skip
    return HelpText(
        found.text.rstrip(".。"), found.source, found.language, found.missing
    )


def made(
    text: str,
    source: str,
    target: str,
    completion: Completion | None,
    *,
    task: str,
    data: Mapping[str, str],
    most_signs: int,
    purpose: str,
    max_tokens: int,
    unfit: Callable[[str, str], str] | None = None,
) -> HelpText:
    """Return a text in another language by a model, or why there is none. Never raises.

    ``unfit`` says why an answer in the target language is not shown, ``""`` if it is.
    """
    reason = ""
    if not any(sign.isalnum() for sign in text):
        reason = gettext_noop("There is nothing to translate.")
    elif len(text) > most_signs:
        reason = gettext_noop("The text is too long to translate at once.")
    elif primary(source) == primary(target):
        reason = gettext_noop("Both languages are the same.")
    elif completion is None:
        reason = gettext_noop("There is no model here that translates.")
    if reason or completion is None:
        return HelpText("", Source.NONE, target, reason)
    answer = asked(
        completion,
        task,
        {"from": name(source), "to": name(target), "text": text, **data},
        purpose=purpose,
        max_tokens=max_tokens,
    )
    reason = refused(text, answer, source, target)
    reason = reason or (unfit or _unfit)(answer, target)
    if reason:
        return HelpText("", Source.NONE, target, reason)
    return HelpText(answer, Source.MODEL, target)


def _unfit(answer: str, language: str) -> str:
    return _UNFIT if indecent(answer, language) else ""
