"""An Assignment is set with a Rubric; each attempt of a learner at it is a Submission.

AssignmentTargets say for whom it is where it is not for a class or group, an Extension gives
one learner other rules, an AssignmentNotice is a mail that was sent. A Submission has
Comments and the history of its mark (MarkChange); a MarkOverride is a mark of the gradebook
that a teacher set by hand.
"""

from .assignment import Assignment, AssignmentNotice, AssignmentTarget, Extension
from .mark_override import MarkOverride
from .rubric import Rubric
from .submission import Comment, MarkChange, Submission

__all__ = [
    "Assignment",
    "AssignmentNotice",
    "AssignmentTarget",
    "Comment",
    "Extension",
    "MarkChange",
    "MarkOverride",
    "Rubric",
    "Submission",
]
