"""Stages on workers: which ones, in which queue, and how sound gets there."""

from pathlib import Path
from typing import Any

import environ

env = environ.Env()

# Where sound and pictures pass between hosts: a folder that all of them mount, or a bucket.
EXCHANGE_BUCKET = env("TUTOR_EXCHANGE_BUCKET", default="")


def exchange_storage(data_dir: Path) -> dict[str, Any]:
    """Return the storage of the exchange, as ``STORAGES`` wants it."""
    if EXCHANGE_BUCKET:
        return {
            "BACKEND": "storages.backends.s3.S3Storage",
            "OPTIONS": {
                "bucket_name": EXCHANGE_BUCKET,
                "location": "exchange",
                "default_acl": "private",
                "file_overwrite": True,
                "endpoint_url": env("TUTOR_EXCHANGE_ENDPOINT", default="") or None,
                "region_name": env("TUTOR_EXCHANGE_REGION", default="") or None,
            },
        }
    return {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {
            "location": env(
                "TUTOR_EXCHANGE_DIR", default=str(data_dir / "private/exchange")
            ),
            # Children's voices: nobody else on the host reads them.
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        },
    }


QUEUED: dict[str, Any] = {
    # The stages that workers do, where TUTOR_RUNNER is "queued".
    "STAGES": env.list(
        "TUTOR_QUEUED_STAGES", default=["transcribe", "assess", "synthesize"]
    ),
    "QUEUES": {
        "transcribe": "asr",
        "assess": "scoring",
        "synthesize": "tts",
        "render": "face",
        "prepare": "face",
    },
    # No further talk begins while a tenth of the runs of a stage wait longer; 0: no limit.
    # On workers and in one process alike.
    "LONGEST_WAIT_S": env.float("TUTOR_LONGEST_WAIT_S", default=1.0),
    # How long a process waits for Redis to answer.
    "REDIS_TIMEOUT_S": env.float("TUTOR_REDIS_TIMEOUT_S", default=5.0),
}
