"""How django-allauth speaks to people here."""

# mypy: disallow-subclassing-any=False
# (django-allauth ships no types)

from __future__ import annotations

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from schools import site_settings
from schools.invitation_selectors import find_by_token
from schools.models import Invitation
from schools.site_settings import SignUp


class AccountAdapter(DefaultAccountAdapter):
    """Friendly words for what can go wrong with an account."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Whether somebody may make an account: everybody, or who has an open invitation."""
        who = SignUp(site_settings.get("sign_up"))
        if who is SignUp.INVITED:
            return _is_invited(
                request.GET.get("next") or request.POST.get("next") or ""
            )
        return who is SignUp.OPEN

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is switched off. Ask who runs this site."),
        "email_password_mismatch": _(
            "That e-mail address and password do not go together. Check both, or choose a "
            "new password below."
        ),
        "email_taken": _(
            "There is an account with this address already. Try to sign in instead."
        ),
        "enter_current_password": _("That is not your password now. Try it again."),
        "incorrect_password": _("That is not your password. Try it again."),
        "invalid_password_reset": _(
            "This link does not work any more. Ask for a new one."
        ),
        "too_many_login_attempts": _(
            "That was too many tries. Wait a few minutes, then try again."
        ),
        "same_as_current": _("This is your address already."),
        "rate_limited": _("That was too fast. Wait a minute, then try again."),
    }


def _is_invited(onward: str) -> bool:
    """Whether somebody goes on to an invitation that is open."""
    try:
        found = resolve(onward)
    except Resolver404:
        return False
    if found.view_name != "learners:join-link":
        return False
    invitation = find_by_token(found.kwargs["token"])
    return (
        invitation is not None
        and invitation.state(timezone.now()) == Invitation.State.OPEN
    )
