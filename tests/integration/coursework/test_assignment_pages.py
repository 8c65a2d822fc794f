"""The pages on which teachers set work and see who has done it."""

import io
import wave
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from coursework.models import Assignment, Extension, Rubric
from coursework.services.rubrics import load_library
from learners.models import User
from schools.models import AuditEntry, Classroom
from tests.factories.coursework import AssignmentFactory
from tests.factories.exercises_of_lessons import exercise_of
from tests.factories.lessons import LessonFactory
from tests.factories.schools import (
    ClassroomFactory,
    SchoolFactory,
    learner_of,
    teacher_of,
)

pytestmark = pytest.mark.django_db
YEAR = timezone.now().year + 1


@pytest.fixture
def classroom() -> Classroom:
    school = SchoolFactory.create(time_zone="Europe/Berlin")
    return ClassroomFactory.create(school=school)


@pytest.fixture
def teacher(classroom: Classroom, client: Client) -> User:
    teacher = teacher_of(classroom)
    client.force_login(teacher)
    return teacher


def _class(name: str, classroom: Classroom) -> str:
    return reverse(f"coursework:{name}", args=(classroom.uuid,))


def _one(name: str, work: Assignment, *more: Any) -> str:
    return reverse(f"coursework:{name}", args=(work.classroom.uuid, work.uuid, *more))


def _posted(**fields: Any) -> dict[str, Any]:
    known = {
        "title": "Lost keys",
        "scenario": "You lost your keys.",
        "tutor_role": "A neighbour",
        "goals": "I can explain a problem.\n\n I can  ask for help.\n",
        "audience": "class",
        "due_at": f"{YEAR}-07-01T18:00",
        "points": "20",
        "weight": "1",
        "action": "publish",
    }
    return known | fields


def test_a_role_play_is_set_by_the_schools_clock(
    client: Client, teacher: User, classroom: Classroom
) -> None:
    learner_of(classroom)
    address = _class("assignment-create", classroom)
    assert "A role play of your own" in client.get(address).content.decode()
    form = client.get(f"{address}?kind=ROLE_PLAY").content.decode()
    assert "Europe/Berlin" in form
    made = client.post(f"{address}?kind=ROLE_PLAY", _posted(), follow=True)
    work = Assignment.objects.get()
    assert work.due_at
    assert work.due_at.isoformat() == f"{YEAR}-07-01T16:00:00+00:00"
    assert work.goals == ["I can explain a problem.", "I can ask for help."]
    assert (work.published_at is not None, work.created_by) == (True, teacher)
    assert "Not begun" in made.content.decode()
    listed = client.get(_class("assignment-list", classroom)).content.decode()
    assert "0 of 1 handed in" in listed


