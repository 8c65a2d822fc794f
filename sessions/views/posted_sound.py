"""Sound that a page's script sends: taken in, and kept as a reading."""

from __future__ import annotations

import logging

from django.core.files.uploadedfile import UploadedFile
from django.db import DatabaseError
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from inference.types.audio import AudioClip

from ..api_errors import RequestRefused
from ..readings import keep_reading
from ..turns.reading import Reading
from ..wav_sound import MAX_AUDIO_BYTES, read_wav

logger = logging.getLogger(__name__)


def posted_clip(request: HttpRequest) -> AudioClip:
    """Return the file ``audio``. Raises RequestRefused ``audio.*``."""
    posted = request.FILES.get("audio")
    if not isinstance(posted, UploadedFile):
        raise RequestRefused(
            "audio.missing", _("There is no recording yet."), status=400
        )
    if (posted.size or 0) > MAX_AUDIO_BYTES:
        raise RequestRefused(
            "audio.too_large", _("That recording is too large."), status=413
        )
    return read_wav(b"".join(posted.chunks()))


def kept_reading(
    user_id: int, text: str, language: str, reading: Reading, clip: AudioClip
) -> dict[str, str]:
    """Keep a reading; if that fails the learner sees the result all the same.

    Returns ``attempt``, its uuid, and ``audio_url``, either perhaps ``""``.
    """
    try:
        attempt = keep_reading(
            learner_id=user_id,
            text=text,
            language=language,
            heard=reading.heard,
            assessment=reading.assessment,
            clip=clip,
            now=timezone.now(),
        )
    except (OSError, DatabaseError) as error:
        logger.error("a reading was not kept: %s", type(error).__name__)
        return {"attempt": "", "audio_url": ""}
    url = reverse("sessions:read-aloud-audio", args=(attempt.uuid,))
    return {
        "attempt": str(attempt.uuid),
        "audio_url": url if attempt.is_recorded else "",
    }
