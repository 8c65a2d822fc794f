"""The files of ``deploy/``, read for the tests beside this module."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[3]
DEPLOY = ROOT / "deploy"
KUBERNETES = DEPLOY / "kubernetes"
COMPOSE = sorted(DEPLOY.glob("compose*.yaml"))
DOCKERFILES = sorted((DEPLOY / "docker").glob("*.Dockerfile"))


class _Loader(yaml.SafeLoader):
    """Reads Compose's own tags as what stands behind them."""


def _untagged(loader: yaml.SafeLoader, _tag: str, node: yaml.Node) -> Any:
    if isinstance(node, yaml.MappingNode):
        return loader.construct_mapping(node, deep=True)
    if isinstance(node, yaml.SequenceNode):
        return loader.construct_sequence(node, deep=True)
    return None


_Loader.add_multi_constructor("!", _untagged)


@cache
def read(path: Path) -> list[dict[str, Any]]:
    """Return the documents of a YAML file."""
    return [
        document for document in yaml.load_all(path.read_text(), _Loader) if document
    ]


def services(path: Path) -> dict[str, dict[str, Any]]:
    """Return the services of a Compose file."""
    (document,) = read(path)
    found: dict[str, dict[str, Any]] = document["services"]
    return found


def objects(*kinds: str) -> Iterator[dict[str, Any]]:
    """Yield the Kubernetes objects of some kinds, as they stand before Kustomize."""
    for path in sorted(KUBERNETES.rglob("*.yaml")):
        if "patches" in path.parts or path.name in {"kustomization.yaml", "host.yaml"}:
            continue
        for document in read(path):
            if document["kind"] in kinds:
                yield document


def queues_of(command: list[str]) -> set[str]:
    """Return the queues of a worker's command, its host's own left out."""
    found = re.search(r"--queues \"?([a-z.,]+)", " ".join(command))
    return set() if found is None else _shared(found[1])


def _shared(listed: str) -> set[str]:
    return {name for name in listed.split(",") if "." not in name}


def stages() -> dict[str, str]:
    """Return the targets of all Dockerfiles with their text."""
    found: dict[str, str] = {}
    for path in DOCKERFILES:
        parts = re.split(r"(?m)^FROM ", path.read_text())[1:]
        for part in parts:
            name = re.match(r"\S+ AS (\S+)", part)
            assert name, f"{path.name}: every stage has a name"
            found[name[1]] = "FROM " + part
    return found


def own_images(text: str) -> set[str]:
    """Return the project's images that a text names."""
    return set(
        re.findall(r"(?<![/\w])(?:tutor|\$\{TUTOR_IMAGES:-tutor\})/([a-z0-9-]+)", text)
    )
