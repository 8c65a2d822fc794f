"""A word that the learner keeps: its dictionary form, with what it was shown to mean."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from learners.selectors import is_kept_word
from learners.services.kept_words import keep_word, remove_kept_word
from tutor.help import Gloss, gloss

from .desk import Asker

_MEANINGS = 2
_SIGNS = "¿¡“”\"'„«»().,;:!?… "


def is_kept(asker: Asker, word: str) -> bool:
    """Whether the asker keeps a word, looked up in any of its forms."""
    text = gloss(word, asker.learner.l2).word
    return is_kept_word(learner_id=asker.user_id, l2=asker.learner.l2, text=text)


def keep(asker: Asker, found: Gloss, word: str, *, sentence: str) -> dict[str, Any]:
    """Keep ``word``, which was found, with its usual meanings. Raises TooManyWords."""
    item = keep_word(
        learner_id=asker.user_id,
        l2=asker.learner.l2,
        text=_written(found.word, word, sentence),
        meaning="; ".join(meaning.text for meaning in found.meanings[:_MEANINGS]),
        source=found.source.value,
        sentence=sentence,
        session=asker.session,
        now=timezone.now(),
    )
    return {"word": item.text, "kept": True}


def remove(asker: Asker, found: Gloss) -> dict[str, Any]:
    """Keep a word no longer."""
    remove_kept_word(learner_id=asker.user_id, l2=asker.learner.l2, text=found.word)
    return {"word": found.word, "kept": False}


def _written(found: str, word: str, sentence: str) -> str:
    """Return a word with its capital, if it is not the beginning that gives it one."""
    as_said = word.strip(_SIGNS)
    opens = sentence.lstrip(_SIGNS).startswith(as_said)
    same = as_said.casefold() == found.casefold()
    return as_said if same and as_said.istitle() and not opens else found
