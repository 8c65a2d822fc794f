"""Videos of lessons: ordering one, watching it, how far it is."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from kombu.exceptions import OperationalError

from learners.course_selectors import courses_for, get_lesson_for
from learners.permissions import can_manage_lessons_media, signed_in_user

from ..clips.captions import Cue, as_webvtt
from ..clips.files import CLIP, POSTER, SPEECH, clip_file
from ..clips.orders import ClipNotPossible, is_silent, order_clip
from ..clips.showing import lesson_clip, state_words
from ..models import RenderedClip
from ..ranged_file import ranged_file_response

if TYPE_CHECKING:
    from learners.models import User
    from lessons.models import Lesson

_TYPES = {CLIP: "video/mp4", SPEECH: "audio/flac", POSTER: "image/jpeg"}


@login_required
@require_POST
def clip_order(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Have the video of a lesson made with the posted ``avatar``."""
    user = signed_in_user(request)
    if not can_manage_lessons_media(user):
        raise Http404
    lesson = _lesson(user, uuid)
    try:
        clip = order_clip(
            lesson_id=lesson.pk,
            avatar_key=request.POST.get("avatar", ""),
            ordered_by_id=user.pk,
            now=timezone.now(),
        )
    except ObjectDoesNotExist:
        raise Http404 from None
    except ClipNotPossible as problem:
        messages.error(request, problem.message)
    except OperationalError:
        messages.error(request, _("The video waits: its workers cannot be reached."))
    else:
        if clip.state == RenderedClip.State.READY:
            messages.success(request, _("This video is there already."))
    return redirect("lessons:lesson-detail", uuid)


@login_required
@require_safe
@never_cache
def clip_part(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Give the part of the lesson's page that shows its video, as it is now."""
    user = signed_in_user(request)
    lesson = _lesson(user, uuid)
    shown = lesson_clip(
        lesson_id=lesson.pk,
        lesson_uuid=lesson.uuid,
        user=user,
        now=timezone.now(),
    )
    return render(request, "sessions/_lesson_clip.html", {"shown": shown})


@login_required
@require_safe
@never_cache
def clip_state(request: HttpRequest, uuid: UUID) -> JsonResponse:
    """Say how far a clip is."""
    clip, now = _clip(signed_in_user(request), uuid), timezone.now()
    under_way = clip.is_under_way and not is_silent(clip, now)
    return JsonResponse(
        {
            "state": clip.state,
            "under_way": under_way,
            "progress": round(clip.progress, 3),
            "message": state_words(clip, now),
        }
    )


@login_required
@require_safe
def clip_media(request: HttpRequest, uuid: UUID, name: str) -> HttpResponseBase:
    """Send a file of a clip: ``clip.mp4``, ``speech.flac`` or ``poster.jpg``."""
    clip = _clip(signed_in_user(request), uuid)
    if name not in _TYPES:
        raise Http404
    try:
        return ranged_file_response(
            request, clip_file(clip.folder, name), content_type=_TYPES[name]
        )
    except FileNotFoundError:
        raise Http404 from None


@login_required
@require_safe
def clip_captions(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Send a clip's captions as WebVTT."""
    cues = [Cue(**cue) for cue in _clip(signed_in_user(request), uuid).cues]
    response = HttpResponse(as_webvtt(cues), content_type="text/vtt; charset=utf-8")
    response["Cache-Control"] = "private, no-store"
    return response


def _lesson(user: User, uuid: UUID) -> Lesson:
    try:
        return get_lesson_for(learner_id=user.pk, uuid=uuid)
    except ObjectDoesNotExist:
        raise Http404 from None


def _clip(user: User, uuid: UUID) -> RenderedClip:
    """Return a clip of a lesson that is published for this person. Raises Http404."""
    courses = courses_for(learner_id=user.pk).filter(is_published=True)
    clips = RenderedClip.objects.filter(uuid=uuid, lesson__course__in=courses)
    clip = clips.first()
    if clip is None:
        raise Http404
    return clip
