"""Two schools with people of every role, and one thing of each kind in the first."""

# mypy: disable-error-code="attr-defined,no-untyped-call"
# (factory_boy is typed in part)

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from coursework.models import Assignment, Comment, Rubric, Submission
from inference.types.audio import AudioClip
from learners.models import (
    Avatar,
    LearnerFact,
    PlacementTest,
    User,
    VocabularyItem,
)
from learners.services.guardians import confirm_guardian, invite_guardian
from lessons.models import Exercise
from schools.models import (
    Announcement,
    Enrolment,
    Invitation,
    LearnerGroup,
    Membership,
    RosterImport,
    Term,
)
from sessions.models import CareFlag, ReadAloudAttempt, Recording, RenderedClip, Turn
from sessions.recordings import reading_path, write_clip

from .exercises import item
from .handed_in import assignment_in, handed_in, talk_of, tone
from .learners import AdminFactory
from .lessons import LessonFactory
from .reviews import card
from .schools import BEGAN, ClassroomFactory, learner_of, teacher_of
from .tutor_voices import tutor_voice
from .world_connections import connections

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
ROLES = (
    "learner",
    "classmate",
    "other_learner",
    "teacher",
    "colleague",
    "other_teacher",
    "manager",
    "other_manager",
    "admin",
)


@dataclass(frozen=True, slots=True)
class World:
    """People by role, and what stands for each thing in an address."""

    people: dict[str, User]
    things: dict[str, str]


def make_world() -> World:
    """Return both schools; ``learner`` is in the first school's first class."""
    classroom, second = ClassroomFactory.create(), ClassroomFactory.create()
    school = classroom.school
    next_door = ClassroomFactory.create(school=school)
    people = {
        "learner": learner_of(classroom),
        "classmate": learner_of(classroom),
        "other_learner": learner_of(second),
        "teacher": teacher_of(classroom),
        "colleague": teacher_of(next_door),
        "other_teacher": teacher_of(second),
        "manager": _manager(classroom),
        "other_manager": _manager(second),
        "admin": AdminFactory.create(),
    }
    learner = people["learner"]
    things = {
        "classroom": classroom,
        "school": school,
        "enrolment": Enrolment.objects.get(classroom=classroom, learner=learner),
        "learner": learner,
        "teacher": people["teacher"],
        **_schools_things(classroom, people),
        **_work(classroom, people),
        **_learners_things(learner, classroom),
        **connections(classroom, NOW),
    }
    # From here on a guardian is asked as well; the recordings are there already.
    school.records_minors = True
    school.save()
    named = {
        key: str(thing) if isinstance(thing, str | int) else str(thing.uuid)
        for key, thing in things.items()
    }
    return World(people, named)


def _manager(classroom: Any) -> User:
    manager = teacher_of(role="MANAGER")
    Membership.objects.create(
        school=classroom.school, user=manager, role="MANAGER", joined_at=BEGAN
    )
    return manager


def _schools_things(classroom: Any, people: dict[str, User]) -> dict[str, Any]:
    school = classroom.school
    tokens: list[str] = []

    def link(token: str) -> str:
        tokens.append(token)
        return token

    guardian = invite_guardian(
        learner=people["learner"], email="mum@example.org", link=link, now=NOW
    )
    confirm_guardian(guardian=guardian, now=NOW)
    group = LearnerGroup.objects.create(classroom=classroom, name="Blue")
    group.members.add(people["learner"])
    return {
        "guardian": guardian,
        "guardian_token": tokens[0],
        "group": group,
        "term": Term.objects.create(
            school=school,
            name="Spring",
            starts_on=date(2026, 1, 1),
            ends_on=date(2026, 6, 1),
        ),
        "class_invitation": _invitation(school, classroom, "a"),
        "school_invitation": _invitation(school, None, "b"),
        "announcement": Announcement.objects.create(
            school=school,
            text="Closed on Monday",
            starts_at=NOW,
            ends_at=NOW + timedelta(days=1000),
            created_at=NOW,
        ),
        "import": RosterImport.objects.create(
            school=school,
            classroom=classroom,
            created_by=people["teacher"],
            created_at=NOW,
            file_name="list.csv",
            rows=[],
        ),
    }


