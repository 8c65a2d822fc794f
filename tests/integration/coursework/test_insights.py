"""A class's insights: what the pages say, from what, and to whom."""

from __future__ import annotations

import csv
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from coursework.insights.page import overview
from coursework.models import Assignment, Extension
from learners.mastery import Attempts
from learners.models import LessonProgress, SessionSummary, TalkAccess, User
from learners.services.mastery import record_attempts
from schools.models import AuditEntry, Classroom
from sessions.assessments import keep_assessment
from sessions.models import Turn, TutoringSession, Utterance
from sessions.teaching_records import analysis_json
from tests.factories.lessons import LessonFactory
from tests.factories.pronunciation import judged
from tests.factories.schools import ClassroomFactory, learner_of, teacher_of
from tutor.findings import Analysis, Evidence, Finding, Severity

pytestmark = pytest.mark.django_db

MISSED = Analysis(
    "I think so",
    "I think it so",
    (Finding(8, 8, "", "it", "", "pronoun", Severity.ERROR, Evidence.RULE),),
)


@pytest.fixture
def classroom() -> Classroom:
    """A class of English with a teacher."""
    return ClassroomFactory.create()


@pytest.fixture
def teacher(classroom: Classroom, client: Client) -> User:
    """Its teacher, signed in."""
    found = teacher_of(classroom)
    client.force_login(found)
    return found


def talked(learner: User, *, days_ago: int, mistakes: int = 0) -> TutoringSession:
    """Let a learner talk: one turn with a wrong sound and a mistake."""
    at = timezone.now() - timedelta(days=days_ago)
    session = TutoringSession.objects.create(
        learner=learner,
        status="ENDED",
        l1="es",
        l2="en",
        level="A2",
        started_at=at,
        last_seen_at=at,
        ended_at=at,
    )
    turn = Turn.objects.create(
        session=session, index=1, started_at=at, analysis=analysis_json(MISSED)
    )
    said = Utterance.objects.create(
        turn=turn, speaker="LEARNER", source="SPEECH", text="think so"
    )
    keep_assessment(
        speech=said, learner_id=learner.pk, value=judged(), spoken_at=at, now=at
    )
    SessionSummary.objects.create(
        learner=learner,
        session=session.uuid,
        l2="en",
        started_at=at,
        last_turn_at=at,
        turns=1,
        words_said=100,
        mistakes={"pronoun": mistakes} if mistakes else {},
    )
    return session


def struggles(learner: User, sound: str = "θ") -> None:
    """Let a learner have tried a sound often, and mostly in vain."""
    record_attempts(
        learner_id=learner.pk,
        language="en",
        source="test",
        attempts={sound: Attempts(right=12, wrong=28, n=40)},
        spoken_at=timezone.now(),
    )


def address(classroom: Classroom, *rest: object) -> str:
    """Return where a page of the class's insights is."""
    name = {0: "class-insights", 2: "insight-column", 3: "insight-cell"}[len(rest)]
    return reverse(f"coursework:{name}", args=(classroom.uuid, *rest))


def test_the_page_says_in_sentences_who_needs_what(
    classroom: Classroom, teacher: User, client: Client
) -> None:
    silent, slips = learner_of(classroom), learner_of(classroom)
    talked(silent, days_ago=9)
    for days in (1, 2, 3):
        talked(slips, days_ago=days, mistakes=2)
    page = client.get(address(classroom)).content.decode()
    assert f"{silent.profile.display_name} has not spoken for 9 days." in page
    assert "Pronouns, 6 times in the last 3 talks." in page
    assert f"mailto:{silent.email.replace('@', '%40')}" in page
    entry = AuditEntry.objects.get(action="insights.opened")
    assert (entry.actor, entry.target_uuid) == (teacher.uuid, classroom.uuid)


def test_late_work_goes_by_the_learners_own_rules(classroom: Classroom) -> None:
    late, excused, longer = (learner_of(classroom) for _ in range(3))
    now = timezone.now()
    work = Assignment.objects.create(
        classroom=classroom,
        title="At the café",
        kind="TALK",
        opens_at=now - timedelta(days=9),
        due_at=now - timedelta(days=3, hours=1),
        published_at=now - timedelta(days=9),
        created_at=now,
        edited_at=now,
    )
    for learner, rule in (
        (excused, {"is_excused": True}),
        (longer, {"due_at": now + timedelta(days=1)}),
    ):
        Extension.objects.create(assignment=work, learner=learner, given_at=now, **rule)
    sentences = [one.sentence for one in overview(classroom, now=now).first]
    name = late.profile.display_name
    assert [one for one in sentences if "At the café" in one] == [
        f"{name} has not handed in “At the café”, due 3 days ago."
    ]


def test_the_map_of_sounds_abstains_where_little_is_known(
    classroom: Classroom, teacher: User, client: Client
) -> None:
    weak, new = learner_of(classroom), learner_of(classroom)
    struggles(weak)
    talked(new, days_ago=1)
    page = client.get(address(classroom) + "?map=sounds").content.decode()
    assert "heard 40 times" in page
    assert "heard 1 times, too few to say" in page
    assert f'href="sounds/%CE%B8/{weak.uuid}/"' in page


