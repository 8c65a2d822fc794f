"""django-allauth's forms with plain labels and no text that vanishes while typing."""

# mypy: disallow-subclassing-any=False
# (django-allauth ships no types)

from __future__ import annotations

from typing import Any

from allauth.account import forms as allauth_forms
from allauth.account.models import EmailAddress
from django import forms
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

_LABELS = {
    "login": _("E-mail address"),
    "email": _("E-mail address"),
    "password": _("Password"),
    "oldpassword": _("Your password now"),
    "remember": _("Keep me signed in on this device"),
}


def _plain(form: forms.Form) -> None:
    """Give known fields our words, and drop placeholders: labels say the same."""
    for name, field in form.fields.items():
        field.widget.attrs.pop("placeholder", None)
        if name in _LABELS:
            field.label = _LABELS[name]


class LoginForm(allauth_forms.LoginForm):
    """Sign-in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self)
        # The page itself links to the reset, below the form.
        self.fields["password"].help_text = ""


class SignupForm(allauth_forms.SignupForm):
    """Sign-up: address and password; who somebody is, the first steps ask."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self)
        self.fields["password1"].help_text = _(
            "At least 8 characters, not only digits, and nothing easy to guess."
        )


class ResetPasswordForm(allauth_forms.ResetPasswordForm):
    """Asking for the mail that lets a person choose a new password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self)


class ResetPasswordKeyForm(allauth_forms.ResetPasswordKeyForm):
    """Choosing the new password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self)
        self.fields["password1"].label = _("New password")
        self.fields["password2"].label = _("New password again")


class ChangePasswordForm(allauth_forms.ChangePasswordForm):
    """Changing a password that is known."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self)
        self.fields["oldpassword"].help_text = ""
        self.fields["password1"].label = _("New password")
        self.fields["password2"].label = _("New password again")


class ReauthenticateForm(allauth_forms.ReauthenticateForm):
    """The password once more, before something important."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self)
        self.fields["password"].help_text = ""


class AddEmailForm(allauth_forms.AddEmailForm):
    """Changing the e-mail address."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self)
        self.fields["email"].label = _("New e-mail address")

    def save(self, request: HttpRequest) -> EmailAddress:
        """Start the change; where no address was ever confirmed, it counts at once.

        Somebody who mistyped their address at sign-up could not sign in otherwise:
        django-allauth drops an address that was not confirmed before the new one is.
        """
        with transaction.atomic():
            address: EmailAddress = super().save(request)
            self.user.refresh_from_db(fields=["email"])
            if not self.user.email:
                address.set_as_primary()
        return address
