"""Placements, and what a learner's level is taken to be from them, themselves or a teacher.

The level of a profile is what was said last: by a placement, the learner or a teacher. A
placement is finished, and its level kept, once its items are answered; what is said aloud
afterwards moves the level a little, and may be left out.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from lessons.levels import CEFRLevel
from tutor.languages.function_words import primary
from tutor.placement.bank_file import has_bank, read_bank
from tutor.placement.choosing import is_enough
from tutor.placement.evidence import talk_rank
from tutor.placement.verdict import verdict

from ..models import LearnerProfile, LevelEstimate, PlacementAnswer, PlacementTest, User
from ..placement_state import belief_of, current_item, keys_asked

# An unfinished placement older than this begins anew: much is learned or forgotten by then.
STALE_AFTER = timedelta(days=14)
# Speech counts for a placement this long after its items.
SPEECH_WITHIN = timedelta(days=1)
MAX_TALK_CHARS = 4000


class PlacementProblem(Exception):
    """A placement that cannot go on; ``code`` for programs, the message for people."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class AnswerOutcome(StrEnum):
    """What became of an answer."""

    COUNTED = "counted"
    # Sent twice, from another device before, or from a page that is gone.
    STALE = "stale"
    FINISHED = "finished"


@transaction.atomic
def begin_placement(*, learner_id: int, now: datetime) -> PlacementTest:
    """Return the learner's placement under way, or begin one.

    One that lay still for two weeks is given up, its answers stay.
    Raises PlacementProblem ``placement.no_bank`` or LearnerProfile.DoesNotExist.
    """
    # The profile's row keeps two devices from beginning two at once.
    profile = LearnerProfile.objects.select_for_update().get(user_id=learner_id)
    language = primary(profile.l2)
    if not has_bank(language):
        raise PlacementProblem(
            "placement.no_bank",
            _(
                "There are no questions for this language yet. Choose your level instead."
            ),
        )
    running = _running(learner_id, language)
    if running is not None:
        if now - _last_touched(running) < STALE_AFTER:
            return running
        _give_up(running, now)
    return PlacementTest.objects.create(
        learner_id=learner_id,
        l2=language,
        item_bank=read_bank(language).version,
        started_at=now,
    )


@transaction.atomic
def answer_item(
    *,
    learner_id: int,
    test_uuid: UUID,
    item: str,
    choice: str,
    now: datetime,
) -> AnswerOutcome:
    """Count an answer, once; ``choice`` empty: they do not know.

    An item other than the one that is asked now is stale and changes nothing.
    Raises PlacementTest.DoesNotExist or PlacementProblem ``placement.choice``.
    """
    test = PlacementTest.objects.select_for_update().get(
        uuid=test_uuid, learner_id=learner_id
    )
    if test.state != PlacementTest.State.RUNNING:
        return AnswerOutcome.STALE
    asked = current_item(test)
    if asked is not None:
        if asked.key != item:
            return AnswerOutcome.STALE
        if choice and choice not in (asked.right, *asked.wrong):
            raise PlacementProblem(
                "placement.choice",
                _("That is none of the answers. Choose one of them, please."),
            )
        try:
            with transaction.atomic():
                PlacementAnswer.objects.create(
                    test=test,
                    position=len(keys_asked(test)) + 1,
                    item=item,
                    difficulty=asked.difficulty,
                    answer=choice,
                    is_right=choice == asked.right,
                    answered_at=now,
                )
        except IntegrityError:
            return AnswerOutcome.STALE
    answered = len(keys_asked(test))
    if not is_enough(belief_of(test), answered) and current_item(test) is not None:
        return AnswerOutcome.COUNTED
    test.state = PlacementTest.State.FINISHED
    test.finished_at = now
    _settle(test)
    return AnswerOutcome.FINISHED


@transaction.atomic
def add_reading(
    *,
    learner_id: int,
    test_uuid: UUID,
    reading: UUID | None,
    score: float,
    now: datetime,
) -> None:
    """Let a sentence that was read aloud count, 0 to 100; a second one replaces it.

    Raises PlacementTest.DoesNotExist or PlacementProblem ``placement.over``.
    """
    test = _open_for_speech(learner_id, test_uuid, now)
    test.reading, test.reading_score = reading, score
    _settle(test)


