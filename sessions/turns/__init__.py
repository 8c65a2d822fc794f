"""One turn, from the learner's last voiced sample to the tutor's last word.

Plain Python over the inference runner: no Django, no socket. Lesson and learner reach it
as value types, what happens leaves it as TurnEvents, what is kept goes through the
TurnRepository protocol.
"""
