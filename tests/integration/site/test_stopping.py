"""A process that ends takes what it does beside requests along, whatever server it is."""

from __future__ import annotations

import os
import subprocess
import sys
import time

import pytest

pytestmark = pytest.mark.slow

# A job that goes on until nobody wants it any more, another that waits behind it, and a
# main thread that is through.
PROGRAM = """
import django
django.setup()
from coursework import mail_queue
from tutorplatform.stopping import stop_with_the_process
begun = __import__("threading").Event()
def work(why, cancelled):
    print("begun", why, flush=True)
    begun.set()
    if not cancelled.wait(60):
        print("nobody said so", flush=True)
mail_queue.return_queue._work = work
stop_with_the_process()
mail_queue.return_queue.put("first")
mail_queue.return_queue.put("second")
begun.wait()
print("through", flush=True)
"""


def test_jobs_end_with_the_main_thread_and_what_waits_does_not_begin() -> None:
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "tutorplatform.settings.test"},
        capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    assert done.stdout.split("\n") == ["begun first", "through", ""]
    assert time.monotonic() - began < 50
