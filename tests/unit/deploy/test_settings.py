"""The example of ``.env`` and the settings know the same variables."""

import re

from django.conf import settings

from scripts.env_example import (
    EXAMPLE,
    MARKER,
    NOT_OFFERED,
    OPERATIONS,
    assigned,
    complete,
    documented,
)
from tests.guards.test_docs_settings import settings_read

from .files import COMPOSE, KUBERNETES, stages

NAMES = set(settings_read())
# Read by programs that are not ours.
OF_OTHERS = {
    "PGOPTIONS",
    "POSTGRES_USER", "POSTGRES_DB", "POSTGRES_INITDB_ARGS", "POSTGRES_PASSWORD",
    "REDISCLI_AUTH", "VLLM_API_KEY", "VLLM_NO_USAGE_STATS", "DO_NOT_TRACK", "HF_HOME",
    "HF_TOKEN", "FORWARDED_ALLOW_IPS", "PGDATA", "HOME", "USER", "REDIS_PASSWORD",
    "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY",
    "OTEL_TRACES_SAMPLER", "OTEL_TRACES_SAMPLER_ARG", "GF_SECURITY_ADMIN_PASSWORD",
    "GF_ANALYTICS_REPORTING_ENABLED", "GF_ANALYTICS_CHECK_FOR_UPDATES",
    "GF_USERS_ALLOW_SIGN_UP",
}  # fmt: skip
# The proxy's, explained in deploy/proxy/Caddyfile; and llama.cpp's own server's.
OF_THE_PROXY = {"TUTOR_SITE", "TUTOR_TLS", "TUTOR_TRUSTED_PROXIES", "TUTOR_WEB_HOST"}
OF_LLAMA = {"TUTOR_LLAMA_KEY", "TUTOR_LLM_WEIGHTS"}


def test_the_example_has_every_setting() -> None:
    names = {setting.name for _heading, setting in documented(OPERATIONS.read_text())}
    missing = names - NOT_OFFERED - assigned(EXAMPLE.read_text())
    assert missing == set(), "python -m scripts.env_example"


def test_what_is_not_offered_is_a_setting_all_the_same() -> None:
    assert NOT_OFFERED <= NAMES
    assert not NOT_OFFERED & assigned(EXAMPLE.read_text())


def test_the_example_keeps_what_was_written_by_hand() -> None:
    page = """
### Talking

| variable | default | what it does |
|---|---|---|
| `TUTOR_SITE_URL` | | said by hand already |
| `TUTOR_ALIVE_FILE` | | of containers |
| `TUTOR_TALK_MINUTES` | `10.0` | after so long `it` ends ([why](a.md)) |
| `TUTOR_TRUST` | `a`; `b` with c | how far |
"""
    example = f"#TUTOR_SITE_URL=https://a\n\n{MARKER}\n\n#GONE=\n"
    assert complete(example, page) == (
        f"#TUTOR_SITE_URL=https://a\n\n{MARKER}\n\n# == Talking\n\n"
        "# after so long it ends (why)\n#TUTOR_TALK_MINUTES=10.0\n\n"
        "# how far. Default: a; b with c\n#TUTOR_TRUST=\n"
    )


def test_the_example_names_nothing_that_is_read_nowhere() -> None:
    by_hand, _, from_the_page = EXAMPLE.read_text().partition(MARKER)
    assert assigned(from_the_page) <= NAMES
    in_compose = {
        name
        for path in COMPOSE
        for name in re.findall(r"(?<!\$)\$\{([A-Z][A-Z0-9_]+)", path.read_text())
    }
    assert assigned(by_hand) - NAMES <= in_compose
    assert in_compose <= assigned(EXAMPLE.read_text())


def test_deployments_set_only_variables_that_somebody_reads() -> None:
    known = NAMES | OF_OTHERS | OF_THE_PROXY | OF_LLAMA
    text = "\n".join(path.read_text() for path in COMPOSE)
    in_compose = set(re.findall(r"(?m)^ +([A-Z][A-Z0-9_]+): ", text))
    in_kubernetes: set[str] = set()
    for path in KUBERNETES.rglob("*.yaml"):
        found = r"\bname: ([A-Z][A-Z0-9_]+)|- ([A-Z][A-Z0-9_]+)="
        in_kubernetes |= {a or b for a, b in re.findall(found, path.read_text())}
    for path in KUBERNETES.rglob("*.env*"):
        in_kubernetes |= assigned(path.read_text())
    in_images = {
        name
        for text in stages().values()
        for name in re.findall(r"(?:ENV| ) (TUTOR_[A-Z0-9_]+)=", text)
    }
    assert in_compose - known == set()
    assert in_kubernetes - known == set()
    assert in_images - known == set()


def test_every_stage_that_is_queued_has_a_queue() -> None:
    text = (KUBERNETES / "base" / "settings.env").read_text()
    found = re.search(r"(?m)^TUTOR_QUEUED_STAGES=(.*)$", text)
    assert found
    # Avatars are prepared wherever faces are rendered.
    assert {*found[1].split(","), "prepare"} == set(settings.QUEUED["QUEUES"])
