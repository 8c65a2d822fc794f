"""Jobs for workers: where they queue, and how much a worker takes on."""

import socket

import environ

env = environ.Env()

# Empty: there are no workers, and jobs run in the process that wants them.
CELERY_BROKER_URL = env("TUTOR_CELERY_BROKER_URL", default="")
CELERY_RESULT_BACKEND = env("TUTOR_CELERY_RESULT_URL", default="") or None
CELERY_TASK_DEFAULT_QUEUE = "batch"
# Each task has its queue here; a misspelt one is an error, not a queue nobody serves.
CELERY_TASK_CREATE_MISSING_QUEUES = False
# Stages of turns have queues of their own: nobody who talks waits behind a long job.
CELERY_TASK_QUEUES: dict[str, dict[str, str]] = {
    "asr": {},
    "scoring": {},
    "tts": {},
    "face": {},
    "batch": {},
    # A face stays on the host that has its avatar loaded: each has a queue of its own.
    f"face.{socket.gethostname()}": {},
}
CELERY_TASK_ROUTES = {
    "connect.send_waiting": {"queue": "batch"},
    "connect.read_rosters": {"queue": "batch"},
    "coursework.send_return_mails": {"queue": "batch"},
    "inference.prepare_avatar": {"queue": "face"},
    # Whoever orders a run names the queue of its stage; a worker of it refuses no stage.
    "inference.run_stage": {"queue": "asr"},
    "inference.sweep_exchange": {"queue": "batch"},
    "learners.fit_reviews": {"queue": "batch"},
    "learners.take_in_roster": {"queue": "batch"},
    "operations.export_data": {"queue": "batch"},
    "operations.refresh_figures": {"queue": "batch"},
    "sessions.send_reminders": {"queue": "batch"},
    "sessions.export_cards": {"queue": "batch"},
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
# Longer than the longest job: what is taken back before that would be done twice. Stages
# of turns do not wait for it, see inference/runners/queued.py.
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 2000,
    "socket_timeout": 10,
    "socket_connect_timeout": 5,
    "socket_keepalive": True,
    "health_check_interval": 15,
}
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = False
CELERY_RESULT_EXPIRES = 86_400
CELERY_TIMEZONE = "UTC"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# A worker waits for its broker for as long as it takes; how often, tutorplatform/broker.py.
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
# What `celery beat` starts.
CELERY_BEAT_SCHEDULE = {
    "refresh-figures": {
        "task": "operations.refresh_figures",
        "schedule": 3600.0,
    },
    "sweep-exchange": {"task": "inference.sweep_exchange", "schedule": 300.0},
    "send-return-mails": {"task": "coursework.send_return_mails", "schedule": 60.0},
    "send-waiting": {"task": "connect.send_waiting", "schedule": 60.0},
    "send-reminders": {"task": "sessions.send_reminders", "schedule": 900.0},
    "fit-reviews": {"task": "learners.fit_reviews", "schedule": 7 * 86_400.0},
}
# Touched by workers for as long as they live; health checks of containers look at it.
ALIVE_FILE = env("TUTOR_ALIVE_FILE", default="")
