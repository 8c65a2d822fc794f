"""Lists of learners taken in: what the preview says happens, and nothing else."""

from __future__ import annotations

import re
from datetime import timedelta
from threading import Event
from typing import Any

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from learners.models import User
from learners.rosters import taking_in
from learners.rosters.imports import (
    AlreadyConfirmed,
    HasFaultyRows,
    confirm_import,
    purge_previews,
    read_import,
)
from learners.rosters.taking_in import (
    resume_roster,
    rosters_to_go_on,
    take_in_roster,
    waiting_rosters,
)
from schools.models import (
    AuditEntry,
    Classroom,
    ClassTeacher,
    Enrolment,
    Invitation,
    Membership,
    RosterImport,
)
from tests.factories.learners import LearnerFactory
from tests.factories.schools import ClassroomFactory, learner_of, teacher_of

pytestmark = pytest.mark.django_db
HEADING = "email,name,class,first language,level,external id,minor,guardian email\n"


@pytest.fixture
def classroom() -> Classroom:
    """The class that is filled."""
    classroom: Classroom = ClassroomFactory.create(name="8b")
    return classroom


@pytest.fixture
def teacher(classroom: Classroom) -> User:
    """Who brings the list."""
    return teacher_of(classroom)


def brought(teacher: User, classroom: Classroom, rows: str) -> RosterImport:
    return read_import(
        school=classroom.school,
        classroom=classroom,
        file_name="list.csv",
        content=(HEADING + rows).encode(),
        by=teacher,
        now=timezone.now(),
    )


def confirmed(roster: RosterImport, **chosen: bool) -> None:
    said = {"skips_faulty": False, "sends_mails": False, "moves": False} | chosen
    confirm_import(
        roster_id=roster.pk,
        site_url="https://tutor.example.org/",
        now=timezone.now(),
        **said,
    )


def taken(roster: RosterImport, **chosen: bool) -> RosterImport:
    confirmed(roster, **chosen)
    take_in_roster(roster.uuid, cancelled=Event())
    roster.refresh_from_db()
    return roster


def in_class(classroom: Classroom) -> set[str]:
    rows = Enrolment.objects.filter(classroom=classroom, left_at=None)
    return set(rows.values_list("learner__email", flat=True))


def words(page: Any) -> str:
    return re.sub(r"\s+", " ", page.content.decode())


def test_every_outcome_happens_as_the_preview_says(
    classroom: Classroom,
    teacher: User,
    client: Client,
    django_capture_on_commit_callbacks: Any,
) -> None:
    other = ClassroomFactory.create(school=classroom.school, name="8a")
    ClassTeacher.objects.create(
        classroom=other, teacher=teacher, added_at=timezone.now()
    )
    there, elsewhere = learner_of(classroom), learner_of(other)
    stranger = LearnerFactory.create()
    no_class = learner_of(other)
    no_class.enrolments.update(left_at=timezone.now())
    rows = (
        "new@example.org,Ana Silva,,Portuguese,B1,77,yes,mum@example.org\n"
        f"{there.email},,,,,78,,\n{elsewhere.email}\n{stranger.email}\n"
        f"{no_class.email},,8A\n"
    )
    roster = brought(teacher, classroom, rows)
    client.force_login(teacher)
    page = words(client.get(reverse("learners:import-detail", args=[roster.uuid])))
    for said in ("New account", "Is there already", "Is asked by e-mail",
                 "Joins the class", "Is in another class"):  # fmt: skip
        assert said in page
    assert not User.objects.filter(email="new@example.org").exists()

    with django_capture_on_commit_callbacks(execute=True):
        roster = taken(roster, sends_mails=True, moves=True)
    assert roster.state == "DONE"
    assert roster.outcomes == {
        "NEW": 1, "UNCHANGED": 1, "MOVED": 1, "INVITED": 1, "ENROLLED": 1,
    }  # fmt: skip
    assert in_class(classroom) == {"new@example.org", there.email, elsewhere.email}
    assert in_class(other) == {no_class.email}
    new = Membership.objects.get(user__email="new@example.org")
    assert (new.name, new.external_id, new.is_minor) == ("Ana Silva", "77", True)
    assert (new.user.profile.l1, new.user.profile.level) == ("pt", "B1")
    assert not new.user.has_usable_password()
    assert Membership.objects.get(user=there).external_id == "78"
    assert not stranger.memberships.exists(), "nobody is taken in unasked"
    assert Invitation.objects.get().email == stranger.email
    sent = {message.to[0]: message.body for message in mail.outbox}
    assert set(sent) == {"new@example.org", "mum@example.org", stranger.email}
    link = re.search(r"https://tutor\.example\.org(/\S+)", str(sent["new@example.org"]))
    assert link
    assert client.get(link[1], follow=True).status_code == 200
    assert roster.rows == []
    entries = AuditEntry.objects.filter(action="member.imported", actor=teacher.uuid)
    assert entries.count() == 4, "also of whose number changed"


