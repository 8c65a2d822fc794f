"""The engines of the tutor, and the stages that use them.

Everything but ``conf``, ``tasks`` and ``management`` is plain Python: it runs the same in the
web process and on a worker.
"""
