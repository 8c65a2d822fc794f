"""Addresses of schools; part of ``learners.urls``."""

from django.urls import path

from .views import invitations, school_people, school_terms, schools

_SCHOOL = "schools/<uuid:uuid>/"
_PERSON = f"{_SCHOOL}people/<uuid:person>/"
_TERM = f"{_SCHOOL}terms/<uuid:term>/"

urlpatterns = [
    path("schools/", schools.school_list, name="school-list"),
    path("schools/new/", schools.school_new, name="school-new"),
    path(_SCHOOL, school_people.school_detail, name="school-detail"),
    path(f"{_SCHOOL}invite/", school_people.school_invite, name="school-invite"),
    path(
        f"{_SCHOOL}invitations/<uuid:invitation>/revoke/",
        invitations.school_invitation_revoke,
        name="school-invitation-revoke",
    ),
    path(_PERSON, school_people.school_member, name="school-member"),
    path(
        f"{_PERSON}remove/",
        school_people.school_member_remove,
        name="school-member-remove",
    ),
    path(f"{_SCHOOL}classes/", schools.school_classes, name="school-classes"),
    path(f"{_SCHOOL}terms/", school_terms.school_terms, name="school-terms"),
    path(_TERM, school_terms.term_edit, name="school-term"),
    path(f"{_TERM}archive/", school_terms.term_archive, name="school-term-archive"),
    path(f"{_TERM}remove/", school_terms.term_remove, name="school-term-remove"),
    path(f"{_SCHOOL}rules/", schools.school_rules, name="school-rules"),
    path(f"{_SCHOOL}close/", schools.school_close, name="school-close"),
]
