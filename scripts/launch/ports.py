"""The address the server listens on."""

from __future__ import annotations

import errno
import socket

from .failure import LaunchError


def require_free_port(host: str, port: int) -> None:
    """Raise LaunchError unless the port can be listened on."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        # As the server does: a port in TIME_WAIT after the last run is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise LaunchError(_words(host, port, error)) from error


def _words(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"Port {port} on {host} is used by another program, perhaps by this platform "
            f"in another terminal.\nStop it (who: `ss -ltnp 'sport = :{port}'` or "
            f"`lsof -i :{port}`), or use another port: make run PORT={port + 1}"
        )
    if error.errno == errno.EACCES:
        return f"This user may not listen on port {port}. Use one above 1023: make run PORT=8001"
    return f"Cannot listen on {host}:{port}: {error.strerror}."
