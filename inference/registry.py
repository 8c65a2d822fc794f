"""Which engines exist, by kind and name. A module is imported only when it is chosen."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from .engine_spec import EnginePart, EngineSpec
from .engine_specs import SPECS
from .errors import EngineUnavailable
from .protocols import Engine

__all__ = ["ENGINES", "EngineSpec", "Registry", "create_engine"]

Fetch = Callable[[str], None]
ModelPath = Callable[[str], Path]


class Registry:
    """The engines that can be chosen. Two of one kind and name are refused."""

    def __init__(self, specs: Iterable[EngineSpec]) -> None:
        self._specs: dict[tuple[str, str], EngineSpec] = {}
        for spec in specs:
            key = (spec.kind, spec.name)
            if key in self._specs:
                raise ValueError(f"Two {spec.kind} engines are called {spec.name}")
            if spec.factory.count(":") != 1:
                raise ValueError(f"{spec.factory} is not 'module:Class'")
            self._specs[key] = spec

    def names(self, kind: str) -> tuple[str, ...]:
        """Return the engines of a kind, sorted by name."""
        return tuple(sorted(name for kind_, name in self._specs if kind_ == kind))

    def spec(self, kind: str, name: str) -> EngineSpec:
        """Return one engine's spec. Raises EngineUnavailable that lists the choices."""
        try:
            return self._specs[kind, name]
        except KeyError:
            choices = ", ".join(self.names(kind)) or "none"
            raise EngineUnavailable(
                "engine.unknown",
                f"There is no {kind} engine {name!r}. Choices: {choices}",
                retryable=False,
            ) from None

    def create(
        self,
        kind: str,
        name: str,
        options: Mapping[str, Any],
        model_path: ModelPath,
        fetch: Fetch | None = None,
    ) -> Engine:
        """Make an engine from its settings.

        ``model_path`` turns a model's name to a folder and ``fetch`` brings a model to this
        machine; engines that are made of others may call it later.
        Options that only other engines of the kind take are left out, so that one set
        of settings can serve them all; an option nobody takes is refused.
        """
        spec = self.spec(kind, name)
        self._refuse_unknown(kind, options)
        if library := _missing_library(spec):
            raise EngineUnavailable(
                "engine.library_missing",
                f"The {kind} engine {name} needs {library}: {spec.install}",
                retryable=False,
            )
        arguments = {key: options[key] for key in options if key in spec.options}
        if spec.parts is not None:
            arguments[spec.parts] = {
                key: [self.part(kind, each, model_path, fetch) for each in listed]
                for key, listed in options.get(spec.parts, {}).items()
            }
        if spec.weights is not None:
            arguments["model_dir"] = self._folder(spec, options, model_path)
        module, _, class_name = spec.factory.partition(":")
        engine: Engine = getattr(import_module(module), class_name)(**arguments)
        return engine

    def models_needed(self, engines: Mapping[str, Mapping[str, Any]]) -> list[str]:
        """Return the names of the models that these engine settings load."""
        needed = []
        for kind, settings in engines.items():
            if "FACTORY" in settings:
                continue
            spec = self.spec(kind, settings["NAME"])
            model = settings["OPTIONS"].get(spec.weights) if spec.weights else None
            if model and not Path(str(model)).is_absolute():
                needed.append(str(model))
            if spec.parts is not None:
                for key in settings["OPTIONS"].get("first", ()):
                    needed += self.models_of_part(kind, settings, key)[:1]
        return needed

    def models_of_part(
        self, kind: str, settings: Mapping[str, Any], key: str
    ) -> list[str]:
        """Return the models of the engines listed for a key, in their order.

        What comes after an engine that needs no model is not worth fetching.
        """
        models: list[str] = []
        parts = self.spec(kind, settings["NAME"]).parts
        if parts is None:
            return models
        for listed in settings["OPTIONS"][parts].get(key, ()):
            spec = self.spec(kind, listed["NAME"])
            if spec.weights is None:
                break
            models.append(str(listed["OPTIONS"][spec.weights]))
        return models

    def part(
        self,
        kind: str,
        settings: Mapping[str, Any],
        model_path: ModelPath,
        fetch: Fetch | None,
    ) -> EnginePart:
        """Return an engine that is not made yet, from its settings."""
        name, options = settings["NAME"], settings.get("OPTIONS", {})
        spec = self.spec(kind, name)
        self._refuse_unknown(kind, options)
        model = str(options.get(spec.weights) or "") if spec.weights else ""
        found = False

        def is_here() -> bool:
            nonlocal found
            if found or _missing_library(spec):
                return found
            try:
                found = not model or _folder_of(model, model_path).is_dir()
            except EngineUnavailable:
                found = False
            return found

        bring = None
        comes_from_a_store = bool(model) and not Path(model).is_absolute()
        if comes_from_a_store and fetch is not None and not _missing_library(spec):
            bring = partial(fetch, model)
        return EnginePart(
            key=f"{name} {model}".strip(),
            make=partial(self.create, kind, name, options, model_path, fetch),
            is_here=is_here,
            fetch=bring,
        )

    def _refuse_unknown(self, kind: str, options: Mapping[str, Any]) -> None:
        known: set[str] = set()
        for spec in self._specs.values():
            if spec.kind == kind:
                known |= spec.options | {spec.weights or "", spec.parts or ""} - {""}
        unknown = sorted(set(options) - known)
        if unknown:
            raise EngineUnavailable(
                "engine.unknown_option",
                f"No {kind} engine takes {', '.join(unknown)}. "
                f"Options: {', '.join(sorted(known))}",
                retryable=False,
            )

    @staticmethod
    def _folder(
        spec: EngineSpec,
        options: Mapping[str, Any],
        model_path: ModelPath,
    ) -> Path:
        model = options.get(spec.weights or "")
        if not model:
            raise EngineUnavailable(
                "engine.weights_missing",
                f"The {spec.kind} engine {spec.name} needs the option {spec.weights!r}",
                retryable=False,
            )
        folder = _folder_of(str(model), model_path)
        if Path(str(model)).is_absolute() and not folder.is_dir():
            raise EngineUnavailable(
                "engine.weights_missing",
                f"The {spec.kind} engine {spec.name} has no folder {folder}",
                retryable=False,
            )
        return folder


def _folder_of(model: str, model_path: ModelPath) -> Path:
    """Return the folder of a model: of the store, or its own if it is a whole path."""
    return Path(model) if Path(model).is_absolute() else model_path(model)


def _missing_library(spec: EngineSpec) -> str:
    """Return the first library of an engine that is not installed, or ``""``."""
    return next((lib for lib in spec.libraries if find_spec(lib) is None), "")


ENGINES = Registry(SPECS)


def create_engine(
    kind: str,
    name: str,
    options: Mapping[str, Any],
    model_path: ModelPath,
    fetch: Fetch | None = None,
) -> Engine:
    """Make one of the project's engines."""
    return ENGINES.create(kind, name, options, model_path, fetch)