def test_a_list_brought_again_changes_nothing(
    classroom: Classroom, teacher: User
) -> None:
    rows = "a@example.org,Ana,,es,A1,1,no,\nb@example.org,Bo,,es,A1,2,no,\n"
    taken(brought(teacher, classroom, rows))
    before = AuditEntry.objects.filter(action="member.imported").count()
    again = taken(brought(teacher, classroom, rows))
    assert again.outcomes == {"UNCHANGED": 2}
    assert AuditEntry.objects.filter(action="member.imported").count() == before


def test_faulty_rows_stop_all_unless_they_are_to_be_left_out(
    classroom: Classroom, teacher: User
) -> None:
    colleague = teacher_of(classroom)
    off = LearnerFactory.create(is_active=False)
    taken_number = learner_of(classroom)
    Membership.objects.filter(user=taken_number).update(external_id="9")
    foreign = ClassroomFactory.create(name="Elsewhere")
    not_mine = ClassroomFactory.create(name="9c", school=classroom.school)
    rows = (
        f"good@example.org\nbad\n{colleague.email}\n{off.email}\n"
        "number@example.org,,,,,9\n"
        f"x@example.org,,{foreign.name}\ny@example.org,,{not_mine.name}\n"
    )
    roster = brought(teacher, classroom, rows)
    with pytest.raises(HasFaultyRows):
        confirmed(roster)
    assert not User.objects.filter(email="good@example.org").exists()

    roster = taken(roster, skips_faulty=True)
    assert roster.outcomes == {"NEW": 1, "ERROR": 6}
    assert [problem[0] for problem in roster.problems] == [3, 4, 5, 6, 7, 8]
    with pytest.raises(AlreadyConfirmed):
        confirmed(roster)


