"""What a cell was made from: a learner's own sentences, newest first.

From talks alone, which who teaches may read by their reports. Sound is there for what was
handed in to this class, where the learner let it be kept.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.urls import reverse

from lessons.sounds.library import sound_of
from schools.models import Classroom
from sessions.models import PronunciationAssessment, Recording, Turn, TutoringSession
from sessions.models.pronunciation import latest_value
from sessions.teaching_records import read_analysis
from tutor.languages.function_words import primary
from tutor.reports.contrast import Contrast, Piece, contrast

from ..models import Submission

MOST = 12
# So many of the latest are looked through.
LOOKED_AT = 150
_EDGES = ".,;:!?\"'“”‘’¿¡"


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence: with the words at stake marked, or with a better one beside it.

    ``went_wrong`` is of sounds. ``heard`` are sounds that were said instead. ``work`` leads
    to what was handed in, ``audio`` to its sound.
    """

    session: UUID
    started_at: datetime
    turn: int
    at: datetime
    pieces: tuple[Piece, ...] = ()
    pair: Contrast | None = None
    went_wrong: bool = True
    heard: tuple[str, ...] = ()
    work: str = ""
    audio: str = ""


def sound_examples(*, learner_id: int, classroom: Classroom, ipa: str) -> list[Example]:
    """Return sentences in which a sound was judged, those where it went wrong first."""
    language = primary(classroom.l2)
    wanted = sound_of(language, ipa)
    rows = (
        PronunciationAssessment.objects.filter(
            learner_id=learner_id, language=language, utterance__isnull=False
        )
        .exclude(words=[])
        .select_related("utterance__turn__session")
        .order_by("-spoken_at", "-id")[:LOOKED_AT]
    )
    found = []
    for row in rows:
        value = latest_value([row])
        if row.utterance is None or value is None:
            continue
        wrong: set[str] = set()
        fine: set[str] = set()
        heard: list[str] = []
        for word in value.words:
            for phoneme in () if word.weak else word.phonemes:
                if sound_of(language, phoneme.phoneme) is not wanted:
                    continue
                (wrong if phoneme.flagged else fine).add(_bare(word.text))
                if phoneme.flagged and phoneme.diagnosis and phoneme.diagnosis.heard:
                    heard.append(phoneme.diagnosis.heard)
        if wrong or fine:
            turn = row.utterance.turn
            found.append(
                Example(
                    turn.session.uuid,
                    turn.session.started_at,
                    turn.index,
                    row.spoken_at,
                    pieces=_marked(row.utterance.text, wrong or fine),
                    went_wrong=bool(wrong),
                    heard=tuple(dict.fromkeys(heard)),
                )
            )
    found.sort(key=lambda one: not one.went_wrong)
    return _with_work(found[:MOST], classroom)


def mistake_examples(
    *, learner_id: int, classroom: Classroom, kind: str
) -> list[Example]:
    """Return sentences with mistakes of a kind, each beside the better one."""
    turns = (
        Turn.objects.filter(
            session__learner_id=learner_id,
            session__l2__startswith=primary(classroom.l2),
            analysis__isnull=False,
        )
        .select_related("session")
        .order_by("-started_at", "-id")[:LOOKED_AT]
    )
    found = []
    for turn in turns:
        analysis = read_analysis(turn.analysis)
        if analysis is None or kind not in {f.category for f in analysis.findings}:
            continue
        found.append(
            Example(
                turn.session.uuid,
                turn.session.started_at,
                turn.index,
                turn.started_at,
                pair=contrast(analysis.text, analysis.corrected),
            )
        )
        if len(found) == MOST:
            break
    return _with_work(found, classroom)


def lesson_talks(
    *, learner_id: int, lesson_ids: Iterable[int]
) -> dict[int, TutoringSession]:
    """Return the latest talk of each of these lessons."""
    talks = TutoringSession.objects.filter(
        learner_id=learner_id, lesson__in=list(lesson_ids)
    )
    found: dict[int, TutoringSession] = {}
    for talk in talks.order_by("-started_at", "-id"):
        if talk.lesson_id is not None:
            found.setdefault(talk.lesson_id, talk)
    return found


def _with_work(found: list[Example], classroom: Classroom) -> list[Example]:
    """Add where a sentence was handed in to this class, and its sound if it was kept."""
    submissions = Submission.objects.filter(
        session__in={one.session for one in found}, assignment__classroom=classroom
    ).exclude(state=Submission.State.STARTED)
    handed_in = {one.session: one.uuid for one in submissions if one.session}
    if not handed_in:
        return found
    recorded = set(
        Recording.objects.filter(
            utterance__speaker="LEARNER",
            utterance__turn__session__uuid__in=list(handed_in),
        ).values_list("utterance__turn__session__uuid", "utterance__turn__index")
    )
    return [
        _of_work(
            one, classroom, handed_in[one.session], (one.session, one.turn) in recorded
        )
        if one.session in handed_in
        else one
        for one in found
    ]


def _of_work(
    one: Example, classroom: Classroom, submission: UUID, is_recorded: bool
) -> Example:
    return Example(
        one.session,
        one.started_at,
        one.turn,
        one.at,
        one.pieces,
        one.pair,
        one.went_wrong,
        one.heard,
        work=reverse("coursework:review-detail", args=(classroom.uuid, submission)),
        audio=reverse(
            "coursework:submission-sound",
            args=(classroom.uuid, submission, one.turn, "learner"),
        )
        if is_recorded
        else "",
    )


def _marked(text: str, words: set[str]) -> tuple[Piece, ...]:
    return tuple(Piece(token, _bare(token) in words) for token in text.split())


def _bare(word: str) -> str:
    return word.strip(_EDGES).casefold()
