"""Clips of the tutor waiting, listening and thinking, which a page plays over and over."""

from __future__ import annotations

from threading import Event

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from inference.conf import get_engine
from inference.errors import StageError
from inference.stages.stage import EngineKind


@login_required
@require_GET
def face_idle(request: HttpRequest, avatar: str, sha256: str) -> HttpResponse:
    """Send the clip of waiting, or of the state that is asked for.

    Its address changes with its content, so it may be kept for good.
    """
    state = request.GET.get("state", "")
    try:
        engine = get_engine(EngineKind.FACE_RENDERER)
        prepared = engine.prepare(avatar, cancelled=Event())
        if prepared.sha256 != sha256:
            raise Http404
        clip = prepared.idle
        if state:
            clip = engine.loop(avatar, state, cancelled=Event())
    except StageError as error:
        raise Http404 from error
    response = HttpResponse(clip, content_type="video/mp4")
    response["Cache-Control"] = "private, max-age=31536000, immutable"
    response["X-Content-Type-Options"] = "nosniff"
    return response
