"""Loads one engine and holds it to the contract of its kind."""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from inference.conf import model_store, shutdown
from inference.errors import StageError
from inference.management.spoken_material import from_folder, from_synthesizer
from inference.protocols import Engine
from inference.registry import ENGINES, EngineSpec
from inference.stages.stage import EngineKind
from inference.verification.checks import Finding, look
from inference.verification.contracts import CONTRACTS
from inference.verification.material import SENTENCE, Material

Value = str | int | float | bool
# These are tried on what they make themselves, or on text.
_WITHOUT_SOUND = ("dialogue", "synthesizer", "animator", "face_finder", "face_renderer")


class Command(BaseCommand):
    """``manage.py verify_engine NAME [--kind] [--model] [--option k=v] [--sound]``."""

    help = "Load an engine, hold it to the contract of its kind and say what holds."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare the arguments."""
        parser.add_argument("name", help="an engine of inference/registry.py")
        parser.add_argument("--kind", choices=[kind.value for kind in EngineKind])
        parser.add_argument(
            "--model", default="", help="a model of inference/models.toml, or a folder"
        )
        parser.add_argument(
            "--option", action="append", default=[], metavar="NAME=VALUE"
        )
        parser.add_argument("--language", default="en", help="of the sentences")
        parser.add_argument("--text", default=SENTENCE, help="for the synthesizer")
        parser.add_argument(
            "--sound",
            type=Path,
            help="a folder of WAV files, each with its words in a .txt of the same name; "
            "without it the configured synthesizer speaks",
        )
        parser.add_argument("--picture", type=Path, help="a picture of one face")
        parser.add_argument("--avatar", default="", help="the key of a built-in head")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run. Fails when the engine cannot be loaded or breaks its contract."""
        spec = _spec(options["name"], options["kind"])
        try:
            engine = ENGINES.create(
                spec.kind, spec.name, _options(spec, options), _model_path
            )
            picture = options["picture"].read_bytes() if options["picture"] else b""
            material = (
                replace(each, picture=picture, avatar=options["avatar"])
                for each in _material(spec, options)
            )
            broken = self._verify(spec, engine, material)
        except (StageError, OSError, ValueError) as error:
            raise CommandError(str(error)) from error
        finally:
            shutdown()
        if broken:
            raise CommandError(f"{spec.name} does not keep {broken} of its promises")

    def _verify(
        self, spec: EngineSpec, engine: Engine, material: Iterable[Material]
    ) -> int:
        try:
            started = time.monotonic()
            engine.warm()
            self._say(Finding("loads and warms up", time.monotonic() - started, ""))
            findings = []
            for each in material:
                self.stdout.write(f"\n{each.text}")
                for finding in look(CONTRACTS[spec.kind], engine, each):
                    self._say(finding)
                    findings.append(finding)
        finally:
            # Twice: an engine may be closed by a failure and again at the end.
            engine.close()
            engine.close()
        return sum(bool(finding.problem) for finding in findings)

    def _say(self, finding: Finding) -> None:
        result = self.style.ERROR(f"BROKEN: {finding.problem}")
        result = result if finding.problem else self.style.SUCCESS("ok")
        result += f"  {finding.note}" if finding.note else ""
        self.stdout.write(f"{finding.name:<38}{finding.seconds:>8.2f} s  {result}")


def _spec(name: str, kind: str | None) -> EngineSpec:
    kinds = [kind] if kind else [kind.value for kind in EngineKind]
    found = [each for each in kinds if name in ENGINES.names(each)]
    if len(found) == 1:
        return ENGINES.spec(found[0], name)
    if found:
        raise CommandError(f"{name} is a {' and a '.join(found)}: say which by --kind")
    known = ", ".join(each for kind in kinds for each in ENGINES.names(kind))
    raise CommandError(f"There is no engine {name!r}. Engines: {known}")


def _options(spec: EngineSpec, options: dict[str, Any]) -> dict[str, Any]:
    """Return the settings' options, if the engine is the configured one, and the given."""
    configured = settings.INFERENCE["ENGINES"].get(spec.kind, {})
    chosen: dict[str, Any] = {}
    if configured.get("NAME") == spec.name:
        chosen.update(configured["OPTIONS"])
    if options["model"]:
        chosen[spec.weights or "model_dir"] = options["model"]
    for given in options["option"]:
        name, equals, value = given.partition("=")
        if not equals:
            raise CommandError(f"{given!r} is not NAME=VALUE")
        chosen[name] = _value(value)
    return chosen


def _value(text: str) -> Value:
    if text.lower() in ("true", "false"):
        return text.lower() == "true"
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            continue
    return text


def _model_path(name: str) -> Path:
    folder = Path(name)
    return folder if folder.is_dir() else model_store().path(name)


def _material(spec: EngineSpec, options: dict[str, Any]) -> Iterable[Material]:
    if options["sound"]:
        return from_folder(options["sound"], options["language"])
    if spec.kind in _WITHOUT_SOUND:
        return [Material.silent(options["text"], options["language"])]
    return [from_synthesizer(options["text"], options["language"])]
