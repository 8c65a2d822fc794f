"""``make bench-turns``: who waits for whom in a talk.

Learners made of our own voices hesitate, repair what they said, answer with one word and
talk over the tutor, in quiet and in noise. What is measured is when the tutor takes the
turn and when it falls silent, not what it says.

``scripts`` says what happens, ``takes`` makes the sound and knows where turns really end,
``live`` plays it to a real server, ``fast`` to the end-of-turn decision alone, ``scoring``
holds what came of it against the truth.
"""
