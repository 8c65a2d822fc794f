"""Tutors' voices: added with a consent, used, and gone without a trace once it ends."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from schools.audit import record
from schools.models import School

from ..models import Avatar, TutorVoice, User
from ..voice_files import delete_voice, write_voice

# How long it can be proved afterwards what was agreed to, and when that ended.
RECORD_KEPT = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class VoiceConsent:
    """Who agreed to what, until when, and how that was recorded."""

    giver_name: str
    purpose: str
    statement: str
    recorded_by: str
    recorded_on: date
    until: date


@dataclass(frozen=True, slots=True)
class CheckedClip:
    """A clip that was looked at: a 16-bit WAV file, and what could be told of it."""

    wav: bytes
    sha256: str
    seconds: float
    words_checked: bool
    person_checked: bool


@transaction.atomic
def add_voice(
    *,
    school: School | None,
    name: str,
    language: str,
    avatar: Avatar | None,
    consent: VoiceConsent,
    clip: CheckedClip,
    by: User,
    now: datetime,
) -> TutorVoice:
    """Keep a voice; nobody hears it before it is put to use. Raises OSError."""
    voice = TutorVoice.objects.create(
        school=school,
        name=name,
        language=language,
        avatar=avatar,
        giver_name=consent.giver_name,
        purpose=consent.purpose,
        statement=consent.statement,
        recorded_by=consent.recorded_by,
        recorded_on=consent.recorded_on,
        until=consent.until,
        sha256=clip.sha256,
        seconds=clip.seconds,
        words_checked=clip.words_checked,
        person_checked=clip.person_checked,
        created_at=now,
        created_by=by,
    )
    _note("tutor_voice.added", voice, by.uuid, now)
    write_voice(voice.key, wav=clip.wav, text=consent.statement)
    return voice


@transaction.atomic
def use_voice(*, voice_id: int, by: UUID | None, now: datetime) -> bool:
    """Let tutors speak with a voice in place of another; False once its consent is over."""
    voice = _locked(voice_id)
    if voice.revoked_at is not None or voice.until < now.date():
        return False
    TutorVoice.objects.filter(
        school=voice.school, language=voice.language, avatar=voice.avatar, in_use=True
    ).exclude(pk=voice.pk).update(in_use=False)
    _set_in_use(voice, True)
    _note("tutor_voice.used", voice, by, now)
    return True


@transaction.atomic
def stop_voice(*, voice_id: int, by: UUID | None, now: datetime) -> None:
    """Let tutors speak with the engine's voice again; this one can be used later."""
    voice = _locked(voice_id)
    _set_in_use(voice, False)
    _note("tutor_voice.unused", voice, by, now)


@transaction.atomic
def revoke_voice(
    *, voice_id: int, by: UUID | None, now: datetime, expired: bool = False
) -> None:
    """End a consent: the voice is used no more, its clip and what was made of it goes."""
    voice = _locked(voice_id)
    if voice.revoked_at is None:
        voice.revoked_at, voice.in_use = now, False
        voice.save(update_fields=["revoked_at", "in_use"])
        _note(
            "tutor_voice.expired" if expired else "tutor_voice.revoked", voice, by, now
        )
    key = voice.key
    transaction.on_commit(lambda: delete_voice(key))


def note_listening(*, voice: TutorVoice, by: User, now: datetime) -> None:
    """Write down that somebody listened to the clip."""
    _note("tutor_voice.heard", voice, by.uuid, now)


def purge_voices(*, now: datetime) -> int:
    """End consents whose day is over, forget records a year after; return how many."""
    ended = TutorVoice.objects.filter(revoked_at=None, until__lt=now.date())
    n_ended = 0
    for voice_id in ended.values_list("pk", flat=True):
        revoke_voice(voice_id=voice_id, by=None, now=now, expired=True)
        n_ended += 1
    forgotten = TutorVoice.objects.filter(revoked_at__lt=now - RECORD_KEPT)
    n_forgotten, _by_model = forgotten.delete()
    return n_ended + n_forgotten


def _locked(voice_id: int) -> TutorVoice:
    return TutorVoice.objects.select_for_update().get(pk=voice_id)


def _set_in_use(voice: TutorVoice, in_use: bool) -> None:
    voice.in_use = in_use
    voice.save(update_fields=["in_use"])


def _note(action: str, voice: TutorVoice, by: UUID | None, now: datetime) -> None:
    record(
        action=action,
        now=now,
        actor=by,
        school=voice.school.uuid if voice.school else None,
        target="voice",
        target_uuid=voice.uuid,
        detail={"language": voice.language},
    )
