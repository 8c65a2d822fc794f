"""Portraits of tutors: brought with consent, refused in words, deleted with everything."""

from __future__ import annotations

import io
import threading
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image
from pytest_django import DjangoCaptureOnCommitCallbacks

from inference import conf
from inference.stages.stage import EngineKind
from inference.types.picture import FaceBox
from learners.models import Avatar, LearnerProfile, User
from sessions.clips.orders import order_clip
from sessions.clips.rendering import render_clip
from sessions.models import RenderedClip
from tests.factories.learners import AdminFactory, LearnerFactory
from tests.factories.lessons import LessonFactory
from tests.fakes.clips import ScriptedClips, ScriptedFaceFinder
from tests.fakes.engines import ScriptedSynthesizer

pytestmark = pytest.mark.django_db

ADD = reverse("sessions:portrait-add")
LIST = reverse("sessions:portrait-list")
FACE = FaceBox(100.0, 100.0, 150.0, 180.0, 0.9)
INVENTED: dict[str, Any] = {
    "name": "Ana",
    "description": "A drawn woman with red hair",
    "origin": "INVENTED",
    "licence": "Drawn for this site, CC0",
}
REAL: dict[str, Any] = INVENTED | {
    "origin": "PHOTOGRAPH",
    "consents": "on",
    "consent_name": "Ana Torres",
    "consent_on": "2024-05-04",
}


@pytest.fixture(autouse=True)
def _finds_one(monkeypatch: pytest.MonkeyPatch) -> None:
    finding(monkeypatch, (FACE,))


def finding(monkeypatch: pytest.MonkeyPatch, faces: tuple[FaceBox, ...] | None) -> None:
    engines = {
        EngineKind.FACE_FINDER: ScriptedFaceFinder(faces),
        EngineKind.CLIP_RENDERER: ScriptedClips(),
        EngineKind.SYNTHESIZER: ScriptedSynthesizer(),
    }
    monkeypatch.setattr(conf, "_engines", engines)


@pytest.fixture
def teacher(client: Client) -> User:
    teacher = LearnerFactory.create(role=User.Role.TEACHER)
    client.force_login(teacher)
    return teacher


def upload(
    client: Client, data: bytes | None = None, fields: dict[str, Any] = INVENTED
) -> HttpResponse:
    if data is None:
        file = io.BytesIO()
        Image.new("RGB", (400, 500), (90, 90, 90)).save(file, "JPEG")
        data = file.getvalue()
    picture = SimpleUploadedFile("me.jpg", data, content_type="image/jpeg")
    return client.post(ADD, fields | {"picture": picture})  # type: ignore[return-value]


def test_an_invented_person_needs_no_consent(
    client: Client, teacher: User, private_root: Path
) -> None:
    assert upload(client).status_code == 302
    avatar = Avatar.objects.get(kind=Avatar.Kind.PORTRAIT)
    assert (avatar.created_by, avatar.face_checked, avatar.is_active) == (
        teacher, True, True,
    )  # fmt: skip
    kept = private_root / avatar.path
    assert kept.parent == private_root / "portraits"
    with Image.open(kept) as picture:
        assert (picture.format, picture.size) == ("PNG", (400, 500))
    page = client.get(LIST).content.decode()
    assert "Drawn for this site, CC0" in page
    picture_address = reverse("sessions:tutor-picture", args=[avatar.key])
    shown = client.get(picture_address)
    assert shown["Content-Type"] == "image/png"
    assert b"".join(shown.streaming_content)  # type: ignore[attr-defined]


def test_a_real_person_has_agreed_by_name_and_day(
    client: Client, teacher: User
) -> None:
    assert upload(client, fields=REAL).status_code == 302
    avatar = Avatar.objects.get(kind=Avatar.Kind.PORTRAIT)
    assert (avatar.consent_name, str(avatar.consent_on)) == ("Ana Torres", "2024-05-04")
    assert "Ana Torres agreed on 4 May 2024." in client.get(LIST).content.decode()


@pytest.mark.parametrize("missing", ["consents", "consent_name", "consent_on"])
def test_without_consent_a_real_person_is_refused(
    client: Client, teacher: User, missing: str, private_root: Path
) -> None:
    answer = upload(client, fields={k: REAL[k] for k in REAL if k != missing})
    assert answer.status_code == 422
    assert answer["X-Error-Code"] == "portrait.no_consent"
    assert "has to agree first" in answer.content.decode()
    assert not Avatar.objects.filter(kind=Avatar.Kind.PORTRAIT).exists()
    assert not list(private_root.rglob("*.png"))


