"""Which engines exist, by kind and name. A module is imported only when it is chosen."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from .engine_spec import EngineSpec
from .engine_specs import SPECS
from .errors import EngineUnavailable
from .protocols import Engine

__all__ = ["ENGINES", "EngineSpec", "Registry", "create_engine"]


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
        model_path: Callable[[str], Path],
    ) -> Engine:
        """Make an engine from its settings. ``model_path`` turns a model's name to a folder.

        Options that only other engines of the kind take are left out, so that one set
        of settings can serve them all; an option nobody takes is refused.
        """
        spec = self.spec(kind, name)
        self._refuse_unknown(kind, options)
        for library in spec.libraries:
            if find_spec(library) is None:
                raise EngineUnavailable(
                    "engine.library_missing",
                    f"The {kind} engine {name} needs {library}: {spec.install}",
                    retryable=False,
                )
        arguments = {key: options[key] for key in options if key in spec.options}
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
            if model:
                needed.append(str(model))
        return needed

    def _refuse_unknown(self, kind: str, options: Mapping[str, Any]) -> None:
        known: set[str] = set()
        for spec in self._specs.values():
            if spec.kind == kind:
                known |= spec.options | ({spec.weights} if spec.weights else set())
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
        model_path: Callable[[str], Path],
    ) -> Path:
        model = options.get(spec.weights or "")
        if not model:
            raise EngineUnavailable(
                "engine.weights_missing",
                f"The {spec.kind} engine {spec.name} needs the option {spec.weights!r}",
                retryable=False,
            )
        return model_path(str(model))


ENGINES = Registry(SPECS)


def create_engine(
    kind: str,
    name: str,
    options: Mapping[str, Any],
    model_path: Callable[[str], Path],
) -> Engine:
    """Make one of the project's engines."""
    return ENGINES.create(kind, name, options, model_path)
