"""The bundled library is the one that its lock and its entry describe, and small."""

import gzip
import hashlib
import json
import re

from .project_files import ROOT

VENDOR = ROOT / "sessions/static/sessions/vendor"
BUNDLE = VENDOR / "three.module.js"
ENTRY = ROOT / "scripts/browser/three_entry.mjs"
LARGEST, LARGEST_GZIPPED = 600_000, 160_000


def test_make_bundle_js_was_run_after_the_last_change() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    entry = hashlib.sha256(ENTRY.read_bytes()).hexdigest()
    origin = BUNDLE.read_text().splitlines()[0]
    assert f"three {packages['node_modules/three']['version']}," in origin
    assert f"esbuild {packages['node_modules/esbuild']['version']} " in origin
    assert f"entry {entry} " in origin, "run make bundle-js"


def test_modules_import_what_the_bundle_holds() -> None:
    exported = set(
        re.findall(r"\w+", ENTRY.read_text().split("export {")[1].split("}")[0])
    )
    wanted: dict[str, set[str]] = {}
    for module in (ROOT / "sessions/static/sessions/js").glob("*.js"):
        for names in re.findall(
            r"import \{([^}]*)\} from \"\.\./vendor/three\.module\.js\"",
            module.read_text(),
        ):
            wanted[module.name] = set(re.findall(r"\w+", names))
    assert wanted
    assert {
        name: names - exported for name, names in wanted.items() if names - exported
    } == {}
    used = set().union(*wanted.values())
    assert exported - used == set(), "what nobody uses makes every first visit slower"


def test_the_bundle_is_small_and_has_its_licence() -> None:
    content = BUNDLE.read_bytes()
    assert len(content) < LARGEST
    assert len(gzip.compress(content, 9)) < LARGEST_GZIPPED
    assert "MIT" in (VENDOR / "three.LICENSE").read_text()
