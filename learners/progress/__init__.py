"""What a learner's progress is: spans of time, figures, and sentences that say what they mean.

What needs talks and their sound is in ``sessions.progress``, which puts the page together.
"""
