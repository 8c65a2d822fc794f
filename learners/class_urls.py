"""Addresses of classes and of joining one; part of ``learners.urls``."""

from django.urls import path, re_path

from .views import (
    class_groups,
    class_learner,
    classes,
    invitations,
    joining,
    roster_imports,
)

_CLASS = "classes/<uuid:uuid>/"
_IMPORT = "imports/<uuid:uuid>/"
_PERSON = f"{_CLASS}learners/<uuid:person>/"

urlpatterns = [
    path("classes/", classes.class_list, name="class-list"),
    path("classes/new/", classes.class_new, name="class-new"),
    path(_CLASS, classes.class_detail, name="class-detail"),
    path(f"{_CLASS}settings/", classes.class_settings, name="class-settings"),
    path(f"{_CLASS}archive/", classes.class_archive, name="class-archive"),
    path(f"{_CLASS}restore/", classes.class_restore, name="class-restore"),
    path(f"{_CLASS}delete/", classes.class_delete, name="class-delete"),
    path(f"{_CLASS}leave/", joining.class_leave, name="class-leave"),
    path(f"{_CLASS}import/", roster_imports.class_import, name="class-import"),
    path(f"{_CLASS}roster.csv", roster_imports.class_roster, name="class-roster"),
    path(f"{_CLASS}teachers/", class_groups.teacher_add, name="class-teacher-add"),
    path(
        f"{_CLASS}teachers/<uuid:person>/remove/",
        class_groups.teacher_remove,
        name="class-teacher-remove",
    ),
    path(f"{_CLASS}groups/new/", class_groups.group_new, name="class-group-new"),
    path(f"{_CLASS}groups/<uuid:group>/", class_groups.group_edit, name="class-group"),
    path(
        f"{_CLASS}groups/<uuid:group>/delete/",
        class_groups.group_delete,
        name="class-group-delete",
    ),
    path(f"{_CLASS}invitations/link/", invitations.class_link, name="class-link"),
    path(f"{_CLASS}invitations/mail/", invitations.class_mail, name="class-mail"),
    path(
        f"{_CLASS}invitations/<uuid:invitation>/revoke/",
        invitations.class_invitation_revoke,
        name="class-invitation-revoke",
    ),
    path(_PERSON, class_learner.class_learner, name="class-learner"),
    path(f"{_PERSON}move/", class_learner.learner_move, name="class-learner-move"),
    path(
        f"{_PERSON}archive/",
        class_learner.learner_archive,
        name="class-learner-archive",
    ),
    path(f"{_PERSON}quota/", class_learner.learner_quota, name="class-learner-quota"),
    path(f"{_PERSON}minor/", class_learner.learner_minor, name="class-learner-minor"),
    path(
        f"{_PERSON}password/",
        class_learner.learner_password,
        name="class-learner-password",
    ),
    path(f"{_PERSON}guardians/", class_learner.guardian_add, name="class-guardian-add"),
    path(
        f"{_PERSON}guardians/<uuid:guardian>/remove/",
        class_learner.guardian_remove,
        name="class-guardian-remove",
    ),
    path(
        "schools/<uuid:uuid>/import/",
        roster_imports.school_import,
        name="school-import",
    ),
    re_path(
        r"^imports/template\.(?P<kind>csv|xlsx)$",
        roster_imports.import_template,
        name="import-template",
    ),
    path(_IMPORT, roster_imports.import_detail, name="import-detail"),
    path(f"{_IMPORT}confirm/", roster_imports.import_confirm, name="import-confirm"),
    path(f"{_IMPORT}give-up/", roster_imports.import_give_up, name="import-give-up"),
    path(f"{_IMPORT}resume/", roster_imports.import_resume, name="import-resume"),
    path(
        f"{_IMPORT}to-correct.csv", roster_imports.import_faulty, name="import-faulty"
    ),
    path("join/", joining.join, name="join"),
    path("join/<str:token>/", joining.join_link, name="join-link"),
]
