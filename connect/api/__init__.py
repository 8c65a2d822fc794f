"""The REST API: one address a noun, tokens instead of sign-in, one shape of errors.

``site`` puts it together; ``access`` lets a token in, ``limits`` counts its requests,
``replies`` answers a repeated POST as the first; routes only read and hand on.
"""
