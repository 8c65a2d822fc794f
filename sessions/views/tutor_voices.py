"""Tutors' voices: brought with a consent, listened to, used and taken back by managers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from learners.avatar_selectors import get_avatar
from learners.permissions import can_manage_voices, signed_in_user
from learners.services.tutor_voices import (
    VoiceConsent,
    note_listening,
    revoke_voice,
    stop_voice,
    use_voice,
)
from learners.voice_files import clip_file
from learners.voice_selectors import get_voice_of
from learners.voice_statement import statement
from schools.selectors import get_school

from ..ranged_file import ranged_file_response
from ..voice_clips.adding import bring_voice
from ..voice_clips.clip import MAX_BYTES, VoiceRefused
from ..voice_clips.showing import (
    SITE,
    clones_any,
    place_in_words,
    places_for,
    statements,
    tutors_for_voices,
    voice_rows,
)
from ..voice_forms import VoiceForm

if TYPE_CHECKING:
    from learners.models import TutorVoice, User

_FROM_START = "bytes=0-"


@login_required
@never_cache
@require_safe
def tutor_voice_list(request: HttpRequest) -> HttpResponse:
    """Show the voices of the schools that somebody manages."""
    user = _manager(request)
    rows = voice_rows(user=user, today=timezone.localdate())
    context = {"rows": rows, "clones": clones_any()}
    return render(request, "sessions/tutor_voice_list.html", context)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def tutor_voice_add(request: HttpRequest) -> HttpResponse:
    """Take a recording and the consent in it; refuse it in words where it cannot be."""
    user = _manager(request)
    choices = {"places": places_for(user), "tutors": tutors_for_voices()}
    posted = request.method == "POST"
    form = (
        VoiceForm(request.POST, request.FILES, **choices)
        if posted
        else VoiceForm(**choices)
    )
    code = ""
    if posted and form.is_valid():
        try:
            voice = _brought(user, form.cleaned_data)
        except VoiceRefused as refused:
            code = refused.code
            form.add_error("clip", refused.message)
        else:
            if voice.words_checked and voice.person_checked:
                messages.success(request, _("Saved. Listen to it, then use it."))
            else:
                messages.warning(
                    request,
                    _(
                        "Saved. It could not be checked here who says what in it: listen "
                        "to it yourself before you use it."
                    ),
                )
            return redirect("sessions:tutor-voice-list")
    context = {"form": form, "code": code, "statements": statements()}
    status = 422 if form.errors else 200
    response = render(request, "sessions/tutor_voice_form.html", context, status=status)
    if code:
        response["X-Error-Code"] = code
    return response


@login_required
@never_cache
@require_safe
def tutor_voice_sound(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """Send the recording; that somebody listened stands in the audit log."""
    user, voice = _voice(request, uuid)
    if voice.revoked_at is not None:
        raise Http404
    try:
        answer = ranged_file_response(
            request, clip_file(voice.key), content_type="audio/wav"
        )
    except FileNotFoundError:
        raise Http404 from None
    # Players ask for the beginning first, then for the rest.
    from_start = request.headers.get("Range", _FROM_START).startswith(_FROM_START)
    if request.method == "GET" and from_start:
        note_listening(voice=voice, by=user, now=timezone.now())
    return answer


@login_required
@require_POST
def tutor_voice_use(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Let tutors speak with a voice (``use`` is ``1``), or no more."""
    user, voice = _voice(request, uuid)
    now = timezone.now()
    if request.POST.get("use") != "1":
        stop_voice(voice_id=voice.pk, by=user.uuid, now=now)
        messages.success(request, _("Talks that begin now have the first voice again."))
    elif use_voice(voice_id=voice.pk, by=user.uuid, now=now):
        messages.success(request, _("Talks that begin now have this voice."))
    else:
        messages.error(request, _("The consent to this voice is over."))
    return redirect("sessions:tutor-voice-list")


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def tutor_voice_revoke(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Ask once, then delete a voice and all that was made of it."""
    user, voice = _voice(request, uuid)
    if request.method != "POST":
        return render(request, "sessions/tutor_voice_revoke.html", {"voice": voice})
    revoke_voice(voice_id=voice.pk, by=user.uuid, now=timezone.now())
    messages.success(
        request, _("The voice is deleted. Nobody speaks with it any more.")
    )
    return redirect("sessions:tutor-voice-list")


def _manager(request: HttpRequest) -> User:
    """Return who asks. Raises Http404 for who manages no school."""
    user = signed_in_user(request)
    if not can_manage_voices(user):
        raise Http404
    return user


def _voice(request: HttpRequest, uuid: UUID) -> tuple[User, TutorVoice]:
    """Return who asks and a voice they look after. Raises Http404."""
    user = _manager(request)
    try:
        return user, get_voice_of(user, uuid=uuid)
    except ObjectDoesNotExist:
        raise Http404 from None


def _brought(user: User, values: dict[str, Any]) -> TutorVoice:
    """Keep what was posted. Raises VoiceRefused."""
    at_school = values["school"] != SITE
    school = get_school(uuid=UUID(values["school"])) if at_school else None
    place = place_in_words(school.name if school else "")
    words = statement(values["language"], name=values["giver_name"], place=place)
    return bring_voice(
        data=values["clip"].read(MAX_BYTES + 1),
        school=school,
        name=values["name"],
        language=values["language"],
        avatar=get_avatar(key=values["avatar"]) if values["avatar"] else None,
        consent=VoiceConsent(
            giver_name=values["giver_name"],
            purpose=values["purpose"],
            statement=words,
            recorded_by=values["recorded_by"],
            recorded_on=values["recorded_on"],
            until=values["until"],
        ),
        by=user,
        now=timezone.now(),
    )