def test_what_is_cut_off_goes_on_behind_what_was_done(
    classroom: Classroom, teacher: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(taking_in, "A_TIME", 2)
    rows = "".join(f"learner{n}@example.org\n" for n in range(5))
    roster = brought(teacher, classroom, rows)
    confirmed(roster, sends_mails=True)

    class AfterOne:
        asked = 0

        def is_set(self) -> bool:
            self.asked += 1
            return self.asked > 1

    take_in_roster(roster.uuid, cancelled=AfterOne())
    roster.refresh_from_db()
    assert (roster.state, roster.n_done, len(in_class(classroom))) == ("QUEUED", 2, 2)
    assert waiting_rosters(now=timezone.now()) == [roster.uuid]

    RosterImport.objects.update(state="RUNNING", touched_at=timezone.now())
    take_in_roster(roster.uuid, cancelled=Event())
    assert len(in_class(classroom)) == 2, "somebody else is at it"
    dead = timezone.now() - taking_in.DEAD_AFTER * 2
    RosterImport.objects.update(touched_at=dead)
    assert resume_roster(roster_id=roster.pk)
    take_in_roster(roster.uuid, cancelled=Event())
    roster.refresh_from_db()
    assert (roster.state, roster.outcomes) == ("DONE", {"NEW": 5})
    assert len(in_class(classroom)) == len(mail.outbox) == 5


def test_a_failure_leaves_whole_rows_and_says_so(
    classroom: Classroom, teacher: User, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    roster = brought(teacher, classroom, "a@example.org\nb@example.org\n")

    def fails(**kwargs: object) -> None:
        raise RuntimeError

    with monkeypatch.context() as patched:
        patched.setattr(taking_in, "take_in", fails)
        taken(roster)
    assert not User.objects.filter(email="a@example.org").exists()
    client.force_login(teacher)
    page = client.get(reverse("learners:import-detail", args=[roster.uuid]))
    assert "0 of 2 rows are taken in, completely" in words(page)
    assert resume_roster(roster_id=roster.pk)
    take_in_roster(roster.uuid, cancelled=Event())
    assert len(in_class(classroom)) == 2


def test_who_may_look_at_a_list(
    classroom: Classroom, teacher: User, client: Client
) -> None:
    roster = brought(teacher, classroom, "a@example.org\nbad\n")
    manager = teacher_of(ClassroomFactory.create(school=classroom.school))
    manager.memberships.update(role="MANAGER")
    addresses = [
        reverse(f"learners:{name}", args=[roster.uuid])
        for name in ("import-detail", "import-faulty")
    ]
    for user, status in (
        (teacher, 200),
        (manager, 200),
        (teacher_of(classroom), 404),
        (teacher_of(ClassroomFactory.create()), 404),
        (LearnerFactory.create(), 404),
    ):
        client.force_login(user)
        for address in addresses:
            assert client.get(address).status_code == status, (user, address)
    teacher.classes_taught.all().delete()
    client.force_login(teacher)
    assert client.get(addresses[0]).status_code == 404


def test_a_list_is_brought_looked_at_and_forgotten_in_pages(
    classroom: Classroom, teacher: User, client: Client
) -> None:
    client.force_login(teacher)
    upload = reverse("learners:class-import", args=[classroom.uuid])
    for content, said in (
        (b"", "nothing in this file"),
        (b"name\nAna\n", "No column is called"),
        (b"email\n" + b"a@b.org\n" * 10_001, "more than 10,000 rows"),
    ):
        page = client.post(upload, {"file": SimpleUploadedFile("a.csv", content)})
        assert page.status_code == 422
        assert said in words(page)
    content = f"{HEADING}<b>@x.org,=1+1\ngood@example.org,Ana\n".encode("utf-16")
    page = client.post(
        upload, {"file": SimpleUploadedFile("a.csv", content)}, follow=True
    )
    assert "could be a formula" in words(page)
    assert "<b>" not in words(page)
    roster = RosterImport.objects.get()
    confirm = reverse("learners:import-confirm", args=[roster.uuid])
    refused = client.post(confirm, {})
    assert refused.status_code == 422
    assert "tick that they are left out" in words(refused)
    client.post(reverse("learners:import-give-up", args=[roster.uuid]))
    assert not RosterImport.objects.exists()

    brought(teacher, classroom, "a@example.org\n")
    later = timezone.now() + taking_in.DEAD_AFTER
    assert purge_previews(now=later) == 0
    RosterImport.objects.update(created_at=timezone.now() - timedelta(days=2))
    assert purge_previews(now=later) == 1


def test_the_list_of_a_class_can_be_taken_along_and_brought_back(
    classroom: Classroom, teacher: User, client: Client
) -> None:
    learner = learner_of(classroom)
    Membership.objects.filter(user=learner).update(name="=1+1", external_id="5")
    client.force_login(teacher)
    page = client.get(reverse("learners:class-roster", args=[classroom.uuid]))
    text = page.content.decode("utf-8-sig")
    assert f"{learner.email},'=1+1,8b,Spanish,A2,5,no," in text
    roster = read_import(
        school=classroom.school, classroom=classroom, file_name="8b.csv",
        content=page.content, by=teacher, now=timezone.now(),
    )  # fmt: skip
    assert taken(roster).outcomes == {"UNCHANGED": 1}


def test_mails_that_do_not_leave_are_tried_again_and_at_last_told(
    classroom: Classroom,
    teacher: User,
    client: Client,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    good = EmailBackend.send_messages

    def picky(backend: EmailBackend, messages: list[mail.EmailMessage]) -> int:
        if any("lost" in one.to[0] for one in messages):
            raise OSError
        return good(backend, messages)

    monkeypatch.setattr(EmailBackend, "send_messages", picky)
    roster = brought(
        teacher, classroom, "a@example.org\nlost@example.org,,,,,,yes,mum@example.org\n"
    )
    taken(roster, sends_mails=True)
    assert [one.to for one in mail.outbox] == [["a@example.org"], ["mum@example.org"]]
    client.force_login(teacher)
    url = reverse("learners:import-detail", args=[roster.uuid])
    assert "1 mail has not left yet" in words(client.get(url))
    now = timezone.now()
    assert rosters_to_go_on(now=now) == [], "not at once"
    assert rosters_to_go_on(now=now + timedelta(minutes=11)) == [roster.uuid]
    for _each in range(5):
        take_in_roster(roster.uuid, cancelled=Event())
    roster.refresh_from_db()
    assert (roster.state, roster.problems) == ("DONE", [[3, "mail.unsent"]])
    assert "1 mail did not leave" in words(client.get(url))
    assert len(mail.outbox) == 2
