"""Reads about people."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import F, QuerySet

from schools.rules import get_learner_rules
from tutor.languages.function_words import primary
from tutor.memory.summary import PastSession

from .consent_selectors import guardian_allows
from .context import LearnerContext
from .mastery import SoundMastery, belief, kept_share
from .models import (
    Consent,
    ErrorLedgerEntry,
    LearnerFact,
    LearnerProfile,
    MemoryChoice,
    PhonemeMastery,
    SessionSummary,
    User,
    VocabularyItem,
)

PAST_SESSIONS = 20
# So often a kept word comes into talks that the learner does not use.
MOST_BROUGHT = 4


def get_learner_context(*, user_id: int) -> LearnerContext:
    """Return a learner as a plain value. Raises LearnerProfile.DoesNotExist.

    ``stores_recordings`` is what counts, with a guardian's answer where one is needed, and
    ``retention_days`` the shortest that the learner and their schools want.
    """
    profile = LearnerProfile.objects.select_related("avatar").get(user_id=user_id)
    avatar = profile.avatar
    rules = get_learner_rules(learner_id=user_id)
    stores = profile.stores_recordings and guardian_allows(
        user_id, Consent.Purpose.STORE_VOICE, rules
    )
    days = min(profile.retention_days, rules.retention_days or profile.retention_days)
    return LearnerContext(
        user_id=user_id,
        display_name=profile.display_name,
        l1=profile.l1,
        l2=profile.l2,
        level=profile.level,
        goal=profile.goal,
        stores_recordings=stores,
        retention_days=days,
        avatar=avatar.key if avatar and avatar.is_active else "",
    )


def get_learner_id(*, email: str) -> int:
    """Return the id of whoever has this address. Raises LookupError."""
    found = User.objects.filter(email=email.lower()).values_list("pk", flat=True)
    if not found:
        raise LookupError(email)
    return found[0]


def list_phoneme_mastery(
    *, learner_id: int, language: str, now: datetime
) -> list[SoundMastery]:
    """Return what is believed today of each phoneme tried, the weakest first."""
    rows = PhonemeMastery.objects.filter(learner_id=learner_id, language=language)
    believed = [_believed(row, now) for row in rows]
    return sorted(believed, key=lambda sound: (sound.mean, sound.phoneme))


def remembers_facts(*, learner_id: int) -> bool:
    """Whether the learner lets the tutor remember what they tell: not unless they said so."""
    return MemoryChoice.objects.filter(
        learner_id=learner_id, remembers_facts=True
    ).exists()


def get_memory_choice(*, learner_id: int) -> MemoryChoice | None:
    """Return the choice about facts, None if none was made."""
    return MemoryChoice.objects.filter(learner_id=learner_id).first()


def list_facts(*, learner_id: int) -> QuerySet[LearnerFact]:
    """Return what the learner told in any language, latest first."""
    return LearnerFact.objects.filter(learner_id=learner_id)


def list_mistakes(*, learner_id: int, l2: str) -> QuerySet[ErrorLedgerEntry]:
    """Return the error ledger of a language, latest first."""
    return ErrorLedgerEntry.objects.filter(learner_id=learner_id, l2=l2)


def list_vocabulary(*, learner_id: int, l2: str) -> QuerySet[VocabularyItem]:
    """Return the words of a language: those that were kept, then those met, latest first."""
    return VocabularyItem.objects.filter(learner_id=learner_id, l2=l2).order_by(
        F("kept_at").desc(nulls_last=True), "-met_at", "id"
    )


def is_kept_word(*, learner_id: int, l2: str, text: str) -> bool:
    """Whether the learner keeps a word."""
    words = VocabularyItem.objects.filter(learner_id=learner_id, l2=primary(l2))
    return words.filter(text__iexact=text).exclude(kept_at=None).exists()


def kept_words_to_bring(*, learner_id: int, l2: str) -> tuple[str, ...]:
    """Return the kept words that a talk may bring in, those the tutor said least first.

    One that was used is known; one that was brought in several times in vain rests.
    """
    words = VocabularyItem.objects.filter(
        learner_id=learner_id,
        l2=primary(l2),
        times_produced=0,
        times_met__lt=MOST_BROUGHT,
    ).exclude(kept_at=None)
    return tuple(
        words.order_by("times_met", "-kept_at", "id").values_list("text", flat=True)
    )


def past_sessions(
    *, learner_id: int, l2: str, other_than: UUID | None = None
) -> list[PastSession]:
    """Return what is remembered of past sessions in a language, latest first."""
    rows = SessionSummary.objects.filter(learner_id=learner_id, l2=l2, turns__gt=0)
    if other_than is not None:
        rows = rows.exclude(session=other_than)
    return [
        PastSession(
            topic=row.topic,
            minutes=(row.last_turn_at - row.started_at).total_seconds() / 60.0,
            turns=row.turns,
            right_turns=row.right_turns,
            items=tuple(row.items),
            produced=tuple(row.produced),
            mistakes=row.mistakes,
            started_at=row.started_at,
        )
        for row in rows[:PAST_SESSIONS]
    ]


def mistake_label(category: str) -> str:
    """Return a kind of mistake in a learner's words."""
    known = ErrorLedgerEntry.Category
    return str(known(category).label if category in known else known.OTHER.label)


def _believed(row: PhonemeMastery, now: datetime) -> SoundMastery:
    kept = kept_share(since=row.as_of, until=max(now, row.as_of))
    return belief(
        row.phoneme,
        right=kept * row.right,
        wrong=kept * row.wrong,
        attempts=row.attempts,
        as_of=row.as_of,
    )
