"""Terms of a school."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from schools.models import School, Term
from schools.problem import SchoolProblem
from schools.services.terms import archive_term, remove_term, save_term

from ..rosters.school_page import terms_of
from ..school_forms import TermForm
from .class_access import managed_school


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def school_terms(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show the terms of a school, and add one."""
    user, school = managed_school(request, uuid)
    form = TermForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            save_term(
                school=school,
                actor=user.uuid,
                now=timezone.now(),
                **form.cleaned_data,
            )
        except SchoolProblem as problem:
            form.add_error("name", str(problem))
        else:
            messages.success(request, _("Saved."))
            return redirect("learners:school-terms", uuid)
    return render(
        request,
        "schools/school_terms.html",
        {
            "school": school,
            "tab": "terms",
            "form": form,
            "terms": list(terms_of(school)),
            "today": timezone.localdate(),
        },
        status=422 if form.errors else 200,
    )


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def term_edit(request: HttpRequest, uuid: UUID, term: UUID) -> HttpResponse:
    """Change a term."""
    user, school = managed_school(request, uuid)
    found = _term(school, term)
    form = TermForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        try:
            save_term(
                school=school,
                term=Term.objects.get(pk=found.pk),
                actor=user.uuid,
                now=timezone.now(),
                **form.cleaned_data,
            )
        except SchoolProblem as problem:
            form.add_error("name", str(problem))
        else:
            messages.success(request, _("Saved."))
            return redirect("learners:school-terms", uuid)
    context = {"school": school, "tab": "terms", "form": form, "term": found}
    return render(
        request,
        "schools/school_term.html",
        context,
        status=422 if form.errors else 200,
    )


@login_required
@require_POST
def term_archive(request: HttpRequest, uuid: UUID, term: UUID) -> HttpResponse:
    """Archive all classes of a term."""
    user, school = managed_school(request, uuid)
    found = _term(school, term)
    n_archived = archive_term(term_id=found.pk, actor=user.uuid, now=timezone.now())
    messages.success(
        request,
        ngettext(
            "%(n)s class is archived. Everything in it is kept.",
            "%(n)s classes are archived. Everything in them is kept.",
            n_archived,
        )
        % {"n": n_archived},
    )
    return redirect("learners:school-terms", uuid)


@login_required
@require_POST
def term_remove(request: HttpRequest, uuid: UUID, term: UUID) -> HttpResponse:
    """Take a term away; its classes stay."""
    user, school = managed_school(request, uuid)
    found = _term(school, term)
    remove_term(term_id=found.pk, actor=user.uuid, now=timezone.now())
    messages.success(request, _("The term is gone. Its classes stay."))
    return redirect("learners:school-terms", uuid)


def _term(school: School, uuid: UUID) -> Term:
    found = Term.objects.filter(school=school, uuid=uuid).first()
    if found is None:
        raise Http404
    return found
