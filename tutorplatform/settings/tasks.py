"""Jobs for workers: where they queue, and how much a worker takes on."""

import environ

env = environ.Env()

# Empty: there are no workers, and jobs run in the process that wants them.
CELERY_BROKER_URL = env("TUTOR_CELERY_BROKER_URL", default="")
CELERY_RESULT_BACKEND = env("TUTOR_CELERY_RESULT_URL", default="") or None
CELERY_TASK_DEFAULT_QUEUE = "default"
# Each task has its queue here; a misspelt one is an error, not a queue nobody serves.
CELERY_TASK_CREATE_MISSING_QUEUES = False
CELERY_TASK_QUEUES: dict[str, dict[str, str]] = {"default": {}, "face": {}}
CELERY_TASK_ROUTES = {
    "connect.send_waiting": {"queue": "default"},
    "inference.prepare_avatar": {"queue": "face"},
    "learners.fit_reviews": {"queue": "default"},
    "learners.take_in_roster": {"queue": "default"},
    "operations.export_data": {"queue": "default"},
    "operations.refresh_figures": {"queue": "default"},
    "sessions.send_reminders": {"queue": "default"},
    "sessions.export_cards": {"queue": "default"},
    "sessions.prepare_portrait": {"queue": "face"},
    "sessions.render_clip": {"queue": "face"},
}
CELERY_TASK_SERIALIZER = "json"
CELERY_RESULT_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
# A job is given back when its worker dies, so every task can be repeated safely.
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
# Jobs take minutes: none waits in the hands of a worker that is busy.
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_SOFT_TIME_LIMIT = 1800
CELERY_TASK_TIME_LIMIT = 1900
CELERY_RESULT_EXPIRES = 86_400
CELERY_TIMEZONE = "UTC"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# What `celery beat` starts.
CELERY_BEAT_SCHEDULE = {
    "refresh-figures": {
        "task": "operations.refresh_figures",
        "schedule": 3600.0,
    },
    "send-waiting": {"task": "connect.send_waiting", "schedule": 60.0},
    "send-reminders": {"task": "sessions.send_reminders", "schedule": 900.0},
    "fit-reviews": {"task": "learners.fit_reviews", "schedule": 7 * 86_400.0},
}
