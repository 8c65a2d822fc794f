"""Writes of schools, by noun; each leaves an entry in the audit log.

``actor`` is the uuid of who did it, none: the site itself or the command line.
"""
