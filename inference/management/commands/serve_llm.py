"""Serves a language model on this host, for processes that ask it over HTTP."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from inference.conf import model_store
from inference.engines.dialogue.llama_cpp import model_file
from inference.engines.dialogue.llama_server import KEY_VARIABLE
from inference.errors import StageError


class Command(BaseCommand):
    """``manage.py serve_llm``: llama.cpp's OpenAI-compatible server, until it is ended.

    For hosts without a graphics card; with one, vLLM takes its place.
    """

    help = (
        "Serve the tutor's language model on this host (llama.cpp, OpenAI-compatible)."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the arguments."""
        parser.add_argument("--model", required=True, help="of inference/models.toml")
        parser.add_argument("--port", type=int, required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        """Become the server."""
        if not os.environ.get(KEY_VARIABLE):
            raise CommandError(f"Name the key that callers show: {KEY_VARIABLE}")
        store = model_store()
        try:
            store.ensure([options["model"]])
            path = model_file(store.path(options["model"]))
        except StageError as error:
            raise CommandError(error.message) from error
        conf = settings.INFERENCE["ENGINES"]["dialogue"]["OPTIONS"]
        command = [
            sys.executable, "-m", "inference.engines.dialogue.llama_server", "--stay",
            "--model", str(path), "--port", str(options["port"]),
            "--slots", str(conf["slots"]),
            "--slot-context-tokens", str(conf["slot_context_tokens"]),
            "--threads", str(conf["threads"] or os.cpu_count() or 1),
        ]  # fmt: skip
        environ = {**os.environ, "GOMP_SPINCOUNT": "500"}
        os.execve(command[0], command, environ)  # noqa: S606 without a shell
