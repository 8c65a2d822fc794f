"""The audit log's actions in words; what is not here is shown by its code."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ACTIONS: dict[str, str | Promise] = {
    "account.created": _("Account made"),
    "account.email_changed": _("E-mail address changed"),
    "account.erased": _("Account erased"),
    "account.password_changed": _("Password changed"),
    "account.role_changed": _("Role changed"),
    "account.sign_in_failed": _("Sign-in failed"),
    "account.signed_in": _("Signed in"),
    "account.signed_out": _("Signed out"),
    "account.switched": _("Account switched on or off"),
    "admin.added": _("Added in the database pages"),
    "admin.changed": _("Changed in the database pages"),
    "admin.deleted": _("Deleted in the database pages"),
    "announcement.changed": _("Announcement changed"),
    "announcement.deleted": _("Announcement deleted"),
    "announcement.made": _("Announcement written"),
    "assignment.changed": _("Assignment changed"),
    "assignment.created": _("Assignment made"),
    "assignment.published": _("Assignment set"),
    "audit.exported": _("Audit log taken along"),
    "audit.opened": _("Audit log opened"),
    "care.seen": _("Looked at a talk that needs care"),
    "class.changed": _("Class changed"),
    "class.made": _("Class made"),
    "comment.added": _("Comment written"),
    "consent.given": _("Consent given"),
    "enrolment.began": _("Came into a class"),
    "enrolment.ended": _("Left a class"),
    "erasure.requested": _("Erasure asked for"),
    "erasure.taken_back": _("Erasure taken back"),
    "export.fetched": _("Archive fetched"),
    "export.ordered": _("Archive ordered"),
    "gradebook.exported": _("Gradebook taken along"),
    "gradebook.overridden": _("Mark of the gradebook set by hand"),
    "guardian.confirmed": _("Guardian confirmed"),
    "guardian.invited": _("Guardian invited"),
    "guardian.removed": _("Guardian removed"),
    "impersonation.ended": _("Stopped seeing the site as somebody else"),
    "impersonation.started": _("Saw the site as somebody else"),
    "learner.seen": _("Learner opened"),
    "mark.given": _("Mark given"),
    "mark.overruled": _("Mark overruled"),
    "member.joined": _("Joined a school"),
    "member.left": _("Left a school"),
    "member.imported": _("Person imported"),
    "people.seen": _("List of people opened"),
    "recordings.deleted": _("Recordings deleted"),
    "roster.exported": _("List of people taken along"),
    "roster.seen": _("List of people opened"),
    "school.changed": _("School changed"),
    "school.opened": _("School made"),
    "setting.changed": _("Setting changed"),
    "submission.heard": _("Listened to handed-in work"),
    "submission.returned": _("Work given back"),
    "switch.changed": _("Switch changed"),
    "talk.opened": _("Talk of a learner opened"),
}


def action_words(action: str) -> str:
    """Return an action in words."""
    return str(ACTIONS.get(action, action))
