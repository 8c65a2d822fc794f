"""What the tutor remembers: to see, to change, to forget."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from tutor.languages.glosses import ATTRIBUTION
from tutor.reports.contrast import contrast

from ..memory_forms import FactForm, MemoryChoiceForm
from ..models import ErrorLedgerEntry, LearnerFact, VocabularyItem
from ..permissions import can_take_lesson, signed_in_user
from ..selectors import (
    get_learner_context,
    get_memory_choice,
    list_facts,
    list_mistakes,
    list_vocabulary,
    past_sessions,
    remembers_facts,
)
from ..services.kept_words import remove_kept_word
from ..services.memory_choices import (
    delete_fact,
    edit_fact,
    forget_memory,
    set_memory_choice,
)

SHOWN = 30
SHOWN_SESSIONS = 5


@login_required
@require_safe
def memory(request: HttpRequest) -> HttpResponse:
    """Show all that is remembered of the learner's language."""
    user = signed_in_user(request)
    if not can_take_lesson(user):
        return redirect("learners:profile-edit")
    l2 = get_learner_context(user_id=user.pk).l2.split("-")[0]
    mistakes = list_mistakes(learner_id=user.pk, l2=l2)
    words = list_vocabulary(learner_id=user.pk, l2=l2)
    kept = list(words.exclude(kept_at=None))
    choice = get_memory_choice(learner_id=user.pk)
    remembers = remembers_facts(learner_id=user.pk)
    context = {
        "language": l2,
        "facts": list_facts(learner_id=user.pk),
        "open_mistakes": _rows(mistakes.filter(resolved_at=None)[:SHOWN]),
        "resolved": _rows(mistakes.exclude(resolved_at=None)[:SHOWN]),
        "kept": kept,
        "attribution": _attribution(kept, l2),
        "vocabulary": words.filter(kept_at=None)[:SHOWN],
        "sessions": past_sessions(learner_id=user.pk, l2=l2)[:SHOWN_SESSIONS],
        "choice": choice,
        "remembers": remembers,
        "choice_form": MemoryChoiceForm(initial={"remembers": remembers}),
    }
    return render(request, "learners/memory.html", context)


@login_required
@require_POST
def edit_choice(request: HttpRequest) -> HttpResponse:
    """Allow or stop remembering what the learner tells."""
    form = MemoryChoiceForm(request.POST)
    form.is_valid()
    remembers = bool(form.cleaned_data["remembers"])
    set_memory_choice(
        learner_id=signed_in_user(request).pk, remembers=remembers, now=timezone.now()
    )
    if remembers:
        messages.success(request, _("From now on the tutor remembers what you tell."))
    else:
        messages.success(
            request, _("Nothing new is remembered, and the tutor uses nothing of it.")
        )
    return redirect("learners:memory")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def fact_edit(request: HttpRequest, fact_id: int) -> HttpResponse:
    """Let the learner put a fact right."""
    user = signed_in_user(request)
    fact = get_object_or_404(LearnerFact, pk=fact_id, learner=user)
    form = FactForm(request.POST or None, initial={"text": fact.text})
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["text"]
        edit_fact(learner_id=user.pk, fact_id=fact_id, text=text, now=timezone.now())
        messages.success(request, _("Saved."))
        return redirect("learners:memory")
    return render(
        request,
        "learners/memory_fact_form.html",
        {"form": form, "fact": fact},
        status=422 if form.errors else 200,
    )


@login_required
@require_POST
def fact_delete(request: HttpRequest, fact_id: int) -> HttpResponse:
    """Forget a fact."""
    try:
        delete_fact(learner_id=signed_in_user(request).pk, fact_id=fact_id)
    except LearnerFact.DoesNotExist:
        raise Http404 from None
    messages.success(request, _("Forgotten."))
    return redirect("learners:memory")


@login_required
@require_POST
def kept_word_remove(request: HttpRequest, item_id: int) -> HttpResponse:
    """Keep a word no longer."""
    user = signed_in_user(request)
    item = get_object_or_404(
        VocabularyItem, pk=item_id, learner=user, kept_at__isnull=False
    )
    remove_kept_word(learner_id=user.pk, l2=item.l2, text=item.text)
    messages.success(request, _("You no longer keep this word."))
    return redirect("learners:memory")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def forget(request: HttpRequest) -> HttpResponse:
    """Ask once, then forget everything."""
    if request.method != "POST":
        return render(request, "learners/memory_forget.html")
    forget_memory(learner_id=signed_in_user(request).pk)
    messages.success(request, _("The tutor has forgotten everything about you."))
    return redirect("learners:memory")


def _attribution(kept: Iterable[VocabularyItem], l2: str) -> str:
    """Return who made the dictionary, where a meaning is from it."""
    shown = any(item.kept_source == "dictionary" for item in kept)
    return ATTRIBUTION.get(l2, "") if shown else ""


def _rows(entries: Iterable[ErrorLedgerEntry]) -> list[dict[str, object]]:
    return [
        {"entry": entry, "contrast": contrast(entry.sentence, entry.corrected)}
        for entry in entries
    ]
