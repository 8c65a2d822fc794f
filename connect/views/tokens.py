"""Tokens of the REST API: made, shown once, revoked."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from learners.models import User
from learners.permissions import signed_in_user

from ..forms import TokenForm
from ..models import ApiToken, Scope
from ..permissions import connectable_schools, manageable_tokens
from ..selectors import list_tokens
from ..services.tokens import make_token, revoke_token


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def token_list(request: HttpRequest) -> HttpResponse:
    """Show the tokens of the schools somebody manages; make one on POST."""
    user = manager(request)
    schools = connectable_schools(user)
    form = TokenForm(request.POST or None, schools=schools)
    secret = made = None
    if request.method == "POST" and form.is_valid():
        made, secret = make_token(
            school=form.cleaned_data["school"],
            name=form.cleaned_data["name"],
            scopes=form.cleaned_data["scopes"],
            expires_at=form.expires_at(),
            by=user,
            now=timezone.now(),
        )
        # Not redirected: the secret is in this answer and nowhere else.
        form = TokenForm(schools=schools)
    tokens = list(list_tokens(schools=schools))
    now = timezone.now()
    context = {
        "tab": "tokens",
        "form": form,
        "secret": secret,
        "made": made,
        "rows": [
            {
                "token": token,
                "is_usable": token.is_usable(now=now),
                "scopes": [Scope(scope).label for scope in token.scopes],
            }
            for token in tokens
        ],
        "several": schools.count() > 1,
    }
    return render(
        request,
        "connect/token_list.html",
        context,
        status=422 if form.errors else 200,
    )


@login_required
@require_POST
def token_revoke(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """End a token."""
    user = manager(request)
    try:
        token = manageable_tokens(user).get(uuid=uuid)
    except ApiToken.DoesNotExist:
        raise Http404 from None
    revoke_token(token_id=token.pk, by=user, now=timezone.now())
    messages.success(request, _("Revoked. It opens nothing from now on."))
    return redirect("connect:token-list")


def manager(request: HttpRequest) -> User:
    """Return who asks. Raises Http404 for who manages no school."""
    user = signed_in_user(request)
    if not connectable_schools(user).exists():
        raise Http404
    return user
