"""Runs inside the environment: the ASGI server, for as long as the launcher lives.

The launcher holds the other end of standard input. When it goes, also by ``kill -9``, the
pipe closes and the server stops by itself, which ends the engines' processes in turn.
"""

from __future__ import annotations

import argparse
import os
import sys
import threading

import uvicorn

WS_MAX_BYTES = 65_536
GRACEFUL_STOP_S = 5


def main() -> None:
    """Serve until told to stop."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument(
        "--stay", action="store_true", help="somebody else looks after this process"
    )
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tutorplatform.settings.local")
    server = uvicorn.Server(
        uvicorn.Config(
            "tutorplatform.asgi:application",
            host=options.host,
            port=options.port,
            ws="tutorplatform.socket_protocol:SoundProtocol",
            # Sound does not get smaller by deflating it, only later.
            ws_per_message_deflate=False,
            ws_max_size=WS_MAX_BYTES,
            lifespan="on",
            access_log=False,
            log_level="warning",
            timeout_graceful_shutdown=GRACEFUL_STOP_S,
        )
    )
    if not options.stay:
        watch = threading.Thread(
            target=_stop_at_end_of_input, args=(server,), daemon=True
        )
        watch.start()
    server.run()


def _stop_at_end_of_input(server: uvicorn.Server) -> None:
    while sys.stdin.buffer.read(1024):
        pass
    server.should_exit = True


if __name__ == "__main__":
    main()
