"""The worker's side of queued stages: takes orders, runs `execute_stage`, tells of it.

One process has the engines of its queues and a thread for each run that goes on. Plain
Python beside the Redis client; `inference/tasks.py` gives it to Celery.
"""
