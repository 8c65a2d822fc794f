"""Learners of classes with their accounts: who they are, how they come and go.

``schools`` knows people by their ids alone; what needs an account, a profile or a mail
stands here.
"""
