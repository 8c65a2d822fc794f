"""Switches, settings, announcements and limits of the site."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from schools import site_settings, site_state, switches
from schools.models import Announcement, AuditEntry, SiteValue
from schools.services.invitations import invite_by_link, revoke_invitation
from tests.factories.learners import AdminFactory, LearnerFactory
from tests.factories.schools import ClassroomFactory, learner_of, teacher_of

NOW = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)
SETTINGS = "/operations/settings/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def admin_client(client: Client) -> Client:
    """Who runs the site, signed in."""
    client.force_login(AdminFactory.create())
    return client


def values(**changed: Any) -> dict[str, Any]:
    """Return the settings as a form sends them."""
    found = {key: site_settings.get(key) for key in site_settings.SETTINGS}
    return {k: "" if v is None else v for k, v in (found | changed).items()}


def test_a_setting_goes_before_the_environment_and_can_be_taken_back(
    admin_client: Client, settings: Any
) -> None:
    settings.SITE_NAME = "From the environment"
    assert site_settings.site_name() == "From the environment"
    admin_client.post(SETTINGS, values(site_name="Riverside speaks"))
    assert "Riverside speaks" in admin_client.get(SETTINGS).content.decode()
    changed = AuditEntry.objects.get(action="setting.changed")
    assert changed.detail == {"key": "site_name"}
    admin_client.post(SETTINGS, values(site_name="From the environment"))
    assert not SiteValue.objects.exists()


@pytest.mark.parametrize(
    "changed",
    [
        {"site_name": ""},
        {"support_email": "not an address"},
        {"sign_up": "perhaps"},
        {"gpu_hour": "-1"},
        {"learner_minutes_a_day": "2000"},
        {"hosts": "many"},
    ],
)
def test_a_wrong_value_is_said_and_nothing_is_kept(
    admin_client: Client, changed: dict[str, str]
) -> None:
    page = admin_client.post(
        SETTINGS, values(support_email="help@example.org") | changed
    )
    assert page.status_code == 422
    assert set(page.context["form"].errors) == set(changed)
    assert not SiteValue.objects.exists()


@pytest.mark.parametrize(
    ("who", "address", "is_open"),
    [
        ("open", "/accounts/signup/", True),
        ("closed", "/accounts/signup/", False),
        ("invited", "/accounts/signup/", False),
        ("invited", "/accounts/signup/?next=/join/", False),
        ("invited", "/accounts/signup/?next=/join/guessed/", False),
        ("invited", "/accounts/signup/?next=https://else.where/join/x/", False),
    ],
)
def test_who_may_sign_up(client: Client, who: str, address: str, is_open: bool) -> None:
    site_settings.change(values={"sign_up": who}, by=None, now=NOW)
    page = client.get(address).content.decode()
    assert ("No new accounts here" not in page) is is_open


def test_an_open_invitation_lets_sign_up_and_a_withdrawn_one_does_not(
    client: Client,
) -> None:
    site_settings.change(values={"sign_up": "invited"}, by=None, now=NOW)
    classroom = ClassroomFactory.create()
    now = timezone.now()
    invitation = invite_by_link(
        school=classroom.school,
        classroom=classroom,
        role="LEARNER",
        expires_at=now + timedelta(days=1),
        max_uses=None,
        by=None,
        now=now,
    )
    address = f"/accounts/signup/?next=/join/{invitation.token}/"
    assert "No new accounts here" not in client.get(address).content.decode()
    revoke_invitation(invitation_id=invitation.pk, actor=None, now=now)
    assert "No new accounts here" in client.get(address).content.decode()


def test_a_switch_of_the_site_and_of_a_school() -> None:
    mine, other = ClassroomFactory.create(), ClassroomFactory.create()
    one, both = learner_of(mine), learner_of(mine, other)
    assert switches.is_on_for(switches.LIVE_TALKS, user_id=one.pk)
    switches.set_switch(
        key=switches.LIVE_TALKS, on=False, school=mine.school, by=None, now=NOW
    )
    assert not switches.is_on_for(switches.LIVE_TALKS, user_id=one.pk)
    assert switches.is_on_for(switches.LIVE_TALKS, user_id=both.pk)
    assert switches.is_on(switches.LIVE_TALKS)
    switches.set_switch(
        key=switches.LIVE_TALKS, on=False, school=None, by=None, now=NOW
    )
    assert not switches.is_on_for(switches.LIVE_TALKS, user_id=both.pk)
    with pytest.raises(switches.UnknownSwitch):
        switches.is_on("no-such-switch")
    with pytest.raises(switches.UnknownSwitch):
        switches.set_switch(
            key=switches.API, on=False, school=mine.school, by=None, now=NOW
        )


def test_managers_switch_their_own_school_only(client: Client) -> None:
    mine, other = ClassroomFactory.create().school, ClassroomFactory.create().school
    manager = teacher_of(ClassroomFactory.create(school=mine), role="MANAGER")
    client.force_login(manager)
    address = f"/operations/switches/{switches.VIDEO_FACE}/"
    assert client.get("/operations/switches/").context["school"] == mine
    own = client.post(address, {"school": str(mine.uuid), "on": "0"})
    assert own["Location"].endswith(f"?school={mine.uuid}")
    assert client.post(address, {"school": str(other.uuid)}).status_code == 404
    assert client.post(address, {"on": "0"}).status_code == 404
    unknown = client.post(
        "/operations/switches/nothing/", {"school": str(mine.uuid), "on": "0"}
    )
    assert unknown.status_code == 404
    changed = AuditEntry.objects.get(action="switch.changed")
    assert (changed.school, changed.detail) == (
        mine.uuid,
        {"key": switches.VIDEO_FACE, "on": False},
    )


def announce(**fields: Any) -> Announcement:
    """Keep an announcement that is shown now."""
    now = timezone.now()
    site_state.forget()
    return Announcement.objects.create(
        **{
            "text": "Closed on Friday",
            "starts_at": now - timedelta(hours=1),
            "ends_at": now + timedelta(hours=1),
            "created_at": now,
            **fields,
        }
    )


@pytest.mark.parametrize(
    ("audience", "who"),
    [
        ("EVERYBODY", {"stranger", "learner", "teacher"}),
        ("SIGNED_IN", {"learner", "teacher"}),
        ("LEARNERS", {"learner"}),
        ("STAFF", {"teacher"}),
    ],
)
def test_who_sees_an_announcement(audience: str, who: set[str]) -> None:
    announce(audience=audience)
    people = {
        "stranger": None,
        "learner": LearnerFactory.create(),
        "teacher": LearnerFactory.create(role="TEACHER"),
    }
    seen = set()
    for name, user in people.items():
        client = Client()
        if user:
            client.force_login(user)
        page = client.get("/today/" if user else "/")
        if b"Closed on Friday" in page.content:
            seen.add(name)
    assert seen == who


def test_a_schools_announcement_stays_in_the_school() -> None:
    mine, other = ClassroomFactory.create(), ClassroomFactory.create()
    announce(school=mine.school)
    for user, sees in ((learner_of(mine), True), (learner_of(other), False)):
        client = Client()
        client.force_login(user)
        assert (b"Closed on Friday" in client.get("/today/").content) is sees


def test_an_announcement_has_its_time_and_its_languages(client: Client) -> None:
    now = timezone.now()
    announce(audience="EVERYBODY", texts={"de": "Freitag zu"})
    announce(text="Later", audience="EVERYBODY", starts_at=now + timedelta(minutes=30))
    announce(text="Over", audience="EVERYBODY", ends_at=now - timedelta(minutes=1))
    german = client.get("/", headers={"accept-language": "de"}).content.decode()
    assert "Freitag zu" in german
    assert "Closed on Friday" not in german
    assert "Later" not in german
    assert "Over</p>" not in german


def test_a_closed_announcement_stays_closed_unless_it_must_be_read(
    client: Client,
) -> None:
    one = announce(audience="EVERYBODY")
    address = f"/operations/announcements/{one.uuid}/dismiss/"
    away = client.post(address, {"next": "https://elsewhere.example/"})
    assert away["Location"] == "/"
    assert b"Closed on Friday" not in client.get("/").content
    Announcement.objects.update(is_dismissible=False)
    site_state.forget()
    assert b"Closed on Friday" in client.get("/").content


def test_an_announcement_is_written_changed_and_deleted(admin_client: Client) -> None:
    fields = {
        "text": "Update at noon", "level": "WARNING", "audience": "EVERYBODY",
        "school": "", "starts_at": "2026-03-10T12:00", "ends_at": "2026-03-10T13:00",
        "text_fr": "Mise à jour à midi",
    }  # fmt: skip
    new = "/operations/announcements/new/"
    late = admin_client.post(new, fields | {"ends_at": "2026-03-10T11:00"})
    assert late.status_code == 422
    assert admin_client.post(new, fields).status_code == 302
    one = Announcement.objects.get()
    assert one.texts == {"fr": "Mise à jour à midi"}
    address = f"/operations/announcements/{one.uuid}/"
    admin_client.post(address, fields | {"text": "Update at one"})
    one.refresh_from_db()
    assert one.text == "Update at one"
    admin_client.post(f"{address}delete/")
    assert not Announcement.objects.exists()
    assert admin_client.post(f"{address}delete/").status_code == 404
    made = AuditEntry.objects.filter(target="announcement").order_by("pk")
    assert [row.action for row in made] == [
        "announcement.made",
        "announcement.changed",
        "announcement.deleted",
    ]


def test_pages_of_the_site_are_for_who_runs_it(client: Client) -> None:
    manager = teacher_of(ClassroomFactory.create(), role="MANAGER")
    learner = LearnerFactory.create()
    for address, for_manager in (
        (SETTINGS, 404),
        ("/operations/announcements/", 404),
        ("/operations/announcements/new/", 404),
        ("/operations/switches/", 200),
        ("/operations/limits/", 200),
    ):
        client.force_login(manager)
        assert client.get(address).status_code == for_manager, address
        client.force_login(learner)
        assert client.get(address).status_code == 404, address


def test_a_page_asks_for_what_is_decided_at_most_once(
    client: Client, django_assert_num_queries: Any
) -> None:
    announce(audience="EVERYBODY")
    site_state.forget()
    with django_assert_num_queries(2):
        client.get("/")
    with django_assert_num_queries(0):
        client.get("/")
