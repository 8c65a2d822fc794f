"""A voice that somebody brings: all checks, then kept."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import TYPE_CHECKING

from learners.services.tutor_voices import CheckedClip, VoiceConsent, add_voice

from .clip import read_clip
from .listening import check_person, check_words

if TYPE_CHECKING:
    from learners.models import Avatar, TutorVoice, User
    from schools.models import School


def bring_voice(
    *,
    data: bytes,
    school: School | None,
    name: str,
    language: str,
    avatar: Avatar | None,
    consent: VoiceConsent,
    by: User,
    now: datetime,
) -> TutorVoice:
    """Look at a clip, listen to it, keep it. Raises VoiceRefused, OSError."""
    clip = read_clip(data)
    sound, text = clip.for_ears(), consent.statement
    heard = check_words(sound, statement=text, language=language)
    is_one = check_person(sound, statement=text, language=language, heard=heard)
    return add_voice(
        school=school,
        name=name,
        language=language,
        avatar=avatar,
        consent=consent,
        clip=CheckedClip(
            clip.wav,
            hashlib.sha256(clip.wav).hexdigest(),
            round(clip.seconds, 1),
            words_checked=heard is not None,
            person_checked=is_one,
        ),
        by=by,
        now=now,
    )
