"""What is deployed fits together: queues, images, probes, policies."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from scripts.probe import PORT
from tests.guards.project_files import PACKAGES

from .files import (
    COMPOSE,
    DEPLOY,
    DOCKERFILES,
    KUBERNETES,
    ROOT,
    objects,
    own_images,
    queues_of,
    read,
    services,
    stages,
)

# Those of single hosts, "face.<host>", are served by the workers of "face".
QUEUES = {name for name in settings.CELERY_TASK_QUEUES if "." not in name}
# Stages of builds that nobody runs.
INNER = {"installer", "packages", "site", "runtime", "gpu-runtime", "caddy"}
IMAGES = {name for name in stages() if name not in INNER and "-packages" not in name}


def containers(document: dict[str, Any]) -> list[dict[str, Any]]:
    spec = document["spec"]
    if document["kind"] == "CronJob":
        spec = spec["jobTemplate"]["spec"]
    found: list[dict[str, Any]] = spec["template"]["spec"]["containers"]
    return found


def test_every_queue_has_a_worker_and_every_worker_a_queue() -> None:
    parts = services(DEPLOY / "compose.yaml").values()
    in_compose = [queues_of(part.get("command") or []) for part in parts]
    assert set().union(*in_compose) == QUEUES
    in_kubernetes = [
        queues_of(container.get("command") or [])
        for document in objects("Deployment")
        for container in containers(document)
    ]
    assert set().union(*in_kubernetes) == QUEUES
    of_images = [
        set(re.findall(r'"--queues", "([a-z,]+)"', text)) for text in stages().values()
    ]
    asked = {
        queue for found in of_images for name in found for queue in name.split(",")
    }
    assert asked == QUEUES


def test_every_image_is_built_and_every_build_is_used() -> None:
    named = {
        path: own_images(path.read_text())
        for path in (*COMPOSE, *KUBERNETES.rglob("*.yaml"))
    }
    assert set().union(*named.values()) == IMAGES
    for path in COMPOSE:
        for name, part in services(path).items():
            if build := part.get("build"):
                image = own_images(part["image"] + " ")
                assert image == {build["target"]}, f"{path.name}: {name}"
                text = (ROOT / build["dockerfile"]).read_text()
                assert f" AS {build['target']}\n" in text


@pytest.mark.parametrize("path", DOCKERFILES, ids=lambda path: path.name)
def test_images_are_pinned_small_and_nobody_special(path: Path) -> None:
    text = path.read_text()
    bases = re.findall(r"(?m)^ARG \w+_IMAGE=(\S+)$", text)
    assert bases
    assert all(re.search(r":\d+\.\d+\.\d+", base) for base in bases)
    assert "USER 10001:10001" in text
    assert "HEALTHCHECK" in text
    for name in re.findall(r"requirements/([a-z0-9.]+)", text):
        assert (ROOT / "requirements" / name).exists(), name
    copied = re.findall(r"(?m)^COPY (?!--from)(\S+)", text)
    assert all((ROOT / name).exists() for name in copied)


def test_an_image_has_every_package_of_the_site_and_no_tests() -> None:
    let_in = set(re.findall(r"(?m)^!(\S+)$", (ROOT / ".dockerignore").read_text()))
    not_served = {"bench", "training"}
    assert set(PACKAGES) - not_served <= let_in
    assert {"locale", "static", "templates", "requirements", "manage.py"} <= let_in
    assert not {"tests", "var", ".git", "deploy"} & let_in


def test_probes_ask_for_pages_there_are_on_the_port_that_is_served() -> None:
    texts = [path.read_text() for path in (*DOCKERFILES, *KUBERNETES.rglob("*.yaml"))]
    asked = set(re.findall(r"probe\.py[\", ]+web[\", ]+(/\w+)", "\n".join(texts)))
    assert asked == {"/healthz", "/readyz"}
    urls = (ROOT / "tutorplatform" / "urls.py").read_text()
    assert all(f'path("{page[1:]}"' in urls for page in asked)
    assert f'"--port", "{PORT}"' in stages()["web"]
    assert f"EXPOSE {PORT}" in stages()["web"]
    (web,) = [d for d in objects("Deployment") if d["metadata"]["name"] == "web"]
    assert containers(web)[0]["ports"][0]["containerPort"] == PORT
    assert f"TUTOR_WEB_PORT:{PORT}" in (DEPLOY / "proxy" / "Caddyfile").read_text()


def test_the_inside_pages_are_not_for_the_public() -> None:
    caddyfile = (DEPLOY / "proxy" / "Caddyfile").read_text()
    (hidden,) = re.findall(r"(?m)^\t@inside path (.*)$", caddyfile)
    assert {"/metrics", "/readyz"} <= set(hidden.split())


def test_workers_that_hear_voices_cannot_get_out() -> None:
    path = DEPLOY / "compose.yaml"
    for queue in QUEUES - {"batch"}:
        assert services(path)[queue]["networks"] == ["inside"]
    assert read(path)[0]["networks"]["inside"] == {"internal": True}
    for document in objects("Deployment"):
        labels = document["spec"]["template"]["metadata"]["labels"]
        if labels.get("tutor.part") == "stage":
            assert labels["tutor.reach"] == "inside"


def test_budgets_and_scaling_name_what_there_is() -> None:
    deployments = {d["metadata"]["name"]: d for d in objects("Deployment")}
    for budget in objects("PodDisruptionBudget"):
        labels = deployments[budget["metadata"]["name"]]["spec"]["selector"][
            "matchLabels"
        ]
        assert budget["spec"]["selector"]["matchLabels"].items() <= labels.items()
    scaled = list(objects("ScaledObject"))
    assert {s["spec"]["scaleTargetRef"]["name"] for s in scaled} == QUEUES
    assert len(scaled) == 2 * len(QUEUES)
    for one in scaled:
        (trigger,) = one["spec"]["triggers"]
        name = one["metadata"]["name"]
        if trigger["type"] == "prometheus":
            assert (
                f'tutor_queue_wait_seconds{{queue="{name}"}}'
                in trigger["metadata"]["query"]
            )
        else:
            assert trigger["metadata"]["listName"] == name


def test_no_secret_is_written_down() -> None:
    assert not list(objects("Secret"))
    tracked = [p for p in DEPLOY.rglob("*") if p.name in {".env", "secrets.env"}]
    ignored = (ROOT / ".gitignore").read_text()
    assert "deploy/.env" in ignored
    assert "secrets.env" in ignored
    assert all(p.name in {".env", "secrets.env"} for p in tracked)
