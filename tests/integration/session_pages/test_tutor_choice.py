"""Learners choose their tutor among those that this site can show."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from inference import conf
from inference.protocols import FaceCapabilities
from inference.stages.stage import EngineKind
from learners.models import Avatar, LearnerProfile, User
from learners.selectors import get_learner_context
from learners.services.avatars import built_in_heads, ensure_heads
from sessions.clips.faces import head_file
from sessions.live.video_setting import video_setting
from sessions.models import PortraitPreparation
from sessions.portraits.readiness import renderer_name, withheld_portraits
from sessions.tutor_choice import drawn_head
from tests.factories.learners import LearnerFactory, UserFactory
from tests.fakes.faces import ScriptedFace

pytestmark = pytest.mark.django_db

PAGE = reverse("sessions:tutor-choice")
HEADS = {head["key"] for head in built_in_heads()}


class Films(ScriptedFace):
    """Knows the avatars that it was made with."""

    def __init__(self, *names: str) -> None:
        super().__init__()
        self._names = frozenset(names)

    @property
    def capabilities(self) -> FaceCapabilities:
        """These."""
        return FaceCapabilities(self._names, 2, portraits=True)


@pytest.fixture(autouse=True)
def _films_anna(monkeypatch: pytest.MonkeyPatch) -> None:
    engines = {EngineKind.FACE_RENDERER: Films("anna")}
    monkeypatch.setattr(conf, "_engines", engines)


@pytest.fixture
def learner(client: Client) -> User:
    learner = LearnerFactory.create()
    client.force_login(learner)
    return learner


def portrait(key: str) -> Avatar:
    return Avatar.objects.create(
        key=key,
        kind=Avatar.Kind.PORTRAIT,
        name=key.title(),
        path=f"portraits/{key}.png",
        created_at=timezone.now(),
    )


def prepared(avatar: Avatar, **fields: Any) -> None:
    PortraitPreparation.objects.create(
        avatar=avatar,
        **{
            "sha256": avatar.sha256,
            "engine": renderer_name(),
            "state": PortraitPreparation.State.READY,
            "touched_at": timezone.now(),
            "finished_at": timezone.now(),
            **fields,
        },
    )


def offered(client: Client) -> set[str]:
    page = client.get(PAGE).content.decode()
    return set(re.findall(r'name="avatar" value="(\w+)"', page))


def test_heads_are_offered_and_portraits_that_can_speak(
    client: Client, learner: User
) -> None:
    prepared(portrait("anna"))
    prepared(portrait("berta"))
    assert offered(client) == HEADS | {"anna"}


@pytest.mark.parametrize(
    "fields",
    [
        {"state": "RUNNING", "finished_at": None},
        {"state": "FAILED", "error_code": "video.no_face"},
        {"sha256": "of an older picture"},
        {"engine": "another"},
    ],
)
def test_a_portrait_that_is_not_ready_cannot_be_chosen(
    client: Client, learner: User, fields: dict[str, Any]
) -> None:
    anna = portrait("anna")
    assert offered(client) == HEADS
    prepared(anna, **fields)
    assert offered(client) == HEADS
    answer = client.post(PAGE, {"avatar": "anna"}, follow=True)
    assert "not there any more" in answer.content.decode()
    assert LearnerProfile.objects.get(user=learner).avatar is None


def test_a_talk_shows_no_portrait_that_is_not_ready(learner: User) -> None:
    anna = portrait("anna")
    assert withheld_portraits() == {"anna"}
    assert video_setting("anna", withheld_portraits()) is None
    prepared(anna)
    assert withheld_portraits() == frozenset()
    shown = video_setting("anna", withheld_portraits())
    assert shown is not None
    assert shown.film.avatar == "anna"
    Avatar.objects.update(is_active=False)
    assert withheld_portraits() == {"anna"}


def test_a_choice_is_kept_and_goes_into_talks(client: Client, learner: User) -> None:
    answer = client.post(PAGE, {"avatar": "mei", "next": "/today/"})
    assert answer["Location"] == "/today/"
    assert LearnerProfile.objects.get(user=learner).avatar.key == "mei"  # type: ignore[union-attr]
    assert get_learner_context(user_id=learner.pk).avatar == "mei"
    page = client.get(PAGE).content.decode()
    assert re.search(r'value="mei" checked', page)
    profile = client.get(reverse("learners:profile-edit")).content.decode()
    assert "You talk with Mei." in profile


def test_lessons_of_the_mouth_show_the_chosen_tutor(
    client: Client, learner: User
) -> None:
    client.post(PAGE, {"avatar": "mei"})
    lesson = client.get(reverse("sessions:mouth-word"), {"word": "think"})
    assert re.search(r'data-head-url="[^"]*/mei\.', lesson.content.decode())


def test_what_is_not_offered_cannot_be_chosen(client: Client, learner: User) -> None:
    Avatar.objects.filter(key="jonas").update(is_active=False)
    for key in ("jonas", "nobody"):
        answer = client.post(PAGE, {"avatar": key}, follow=True)
        assert "not there any more" in answer.content.decode()
    assert LearnerProfile.objects.get(user=learner).avatar is None


def test_another_site_is_not_where_one_goes_next(client: Client, learner: User) -> None:
    answer = client.post(PAGE, {"avatar": "ada", "next": "https://evil.example/"})
    assert answer["Location"] == PAGE


def test_who_has_no_profile_fills_it_in_first(client: Client) -> None:
    client.force_login(UserFactory.create())
    assert client.get(PAGE)["Location"] == reverse("learners:profile-edit")


def test_a_tutor_that_is_switched_off_is_no_longer_shown(
    client: Client, learner: User, settings: Settings
) -> None:
    client.post(PAGE, {"avatar": "mei"})
    assert drawn_head(user_id=learner.pk) == "mei"
    Avatar.objects.filter(key="mei").update(is_active=False)
    assert get_learner_context(user_id=learner.pk).avatar == ""
    settings.LIVE = settings.LIVE | {"AVATAR": "jonas"}
    assert drawn_head(user_id=learner.pk) == "jonas"


def test_a_page_cannot_draw_a_portrait(learner: User) -> None:
    LearnerProfile.objects.filter(user=learner).update(avatar=portrait("anna"))
    assert drawn_head(user_id=learner.pk) in HEADS


def test_the_built_in_tutors_are_those_that_have_files() -> None:
    for key in HEADS:
        assert head_file(key, "glb") is not None, key
    assert set(Avatar.objects.values_list("key", flat=True)) == HEADS


def test_what_was_switched_off_stays_off_and_words_follow_the_product() -> None:
    Avatar.objects.filter(key="ada").update(is_active=False, description="old")
    Avatar.objects.create(
        key="gone", kind=Avatar.Kind.HEAD, name="Gone", created_at=timezone.now()
    )
    ensure_heads(now=timezone.now())
    ada = Avatar.objects.get(key="ada")
    assert not ada.is_active
    assert ada.description != "old"
    assert not Avatar.objects.get(key="gone").is_active
