"""Where long jobs of sessions are done: as all long jobs."""

from learners.job_queue import JobQueue

__all__ = ["JobQueue"]
