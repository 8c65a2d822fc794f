"""People in Django's admin."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.options import InlineModelAdmin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import AdminUserCreationForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from .models import LearnerProfile, User


class NewUserForm(AdminUserCreationForm[User]):
    """Makes a user from an e-mail address."""

    class Meta:
        model = User
        fields = ("email", "role")
        field_classes = {"email": forms.EmailField}


class LearnerProfileInline(admin.StackedInline[LearnerProfile, User]):
    """The profile on its user's page. Consent is the person's own to give."""

    model = LearnerProfile
    can_delete = False
    readonly_fields = ("stores_recordings", "consent_changed_at")


@admin.register(User)
class UserAdmin(DjangoUserAdmin[User]):
    """Accounts: role, sign-in, and the profile below."""

    add_form = NewUserForm
    inlines = (LearnerProfileInline,)
    ordering = ("email",)
    list_display = ("email", "role", "is_active", "joined_at", "last_login")
    list_filter = ("role", "is_active")
    search_fields = ("email", "profile__display_name")
    readonly_fields = ("uuid", "joined_at", "last_login")
    fieldsets = (
        (None, {"fields": ("email", "password", "role", "is_active")}),
        (
            _("Permissions in this admin"),
            {"fields": ("is_superuser", "groups", "user_permissions")},
        ),
        (_("About"), {"fields": ("uuid", "joined_at", "last_login")}),
    )
    add_fieldsets = (
        (
            None,
            {
                "classes": ("wide",),
                "fields": (
                    "email",
                    "role",
                    "usable_password",
                    "password1",
                    "password2",
                ),
            },
        ),
    )

    def get_inlines(
        self, request: HttpRequest, obj: User | None
    ) -> list[type[InlineModelAdmin[Any, Any]]]:
        """Leave the profile out while adding: people fill it in when they sign in."""
        return list(self.inlines) if obj else []