def test_consent_is_not_given_in_the_future(client: Client, teacher: User) -> None:
    answer = upload(client, fields=REAL | {"consent_on": "2126-05-04"})
    assert answer.status_code == 422
    assert "still to come" in answer.content.decode()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"GIF89a no picture", "portrait.not_an_image"),
        (bytes(6_000_001), "portrait.too_large"),
    ],
)
def test_what_is_no_picture_is_refused_by_code(
    client: Client, teacher: User, data: bytes, code: str
) -> None:
    answer = upload(client, data)
    assert answer.status_code == 422
    assert answer["X-Error-Code"] == code
    assert f'data-error-code="{code}"' in answer.content.decode()
    assert not Avatar.objects.filter(kind=Avatar.Kind.PORTRAIT).exists()


@pytest.mark.parametrize(
    ("faces", "code"),
    [
        ((), "portrait.no_face"),
        ((FACE, FaceBox(0, 0, 90, 90, 0.8)), "portrait.several_faces"),
        ((FaceBox(0, 0, 80, 95, 0.9),), "portrait.face_too_small"),
    ],
)
def test_one_face_of_enough_size_is_needed(
    client: Client,
    teacher: User,
    monkeypatch: pytest.MonkeyPatch,
    faces: tuple[FaceBox, ...],
    code: str,
) -> None:
    finding(monkeypatch, faces)
    answer = upload(client)
    assert (answer.status_code, answer["X-Error-Code"]) == (422, code)


def test_a_face_on_the_wall_behind_does_not_count(
    client: Client, teacher: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    finding(monkeypatch, (FACE, FaceBox(0, 0, 30, 40, 0.6)))
    assert upload(client).status_code == 302


def test_where_nobody_can_tell_the_page_says_so(
    client: Client, teacher: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    finding(monkeypatch, None)
    assert upload(client).status_code == 302
    assert not Avatar.objects.get(kind=Avatar.Kind.PORTRAIT).face_checked
    page = client.get(LIST).content.decode()
    assert "cannot be checked here" in page
    assert "Unchecked" in page


def test_only_staff_bring_portraits_and_only_owners_change_them(client: Client) -> None:
    owner = LearnerFactory.create(role=User.Role.TEACHER)
    client.force_login(owner)
    upload(client)
    key = Avatar.objects.get(kind=Avatar.Kind.PORTRAIT).key
    delete = reverse("sessions:portrait-delete", args=[key])
    switch = reverse("sessions:portrait-switch", args=[key])
    client.force_login(LearnerFactory.create())
    for address in (ADD, LIST, delete):
        assert client.get(address).status_code == 404
    client.force_login(LearnerFactory.create(role=User.Role.TEACHER))
    assert client.get(LIST).status_code == 200
    assert client.post(delete).status_code == 404
    assert client.post(switch, {"active": "0"}).status_code == 404
    client.force_login(AdminFactory.create())
    assert client.get(delete).status_code == 200
    head = reverse("sessions:portrait-delete", args=["ada"])
    assert client.post(head).status_code == 404


def test_deleting_takes_picture_videos_and_what_was_prepared(
    client: Client,
    teacher: User,
    private_root: Path,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    upload(client)
    avatar = Avatar.objects.get(kind=Avatar.Kind.PORTRAIT)
    LearnerProfile.objects.filter(user=teacher).update(avatar=avatar)
    clip = order_clip(
        lesson_id=LessonFactory.create().pk,
        avatar_key=avatar.key,
        ordered_by_id=None,
        now=timezone.now(),
        put=lambda uuid: None,
    )
    render_clip(clip.uuid, cancelled=threading.Event())
    prepared = private_root / "prepared_faces" / avatar.key
    prepared.mkdir(parents=True)
    (prepared / "face.npz").write_bytes(b"face")
    other = private_root / "prepared_faces" / "other"
    other.mkdir()
    assert (private_root / clip.folder / "clip.mp4").exists()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("sessions:portrait-delete", args=[avatar.key]))
    left = {p for p in private_root.rglob("*") if p.is_file()}
    assert left == set()
    assert other.exists()
    assert not RenderedClip.objects.exists()
    assert LearnerProfile.objects.get(user=teacher).avatar is None


def test_what_is_switched_off_is_seen_by_staff_alone(
    client: Client, teacher: User
) -> None:
    upload(client)
    key = Avatar.objects.get(kind=Avatar.Kind.PORTRAIT).key
    client.post(reverse("sessions:portrait-switch", args=[key]), {"active": "0"})
    picture = reverse("sessions:tutor-picture", args=[key])
    shown = client.get(picture)
    assert shown.status_code == 200
    assert b"".join(shown.streaming_content)  # type: ignore[attr-defined]
    client.force_login(LearnerFactory.create())
    assert client.get(picture).status_code == 404
