"""The catalogue in Django's admin."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from .models import Course, Lesson


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
        (None, {"fields": ("title", "key", "l2", "description", "is_published")}),
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
    list_display = ("title", "l2", "is_published")
    list_filter = ("l2", "is_published")
    search_fields = ("title", "key")
    prepopulated_fields = {"key": ("title",)}
    inlines = (LessonInline,)


@admin.register(Lesson)
class LessonAdmin(admin.ModelAdmin[Lesson]):
    """Lessons."""

    list_display = ("title", "course", "position", "level")
    list_filter = ("course", "level")
    search_fields = ("title", "situation")
    prepopulated_fields = {"key": ("title",)}
    list_select_related = ("course",)
