"""Tutors' voices: brought with a spoken consent, used by choice, gone once taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from inference import conf
from inference.protocols import Cancelled
from inference.stages.stage import EngineKind
from inference.types.assessment import AssessRequest, PronunciationAssessment
from inference.types.voice import SynthesizerCapabilities, VoiceCapabilities
from learners.models import Avatar, TutorVoice, User
from learners.services.avatars import delete_portrait_avatar
from learners.services.tutor_voices import revoke_voice, use_voice
from learners.voice_files import clip_file
from learners.voice_selectors import voice_for_talk
from learners.voice_statement import statement
from schools.models import AuditEntry, School
from sessions.models import TutoringSession
from sessions.voice_clips.choosing import talk_voice
from tests.factories.learners import AdminFactory
from tests.factories.schools import ClassroomFactory, learner_of, teacher_of
from tests.factories.tutor_voices import reading, tutor_voice, wav
from tests.fakes.engines import (
    ScriptedScorer,
    ScriptedSynthesizer,
    ScriptedTranscriber,
)

pytestmark = pytest.mark.django_db

ADD = reverse("sessions:tutor-voice-add")
LIST = reverse("sessions:tutor-voice-list")
TODAY = timezone.localdate()


class HearingScorer(ScriptedScorer):
    """A scorer that can tell voices apart."""

    def assess(
        self, request: AssessRequest, *, cancelled: Cancelled
    ) -> PronunciationAssessment:
        found = super().assess(request, cancelled=cancelled)
        return replace(found, voice=(0.1, 0.2))


class CloningSynthesizer(ScriptedSynthesizer):
    """A voice that could speak like somebody."""

    @property
    def capabilities(self) -> SynthesizerCapabilities:
        return SynthesizerCapabilities({"en": VoiceCapabilities("hum", clones=True)})


@pytest.fixture
def school() -> School:
    return ClassroomFactory.create(school__name="Linden School").school


@pytest.fixture
def manager(client: Client, school: School) -> User:
    classroom = ClassroomFactory.create(school=school)
    manager = teacher_of(classroom, role="MANAGER")
    client.force_login(manager)
    return manager


def read_aloud(name: str = "Mara Weiss", place: str = "Linden School") -> str:
    return statement("en", name=name, place=place)


def hearing(
    monkeypatch: pytest.MonkeyPatch, text: str | None, outcome: str = "judged"
) -> None:
    """Let recognition hear a text; None: nothing can be recognised here."""
    engines = {
        EngineKind.TRANSCRIBER: ScriptedTranscriber(
            (text or "",), failures=0 if text is not None else 9
        ),
        EngineKind.SCORER: HearingScorer(
            outcome=outcome, failures=0 if text is not None else 9
        ),
        EngineKind.SYNTHESIZER: CloningSynthesizer(),
    }
    monkeypatch.setattr(conf, "_engines", engines)


def bring(
    client: Client, school: School, data: bytes | None = None, /, **fields: Any
) -> HttpResponse:
    posted = {
        "school": str(school.uuid),
        "giver_name": "Mara Weiss",
        "language": "en",
        "recorded_by": "Tom Bauer",
        "recorded_on": str(TODAY),
        "name": "Warm",
        "avatar": "",
        "purpose": "The tutor's voice",
        "until": str(TODAY + timedelta(days=90)),
        "is_of_age": "on",
    }
    sound = wav(reading(8.0)) if data is None else data
    clip = SimpleUploadedFile("me.wav", sound, content_type="audio/wav")
    return client.post(ADD, posted | {"clip": clip} | fields)  # type: ignore[return-value]


def test_a_consent_is_kept_with_the_sound_in_which_it_is_given(
    client: Client,
    manager: User,
    school: School,
    monkeypatch: pytest.MonkeyPatch,
    private_root: Path,
) -> None:
    hearing(monkeypatch, read_aloud())
    assert bring(client, school).status_code == 302
    voice = TutorVoice.objects.get()
    assert (voice.school, voice.giver_name, voice.recorded_by) == (
        school, "Mara Weiss", "Tom Bauer",
    )  # fmt: skip
    assert voice.statement == read_aloud()
    assert (voice.words_checked, voice.person_checked, voice.in_use) == (
        True, True, False,
    )  # fmt: skip
    assert clip_file(voice.key).parent == private_root / "voices"
    entry = AuditEntry.objects.get(action="tutor_voice.added")
    assert (entry.actor, entry.school) == (manager.uuid, school.uuid)
    assert "Mara" not in str(entry.detail)
    page = client.get(LIST).content.decode()
    assert "Mara Weiss agreed on" in page
    sound = client.get(reverse("sessions:tutor-voice-sound", args=[voice.uuid]))
    assert sound["Content-Type"] == "audio/wav"
    assert "no-store" in sound["Cache-Control"]
    assert sound.getvalue()
    rest = client.get(
        reverse("sessions:tutor-voice-sound", args=[voice.uuid]),
        headers={"Range": "bytes=1000-"},
    )
    assert rest.status_code == 206
    assert AuditEntry.objects.filter(action="tutor_voice.heard").count() == 1


@pytest.mark.parametrize(
    ("heard", "outcome", "code"),
    [
        ("The weather is nice today", "judged", "voice.other_words"),
        (read_aloud(), "other_voice", "voice.several_people"),
    ],
)
def test_what_is_no_spoken_consent_of_one_person_is_refused(
    client: Client,
    manager: User,
    school: School,
    monkeypatch: pytest.MonkeyPatch,
    heard: str,
    outcome: str,
    code: str,
) -> None:
    hearing(monkeypatch, heard, outcome)
    answer = bring(client, school)
    assert (answer.status_code, answer["X-Error-Code"]) == (422, code)
    assert not TutorVoice.objects.exists()


def test_a_clip_that_is_too_short_says_so_at_its_field(
    client: Client, manager: User, school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    hearing(monkeypatch, read_aloud())
    answer = bring(client, school, wav(reading(3.0)))
    assert answer["X-Error-Code"] == "voice.too_short"
    assert "too short" in answer.content.decode()


def test_what_nobody_can_check_is_taken_and_called_unchecked(
    client: Client, manager: User, school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    hearing(monkeypatch, None)
    assert bring(client, school).status_code == 302
    voice = TutorVoice.objects.get()
    assert (voice.words_checked, voice.person_checked) == (False, False)
    assert "Unchecked" in client.get(LIST).content.decode()


@pytest.mark.parametrize(
    "fields",
    [
        {"is_of_age": ""},
        {"until": str(TODAY - timedelta(days=1))},
        {"until": str(TODAY + timedelta(days=800))},
        {"recorded_on": str(TODAY + timedelta(days=1))},
        {"giver_name": ""},
        {"school": "site"},
    ],
)
def test_a_consent_without_its_parts_is_refused(
    client: Client,
    manager: User,
    school: School,
    monkeypatch: pytest.MonkeyPatch,
    fields: dict[str, str],
) -> None:
    hearing(monkeypatch, read_aloud())
    assert bring(client, school, **fields).status_code == 422
    assert not TutorVoice.objects.exists()


def test_an_administrator_adds_voices_of_the_whole_site(
    client: Client, school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.force_login(AdminFactory.create())
    hearing(monkeypatch, read_aloud())
    assert bring(client, school, school="site").status_code == 302
    assert TutorVoice.objects.get().school is None


def test_one_voice_is_used_in_place_of_another(
    client: Client, manager: User, school: School
) -> None:
    first, second = (tutor_voice(school=school) for _ in range(2))
    for voice in (first, second):
        address = reverse("sessions:tutor-voice-use", args=[voice.uuid])
        client.post(address, {"use": "1"})
    assert TutorVoice.objects.get(in_use=True) == second
    client.post(address, {"use": "0"})
    assert not TutorVoice.objects.filter(in_use=True).exists()
    actions = AuditEntry.objects.filter(target="voice").values_list("action", flat=True)
    assert sorted(actions) == [
        "tutor_voice.unused",
        "tutor_voice.used",
        "tutor_voice.used",
    ]


def test_taking_back_deletes_the_sound_and_what_was_made_of_it_at_once(
    client: Client,
    manager: User,
    school: School,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    voice = tutor_voice(school=school, in_use=True)
    made = clip_file(voice.key).with_name(f"{voice.key}.abc-def.npz")
    made.write_bytes(b"what the voice sounds like")
    other = tutor_voice(school=school)
    address = reverse("sessions:tutor-voice-revoke", args=[voice.uuid])
    assert "cannot be undone" in client.get(address).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address)
    voice.refresh_from_db()
    assert (voice.in_use, voice.revoked_at is None) == (False, False)
    assert [file.stem for file in made.parent.glob("*.wav")] == [other.key]
    assert not made.exists()
    assert AuditEntry.objects.filter(action="tutor_voice.revoked").count() == 1
    sound = reverse("sessions:tutor-voice-sound", args=[voice.uuid])
    assert client.get(sound).status_code == 404
    assert not use_voice(voice_id=voice.pk, by=None, now=timezone.now())


def test_a_consent_ends_by_its_day_and_its_record_a_year_after(
    school: School, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    over = tutor_voice(school=school, in_use=True, until=TODAY - timedelta(days=1))
    long_ago = timezone.now() - timedelta(days=366)
    tutor_voice(school=school, revoked_at=long_ago)
    with django_capture_on_commit_callbacks(execute=True):
        call_command("purge_sessions", verbosity=0)
    left = TutorVoice.objects.get()
    assert left == over
    assert left.revoked_at is not None
    assert not clip_file(over.key).exists()
    assert AuditEntry.objects.filter(action="tutor_voice.expired").count() == 1


def test_a_school_that_goes_takes_its_voices_along(
    school: School, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    voice = tutor_voice(
        school=School.objects.create(key="x", created_at=timezone.now())
    )
    with django_capture_on_commit_callbacks(execute=True):
        School.objects.get(key="x").delete()
    assert not clip_file(voice.key).exists()


def test_the_nearest_voice_speaks(school: School) -> None:
    learner = learner_of(ClassroomFactory.create(school=school))
    ada = Avatar.objects.get(key="ada")

    def chosen(*, course_of: int | None = None, avatar: str = "ada") -> str:
        return voice_for_talk(
            learner_id=learner.pk,
            school_id=course_of,
            language="en",
            avatar=avatar,
            today=TODAY,
        )

    assert chosen() == ""
    site = tutor_voice(in_use=True)
    assert chosen() == site.key
    common = tutor_voice(school=school, in_use=True)
    assert chosen() == common.key
    adas = tutor_voice(school=school, in_use=True, avatar=ada)
    assert (chosen(), chosen(avatar="jonas")) == (adas.key, common.key)
    elsewhere = ClassroomFactory.create().school
    assert chosen(course_of=elsewhere.pk) == site.key
    for voice in (adas, common, site):
        revoke_voice(voice_id=voice.pk, by=None, now=timezone.now())
    tutor_voice(in_use=True, until=TODAY - timedelta(days=1))
    tutor_voice(in_use=True, language="fr")
    assert chosen() == ""


def test_a_talk_has_it_only_where_the_engine_can_speak_like_somebody(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    learner = learner_of(ClassroomFactory.create(school=school))
    voice = tutor_voice(school=school, in_use=True)
    talk = TutoringSession(learner=learner, l1="es", l2="en-GB", level="B1")
    monkeypatch.setattr(
        conf, "_engines", {EngineKind.SYNTHESIZER: CloningSynthesizer()}
    )
    assert talk_voice(talk, avatar="ada", today=TODAY) == voice.key
    monkeypatch.setattr(
        conf, "_engines", {EngineKind.SYNTHESIZER: ScriptedSynthesizer()}
    )
    assert talk_voice(talk, avatar="ada", today=TODAY) == ""


def test_the_voice_of_a_deleted_tutor_does_not_become_everybodys(
    school: School,
) -> None:
    tutor = Avatar.objects.create(
        key="p" * 8, kind="PORTRAIT", name="P", path="portraits/p.png",
        created_at=timezone.now(),
    )  # fmt: skip
    voice = tutor_voice(school=school, in_use=True, avatar=tutor)
    delete_portrait_avatar(avatar_id=tutor.pk)
    voice.refresh_from_db()
    assert (voice.avatar, voice.in_use) == (None, False)
