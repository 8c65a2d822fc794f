"""Pages that show how a mouth makes a word or a sound."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from learners.permissions import can_take_lesson, signed_in_user
from learners.selectors import get_learner_context

from ..mouth_page import LANGUAGES, UnknownSound, sound_context, word_context
from .say_word import MAX_WORD_CHARS


@login_required
@require_safe
def mouth_word(request: HttpRequest) -> HttpResponse:
    """Show the lesson of ``?word=`` in ``?language=``; without a word, ask for one."""
    user = signed_in_user(request)
    if not can_take_lesson(user):
        return redirect("learners:profile-edit")
    word = " ".join(request.GET.get("word", "").replace("\x00", "").split())
    context = word_context(
        learner_id=user.pk,
        word=word[:MAX_WORD_CHARS].strip(),
        language=_language(request, user.pk),
    )
    return render(request, "sessions/mouth_lesson.html", context)


@login_required
@require_safe
def mouth_sound(request: HttpRequest, ipa: str) -> HttpResponse:
    """Show how a sound is made, in a word that has it."""
    user = signed_in_user(request)
    if not can_take_lesson(user):
        return redirect("learners:profile-edit")
    try:
        context = sound_context(
            learner_id=user.pk, ipa=ipa, language=_language(request, user.pk)
        )
    except UnknownSound:
        raise Http404 from None
    return render(request, "sessions/mouth_lesson.html", context)


def _language(request: HttpRequest, user_id: int) -> str:
    """Return the language asked for, else the one that is learned. Raises Http404."""
    asked = request.GET.get("language", "") or get_learner_context(user_id=user_id).l2
    language = asked.split("-")[0].lower()
    if language not in LANGUAGES:
        raise Http404
    return language
