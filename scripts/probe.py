"""Says by its exit code whether what runs in this container works. Standard library only.

``probe.py web /healthz`` asks the site as its proxy would: production sends plain HTTP to
HTTPS and answers to its own host names only. ``probe.py worker`` looks whether the process
still touches the file of ``TUTOR_ALIVE_FILE`` (tutorplatform/alive.py).
"""

import http.client
import os
import sys
import time

PORT = 8000
TIMEOUT_S = 4.0
# The file is touched every five seconds.
STALE_S = 60.0


def host_name(allowed_hosts: str) -> str:
    """Return a name that the site answers to, of ``DJANGO_ALLOWED_HOSTS``."""
    first = allowed_hosts.split(",")[0].strip().lstrip(".")
    return "localhost" if first in {"", "*"} else first


def web_works(path: str, *, port: int = PORT) -> bool:
    """Ask the site of this container for a page; anything but 200 is a failure."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=TIMEOUT_S)
    headers = {
        "Host": host_name(os.environ.get("DJANGO_ALLOWED_HOSTS", "")),
        "X-Forwarded-Proto": "https",
    }
    try:
        connection.request("GET", path, headers=headers)
        return connection.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def worker_works(path: str, *, now: float) -> bool:
    """Tell whether the file was touched lately."""
    try:
        return now - os.stat(path).st_mtime < STALE_S
    except OSError:
        return False


def main(arguments: list[str]) -> int:
    """Return the exit code: 0 works, 1 does not, 2 was asked wrongly."""
    if arguments == ["worker"]:
        path = os.environ.get("TUTOR_ALIVE_FILE", "")
        return 0 if worker_works(path, now=time.time()) else 1
    if len(arguments) == 2 and arguments[0] == "web":
        return 0 if web_works(arguments[1]) else 1
    sys.stderr.write("probe.py web PATH | probe.py worker\n")
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
