"""A School has Terms and Classrooms; people belong to it by a Membership.

Learners are in a class by an Enrolment, teachers by a ClassTeacher, some learners of a class
form a LearnerGroup. An AuditEntry says who saw or changed what of whom. A SiteValue and an
Announcement are what administrators decided in their pages.
"""

from .announcement import Announcement
from .audit_entry import AuditEntry, AuditEntryIsFinal
from .classroom import Classroom, ClassTeacher, Enrolment, LearnerGroup
from .membership import Membership
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
    "LearnerGroup",
    "Membership",
    "School",
    "SiteValue",
    "Term",
]
