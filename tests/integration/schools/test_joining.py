"""Joining by link, code and mail: what is told, who gets in, and when not any more."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from learners.models import User
from schools.invitation_codes import ALPHABET, new_code, shown_code, typed_code
from schools.models import Classroom, Invitation, Membership
from schools.services.invitations import (
    InvitationClosed,
    ManagersAreMailed,
    accept_invitation,
    invite_by_link,
    invite_by_mail,
    revoke_invitation,
)
from tests.factories.learners import AdminFactory, LearnerFactory, UserFactory
from tests.factories.schools import ClassroomFactory, learner_of, teacher_of

pytestmark = pytest.mark.django_db
JOIN = reverse("learners:join")


@pytest.fixture(autouse=True)
def no_guesses() -> None:
    """Begin with no guesses made."""
    cache.clear()


@pytest.fixture
def classroom() -> Classroom:
    """The class that people are invited to."""
    classroom: Classroom = ClassroomFactory.create(name="Evening English")
    return classroom


def shared(classroom: Classroom, **fields: Any) -> Invitation:
    now = timezone.now()
    return invite_by_link(
        **{
            "school": classroom.school,
            "classroom": classroom,
            "role": "LEARNER",
            "expires_at": now + timedelta(days=7),
            "max_uses": None,
            "by": None,
            "now": now,
            **fields,
        }
    )


def link(token: str) -> str:
    return reverse("learners:join-link", args=[token])


def words(page: Any) -> str:
    return re.sub(r"\s+", " ", page.content.decode())


def test_codes_can_be_read_out_and_typed_in_many_ways() -> None:
    assert not set("B8I1LO0S5Z2U") & set(ALPHABET)
    code = new_code()
    assert shown_code("ACDEFGHJ") == "ACDE-FGHJ"
    for typed in (shown_code(code), code.lower(), f" {code[:3]} {code[3:]} "):
        assert typed_code(typed) == code
    for typed in ("", "ACDE", "ACDEFGH0", "ACDEFGHJK"):
        assert typed_code(typed) == ""


def test_a_code_leads_to_what_joining_means_and_then_in(
    client: Client, classroom: Classroom
) -> None:
    invitation = shared(classroom)
    learner = LearnerFactory.create()
    client.force_login(learner)
    wrong = client.post(JOIN, {"code": "ACDE-FGHK"})
    assert wrong.status_code == 422
    assert "No class has this code" in words(wrong)
    page = client.post(JOIN, {"code": shown_code(invitation.code).lower()}, follow=True)
    assert "Evening English" in words(page)
    assert "Your teachers see" in words(page)
    assert not Membership.objects.exists(), "looking is not joining"

    for _ in range(2):
        page = client.post(link(invitation.token), follow=True)
    assert "You are in it already" in words(page)
    assert learner.enrolments.get().classroom == classroom
    invitation.refresh_from_db()
    assert invitation.n_uses == 1


def test_whoever_is_not_signed_in_signs_up_and_comes_back(
    client: Client, classroom: Classroom
) -> None:
    invitation = shared(classroom)
    address = link(invitation.token)
    page = words(client.get(address))
    assert f"/accounts/signup/?next={address.replace('/', '%2F')}" in page
    assert client.post(address).status_code == 200
    assert not Membership.objects.exists()
    came = client.post(
        f"/accounts/signup/?next={address}",
        {
            "email": "new@example.org",
            "password1": "long-enough-words",
            "next": address,
        },
    )
    assert came["Location"] == address
    client.post(address)
    assert Membership.objects.get().user.email == "new@example.org"


def test_each_way_of_being_closed_has_its_words(
    client: Client, classroom: Classroom
) -> None:
    now = timezone.now()
    learner = LearnerFactory.create()
    client.force_login(learner)
    revoked = shared(classroom)
    revoke_invitation(invitation_id=revoked.pk, actor=None, now=now)
    used_up = shared(classroom, max_uses=1)
    accept_invitation(invitation_id=used_up.pk, user=LearnerFactory.create(), now=now)
    closed = ClassroomFactory.create(archived_at=now)
    for invitation, said in (
        (shared(classroom, expires_at=now), "has expired"),
        (used_up, "has been used as often as it can be"),
        (revoked, "was withdrawn"),
        (shared(closed), "This class is closed"),
    ):
        for answer in (client.get, client.post):
            page = answer(link(invitation.token))
            assert page.status_code == 409
            assert said in words(page)
    unknown = client.get(link("nothing"))
    assert unknown.status_code == 404
    assert "leads nowhere" in words(unknown)
    assert not learner.memberships.exists()


def test_the_last_place_is_given_once(classroom: Classroom) -> None:
    invitation, now = shared(classroom, max_uses=1), timezone.now()
    first, second = LearnerFactory.create(), LearnerFactory.create()
    accept_invitation(invitation_id=invitation.pk, user=first, now=now)
    accept_invitation(invitation_id=invitation.pk, user=first, now=now)
    with pytest.raises(InvitationClosed):
        accept_invitation(invitation_id=invitation.pk, user=second, now=now)
    assert not second.memberships.exists()


def test_staff_join_by_mail_with_the_address_it_went_to(
    client: Client, classroom: Classroom
) -> None:
    now = timezone.now()
    with pytest.raises(ManagersAreMailed):
        shared(classroom, role="MANAGER")
    mailed = invite_by_mail(
        school=classroom.school, classroom=classroom, role="TEACHER",
        email="Bo@example.org", by=None, now=now,
    )  # fmt: skip
    assert not mailed.invitation.token, "the mail alone has it"
    client.force_login(LearnerFactory.create())
    assert "another e-mail address" in words(client.post(link(mailed.token)))

    bo = UserFactory.create(email="bo@example.org")
    client.force_login(bo)
    came = client.post(link(mailed.token))
    assert came["Location"] == reverse("learners:class-detail", args=[classroom.uuid])
    bo.refresh_from_db()
    assert bo.role == User.Role.TEACHER
    assert classroom.teachers.get().teacher == bo


def test_an_administrator_stays_one(classroom: Classroom) -> None:
    admin = AdminFactory.create()
    accept_invitation(
        invitation_id=shared(classroom, role="TEACHER").pk,
        user=admin,
        now=timezone.now(),
    )
    admin.refresh_from_db()
    assert admin.role == User.Role.ADMIN
    assert classroom.teachers.get().teacher == admin


def test_a_teacher_shares_replaces_and_withdraws_a_code(
    client: Client, classroom: Classroom
) -> None:
    teacher = teacher_of(classroom)
    client.force_login(teacher)
    page_url = reverse("learners:class-detail", args=[classroom.uuid])
    make = reverse("learners:class-link", args=[classroom.uuid])
    assert client.post(make, {"days": "3", "max_uses": ""}).status_code == 422
    client.post(make, {"days": "7", "max_uses": "30"})
    first = Invitation.objects.get()
    assert shown_code(first.code) in words(client.get(page_url))
    client.post(make, {"days": "30", "max_uses": ""})
    page = words(client.get(page_url))
    assert shown_code(first.code) not in page
    second = Invitation.objects.get(revoked_at=None)
    foreign = shared(ClassroomFactory.create())
    for invitation, status in ((foreign, 404), (second, 302)):
        revoke = reverse(
            "learners:class-invitation-revoke",
            args=[classroom.uuid, invitation.uuid],
        )
        assert client.post(revoke).status_code == status
    assert shown_code(second.code) not in words(client.get(page_url))


def test_a_mailed_invitation_has_a_link_that_works(
    client: Client, classroom: Classroom
) -> None:
    client.force_login(teacher_of(classroom))
    send = reverse("learners:class-mail", args=[classroom.uuid])
    assert client.post(send, {"email": "x", "role": "LEARNER"}).status_code == 422
    manager = {"email": "ana@example.org", "role": "MANAGER"}
    assert client.post(send, manager).status_code == 422
    client.post(send, {"email": "ana@example.org", "role": "LEARNER"})
    (message,) = mail.outbox
    assert classroom.name in message.subject
    found = re.search(r"http://testserver(/join/\S+)", str(message.body))
    assert found
    learner = LearnerFactory.create()
    client.force_login(learner)
    client.post(found[1])
    assert learner.enrolments.get().classroom == classroom


def test_guessing_is_stopped(client: Client) -> None:
    statuses = {client.post(JOIN, {"code": new_code()}).status_code for _ in range(61)}
    assert statuses == {422, 429}


def test_a_learner_leaves_a_class_and_only_ones_own(
    client: Client, classroom: Classroom
) -> None:
    learner = learner_of(classroom)
    client.force_login(learner)
    profile = words(client.get(reverse("learners:profile-edit")))
    leave = reverse("learners:class-leave", args=[classroom.uuid])
    assert "Evening English" in profile
    assert leave in profile
    assert client.get(leave).status_code == 200
    client.post(leave)
    assert not learner.enrolments.filter(left_at=None).exists()
    assert client.post(leave).status_code == 404
