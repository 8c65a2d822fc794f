"""Dashboard, rules and alerts name figures that there are, and objectives that are written down."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from prometheus_client import Counter, Histogram, ProcessCollector

from telemetry import metrics

from .files import DEPLOY, KUBERNETES, ROOT, objects, read, services

FOLDER = DEPLOY / "observability"
DASHBOARD = FOLDER / "grafana" / "dashboards" / "tutor.json"
_NAME = re.compile(r"(?<![\w:])((?:tutor|process)[_:][a-z0-9_:]+)")
_LABELS = re.compile(r"(?:tutor|process)[a-z0-9_:]*\{([^}]*)\}|by \(([a-z_, ]+)\)")
# Prometheus' own, and those that a histogram has.
_OF_ALL = {"job", "instance", "le", "slo"}


def families() -> dict[str, Any]:
    """Return the site's own figures by name, counters with their suffix."""
    registered: Iterable[Any] = metrics.REGISTRY._collector_to_names
    return {
        f"{one._name}_total" if isinstance(one, Counter) else one._name: one
        for one in registered
        if getattr(one, "_name", "").startswith("tutor_")
    }


def series() -> set[str]:
    """Return the names that queries may use."""
    found = {sample.name for one in ProcessCollector(registry=None).collect()
             for sample in one.samples}  # fmt: skip
    for name, family in families().items():
        is_split = isinstance(family, Histogram)
        found |= (
            {f"{name}_{end}" for end in ("bucket", "count", "sum")}
            if is_split
            else {name}
        )
    return found


def labels() -> set[str]:
    """Return the labels that own figures have."""
    own = (set(one._labelnames) for one in families().values())
    return set(_OF_ALL).union(*own)


def rules() -> list[dict[str, Any]]:
    (document,) = read(FOLDER / "rules.yml")
    return [rule for group in document["groups"] for rule in group["rules"]]


def queries() -> Iterator[str]:
    for panel in json.loads(DASHBOARD.read_text())["panels"]:
        for target in panel.get("targets", ()):
            yield target["expr"]
    for rule in rules():
        yield rule["expr"]


def test_every_figure_that_is_looked_at_exists_and_is_looked_at() -> None:
    recorded = {rule["record"] for rule in rules() if "record" in rule}
    used = {name for query in queries() for name in _NAME.findall(query)}
    assert used - series() - recorded == set()
    unseen = {
        name
        for name in families()
        if not {name, f"{name}_bucket", f"{name}_count"} & used
    }
    assert unseen == set()


def test_queries_name_labels_that_figures_have() -> None:
    named = set()
    for query in queries():
        for selectors, grouped in _LABELS.findall(query):
            named |= set(re.findall(r"([a-z_]+)\s*=", selectors))
            named |= {one.strip() for one in grouped.split(",") if one.strip()}
    assert named - labels() == set()


def test_objectives_lie_on_the_edge_of_a_bucket() -> None:
    edges = {
        f"{name}_bucket": {f"{edge:g}" for edge in one._upper_bounds}
        for name, one in families().items()
        if isinstance(one, Histogram)
    }
    for query in queries():
        for name, selectors in re.findall(r"(\w+_bucket)\{([^}]*)\}", query):
            for edge in re.findall(r'le="([^"]+)"', selectors):
                assert edge in edges[name], f"{name}: {edge}"


def test_every_alert_says_what_to_do() -> None:
    page = (ROOT / "docs" / "slo.md").read_text()
    alerts = {rule["alert"]: rule for rule in rules() if "alert" in rule}
    for name, rule in alerts.items():
        assert rule["labels"]["severity"] in {"page", "ticket"}
        assert rule["annotations"]["summary"]
        assert f"`{name}`" in page, f"docs/slo.md: {name}"
    assert rule["annotations"]["runbook"] == "docs/slo.md#when-an-alert-comes"
    assert "\n## When an alert comes\n" in page
    for slo in {r["labels"]["slo"] for r in rules() if "slo" in r.get("labels", {})}:
        assert f"`{slo}`" in page


def test_every_figure_is_explained() -> None:
    page = (ROOT / "docs" / "observability.md").read_text()
    assert [name for name in families() if f"`{name}`" not in page] == []


@pytest.mark.parametrize("panel", json.loads(DASHBOARD.read_text())["panels"],
                         ids=lambda panel: str(panel["id"]))  # fmt: skip
def test_a_panel_has_its_place_and_its_source(panel: dict[str, Any]) -> None:
    place = panel["gridPos"]
    assert place["x"] + place["w"] <= 24
    if panel["type"] != "row":
        (sources,) = read(
            FOLDER / "grafana" / "provisioning" / "datasources" / "tutor.yaml"
        )
        known = {one["uid"] for one in sources["datasources"]}
        assert panel["datasource"]["uid"] in known
        assert panel["targets"]


def test_prometheus_reads_every_part_that_tells() -> None:
    (config,) = read(FOLDER / "prometheus.yml")
    read_from = {
        name
        for job in config["scrape_configs"]
        for source in job["dns_sd_configs"]
        for name in source["names"]
    }
    parts = services(DEPLOY / "compose.observability.yaml")
    telling = {
        name: part["environment"]
        for name, part in parts.items()
        if "TUTOR_METRICS_PORT" in (part.get("environment") or {})
    }
    assert set(telling) == read_from
    ports = {
        source["port"]
        for job in config["scrape_configs"]
        for source in job["dns_sd_configs"]
    }
    assert ports == {int(one["TUTOR_METRICS_PORT"]) for one in telling.values()}
    component = KUBERNETES / "components" / "observability"
    assert (
        f"TUTOR_METRICS_PORT={ports.pop()}" in (component / "settings.env").read_text()
    )
    deployed = {d["metadata"]["name"] for d in objects("Deployment")}
    assert read_from <= deployed
