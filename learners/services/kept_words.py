"""Words that a learner keeps from a talk, to see again and to meet again."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from tutor.languages.function_words import primary

from ..models import User, VocabularyItem
from .review_cards import set_word_aside

MOST_KEPT = 500
_MOST_CHARS = 300
_NOT_KEPT = {
    "kept_at": None,
    "kept_meaning": "",
    "kept_source": "",
    "kept_sentence": "",
    "kept_session": None,
}


class TooManyWords(Exception):
    """The learner keeps as many words of the language as may be kept."""


@transaction.atomic
def keep_word(
    *,
    learner_id: int,
    l2: str,
    text: str,
    meaning: str = "",
    source: str = "",
    sentence: str = "",
    session: UUID | None = None,
    now: datetime,
) -> VocabularyItem:
    """Keep a word for a learner; one that is known already, in any case, is not doubled.

    ``source`` is where the meaning comes from. Raises TooManyWords.
    """
    l2 = primary(l2)
    # Two clicks at once make one word.
    User.objects.select_for_update().get(pk=learner_id)
    mine = VocabularyItem.objects.filter(learner_id=learner_id, l2=l2)
    item = mine.filter(text__iexact=text).first()
    if item is None:
        item = VocabularyItem(learner_id=learner_id, l2=l2, text=text, met_at=now)
    if item.kept_at is None and mine.exclude(kept_at=None).count() >= MOST_KEPT:
        raise TooManyWords(l2)
    item.kept_at = item.kept_at or now
    if meaning:
        item.kept_meaning, item.kept_source = meaning[:_MOST_CHARS], source
    item.kept_sentence = sentence[:_MOST_CHARS]
    item.kept_session = session
    item.save()
    set_word_aside(learner_id=learner_id, l2=l2, text=item.text, aside=False, now=now)
    return item


@transaction.atomic
def remove_kept_word(
    *, learner_id: int, l2: str, text: str, now: datetime | None = None
) -> None:
    """Keep a word no longer; what talks know of it stays. Nothing happens if it was not.

    It is not asked in reviews any more.
    """
    kept = VocabularyItem.objects.filter(
        learner_id=learner_id, l2=primary(l2), text__iexact=text
    ).exclude(kept_at=None)
    for item in kept:
        set_word_aside(
            learner_id=learner_id,
            l2=item.l2,
            text=item.text,
            aside=True,
            now=now or timezone.now(),
        )
    kept.filter(times_met=0, times_produced=0).delete()
    kept.update(**_NOT_KEPT)