def _invitation(school: Any, classroom: Any, token: str) -> Invitation:
    return Invitation.objects.create(
        school=school,
        classroom=classroom,
        role="LEARNER",
        token=token,
        token_digest=token,
        created_at=NOW,
        expires_at=NOW + timedelta(days=1000),
    )


def _work(classroom: Any, people: dict[str, User]) -> dict[str, Any]:
    learner = people["learner"]
    talk = talk_of(learner, recorded=True)
    work: Assignment = assignment_in(
        classroom, due_at=None, instructions_path=_sound("instructions/walk.flac")
    )
    submission = handed_in(work, learner, session=talk, returned_at=NOW, points=15.0)
    submission.state = Submission.State.RETURNED
    submission.save(update_fields=["state"])
    turn = Turn.objects.filter(session=talk, utterances__speaker="LEARNER")[0]
    CareFlag.objects.create(turn=turn, kind="danger", raised_at=NOW)
    comment = Comment.objects.create(
        submission=submission,
        author=people["teacher"],
        text="Well done",
        path=_sound("comments/walk.flac"),
        duration_ms=500,
        created_at=NOW,
    )
    return {
        "talk": talk,
        "turn": turn.index,
        "assignment": work,
        "submission": submission,
        "comment": comment,
        "rubric": Rubric.objects.create(
            school=classroom.school, title="Speaking", created_at=NOW
        ),
    }


def _learners_things(learner: User, classroom: Any) -> dict[str, Any]:
    lesson = LessonFactory.create()
    draft = LessonFactory.create(
        course__is_draft=True,
        course__is_current=False,
        course__is_published=False,
        course__school=classroom.school,
    )
    exercise = Exercise.objects.create(
        lesson=draft,
        position=1,
        type="free_talk",
        data={"type": "free_talk", "question": "Why?"},
    )
    reading = ReadAloudAttempt.objects.create(
        learner=learner, text="Hello", language="en", created_at=NOW
    )
    Recording.objects.create(
        reading=reading,
        path=_sound(reading_path(attempt_uuid=reading.uuid)),
        sample_rate_hz=16_000,
        duration_ms=500,
        n_bytes=10,
        created_at=NOW,
    )
    fact = LearnerFact.objects.create(
        learner=learner, l2="en", text="I have a dog", created_at=NOW
    )
    word = VocabularyItem.objects.create(
        learner=learner, l2="en", text="dog", met_at=NOW, kept_at=NOW
    )
    avatar = Avatar.objects.filter(kind="HEAD")[0]
    return {
        "lesson": lesson,
        "course": lesson.course,
        "school_course": LessonFactory.create(course__school=classroom.school).course,
        "draft_lesson": draft,
        "draft_course": draft.course,
        "lesson_exercise": exercise,
        "reading": reading,
        "exercise": item(learner),
        "card": card(learner),
        "placement": PlacementTest.objects.create(
            learner=learner, l2="en", started_at=NOW
        ),
        "fact": fact.pk,
        "word": word.pk,
        "avatar": avatar.key,
        "portrait": _portrait().key,
        "tutor_voice": tutor_voice(school=classroom.school),
        "clip": RenderedClip.objects.create(
            lesson=lesson, avatar=avatar, ordered_at=NOW, touched_at=NOW
        ),
    }


def _portrait() -> Avatar:
    return Avatar.objects.create(
        kind="PORTRAIT",
        key="walker",
        name="Walker",
        path="portraits/walker.webp",
        origin="INVENTED",
        created_at=NOW,
    )


def _sound(path: str) -> str:
    clip: AudioClip = tone(0.5)
    write_clip(clip, path)
    return path
