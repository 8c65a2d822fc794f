"""Reviewing: who may, what is shown, marks of two teachers, sound, comments, giving back."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from coursework.mail_queue import return_queue
from coursework.models import Assignment, Comment, MarkChange, Submission
from coursework.services.comments import NewComment, add_comment
from coursework.services.draft_marks import keep_draft
from coursework.services.marks import (
    GivenMark,
    MarkedMeanwhile,
    ReasonNeeded,
    clear_mark,
    mark_submission,
)
from coursework.services.return_mails import send_return_mails
from coursework.services.returning import return_submission
from coursework.signals import (
    submission_handed_in,
    submission_marked,
    submission_returned,
)
from coursework.talk_peaks import FOLDER
from learners.models import TalkAccess, User
from schools.models import AuditEntry, Classroom
from sessions.models import CareFlag, Recording, Turn
from sessions.wav_sound import write_wav

from ...factories.handed_in import (
    TALKED,
    assignment_in,
    handed_in,
    rubric_of,
    talk_of,
    tone,
)
from ...factories.learners import LearnerFactory
from ...factories.schools import ClassroomFactory, learner_of, teacher_of

pytestmark = pytest.mark.django_db
NOW = TALKED + timedelta(days=1)


@pytest.fixture
def classroom() -> Classroom:
    made: Classroom = ClassroomFactory.create()
    return made


@pytest.fixture
def teacher(classroom: Classroom) -> User:
    return teacher_of(classroom)


@pytest.fixture
def learner(classroom: Classroom) -> User:
    return learner_of(classroom)


@pytest.fixture
def work(classroom: Classroom) -> Assignment:
    rubric = rubric_of(
        ("Grammar", "errors_per_100_words", (3, 2, 1, 0), 2),
        ("Sounds", "pronunciation_total", (3, 2, 1, 0), 1),
        ("Manner", "", (1, 0), 1),
    )
    return assignment_in(classroom, rubric=rubric)


@pytest.fixture
def submission(work: Assignment, learner: User) -> Submission:
    return handed_in(work, learner, session=talk_of(learner))


def detail(submission: Submission) -> str:
    return reverse(
        "coursework:review-detail",
        args=(submission.assignment.classroom.uuid, submission.uuid),
    )


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def heard(client: Client, url: str, **headers: str) -> int:
    """Ask for a sound, take all of it, and return the status."""
    response = client.get(url, headers=headers)
    if response.streaming:
        # The test client closes what was taken in full.
        b"".join(response.streaming_content)  # type: ignore[attr-defined]
    return response.status_code


def mark(points: float, version: int = 0, **more: str) -> dict[str, str]:
    return {"points": str(points), "version": str(version), "action": "mark"} | more


def test_a_draft_comes_with_handing_in_and_again_changes_nothing(
    submission: Submission,
) -> None:
    draft = submission.draft
    assert draft is not None
    grammar, sounds, manner = draft["criteria"]
    # Three of thirty-nine words are wrong: near the best for A2, and not surely.
    assert grammar["evidence"][0]["code"].startswith("mistake.")
    assert grammar["evidence"][0]["at_ms"] > 0
    assert sounds["value"] == pytest.approx(75.3, abs=0.5)
    assert manner["missing"] == "by_hand"
    assert draft["is_complete"] is False
    assert "coffee" not in json.dumps(draft)
    assert keep_draft(submission_id=submission.pk).draft == draft


def test_the_signal_of_handing_in_makes_the_draft(
    work: Assignment, learner: User
) -> None:
    bare = handed_in(work, learner, session=talk_of(learner), draft={})
    submission_handed_in.send_robust(sender=Submission, submission_id=bare.pk)
    bare.refresh_from_db()
    assert bare.draft_points is not None


def test_only_teachers_of_the_class_review(
    submission: Submission, teacher: User, learner: User, classroom: Classroom
) -> None:
    others = [
        learner,
        learner_of(classroom),
        teacher_of(ClassroomFactory.create()),
        LearnerFactory.create(role=User.Role.TEACHER),
    ]
    args = (classroom.uuid, submission.uuid)
    gets = [
        detail(submission),
        reverse("coursework:review-queue", args=args[:1]),
        reverse("coursework:gradebook", args=args[:1]),
        reverse("coursework:gradebook-file", args=(classroom.uuid, "csv")),
        reverse(
            "coursework:gradebook-cell",
            args=(classroom.uuid, submission.assignment.uuid, learner.uuid),
        ),
    ]
    posts = [
        reverse("coursework:review-mark", args=args),
        reverse("coursework:review-accept", args=args[:1]),
        reverse("coursework:review-return-all", args=args[:1]),
        reverse("coursework:gradebook-rules", args=args[:1]),
    ]
    for other in others:
        client = signed_in(other)
        assert {client.get(url).status_code for url in gets} == {404}
        assert {client.post(url, mark(5)).status_code for url in posts} == {404}
    client = signed_in(teacher)
    assert {client.get(url).status_code for url in gets} == {200}
    # Of another class's address it is not to be had either.
    elsewhere = ClassroomFactory.create()
    teacher_of(elsewhere)
    moved = reverse("coursework:review-detail", args=(elsewhere.uuid, submission.uuid))
    assert client.get(moved).status_code == 404


def test_nobody_reviews_what_is_only_begun(
    submission: Submission, teacher: User
) -> None:
    Submission.objects.update(state="STARTED", submitted_at=None)
    assert signed_in(teacher).get(detail(submission)).status_code == 404


def test_the_screen_shows_talk_draft_and_evidence_and_is_written_down(
    submission: Submission,
    teacher: User,
    learner: User,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    client = signed_in(teacher)
    with django_assert_max_num_queries(15):
        page = client.get(detail(submission))
    text = page.content.decode()
    assert "Yesterday I go to a café with my sister." in text
    assert "<ins>went</ins>" in text
    assert "Mistakes in a hundred words" in text
    assert 'data-seek-turn="4"' in text
    assert "No sound of this talk is kept" in text
    data = page.context["timeline"]
    assert [one["speaker"] for one in data["stretches"][:3]] == [
        "tutor", "learner", "tutor",
    ]  # fmt: skip
    starts = [one["start_ms"] for one in data["stretches"]]
    assert starts == sorted(starts)
    assert TalkAccess.objects.get().learner == learner
    entry = AuditEntry.objects.get(action="talk.opened")
    assert (entry.actor, entry.subject) == (teacher.uuid, learner.uuid)


def test_a_screen_with_marks_comments_and_care_asks_little(
    submission: Submission,
    teacher: User,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    given = GivenMark(version=0, points=12, reason="heard it")
    mark_submission(submission_id=submission.pk, given=given, teacher=teacher, now=NOW)
    said = [
        Comment.objects.create(
            submission=submission, author=teacher, text=text, at_ms=at_ms,
            created_at=NOW,
        )
        for text, at_ms in (("early", 10), ("about all", None), ("late", 900))
    ]  # fmt: skip
    Comment.objects.create(
        submission=submission, parent=said[0], author=submission.learner,
        text="thanks", created_at=NOW,
    )  # fmt: skip
    Submission.objects.update(trouble=["care_open"])
    turn = Turn.objects.filter(utterances__speaker="LEARNER")[0]
    CareFlag.objects.create(turn=turn, kind="danger", raised_at=NOW)
    client = signed_in(teacher)
    with django_assert_max_num_queries(15):
        page = client.get(detail(submission))
    threads = page.context["comments"]
    assert [one["text"] for one in threads] == ["about all", "early", "late"]
    assert [one["text"] for one in threads[1]["replies"]] == ["thanks"]
    assert len(page.context["history"]) == 1
    assert page.context["care_is_open"]


def test_a_mark_by_levels_is_kept_beside_the_draft_and_told(
    submission: Submission,
    teacher: User,
    django_capture_on_commit_callbacks: pytest.FixtureRequest,
) -> None:
    told: list[int] = []
    submission_marked.connect(
        lambda submission_id, **_: told.append(submission_id),
        weak=False,
        dispatch_uid="t",
    )
    levels = {"level-grammar": "1", "level-sounds": "0", "level-manner": "0"}
    url = reverse(
        "coursework:review-mark",
        args=(submission.assignment.classroom.uuid, submission.uuid),
    )
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        answer = signed_in(teacher).post(
            url,
            {"version": "0", "points": "", "action": "mark", "reason": "well told"}
            | levels,
        )
    submission_marked.disconnect(dispatch_uid="t")
    assert answer.status_code == 302
    submission.refresh_from_db()
    # 20 * (2 * 2/3 + 1 + 1) / 4
    assert submission.points == pytest.approx(16.67)
    assert submission.criteria == {"grammar": 1, "sounds": 0, "manner": 0}
    assert submission.draft_points is not None
    assert submission.version == 1
    assert told == [submission.pk]
    change = MarkChange.objects.get()
    assert (change.by, change.reason) == (teacher, "well told")
    assert AuditEntry.objects.filter(target_uuid=submission.uuid).exists()


@pytest.mark.parametrize(
    "sent",
    [
        mark(21, reason="x"),
        mark(-1, reason="x"),
        {"points": "nan", "version": "0", "reason": "x"},
        {"points": "many", "version": "0", "reason": "x"},
        {"points": "5", "version": "later", "reason": "x"},
        {"points": "", "version": "0", "level-grammar": "99", "reason": "x"},
        {"points": "0", "version": "0"},
    ],
)
def test_bad_marks_are_refused_in_words_and_nothing_is_lost(
    submission: Submission, teacher: User, sent: dict[str, str]
) -> None:
    url = reverse(
        "coursework:review-mark",
        args=(submission.assignment.classroom.uuid, submission.uuid),
    )
    answer = signed_in(teacher).post(url, sent)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    submission.refresh_from_db()
    assert submission.points is None


def test_two_teachers_at_once_see_both_marks(
    submission: Submission, teacher: User, classroom: Classroom
) -> None:
    other = teacher_of(classroom)
    url = reverse("coursework:review-mark", args=(classroom.uuid, submission.uuid))
    first = mark(12, reason="short")
    assert signed_in(teacher).post(url, first).status_code == 302
    answer = signed_in(other).post(url, mark(17, reason="lively"))
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "Somebody else marked this while you had it open." in text
    assert "12 / 20" in text
    assert "17 / 20" in text
    submission.refresh_from_db()
    assert submission.points == 12
    # The page that told them holds the new version: sent again it overrules.
    assert 'name="version" value="1"' in text
    assert signed_in(other).post(url, mark(17, 1, reason="lively")).status_code == 302
    assert [(c.points_before, c.points) for c in MarkChange.objects.all()] == [
        (12, 17), (None, 12),
    ]  # fmt: skip


def test_sent_twice_is_marked_once(submission: Submission, teacher: User) -> None:
    for _ in range(2):
        mark_submission(
            submission_id=submission.pk,
            given=GivenMark(version=0, points=12, reason="short"),
            teacher=teacher,
            now=NOW,
        )
    assert MarkChange.objects.count() == 1


def test_changing_or_taking_back_a_mark_needs_a_reason_and_the_latest_version(
    submission: Submission, teacher: User
) -> None:
    given = GivenMark(version=0, points=12, reason="short")
    mark_submission(submission_id=submission.pk, given=given, teacher=teacher, now=NOW)
    with pytest.raises(ReasonNeeded):
        mark_submission(
            submission_id=submission.pk,
            given=GivenMark(version=1, points=13),
            teacher=teacher,
            now=NOW,
        )
    with pytest.raises(MarkedMeanwhile):
        clear_mark(
            submission_id=submission.pk, version=0, reason="x", teacher=teacher, now=NOW
        )
    clear_mark(
        submission_id=submission.pk, version=1, reason="x", teacher=teacher, now=NOW
    )
    submission.refresh_from_db()
    assert submission.points is None
    assert MarkChange.objects.first().way == MarkChange.Way.CLEARED  # type: ignore[union-attr]


def test_giving_back_goes_on_to_the_next_and_mails_once(
    submission: Submission,
    teacher: User,
    classroom: Classroom,
    learner: User,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: pytest.FixtureRequest,
) -> None:
    settings.CARE = settings.CARE | {"SITE_URL": "https://tutor.example"}
    asked: list[str] = []
    monkeypatch.setattr(return_queue, "put", asked.append)
    other = learner_of(classroom)
    waiting = handed_in(submission.assignment, other, session=talk_of(other))
    told: list[int] = []
    submission_returned.connect(
        lambda submission_id, **_: told.append(submission_id),
        weak=False,
        dispatch_uid="t",
    )
    url = reverse("coursework:review-mark", args=(classroom.uuid, submission.uuid))
    sent = mark(12, reason="short", action="return_next")
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        answer = signed_in(teacher).post(url, sent)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        return_submission(submission_id=submission.pk, teacher=teacher, now=NOW)
    submission_returned.disconnect(dispatch_uid="t")
    assert answer["Location"] == detail(waiting)
    submission.refresh_from_db()
    assert submission.state == "RETURNED"
    assert told == [submission.pk]
    assert asked == ["returned"]
    assert not mail.outbox, "a request waits for no mail server"
    assert send_return_mails(now=timezone.now()).sent == 1
    assert send_return_mails(now=timezone.now()).sent == 0
    assert [m.to for m in mail.outbox] == [[learner.email]]
    assert str(submission.uuid) in mail.outbox[0].body


def test_the_learner_sees_mark_and_comments_once_it_is_back(
    submission: Submission, teacher: User, learner: User
) -> None:
    add_comment(
        submission=submission,
        new=NewComment(text="Say went.", at_ms=60_000, turn=4),
        author=teacher,
        now=NOW,
    )
    client = signed_in(learner)
    url = reverse("coursework:returned", args=(submission.uuid,))
    add = reverse("coursework:comment-add", args=(submission.uuid,))
    before = client.get(url)
    assert before.status_code == 200
    assert "Say went." not in before.content.decode()
    assert client.post(add, {"text": "Why?"}).status_code == 404
    given = GivenMark(version=0, points=12, reason="only for teachers")
    mark_submission(submission_id=submission.pk, given=given, teacher=teacher, now=NOW)
    return_submission(submission_id=submission.pk, teacher=teacher, now=NOW)
    text = client.get(url).content.decode()
    assert "Say went." in text
    assert "<strong>12</strong>" in text
    assert "only for teachers" not in text
    comment = Comment.objects.get()
    assert comment.seen_at is not None
    assert client.post(add, {"text": "Why?", "parent": comment.uuid}).status_code == 302
    reply = comment.replies.get()
    assert (reply.author, reply.at_ms) == (learner, 60_000)
    assert "Why?" in signed_in(teacher).get(detail(submission)).content.decode()
    # Nobody else of the class sees any of it, and nobody deletes another's words.
    stranger = signed_in(learner_of(submission.assignment.classroom))
    assert stranger.get(url).status_code == 404
    assert stranger.post(add, {"text": "x"}).status_code == 404
    delete = reverse("coursework:comment-delete", args=(submission.uuid, comment.uuid))
    client.post(delete)
    assert Comment.objects.filter(pk=comment.pk).exists()
    signed_in(teacher).post(delete)
    assert not Comment.objects.exists()


def test_the_sound_of_a_talk_is_drawn_heard_and_forgotten(
    work: Assignment, teacher: User, learner: User, private_root: Path
) -> None:
    session = talk_of(learner, recorded=True)
    found = handed_in(work, learner, session=session)
    client = signed_in(teacher)
    data = client.get(detail(found)).context["timeline"]
    spoken = next(one for one in data["stretches"] if one["speaker"] == "learner")
    assert len(spoken["peaks"]) == 20
    assert spoken["peaks"][0] < spoken["peaks"][-1] <= 100
    assert heard(client, spoken["url"]) == 200
    assert heard(client, spoken["url"], Range="bytes=0-9") == 206
    assert AuditEntry.objects.filter(action="submission.heard").count() == 1
    kept = private_root / FOLDER / f"{session.uuid}.json"
    assert kept.exists()
    # Without a class in common it is nobody's, and other talks stay private.
    for other in (teacher_of(ClassroomFactory.create()), learner_of(work.classroom)):
        assert heard(signed_in(other), spoken["url"]) == 404
    private = talk_of(learner, recorded=True)
    url = reverse("sessions:utterance-audio", args=(private.uuid, 1, "learner"))
    assert heard(client, url) == 404
    return_submission_of(found, teacher)
    assert heard(signed_in(learner), spoken["url"]) == 200


def return_submission_of(submission: Submission, teacher: User) -> None:
    given = GivenMark(version=0, points=12, reason="x")
    mark_submission(submission_id=submission.pk, given=given, teacher=teacher, now=NOW)
    return_submission(submission_id=submission.pk, teacher=teacher, now=NOW)


def test_deleted_sound_takes_its_drawing_along(
    work: Assignment,
    teacher: User,
    learner: User,
    private_root: Path,
    django_capture_on_commit_callbacks: pytest.FixtureRequest,
) -> None:
    found = handed_in(work, learner, session=talk_of(learner, recorded=True))
    client = signed_in(teacher)
    url = client.get(detail(found)).context["timeline"]["stretches"][1]["url"]
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        Recording.objects.all().delete()
    assert list((private_root / FOLDER).iterdir()) == []
    assert client.get(url).status_code == 404
    page = client.get(detail(found))
    assert "No sound of this talk is kept" in page.content.decode()


def test_a_comment_can_be_said_and_goes_with_its_file(
    submission: Submission,
    teacher: User,
    private_root: Path,
    django_capture_on_commit_callbacks: pytest.FixtureRequest,
) -> None:
    client = signed_in(teacher)
    add = reverse("coursework:comment-add", args=(submission.uuid,))
    sound = SimpleUploadedFile("comment.wav", write_wav(tone()))
    answer = client.post(
        add,
        {"audio": sound, "at_ms": "5000", "turn": "1"},
        headers={"X-Requested-With": "fetch"},
    )
    assert answer.status_code == 200
    comment = Comment.objects.get()
    assert (comment.at_ms, comment.duration_ms) == (5000, 1000)
    hear = reverse("coursework:comment-sound", args=(submission.uuid, comment.uuid))
    assert heard(client, hear) == 200
    # Its learner hears it once it is back.
    assert heard(signed_in(submission.learner), hear) == 404
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        comment.delete()
    assert [p for p in private_root.rglob("*") if p.is_file()] == []
    broken = SimpleUploadedFile("comment.wav", b"no sound")
    answer = client.post(add, {"audio": broken}, headers={"X-Requested-With": "fetch"})
    assert answer.status_code == 400
    assert answer.json()["message"]
    empty = client.post(add, {"text": "  "}, headers={"X-Requested-With": "fetch"})
    assert empty.json()["message"] == "Write something, or say it."


def test_a_deleted_talk_leaves_the_mark(submission: Submission, teacher: User) -> None:
    from sessions.models import TutoringSession  # noqa: PLC0415

    TutoringSession.objects.all().delete()
    text = signed_in(teacher).get(detail(submission)).content.decode()
    assert "This talk was deleted." in text
