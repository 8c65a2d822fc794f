"""The steps of `make run`, in order."""

from __future__ import annotations

import argparse
import os
import signal
import time
from collections.abc import Sequence

from scripts.translations.files import changed

from .environment import DEV_SETS, RUN_SETS, SCALED_SETS, Environment
from .failure import LaunchError
from .ports import require_free_port
from .server import Server
from .terminal import complain, say, step
from .tuned import NAME, take_tuned


def run(arguments: Sequence[str]) -> int:
    """Do what the arguments ask for; return the exit code."""
    options = _parse(arguments)
    try:
        if options.action == "install":
            wanted = SCALED_SETS if options.scaled else RUN_SETS
            _prepare(DEV_SETS if options.dev else wanted, options)
            return 0
        return _serve(options)
    except LaunchError as error:
        complain(str(error))
        return error.exit_code
    except KeyboardInterrupt:
        complain("Stopped. What was fetched so far is kept.")
        return 130


def _parse(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scripts.launch")
    parser.add_argument("action", choices=("run", "install"))
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--min-free-gb", type=float, default=3.0)
    parser.add_argument("--dev", action="store_true", help="install test tools too")
    parser.add_argument("--scaled", action="store_true", help="install for run-scaled")
    return parser.parse_args(arguments)


def _prepare(sets: Sequence[str], options: argparse.Namespace) -> Environment:
    environment = Environment()
    environment.prepare(sets, options.min_free_gb)
    if changed():
        done = environment.run(["-m", "scripts.translations", "compile"])
        if done.returncode:
            raise LaunchError("The translations in locale/ could not be compiled.")
    return environment


def _serve(options: argparse.Namespace) -> int:
    started = time.monotonic()
    require_free_port(options.host, options.port)
    environment = _prepare(RUN_SETS, options)
    if take_tuned(os.environ, environment.root):
        say(f"Settings measured for this machine: {NAME} in the data folder")
    prepared = environment.run(["-m", "scripts.launch.prepare"])
    if prepared.returncode:
        raise LaunchError("The platform was not started.", prepared.returncode)
    address = f"http://{options.host}:{options.port}/"
    server = Server(
        [
            environment.python, "-m", "scripts.launch.serve",
            "--host", options.host, "--port", str(options.port),
        ],
        environment.root,
    )  # fmt: skip
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, server.request_stop)
    try:
        with step("Starting the server"):
            server.wait_for_page(address)
        say(f"\nReady after {time.monotonic() - started:.1f} s: {address}")
        say("Sign in with one of the accounts above. Ctrl-C stops everything.\n")
        code = server.wait()
    finally:
        server.stop()
    say("\nStopped.")
    return code