@transaction.atomic
def add_talk(*, learner_id: int, test_uuid: UUID, text: str, now: datetime) -> bool:
    """Let a minute of talk count; return whether it was long enough to say anything.

    A second one replaces it. Raises PlacementTest.DoesNotExist or PlacementProblem
    ``placement.over``.
    """
    test = _open_for_speech(learner_id, test_uuid, now)
    rank = talk_rank(text, test.l2)
    if rank is None:
        return False
    test.talk_text, test.talk_rank = text[:MAX_TALK_CHARS], rank
    _settle(test)
    return True


@transaction.atomic
def choose_level(*, learner_id: int, level: str, now: datetime) -> None:
    """Take the learner's own word for their level; a placement under way is given up.

    Raises LearnerProfile.DoesNotExist.
    """
    profile = LearnerProfile.objects.select_for_update().get(user_id=learner_id)
    running = _running(learner_id, primary(profile.l2))
    if running is not None:
        _give_up(running, now)
    _say(profile, level=level, source=LevelEstimate.Source.OWN, said_by=None, now=now)


@transaction.atomic
def overrule_level(
    *, learner_id: int, level: str, said_by: User, now: datetime
) -> None:
    """Take a teacher's word for a learner's level. Raises LearnerProfile.DoesNotExist."""
    profile = LearnerProfile.objects.select_for_update().get(user_id=learner_id)
    _say(
        profile,
        level=level,
        source=LevelEstimate.Source.TEACHER,
        said_by=said_by,
        now=now,
    )


def _say(
    profile: LearnerProfile,
    *,
    level: str,
    source: str,
    said_by: User | None,
    now: datetime,
) -> None:
    LevelEstimate.objects.create(
        learner_id=profile.user_id,
        l2=primary(profile.l2),
        source=source,
        level=level,
        said_by=said_by,
        said_at=now,
    )
    profile.level = CEFRLevel(level)
    profile.save(update_fields=["level"])


def _settle(test: PlacementTest) -> None:
    """Work out the level anew and keep it, in the profile too unless others said more."""
    found = verdict(belief_of(test), top=read_bank(test.l2).top)
    test.ability, test.error = found.ability, found.error
    test.level, test.level_low, test.level_high = found.level, found.low, found.high
    test.save()
    estimate, _created = LevelEstimate.objects.update_or_create(
        learner_id=test.learner_id,
        l2=test.l2,
        source=LevelEstimate.Source.PLACEMENT,
        said_at=test.finished_at or test.started_at,
        defaults={
            "level": found.level,
            "ability": found.ability,
            "error": found.error,
        },
    )
    latest = LevelEstimate.objects.filter(
        learner_id=test.learner_id, l2=test.l2
    ).latest("said_at", "id")
    if latest == estimate:
        for profile in LearnerProfile.objects.filter(user_id=test.learner_id):
            if primary(profile.l2) == test.l2:
                profile.level = CEFRLevel(found.level)
                profile.save(update_fields=["level"])


def _running(learner_id: int, language: str) -> PlacementTest | None:
    return PlacementTest.objects.filter(
        learner_id=learner_id, l2=language, state=PlacementTest.State.RUNNING
    ).first()


def _last_touched(test: PlacementTest) -> datetime:
    last = test.answers.order_by("-answered_at").first()
    return last.answered_at if last else test.started_at


def _give_up(test: PlacementTest, now: datetime) -> None:
    test.state = PlacementTest.State.SKIPPED
    test.finished_at = now
    test.save(update_fields=["state", "finished_at"])


def _open_for_speech(learner_id: int, test_uuid: UUID, now: datetime) -> PlacementTest:
    test = PlacementTest.objects.select_for_update().get(
        uuid=test_uuid, learner_id=learner_id
    )
    finished = test.finished_at
    if test.state != PlacementTest.State.FINISHED or finished is None:
        raise PlacementProblem(
            "placement.over", _("Answer the questions first, please.")
        )
    if now - finished > SPEECH_WITHIN:
        raise PlacementProblem(
            "placement.over",
            _("This placement is over. Take a new one if you want to add something."),
        )
    return test
