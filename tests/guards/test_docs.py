"""What the documents promise exists, and what exists is documented."""

import re

from inference.registry import ENGINES
from inference.store import default_manifest

from .project_files import ROOT, python_modules

MAKEFILE = (ROOT / "Makefile").read_text()
# Codes an operator meets are explained in docs/engines.md, a learner's in the protocol.
WIRE_FAMILIES = (
    "protocol", "request", "audio", "utterance", "text", "turn", "asr", "assess", "llm",
    "tts", "face", "video", "help", "words", "clip", "portrait",
    "voice", "rtc",
)  # fmt: skip
OPERATOR_FAMILIES = ("model", "engine")


def doc(name: str) -> str:
    return (ROOT / "docs" / name).read_text(encoding="utf-8")


def test_every_make_target_is_listed_and_explained() -> None:
    targets = set(re.findall(r"^([a-z][a-z-]*):", MAKEFILE, re.MULTILINE))
    listed = set(re.findall(r"^([a-z][a-z-]*):.*## ", MAKEFILE, re.MULTILINE))
    assert targets == listed, "without a ## comment `make help` leaves it out"
    explained = set(re.findall(r"`make ([a-z-]+)", doc("developing.md")))
    assert listed - explained == set()
    assert explained - listed == set()


def test_every_engine_and_model_is_in_the_list_of_engines() -> None:
    engines = doc("engines.md")
    for name, entry in default_manifest().models.items():
        assert f"`{name}`" in engines
        for file in entry.files:
            assert file.sha256 in engines, f"{name}: {file.path}"
    for kind in ("detector", "transcriber", "dialogue", "synthesizer", "animator"):
        for name in ENGINES.names(kind):
            assert f"`{name}`" in engines


def error_codes_in_code(families: tuple[str, ...]) -> set[str]:
    pattern = re.compile(rf'"((?:{"|".join(families)})\.[a-z_]+)"')
    codes: set[str] = set()
    for path in python_modules():
        if path.relative_to(ROOT).parts[0] in {"sessions", "inference", "learners"}:
            codes |= set(pattern.findall(path.read_text()))
    return codes


def documented_codes(text: str, families: tuple[str, ...]) -> set[str]:
    """Return the codes in the first column of tables."""
    pattern = re.compile(rf"`((?:{'|'.join(families)})\.[a-z_]+)`")
    return {
        code
        for line in text.splitlines()
        if line.startswith("| `")
        for code in pattern.findall(line.split("|")[1])
    }


def test_operator_error_codes_are_explained() -> None:
    in_code = error_codes_in_code(OPERATOR_FAMILIES)
    assert in_code == documented_codes(doc("engines.md"), OPERATOR_FAMILIES)


def test_wire_error_codes_and_the_protocol_document_agree() -> None:
    text = doc("wire_protocol.md")
    errors = text[text.index("\n## Errors") :]
    documented = documented_codes(errors, WIRE_FAMILIES)
    messages = documented_codes(text, (*WIRE_FAMILIES, "turn", "text")) - documented
    assert error_codes_in_code(WIRE_FAMILIES) - messages == documented