def test_a_lesson_is_looked_for_and_brings_its_goals(
    client: Client, teacher: User, classroom: Classroom
) -> None:
    lesson = LessonFactory.create(title="At the market")
    LessonFactory.create(title="Lost luggage", course__l2="es")
    LessonFactory.create(title="A bus ride", course__is_published=False)
    exercise = exercise_of(lesson, "dictation")
    create = _class("assignment-create", classroom)
    picker = client.get(f"{create}?kind=EXERCISES&title=Mine", follow=True)
    page = picker.content.decode()
    assert "At the market" in page
    assert "Lost luggage" not in page
    assert "A bus ride" not in page
    assert f"lesson={lesson.uuid}&amp;title=Mine" in page
    nothing = client.get(
        _class("assignment-lesson", classroom), {"kind": "EXERCISES", "q": "zebra"}
    )
    assert "No lesson is like that" in nothing.content.decode()
    talk = client.get(f"{create}?kind=LESSON_TALK&lesson={lesson.uuid}")
    assert "I can ask for a price." in talk.content.decode()
    posted = _posted(exercises=[str(exercise.uuid)])
    client.post(f"{create}?kind=EXERCISES&lesson={lesson.uuid}", posted)
    work = Assignment.objects.get()
    assert (work.lesson, work.exercises) == (lesson, [str(exercise.uuid)])


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"due_at": "2020-01-01T10:00"}, "That is over already"),
        ({"due_at": "tomorrow"}, "Write a date and a time"),
        ({"due_at": "9020-01-01T10:00"}, "That is too far away"),
        ({"due_at": "2027-03-28T02:30"}, "clocks go forward"),
        ({"opens_at": f"{YEAR}-08-01T10:00"}, "before learners can begin"),
        ({"closes_at": f"{YEAR}-06-01T10:00"}, "before it is due"),
        ({"audience": "learners"}, "Choose at least one learner"),
        ({"goals": "\n".join(f"I can {n}." for n in range(9))}, "Keep it to 8 goals"),
        ({"tutor_role": ""}, "This field is required"),
        ({"points": "0"}, "greater than or equal to 1"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_typed_is_lost(
    client: Client,
    teacher: User,
    classroom: Classroom,
    fields: dict[str, str],
    words: str,
) -> None:
    address = f"{_class('assignment-create', classroom)}?kind=ROLE_PLAY"
    refused = client.post(address, _posted(**fields))
    page = refused.content.decode()
    assert refused.status_code == 422
    assert words in page
    assert "You lost your keys." in page
    assert not Assignment.objects.exists()


def test_an_hour_that_is_there_twice_is_said(
    client: Client, teacher: User, classroom: Classroom
) -> None:
    address = f"{_class('assignment-create', classroom)}?kind=ROLE_PLAY"
    page = client.post(address, _posted(due_at="2027-10-31T02:30"), follow=True)
    assert "The later of the two counts" in page.content.decode()
    due_at = Assignment.objects.get().due_at
    assert due_at
    assert due_at.hour == 1


def test_another_page_fills_the_form_in(
    client: Client, teacher: User, classroom: Classroom
) -> None:
    learner = learner_of(classroom)
    page = client.get(
        _class("assignment-create", classroom),
        {"kind": "DRILL", "contrast": "ɹ-l", "learners": [str(learner.uuid), "x"]},
    )
    form = page.context["form"]
    assert form["contrast"].value() == "ɹ-l"
    assert form["learners"].value() == [learner.pk]
    assert form["audience"].value() == "learners"


def test_changing_publishing_copying_deleting(
    client: Client, teacher: User, classroom: Classroom
) -> None:
    client.post(
        f"{_class('assignment-create', classroom)}?kind=ROLE_PLAY",
        _posted(action="draft"),
    )
    work = Assignment.objects.get(published_at=None)
    page = client.get(_one("assignment-edit", work))
    version = page.context["form"]["version"].value()
    client.post(
        _one("assignment-edit", work),
        _posted(title="Lost bag", version=version, action="draft"),
    )
    stale = client.post(
        _one("assignment-edit", work), _posted(title="Mine", version=version)
    )
    assert "Somebody else changed" in stale.content.decode()
    work.refresh_from_db()
    assert work.title == "Lost bag"
    act = _one("assignment-act", work)
    client.post(act, {"action": "publish"})
    assert not Assignment.objects.filter(published_at=None).exists()
    client.post(act, {"action": "copy", "classroom": str(classroom.uuid)})
    assert Assignment.objects.filter(title="Lost bag (copy)").exists()
    work.submissions.create(learner=learner_of(classroom), started_at=timezone.now())
    kept = client.post(act, {"action": "delete"}, follow=True).content.decode()
    assert "Archive it instead" in kept
    client.post(act, {"action": "archive"})
    work.refresh_from_db()
    assert work.archived_at
    assert client.post(act, {"action": "explode"}).status_code == 404
    assert client.get(_one("assignment-preview", work)).status_code == 200


def test_more_time_for_one(client: Client, teacher: User, classroom: Classroom) -> None:
    learner = learner_of(classroom)
    due_at = timezone.now() + timedelta(days=2)
    work = AssignmentFactory.create(classroom=classroom, due_at=due_at)
    address = _one("assignment-extend", work, learner.uuid)
    assert client.get(address).status_code == 200
    soon = client.post(address, {"due_at": f"{YEAR - 2}-01-01T10:00"})
    assert "That is over already" in soon.content.decode()
    client.post(address, {"due_at": f"{YEAR}-12-01T10:00", "reason": "ill"})
    assert Extension.objects.get().reason == "ill"
    page = client.get(_one("assignment-detail", work)).content.decode()
    assert "due on 1 December" in page
    stranger = learner_of(ClassroomFactory.create(school=classroom.school))
    elsewhere = _one("assignment-extend", work, stranger.uuid)
    assert client.get(elsewhere).status_code == 404


def test_looking_at_how_learners_stand_is_in_the_log(
    client: Client, teacher: User, classroom: Classroom
) -> None:
    work = AssignmentFactory.create(classroom=classroom)
    client.get(_one("assignment-detail", work))
    entry = AuditEntry.objects.get(action="assignment.progress_seen")
    assert (entry.actor, entry.target_uuid) == (teacher.uuid, work.uuid)


def _wav() -> bytes:
    file = io.BytesIO()
    with wave.open(file, "wb") as target:
        target.setnchannels(1)
        target.setsampwidth(2)
        target.setframerate(16_000)
        target.writeframes(b"\x01\x00" * 16_000)
    return file.getvalue()


def test_spoken_instructions_from_recorded_to_heard(
    client: Client,
    teacher: User,
    classroom: Classroom,
    settings: Any,
    tmp_path: Path,
) -> None:
    settings.PRIVATE_ROOT = tmp_path
    audio = SimpleUploadedFile("a.wav", _wav(), "audio/wav")
    kept = client.post(_class("instructions-add", classroom), {"audio": audio})
    voice = kept.json()["voice"]
    refused = client.post(_class("instructions-add", classroom), {"audio": "no file"})
    assert refused.json()["code"] == "audio.missing"
    address = f"{_class('assignment-create', classroom)}?kind=ROLE_PLAY"
    client.post(address, _posted(voice=voice))
    client.post(address, _posted(voice=f"{voice}x", title="Forged"))
    work = Assignment.objects.get(title="Lost keys")
    assert work.instructions_ms == 1000
    assert not Assignment.objects.get(title="Forged").instructions_path
    hear = reverse("coursework:work-instructions", args=(work.uuid,))
    for listener in (learner_of(classroom), teacher):
        client.force_login(listener)
        part = client.get(hear, headers={"range": "bytes=0-3"})
        assert (part.status_code, b"".join(part)) == (206, b"fLaC")
    other = ClassroomFactory.create()
    for stranger in (learner_of(other), teacher_of(other)):
        client.force_login(stranger)
        assert client.get(hear).status_code == 404


def test_only_teachers_of_the_class_get_anywhere(
    client: Client, classroom: Classroom
) -> None:
    learner = learner_of(classroom)
    work = AssignmentFactory.create(classroom=classroom)
    same_school = ClassroomFactory.create(school=classroom.school)
    addresses = [
        _class("assignment-list", classroom),
        f"{_class('assignment-create', classroom)}?kind=TALK",
        f"{_class('assignment-lesson', classroom)}?kind=LESSON",
        _one("assignment-detail", work),
        _one("assignment-edit", work),
        _one("assignment-preview", work),
        _one("assignment-extend", work, learner.uuid),
    ]
    posts = [_one("assignment-act", work), _class("instructions-add", classroom)]
    for person in (
        learner,
        teacher_of(same_school),
        teacher_of(ClassroomFactory.create()),
    ):
        client.force_login(person)
        for address in addresses:
            assert client.get(address).status_code == 404, address
        for address in posts:
            assert client.post(address, {"action": "delete"}).status_code == 404
    client.force_login(teacher_of(same_school, role="MANAGER"))
    assert client.get(addresses[0]).status_code == 200
    assert Assignment.objects.exists()
    # An assignment is found below its own class only.
    client.force_login(teacher_of(classroom, same_school))
    wrong = reverse("coursework:assignment-detail", args=(same_school.uuid, work.uuid))
    assert client.get(wrong).status_code == 404


def test_pages_ask_the_database_no_more_often_with_more_learners(
    client: Client,
    teacher: User,
    classroom: Classroom,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    learners = [learner_of(classroom) for _n in range(8)]
    works = AssignmentFactory.create_batch(6, classroom=classroom)
    for learner in learners[:5]:
        for n, work in enumerate(works):
            work.submissions.create(
                learner=learner,
                started_at=timezone.now(),
                submitted_at=timezone.now(),
                state="SUBMITTED" if n % 2 else "STARTED",
            )
    with django_assert_max_num_queries(13):
        client.get(_class("assignment-list", classroom))
    with django_assert_max_num_queries(15):
        client.get(_one("assignment-detail", works[0]))


def test_rubrics_are_copied_written_and_kept_in_the_school(
    client: Client, teacher: User, classroom: Classroom
) -> None:
    load_library(now=timezone.now())
    school = classroom.school
    shipped = Rubric.objects.get(key="fluency")
    listing = reverse("coursework:rubric-list", args=(school.uuid,))
    assert "Fluency" in client.get(listing).content.decode()
    one = (school.uuid, shipped.uuid)
    assert (
        "Word by word."
        in client.get(reverse("coursework:rubric-detail", args=one)).content.decode()
    )
    assert client.get(reverse("coursework:rubric-edit", args=one)).status_code == 404
    copied = client.post(
        reverse("coursework:rubric-act", args=one), {"action": "copy"}, follow=True
    )
    assert copied.status_code == 200
    own = Rubric.objects.get(school=school)
    assert own.criteria == shipped.criteria

    def form(**fields: str) -> dict[str, str]:
        known = {
            "title": "Ours",
            "form-TOTAL_FORMS": "2",
            "form-INITIAL_FORMS": "0",
            "form-0-name": "Tone",
            "form-0-weight": "2",
            "form-0-points_0": "2",
            "form-0-text_0": "Fits.",
            "form-0-points_1": "1",
            "form-0-text_1": "Mostly fits.",
        }
        return known | fields

    make = reverse("coursework:rubric-make", args=(school.uuid,))
    for wrong, words in (
        ({"form-0-name": ""}, "Give this criterion a name"),
        ({"form-0-text_1": ""}, "at least two levels"),
        ({"form-0-points_1": "2"}, "its own number of points"),
    ):
        refused = client.post(make, form(**wrong))
        assert (refused.status_code, words in refused.content.decode()) == (422, True)
    client.post(make, form())
    written = Rubric.objects.get(title="Ours")
    assert written.criteria == [
        {
            "key": "tone",
            "name": "Tone",
            "description": "",
            "weight": 2,
            "measure": "",
            "levels": [
                {"points": 2, "text": "Fits."},
                {"points": 1, "text": "Mostly fits."},
            ],
        }
    ]
    other = ClassroomFactory.create()
    client.force_login(teacher_of(other))
    assert client.get(listing).status_code == 404
    theirs = reverse("coursework:rubric-detail", args=(other.school.uuid, own.uuid))
    assert client.get(theirs).status_code == 404
    client.force_login(learner_of(classroom))
    assert client.get(listing).status_code == 404
