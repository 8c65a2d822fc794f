"""The Celery application: long jobs that run outside of the server process.

A worker is started with ``celery --app tutorplatform worker --queues face`` on the host
whose hardware the queue's tasks need. Without a broker in the settings nothing may be
sent; who wants a job done then calls the task's function in a thread of its own.
"""

from __future__ import annotations

import os

from celery import Celery

from . import alive, observing

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tutorplatform.settings.local")

app = Celery("tutorplatform", amqp="tutorplatform.broker:ImpatientAMQP")
# Pages are served in threads, which would else have an app of no settings.
app.set_default()
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
alive.connect()
observing.connect()
