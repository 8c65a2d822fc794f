"""llama.cpp's server in a process of its own. It ends when stdin closes, unless told to stay.

Says where it listens in one JSON line on stdout. The key that callers must show comes
in the environment: other users of the machine can read arguments, but not that.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
from pathlib import Path
from typing import Any

KEY_VARIABLE = "TUTOR_LLAMA_KEY"


def parameters(arguments: argparse.Namespace, key: str) -> Any:
    """Return the server's parameters."""
    import xllamacpp

    params = xllamacpp.CommonParams()
    params.model.path = str(arguments.model)
    # A name, not a path: it is told to clients.
    params.model_alias = {arguments.model.stem}
    params.hostnames = [arguments.host]
    params.port = arguments.port
    params.api_keys = [key]
    params.ui = False
    params.endpoint_slots = False
    params.verbosity = arguments.verbosity
    params.n_parallel = arguments.slots
    params.n_ctx = arguments.slots * arguments.slot_context_tokens
    params.kv_unified = False
    params.cache_prompt = True
    # Slots are given out by the engine, so nothing is parked outside of them.
    params.cache_ram_mib = 0
    params.ctx_shift = False
    params.n_gpu_layers = arguments.gpu_layers
    params.cpuparams.n_threads = arguments.threads
    params.cpuparams_batch.n_threads = arguments.threads
    return params


def main() -> None:
    """Serve until the parent goes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--slots", type=int, default=4)
    parser.add_argument("--slot-context-tokens", type=int, default=2048)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--gpu-layers", type=int, default=0)
    parser.add_argument("--verbosity", type=int, default=1)
    # By itself in a container it serves other hosts; as a child nobody but its parent.
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=0, help="0: any")
    parser.add_argument("--stay", action="store_true", help="until it is told to end")
    arguments = parser.parse_args()
    # Ctrl-C reaches every process of a terminal; this one goes when its parent does.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    out = os.fdopen(os.dup(sys.stdout.fileno()), "w")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())

    import xllamacpp

    server = xllamacpp.Server(parameters(arguments, os.environ[KEY_VARIABLE]))
    print(json.dumps({"address": server.listening_address}), file=out, flush=True)
    if arguments.stay:
        signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
        while True:
            signal.pause()
    while sys.stdin.buffer.read(4096):
        pass
    # The server's own end waits for replies under way; nobody reads them any more.
    os._exit(0)


if __name__ == "__main__":
    main()
