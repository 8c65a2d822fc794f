"""A line of the talk in the first language, and how to say something in the other."""

from __future__ import annotations

import unicodedata

from tutor.completion import Completion
from tutor.languages.function_words import primary

from .answers import HelpText, Source
from .asking import asked
from .scripts import in_script, rather_in

MOST_SIGNS = 400
_TRANSLATE = (
    "You translate for a language learner. Translate `text` from the language `from` to"
    " the language `to`, plainly and completely. Give the translation only."
)
_SAY = (
    "You help a language learner to say something. Say `text`, which is in the language"
    " `from`, in the language `to` as people say it in everyday talk, in one sentence and"
    " simple words. Give the sentence only."
)
# A translation is rarely this much longer; a model that talks on is.
_LONGEST_RATIO, _SPARE_SIGNS = 3.5, 40
_TOKENS_A_SIGN, _SPARE_TOKENS = 1.2, 32


def translate(line: str, l2: str, l1: str, completion: Completion | None) -> HelpText:
    """Return a line of the tutor or learner in the learner's first language.

    It is always machine-made. What is empty, the same, far too long or not in the right
    language is refused: then ``text`` is empty and ``missing`` says why.
    """
    return _made(line, l2, l1, completion, _TRANSLATE, "translation")


def how_to_say(text: str, l1: str, l2: str, completion: Completion | None) -> HelpText:
    """Return how to say in ``l2`` what the learner can say in ``l1``, machine-made."""
    return _made(text, l1, l2, completion, _SAY, "how_to_say")


def _made(
    text: str,
    source: str,
    target: str,
    completion: Completion | None,
    task: str,
    purpose: str,
) -> HelpText:
    text = " ".join(text.split())
    reason = ""
    if not any(sign.isalnum() for sign in text):
        reason = "There is nothing to translate."
    elif len(text) > MOST_SIGNS:
        reason = "The text is too long to translate at once."
    elif primary(source) == primary(target):
        reason = "Both languages are the same."
    elif completion is None:
        reason = "There is no model here that translates."
    if reason or completion is None:
        return HelpText("", Source.NONE, target, reason)
    answer = asked(
        completion,
        task,
        {"from": source, "to": target, "text": text},
        purpose=purpose,
        max_tokens=int(_TOKENS_A_SIGN * len(text)) + _SPARE_TOKENS,
    )
    reason = _refused(text, answer, source, target)
    if reason:
        return HelpText("", Source.NONE, target, reason)
    return HelpText(answer, Source.MODEL, target)


def _refused(text: str, answer: str, source: str, target: str) -> str:
    if not any(sign.isalnum() for sign in answer):
        return "The tutor has no translation now."
    # A name or a single word can be the same in both languages.
    if _plain(answer) == _plain(text) and len(text.split()) > 1:
        return "The tutor did not translate it."
    if len(answer) > _LONGEST_RATIO * len(text) + _SPARE_SIGNS:
        return "The tutor said more than a translation."
    if not in_script(answer, target) and any(sign.isalpha() for sign in text):
        return "The translation was not in the right script."
    if rather_in(answer, source, target):
        return "The translation was not in the right language."
    return ""


def _plain(text: str) -> str:
    return "".join(
        sign for sign in unicodedata.normalize("NFC", text).casefold() if sign.isalnum()
    )
