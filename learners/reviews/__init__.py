"""Reviews: what a learner shall not forget, asked again shortly before they would.

``memory`` keeps the state of one card and says when it is due (FSRS), ``sources`` says
which cards a learner has, ``answers`` reads what was said to one, ``fitting`` adapts FSRS to
one learner. Writes are in ``learners.services.reviews`` and ``review_cards``, reads in
``learners.review_selectors``.
"""
