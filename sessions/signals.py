"""What happens to talks, for apps above that go on from there.

Sent after commit. A receiver that fails must not undo what happened.
"""

from django.dispatch import Signal

# session_uuid: UUID, learner_id: int, reason: str (TutoringSession.EndReason).
session_ended = Signal()
# now: datetime. Mails are being sent: receivers send theirs and return a Sent.
reminding = Signal()
