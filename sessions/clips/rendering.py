"""Makes one clip: speech first, then the picture, each kept as soon as it is there."""

from __future__ import annotations

import logging
from dataclasses import asdict
from datetime import timedelta
from uuid import UUID

from django.db.models import F, Q
from django.utils import timezone

from inference.conf import get_engine
from inference.errors import StageError
from inference.protocols import Cancelled, ClipRenderer
from inference.stages.stage import EngineKind
from inference.types.audio import AudioClip
from inference.types.clip import Clip, ClipProgress, ClipRequest
from inference.types.speech import SpeechChunk
from lessons.selectors import get_lesson_brief

from ..job_claim import JobClaim
from ..models import RenderedClip
from ..recordings import write_clip
from .faces import clip_avatar
from .files import CLIP, POSTER, SPEECH, delete_files, poster_of, write_file
from .speech import say_lines
from .words import lesson_lines

logger = logging.getLogger(__name__)

# How much of a clip's making is the voice.
SPEECH_SHARE = 0.05
# A renderer shows life every few seconds; who is silent for so long has died.
SILENT_FOR = timedelta(minutes=3)


def render_clip(uuid: UUID, *, cancelled: Cancelled) -> None:
    """Make a clip that waits, or whose worker has died; of any other nothing is done.

    Safe to repeat. A failure is written to the clip, not raised. One that is cancelled
    waits again.
    """
    clip = _claimed(uuid)
    if clip is None:
        return
    rows = RenderedClip.objects.filter(
        pk=clip.pk, attempt=clip.attempt, state=RenderedClip.State.RUNNING
    )
    wanted = JobClaim(rows, cancelled)
    try:
        _render(clip, wanted)
    except StageError as error:
        logger.error("clip %s: %s", uuid, error.code)
        _fail(wanted, error.code)
    except Exception as error:
        # The words of a library may quote what was said.
        logger.exception(
            "clip %s failed with %s", uuid, type(error).__name__, exc_info=False
        )
        _fail(wanted, "clip.failed")
    if cancelled.is_set():
        wanted.keep(state=RenderedClip.State.QUEUED, progress=0.0)
    if not RenderedClip.objects.filter(pk=clip.pk).exists():
        # Deleted while it was being made: what was written since goes too.
        delete_files(clip.folder)


def _claimed(uuid: UUID) -> RenderedClip | None:
    now = timezone.now()
    waiting = Q(state=RenderedClip.State.QUEUED)
    silent = Q(state=RenderedClip.State.RUNNING, touched_at__lt=now - SILENT_FOR)
    claimed = RenderedClip.objects.filter(waiting | silent, uuid=uuid).update(
        state=RenderedClip.State.RUNNING,
        attempt=F("attempt") + 1,
        progress=0.0,
        touched_at=now,
    )
    if not claimed:
        return None
    return RenderedClip.objects.select_related("avatar").get(uuid=uuid)


def _render(clip: RenderedClip, wanted: JobClaim) -> None:
    lesson = get_lesson_brief(lesson_id=clip.lesson_id)
    lines = lesson_lines(lesson)
    speech, cues = say_lines(lines, language=lesson.l2, cancelled=wanted)
    if wanted.is_set():
        return
    if not speech:
        raise StageError("clip.failed", "The lesson has no words", retryable=False)
    write_clip(_sound(speech), f"{clip.folder}/{SPEECH}")
    wanted.keep(
        cues=[asdict(cue) for cue in cues], has_speech=True, progress=SPEECH_SHARE
    )
    renderer: ClipRenderer = get_engine(EngineKind.CLIP_RENDERER)
    request = ClipRequest(clip_avatar(clip.avatar), speech)
    for result in renderer.render(request, cancelled=wanted):
        if isinstance(result, ClipProgress):
            share = SPEECH_SHARE + (1.0 - SPEECH_SHARE) * result.share
            wanted.tell(progress=min(1.0, max(0.0, share)))
        elif not wanted.is_set():
            _keep(clip, wanted, result)


def _keep(clip: RenderedClip, wanted: JobClaim, made: Clip) -> None:
    write_file(clip.folder, POSTER, poster_of(made.mp4))
    write_file(clip.folder, CLIP, made.mp4)
    wanted.keep(
        state=RenderedClip.State.READY,
        progress=1.0,
        duration_ms=round(made.duration_ms),
        n_bytes=len(made.mp4),
        finished_at=timezone.now(),
    )


def _fail(wanted: JobClaim, code: str) -> None:
    wanted.keep(
        state=RenderedClip.State.FAILED, error_code=code, finished_at=timezone.now()
    )


def _sound(speech: tuple[SpeechChunk, ...]) -> AudioClip:
    rate = speech[0].clip.sample_rate_hz
    return AudioClip(b"".join(chunk.clip.pcm for chunk in speech), rate)
