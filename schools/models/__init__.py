"""A School has Terms and Classrooms; people belong to it by a Membership.

Learners are in a class by an Enrolment, teachers by a ClassTeacher, some learners of a class
form a LearnerGroup. An Invitation lets people join; a RosterImport is a
file of them. An AuditEntry says who saw or changed what of whom. A SiteValue and an
Announcement are what administrators decided in their pages.
"""

from .announcement import Announcement
from .audit_entry import AuditEntry, AuditEntryIsFinal
from .classroom import Classroom, ClassTeacher, Enrolment, LearnerGroup
from .invitation import Invitation
from .membership import Membership
from .roster_import import RosterImport
from .school import School
from .site_value import SiteValue
from .term import Term

__all__ = [
    "Announcement",
    "AuditEntry",
    "AuditEntryIsFinal",
    "ClassTeacher",
    "Classroom",
    "Enrolment",
    "Invitation",
    "LearnerGroup",
    "Membership",
    "RosterImport",
    "School",
    "SiteValue",
    "Term",
]
