"""What is asked of each tool."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from .tools import DEPLOY, FOLDER, CheckFailed, ask

# Files that come on top of compose.yaml, as docs/deployment.md puts them together.
COMPOSE = (
    (),
    ("gpu",),
    ("gpu", "musetalk"),
    ("gpu", "wav2vec2"),
    ("gpu", "whisperx"),
    ("gpu", "xtts"),
    ("gpu", "musetalk", "wav2vec2", "xtts"),
    ("musetalk",),
    ("observability",),
    ("gpu", "observability"),
)
OVERLAYS = ("small", "gpu")
# Components that no overlay here has; each is tried on top of one.
COMPONENTS = (
    ("gpu", ("musetalk", "wav2vec2", "xtts")),
    ("gpu", ("whisperx",)),
    ("small", ("autoscaling-by-length",)),
    ("small", ("observability",)),
)
# Kinds of KEDA, which Kubernetes' schemas do not know; tests/unit/deploy looks at them.
_WITHOUT_SCHEMA = re.compile(r"kind (ScaledObject|TriggerAuthentication) ")
_PROXIES: tuple[dict[str, str], ...] = (
    {},
    {"TUTOR_SITE": "tutor.example.org", "TUTOR_TLS": "internal"},
    {"TUTOR_SITE": ":8080", "TUTOR_TRUSTED_PROXIES": "private_ranges"},
)


def dockerfiles() -> Iterator[str]:
    """Lint the Dockerfiles."""
    files = sorted((DEPLOY / "docker").glob("*.Dockerfile"))
    ask("hadolint", ["--failure-threshold", "style", *files])
    yield f"{len(files)} Dockerfiles"


def scripts() -> Iterator[str]:
    """Check the shell scripts."""
    files = sorted(DEPLOY.rglob("*.sh"))
    ask("shellcheck", ["--enable", "all", "--exclude", "SC2250,SC2310,SC2312", *files])
    yield f"{len(files)} scripts"


def compose() -> Iterator[str]:
    """Merge and check each set of Compose files, with the example of ``.env`` filled in."""
    filled = re.sub(
        r"(?m)^([A-Z_]+)=$", r"\1=0123abcd", (DEPLOY / ".env.example").read_text()
    )
    with tempfile.TemporaryDirectory() as folder:
        example = Path(folder) / "env"
        example.write_text(filled)
        for parts in COMPOSE:
            names = ["compose.yaml", *(f"compose.{part}.yaml" for part in parts)]
            files = [argument for name in names for argument in ("--file", name)]
            where = ["--project-directory", ".", "--env-file", str(example)]
            config = ["config", "--quiet", "--no-env-resolution"]
            ask(
                "docker-compose",
                [*where, *files, *config],
                folder=DEPLOY,
                variables={"TUTOR_GRAFANA_PASSWORD": "0123abcd"},
            )
            yield " + ".join(names)


def proxy() -> Iterator[str]:
    """Have Caddy format and load its configuration."""
    path = DEPLOY / "proxy" / "Caddyfile"
    if ask("caddy", ["fmt", path]) != path.read_text():
        raise CheckFailed("caddy fmt --overwrite deploy/proxy/Caddyfile")
    for variables in _PROXIES:
        ask(
            "caddy",
            ["validate", "--config", path, "--adapter", "caddyfile"],
            variables=variables,
        )
    yield f"proxy in {len(_PROXIES)} ways"


def kubernetes() -> Iterator[str]:
    """Build the overlays, also with the other components; hold them against the schemas."""
    with tempfile.TemporaryDirectory(dir=FOLDER) as folder:
        built = []
        for overlay, components in (*((name, ()) for name in OVERLAYS), *COMPONENTS):
            where = DEPLOY / "kubernetes" / "overlays" / overlay
            if components:
                where = _with_components(Path(folder), overlay, components)
            name = " + ".join((overlay, *components))
            built.append(Path(folder) / f"{name}.yaml")
            built[-1].write_text(ask("kubectl", ["kustomize", where]))
            yield name
        answer = ask("kubernetes-validate", ["--strict", *built])
    unknown = [
        line
        for line in answer.splitlines()
        if line.startswith("WARN") and not _WITHOUT_SCHEMA.search(line)
    ]
    if unknown:
        raise CheckFailed("\n".join(unknown))
    yield f"{answer.count('INFO')} objects hold to their schemas"


def observability() -> Iterator[str]:
    """Have Prometheus' own tool read its files and try the alerts, where it is installed."""
    folder = DEPLOY / "observability"
    if shutil.which("promtool") is None:
        yield "no promtool here (Debian: prometheus): its files are only read by tests"
        return
    with tempfile.TemporaryDirectory() as there:
        config = Path(there) / "prometheus.yml"
        text = (folder / "prometheus.yml").read_text()
        config.write_text(text.replace("/etc/prometheus/", f"{folder}/"))
        _promtool("check", "config", config)
        _promtool("check", "rules", folder / "rules.yml")
        _promtool("test", "rules", folder / "rules_test.yml")
    yield "Prometheus' files and alerts"


def _promtool(*arguments: str | Path) -> None:
    done = subprocess.run(
        ["promtool", *arguments],  # noqa: S607 of the system
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise CheckFailed(f"promtool: {done.stdout.strip()}\n{done.stderr.strip()}")


def _with_components(folder: Path, overlay: str, components: tuple[str, ...]) -> Path:
    where = folder / "-".join((overlay, *components))
    where.mkdir()
    base = os.path.relpath(DEPLOY / "kubernetes", where)
    lines = ["resources:", f"  - {base}/overlays/{overlay}", "components:"]
    lines += [f"  - {base}/components/{name}" for name in components]
    (where / "kustomization.yaml").write_text("\n".join(lines) + "\n")
    return where
