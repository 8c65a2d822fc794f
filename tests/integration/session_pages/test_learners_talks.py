"""Teachers read reports of their learners' talks and close care flags."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from learners.models import LearnerFact, TalkAccess, User
from sessions.models import CareFlag, Turn, TutoringSession, Utterance
from sessions.services import start_session
from sessions.teaching_records import GateRecord, analysis_json, gates_json, move_json
from tests.factories.learners import AdminFactory, LearnerFactory
from tests.factories.schools import common_class, taught, teacher_of
from tests.unit.tutor.memory.findings import analysed
from tutor.gating import GateResult
from tutor.moves import Move, MoveKind

pytestmark = pytest.mark.django_db
LIST = reverse("sessions:learners-talks")
REFUSED = GateRecord(refused=(GateResult("reveal", False, "It gives it away."),))


@pytest.fixture
def teacher(learner: User) -> User:
    """Who teaches everybody that talks here."""
    taught(learner)
    return teacher_of(common_class(), profile__display_name="Ms Teacher")


@pytest.fixture
def teacher_client(client: Client, teacher: User) -> Client:
    """Their browser."""
    client.force_login(teacher)
    return client


def said(learner: User, text: str = "I am here.", *, ago: int = 0) -> TutoringSession:
    """Return a talk of four minutes in which a learner of the class said this."""
    taught(learner)
    began = timezone.now() - timedelta(days=ago)
    talk = start_session(learner_id=learner.pk, lesson_uuid=None, now=began)
    TutoringSession.objects.filter(pk=talk.pk).update(
        last_seen_at=began + timedelta(minutes=4)
    )
    turn = Turn.objects.create(session=talk, index=1, started_at=began)
    Utterance.objects.create(turn=turn, speaker="LEARNER", source="TEXT", text=text)
    return talk


def flagged(talk: TutoringSession, index: int = 1) -> CareFlag:
    """Return a flag of one of its turns."""
    turn, _created = Turn.objects.get_or_create(
        session=talk, index=index, defaults={"started_at": talk.started_at}
    )
    return CareFlag.objects.create(
        turn=turn, kind=CareFlag.Kind.DANGER, raised_at=timezone.now()
    )


def report_url(talk: TutoringSession) -> str:
    return reverse("sessions:session-report", args=[talk.uuid])


def seen_url(flag: CareFlag) -> str:
    return reverse("sessions:care-seen", args=[flag.turn.session.uuid, flag.turn.index])


def test_a_teacher_reads_the_report_with_its_evidence(
    teacher_client: Client, learner: User, talk: TutoringSession
) -> None:
    go = analysed("I [go|went] scool.")
    talk.turns.filter(index=1).update(
        analysis=analysis_json(go),
        move=move_json(Move(MoveKind.ELICIT, go.findings, reason="first try")),
        gates=gates_json(REFUSED),
    )
    page = teacher_client.get(report_url(talk)).content.decode()
    for shown in (
        "Evidence, turn by turn", "first try", "refused a draft", "It gives it away.",
        "You went to school.", learner.profile.display_name,
    ):  # fmt: skip
        assert shown in page
    # What was never heard of the reply was not said.
    assert "And then?" not in page


def test_a_report_gives_a_teacher_no_way_to_sound_or_memory(
    teacher_client: Client, learner: User, talk: TutoringSession
) -> None:
    LearnerFact.objects.create(
        learner=learner, l2="en", text="I have a dog.", created_at=timezone.now()
    )
    page = teacher_client.get(report_url(talk)).content.decode()
    assert "I have a dog." not in page
    replay = reverse("sessions:session-review", args=[talk.uuid])
    audio = reverse("sessions:utterance-audio", args=[talk.uuid, 1, "learner"])
    for address in (replay, audio):
        assert address not in page
        assert teacher_client.get(address).status_code == 404


def test_the_learners_consent_opens_no_sound_to_teachers(
    teacher_client: Client, learner: User, talk: TutoringSession
) -> None:
    learner.profile.stores_recordings = True
    learner.profile.consent_changed_at = timezone.now()
    learner.profile.save()
    audio = reverse("sessions:utterance-audio", args=[talk.uuid, 1, "learner"])
    assert teacher_client.get(audio).status_code == 404


@pytest.mark.parametrize("method", ["get", "head"])
def test_opening_a_report_is_written_down(
    teacher_client: Client, teacher: User, talk: TutoringSession, method: str
) -> None:
    getattr(teacher_client, method)(report_url(talk))
    rows = TalkAccess.objects.values_list("reader", "learner", "session", "page")
    opened = (teacher.pk, talk.learner_id, talk.uuid, "REPORT")
    assert list(rows) == ([opened] if method == "get" else [])


def test_an_administrators_replay_is_written_down_and_a_refusal_is_not(
    client: Client, other_client: Client, learner: User, talk: TutoringSession
) -> None:
    admin = AdminFactory.create()
    replay = reverse("sessions:session-review", args=[talk.uuid])
    for address in (report_url(talk), replay):
        assert other_client.get(address).status_code == 404
    client.force_login(learner)
    client.get(report_url(talk))
    client.get(replay)
    assert not TalkAccess.objects.exists()
    client.force_login(admin)
    client.get(replay)
    assert TalkAccess.objects.values_list("reader", "page").get() == (
        admin.pk,
        "REPLAY",
    )


def test_the_list_shows_who_talked_how_long_and_how_much(
    teacher_client: Client, teacher: User
) -> None:
    ana = LearnerFactory.create(profile__display_name="Ana <b>")
    bo = LearnerFactory.create(profile__display_name="Bo")
    said(ana, "I am very tired today.", ago=2)
    said(bo, "Hello!", ago=1)
    said(teacher, "My own talk.")
    silent = start_session(learner_id=bo.pk, lesson_uuid=None, now=timezone.now())
    Turn.objects.create(session=silent, index=0, started_at=timezone.now())
    page = teacher_client.get(LIST)
    found = [
        (row.learner, row.minutes, row.words, row.needs_care)
        for row in page.context["rows"]
    ]
    assert found == [("Bo", 4, 1, False), ("Ana <b>", 4, 5, False)]
    assert "Ana &lt;b&gt;" in page.content.decode()


@pytest.mark.parametrize(
    ("search", "names"),
    [
        ("AN", ["Ana"]),
        ("bo@school", ["Bo"]),
        ("%", []),
        ("  ", ["Bo", "Ana"]),
        ("\x00", ["Bo", "Ana"]),
    ],
)
def test_learners_are_found_by_name_and_address(
    teacher_client: Client, search: str, names: list[str]
) -> None:
    for name, ago in (("Ana", 2), ("Bo", 1)):
        learner = LearnerFactory.create(
            email=f"{name.lower()}@school.example", profile__display_name=name
        )
        said(learner, ago=ago)
    page = teacher_client.get(LIST, {"search": search})
    assert [row.learner for row in page.context["rows"]] == names


def test_pages_keep_the_search(teacher_client: Client) -> None:
    learner = LearnerFactory.create(profile__display_name="A&B")
    for ago in range(21):
        said(learner, ago=ago)
    page = teacher_client.get(LIST, {"search": "a&b"})
    assert len(page.context["rows"]) == 20
    assert 'href="?page=2&amp;search=a%26b"' in page.content.decode()
    last = teacher_client.get(LIST, {"search": "a&b", "page": "2"})
    assert len(last.context["rows"]) == 1


def test_the_list_costs_the_same_however_many_talks_there_are(
    teacher_client: Client, django_assert_max_num_queries: Any
) -> None:
    for ago in range(12):
        flagged(said(LearnerFactory.create(), ago=ago))
    with django_assert_max_num_queries(12):
        teacher_client.get(LIST)


def test_the_list_is_for_those_who_answer_for_somebody(other_client: Client) -> None:
    assert other_client.get(LIST).status_code == 404
    assert LIST not in other_client.get(reverse("today")).content.decode()


def test_an_open_flag_is_on_top_in_the_navigation_and_marks_its_talk(
    teacher_client: Client, teacher: User
) -> None:
    old = said(LearnerFactory.create(profile__display_name="Ana"), ago=30)
    said(LearnerFactory.create())
    flagged(old)
    flagged(said(teacher))  # one's own is for another teacher
    page = teacher_client.get(LIST)
    (row,) = page.context["flags"]
    assert (row["learner"], row["session"]) == ("Ana", old)
    assert [one.needs_care for one in page.context["rows"]] == [False, True]
    today = teacher_client.get(reverse("today"))
    assert today.context["n_care_flags"]() == 1
    assert f'href="{LIST}"' in today.content.decode()


def test_a_teacher_closes_a_flag_with_a_note(
    teacher_client: Client, teacher: User, learner: User
) -> None:
    talk = said(learner)
    flag, other = flagged(talk), flagged(talk, 2)
    assert f'action="{seen_url(flag)}"' in (
        teacher_client.get(report_url(talk)).content.decode()
    )
    answer = teacher_client.post(seen_url(flag), {"note": "We <spoke>."}, follow=True)
    assert answer.redirect_chain == [(report_url(talk), 302)]
    flag.refresh_from_db()
    other.refresh_from_db()
    assert (flag.seen_by, flag.note, other.seen_at) == (teacher, "We <spoke>.", None)
    page = answer.content.decode()
    assert "Ms Teacher looked at this on" in page
    assert "We &lt;spoke&gt;." in page
    assert f'action="{seen_url(flag)}"' not in page
    assert f'action="{seen_url(other)}"' in page


def test_closing_hides_nothing_from_the_others(
    teacher_client: Client, learner: User
) -> None:
    teacher_client.post(seen_url(flagged(said(learner))))
    client = Client()
    client.force_login(teacher_of(common_class()))
    page = client.get(LIST)
    (row,) = page.context["closed"]
    assert (row["seen_by"], page.context["flags"]) == ("Ms Teacher", [])
    assert "Ms Teacher ·" in page.content.decode()


def test_who_comes_second_is_told(teacher_client: Client, learner: User) -> None:
    flag = flagged(said(learner))
    teacher_client.post(seen_url(flag), {"note": "first"})
    answer = teacher_client.post(seen_url(flag), {"note": "second"}, follow=True)
    assert "Somebody else looked at it before you." in answer.content.decode()
    flag.refresh_from_db()
    assert flag.note == "first"


def test_a_note_that_is_too_long_comes_back(
    teacher_client: Client, learner: User
) -> None:
    flag = flagged(said(learner))
    answer = teacher_client.post(seen_url(flag), {"note": "x" * 501})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "At most 500 characters." in page
    assert "x" * 501 in page
    flag.refresh_from_db()
    assert flag.seen_at is None


def test_nobody_closes_their_own_flag_or_a_strangers(
    other_client: Client, teacher_client: Client, teacher: User, learner: User
) -> None:
    own, flag = flagged(said(teacher)), flagged(said(learner))
    assert teacher_client.post(seen_url(own)).status_code == 404
    assert other_client.post(seen_url(flag)).status_code == 404
    client = Client()
    client.force_login(learner)
    assert client.post(seen_url(flag)).status_code == 404
    assert teacher_client.get(seen_url(flag)).status_code == 405
    assert CareFlag.objects.filter(seen_at=None).count() == 2


def test_a_flagged_turn_stays_marked_when_its_words_were_corrected(
    teacher_client: Client, learner: User
) -> None:
    talk = said(learner, "Nobody would miss the bus.")
    flagged(talk)
    talk.turns.update(move=move_json(Move(MoveKind.CONTINUE)))
    page = teacher_client.get(report_url(talk)).content.decode()
    assert "A person should look at this" in page


def test_the_note_is_not_shown_to_its_learner(client: Client, learner: User) -> None:
    talk = said(learner)
    flag = flagged(talk)
    CareFlag.objects.filter(pk=flag.pk).update(seen_at=timezone.now(), note="secret")
    client.force_login(learner)
    assert "secret" not in client.get(report_url(talk)).content.decode()
