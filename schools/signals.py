"""What happens to people in classes, for apps above that tell others of it.

Sent after commit, with identifiers only. A receiver that fails must not undo the work.
"""

from django.dispatch import Signal

# enrolment_id: int. Somebody is in a class from now on.
enrolment_began = Signal()
# enrolment_id: int. Somebody left a class, was moved or archived.
enrolment_ended = Signal()
