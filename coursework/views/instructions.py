"""A teacher's spoken instructions, sent by the page's script when they were recorded."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sessions.api_errors import RequestRefused
from sessions.live.rate_limit import BucketPerUser
from sessions.views.page_requests import refuse_fast
from sessions.views.posted_sound import posted_clip

from ..services.instructions import keep_voice
from .class_pages import taught_class

_voices = BucketPerUser(rate_per_s=1 / 10, burst=10)


@login_required
@require_POST
def instructions_add(request: HttpRequest, uuid: UUID) -> JsonResponse:
    """Store a recording; return the signed name to send with the form."""
    user, _classroom = taught_class(request, uuid)
    try:
        refuse_fast(_voices, user.pk)
        token = keep_voice(posted_clip(request), now=timezone.now())
    except RequestRefused as refused:
        return refused.response()
    except OSError:
        return RequestRefused(
            "audio.not_kept",
            _("The recording could not be stored. Try again in a moment."),
            status=503,
        ).response()
    return JsonResponse({"voice": token})
