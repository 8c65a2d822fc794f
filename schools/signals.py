"""What happens to people in classes, for apps above that tell others of it.

Sent after commit, with identifiers only: of one enrolment, or of some hundred when a list
is taken in. A receiver that fails must not undo the work.
"""

from django.dispatch import Signal

# enrolment_ids: list[int]. People are in a class from now on.
enrolment_began = Signal()
# enrolment_ids: list[int]. People left a class, were moved or archived.
enrolment_ended = Signal()
