"""Checks that every reply passes before it is spoken: one gate, one module.

A gate reads, measures and answers; it never changes text and never raises. What differs
by language lies in ``tutor/languages``.
"""
