"""Who may do what: one function a question, asked by every view and socket."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from lessons.models import Course
from schools.permissions import (
    is_site_admin,
    manageable_schools,
    staffed_schools,
)
from schools.selectors import taught_learner_ids

from .models import Avatar, LearnerProfile, User

AnyUser = User | AnonymousUser


def signed_in_user(request: HttpRequest) -> User:
    """Return who asks. Raises PermissionDenied where a view forgot to require sign-in."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def can_take_lesson(user: AnyUser) -> bool:
    """Whether they may start a session: signed in, active, and known as a learner."""
    if not isinstance(user, User) or not user.is_active:
        return False
    return LearnerProfile.objects.filter(user=user).exists()


def can_review_session(user: AnyUser, learner_id: int) -> bool:
    """Whether they may read and hear all that this learner said.

    The learner, or an administrator. Teachers are not among them: what learners consent to
    when they let recordings be kept names themselves and the people who run the site.
    """
    if not isinstance(user, User) or not user.is_active:
        return False
    return user.pk == learner_id or user.role == User.Role.ADMIN


def reviewable_learners(user: AnyUser) -> QuerySet[User]:
    """Return whose talks' reports they may read and whose exercises they decide on.

    A teacher's are the learners of their classes, a manager's those of the school's;
    administrators answer for the whole site. They themselves are among them. This is the
    one place that says so.
    """
    staff = (User.Role.TEACHER, User.Role.ADMIN)
    if not isinstance(user, User) or not user.is_active or user.role not in staff:
        return User.objects.none()
    people = User.objects.filter(is_active=True)
    if user.role == User.Role.ADMIN:
        return people
    return people.filter(Q(pk=user.pk) | Q(pk__in=taught_learner_ids(user_id=user.pk)))


def can_review_exercises(user: AnyUser, learner_id: int) -> bool:
    """Whether they may look over this learner's exercises, see ``reviewable_learners``."""
    return reviewable_learners(user).filter(pk=learner_id).exists()


def can_read_report(user: AnyUser, learner_id: int) -> bool:
    """Whether they may read the reports of this learner's talks; it has no sound."""
    if can_review_session(user, learner_id):
        return True
    return reviewable_learners(user).filter(pk=learner_id).exists()


def can_manage_lessons_media(user: AnyUser) -> bool:
    """Whether they may have videos of lessons made and bring portraits of tutors."""
    staff = (User.Role.TEACHER, User.Role.ADMIN)
    return isinstance(user, User) and user.is_active and user.role in staff


def can_change_portrait(user: AnyUser, avatar: Avatar) -> bool:
    """Whether they may switch a portrait off or delete it: who brought it, or an admin."""
    if not can_manage_lessons_media(user) or avatar.kind != Avatar.Kind.PORTRAIT:
        return False
    return getattr(user, "role", "") == User.Role.ADMIN or (
        avatar.created_by_id == user.pk
    )


def can_manage_voices(user: AnyUser) -> bool:
    """Whether they look after tutors' voices: of schools they manage; admins: all."""
    if not isinstance(user, User):
        return False
    return is_site_admin(user) or manageable_schools(user).exists()


def can_edit_courses(user: AnyUser) -> bool:
    """Whether they write courses at all; of which ones, see ``editable_courses``."""
    staff = (User.Role.TEACHER, User.Role.ADMIN)
    return isinstance(user, User) and user.is_active and user.role in staff


def editable_courses(user: AnyUser) -> QuerySet[Course]:
    """Return the courses, in every version, that they may change and publish.

    Those of the schools in which they teach; administrators change all, the site's too.
    """
    if not can_edit_courses(user):
        return Course.objects.none()
    if is_site_admin(user):
        return Course.objects.all()
    return Course.objects.filter(school__in=staffed_schools(user).values("pk"))


def can_edit_course(user: AnyUser, course: Course) -> bool:
    """Whether they may change a course and publish it."""
    return editable_courses(user).filter(pk=course.pk).exists()


def copyable_courses(user: AnyUser) -> QuerySet[Course]:
    """Return what they may copy: what the site offers to all, and what they may change."""
    if not can_edit_courses(user):
        return Course.objects.none()
    offered = Course.objects.filter(school=None, is_published=True)
    return offered | Course.objects.filter(pk__in=editable_courses(user).values("pk"))
