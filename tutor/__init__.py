"""How the tutor teaches: what it makes of a learner's turn, what it does next, what it may say.

Plain Python: no Django, no network, no engine of its own. Language models are reached
through the ``Completion`` protocol, so that every rule here can be tested without one.
"""
