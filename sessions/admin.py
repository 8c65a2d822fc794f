"""Sessions in the administration: to look at, not to write in."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from .models import Turn, TutoringSession


class TurnInline(admin.TabularInline[Turn, TutoringSession]):
    """The turns of a session, without what was said."""

    model = Turn
    fields = ("index", "state", "started_at", "ended_at", "errors")
    readonly_fields = fields
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Turns are made by talking."""
        return False


@admin.register(TutoringSession)
class TutoringSessionAdmin(admin.ModelAdmin[TutoringSession]):
    """When who talked, and whether it worked."""

    list_display = ("uuid", "learner", "lesson", "level", "status", "started_at")
    list_filter = ("status", "level", "l2")
    date_hierarchy = "started_at"
    search_fields = ("uuid", "learner__email")
    inlines = (TurnInline,)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Sessions are started by learners."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What was said is not to be edited."""
        return False
