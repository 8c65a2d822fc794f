"""An engine has the methods of its protocol, asked for in the same way."""

from __future__ import annotations

import inspect
from typing import Any, get_type_hints

from .checks import Check, expect
from .material import Material


def has_methods_of(protocol: type) -> Check:
    """Return the check that an engine has what a protocol asks for."""

    def run(engine: Any, material: Material) -> None:
        for name in dir(protocol):
            if not name.startswith("_"):
                _compare(type(engine), protocol, name)

    return Check("has the methods of its kind", run)


def _compare(engine: type, protocol: type, name: str) -> None:
    wanted, found = getattr(protocol, name), getattr(engine, name, None)
    expect(found is not None, f"there is no {name}")
    if isinstance(wanted, property):
        expect(isinstance(found, property), f"{name} is no property")
        wanted_type, found_type = _returned(wanted), _returned(found)
        expect(found_type is wanted_type, f"{name} is no {wanted_type.__name__}")
    else:
        expect(_asked(found) == _asked(wanted), f"{name} takes other arguments")


def _returned(method: Any) -> Any:
    return get_type_hints(method.fget)["return"]


def _asked(method: Any) -> list[tuple[str, Any]]:
    parameters = inspect.signature(method).parameters.values()
    return [(p.name, p.kind) for p in parameters if p.default is p.empty]
