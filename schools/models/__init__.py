"""A School has Terms and Classrooms; people belong to it by a Membership.

Learners are in a class by an Enrolment, teachers by a ClassTeacher, some learners of a class
form a LearnerGroup. An AuditEntry says who saw or changed what of whom.
"""

from .audit_entry import AuditEntry, AuditEntryIsFinal
from .classroom import Classroom, ClassTeacher, Enrolment, LearnerGroup
from .membership import Membership
from .school import School
from .term import Term

__all__ = [
    "AuditEntry",
    "AuditEntryIsFinal",
    "ClassTeacher",
    "Classroom",
    "Enrolment",
    "LearnerGroup",
    "Membership",
    "School",
    "Term",
]
