"""What a web process and a worker say to each other, and how it is written down.

A web process orders a run of a stage through Celery (`RunOrder`); the worker that takes it
answers with `RunEvent` entries in a Redis stream of that web process. Sound and pictures
go through the `Exchange`, a shared store, and are named by reference. Plain Python beside
the Redis client: no Django, no Celery.
"""