def test_a_cell_has_the_learners_own_sentences_and_says_that_it_was_opened(
    classroom: Classroom, teacher: User, client: Client
) -> None:
    learner = learner_of(classroom)
    session = talked(learner, days_ago=1, mistakes=2)
    struggles(learner)
    sounds = client.get(address(classroom, "sounds", "θ", learner.uuid))
    assert b'<mark class="example__mark">think</mark> so' in sounds.content
    mistakes = client.get(address(classroom, "mistakes", "pronoun", learner.uuid))
    assert b"<ins>it</ins>" in mistakes.content
    assert TalkAccess.objects.filter(reader=teacher, session=session.uuid).count() == 2
    entry = AuditEntry.objects.filter(action="insight.opened").first()
    assert entry is not None
    assert entry.subject == learner.uuid


@pytest.mark.parametrize(
    ("kind", "key", "wanted"),
    [("sounds", "θ", "DRILL"), ("mistakes", "pronoun", "TALK")],
)
def test_from_a_cell_work_is_set_by_one_button(
    classroom: Classroom,
    teacher: User,
    client: Client,
    kind: str,
    key: str,
    wanted: str,
) -> None:
    learner = learner_of(classroom)
    talked(learner, days_ago=1, mistakes=4)
    struggles(learner)
    page = client.get(address(classroom, kind, key, learner.uuid))
    (only,) = page.context["settings"]
    sent: dict[str, list[str]] = {}
    for name, value in only.work.fields:
        sent.setdefault(name, []).append(str(value))
    response = client.post(only.work.url, sent)
    work = Assignment.objects.get()
    assert response.status_code == 302
    assert work.kind == wanted
    assert work.published_at is not None
    assert [target.learner for target in work.targets.all()] == [learner]
    assert client.get(only.work.url).status_code == 200


def test_a_column_sets_work_for_all_who_need_it_and_no_more(
    classroom: Classroom, teacher: User, client: Client
) -> None:
    weak, fine = learner_of(classroom), learner_of(classroom)
    struggles(weak)
    record_attempts(
        learner_id=fine.pk,
        language="en",
        source="test",
        attempts={"θ": Attempts(right=40, wrong=0, n=40)},
        spoken_at=timezone.now(),
    )
    page = client.get(address(classroom, "sounds", "θ"))
    first, whole_class = page.context["settings"]
    asked = parse_qs(urlsplit(first.work.url).query)
    assert (asked["learners"], asked["contrast"]) == ([str(weak.uuid)], ["θ-s"])
    assert "learners" not in parse_qs(urlsplit(whole_class.work.url).query)


def test_can_dos_follow_lessons(
    classroom: Classroom, teacher: User, client: Client
) -> None:
    learner, lesson = learner_of(classroom), LessonFactory.create()
    LessonProgress.objects.create(
        learner=learner, lesson=lesson, started_at=timezone.now()
    )
    page = client.get(address(classroom) + "?map=can-dos")
    assert b"0 of 1 lessons finished" in page.content
    key = page.context["heat"].columns[0].column.key
    cell = client.get(address(classroom, "can-dos", key, learner.uuid))
    assert lesson.title in cell.content.decode()


@pytest.mark.parametrize("kind", ["needs", "sounds", "mistakes", "can-dos"])
def test_everything_is_there_as_a_file(
    classroom: Classroom, teacher: User, client: Client, kind: str
) -> None:
    learner = learner_of(classroom)
    talked(learner, days_ago=9, mistakes=1)
    response = client.get(
        reverse("coursework:insight-csv", args=(classroom.uuid, kind))
    )
    rows = list(csv.reader(response.content.decode("utf-8-sig").splitlines()))
    assert rows[1][0] == learner.profile.display_name
    assert AuditEntry.objects.filter(action="insights.exported").exists()


def test_only_who_teaches_the_class_sees_any_of_it(
    classroom: Classroom, client: Client
) -> None:
    learner = learner_of(classroom)
    talked(learner, days_ago=1, mistakes=2)
    pages = [
        address(classroom),
        address(classroom, "mistakes", "pronoun"),
        address(classroom, "mistakes", "pronoun", learner.uuid),
        reverse("coursework:insight-csv", args=(classroom.uuid, "sounds")),
    ]
    for person in (teacher_of(ClassroomFactory.create()), learner):
        client.force_login(person)
        assert {client.get(page).status_code for page in pages} == {404}


def test_a_learner_of_another_class_is_not_found_in_this_one(
    classroom: Classroom, teacher: User, client: Client
) -> None:
    learner, other = learner_of(classroom), learner_of(ClassroomFactory.create())
    talked(learner, days_ago=1, mistakes=2)
    for kind, key in (("mistakes", "pronoun"), ("sounds", "θ")):
        page = address(classroom, kind, key, other.uuid)
        assert client.get(page).status_code == 404
    assert client.get(address(classroom, "sounds", "nothing")).status_code == 404
    assert client.get(address(classroom) + "?map=nothing").status_code == 404


@pytest.mark.parametrize("asked", ["", "?map=sounds", "?map=mistakes", "?map=can-dos"])
def test_more_learners_need_no_more_queries(
    classroom: Classroom,
    teacher: User,
    client: Client,
    asked: str,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    lesson = LessonFactory.create()
    for _ in range(4):
        learner = learner_of(classroom)
        talked(learner, days_ago=9, mistakes=2)
        struggles(learner)
        LessonProgress.objects.create(
            learner=learner, lesson=lesson, started_at=timezone.now()
        )
    with django_assert_max_num_queries(15):
        assert client.get(address(classroom) + asked).status_code == 200
