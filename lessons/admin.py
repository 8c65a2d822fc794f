"""The catalogue in Django's admin."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from .editing.drafts import touch
from .models import Course, Lesson

# What learners do not see of a course: changing it makes no edited version.
_UNSEEN = frozenset(
    {
        *("is_published", "talk_minutes", "tutor_model"),
        *("tutor_temperature", "tutor_reply_tokens"),
    }
)


class LessonInline(admin.TabularInline[Lesson, Course]):
    """The order of a course's lessons, each with a link to its own page."""

    model = Lesson
    fields = ("position", "key", "title", "level")
    extra = 0
    show_change_link = True

    def has_add_permission(self, request: object, obj: object = None) -> bool:
        """A lesson needs more than fits in a row: it is added on its own page."""
        return False


@admin.register(Course)
class CourseAdmin(admin.ModelAdmin[Course]):
    """Courses."""

    fieldsets = (
        (
            None,
            {"fields": ("title", "key", "l2", "level", "description", "is_published")},
        ),
        (
            _("Talks"),
            {
                "fields": (
                    *("talk_minutes", "tutor_model"),
                    *("tutor_temperature", "tutor_reply_tokens"),
                ),
                "description": _(
                    "What is left empty is as for the learner's level and the whole site."
                ),
            },
        ),
    )
    list_display = ("title", "l2", "level", "version", "is_current", "is_published")
    list_filter = ("l2", "level", "is_current", "is_published")
    search_fields = ("title", "key")
    prepopulated_fields = {"key": ("title",)}
    inlines = (LessonInline,)
    actions = ("take_out",)

    @admin.action(description=_("Take out of the catalogue (who began can go on)"))
    def take_out(self, request: HttpRequest, courses: QuerySet[Course]) -> None:
        """Hide courses from who has not begun; what learners are in cannot be deleted."""
        n = courses.update(is_published=False)
        self.message_user(
            request,
            ngettext(
                "%(n)s course is out of the catalogue. Who began it can go on.",
                "%(n)s courses are out of the catalogue. Who began them can go on.",
                n,
            )
            % {"n": n},
        )

    def save_model(
        self, request: HttpRequest, obj: Course, form: Any, change: bool
    ) -> None:
        """Save; an import does not replace what was edited."""
        super().save_model(request, obj, form, change)
        if set(form.changed_data) - _UNSEEN:
            _edited(request, obj)


@admin.register(Lesson)
class LessonAdmin(admin.ModelAdmin[Lesson]):
    """Lessons."""

    list_display = ("title", "course", "position", "level")
    list_filter = ("course", "level")
    search_fields = ("title", "situation")
    prepopulated_fields = {"key": ("title",)}
    list_select_related = ("course",)

    def save_model(
        self, request: HttpRequest, obj: Lesson, form: Any, change: bool
    ) -> None:
        """Save; an import does not replace what was edited."""
        super().save_model(request, obj, form, change)
        if form.changed_data:
            _edited(request, obj.course)


def _edited(request: HttpRequest, course: Course) -> None:
    if request.user.pk is not None:
        touch(course=course, editor_id=request.user.pk, now=timezone.now())
