"""What happens to set work, for apps above that tell others of it.

Sent after commit, with identifiers only. A receiver that fails must not undo the work.
"""

from django.dispatch import Signal

# assignment_id: int. Learners can see it from now on (or from when it opens).
assignment_published = Signal()
# submission_id: int. A learner handed in.
submission_handed_in = Signal()
# submission_id: int. A teacher gave, changed or took back the mark.
submission_marked = Signal()
# submission_id: int. The learner can see mark and comments.
submission_returned = Signal()
