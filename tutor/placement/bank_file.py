"""Reads ``languages/<l2>/placement.yaml``; every fault names its file and line.

    language: en
    version: 1
    items:
      - {key: a1-hat, kind: vocabulary, level: A1, tests: hat, prompt: "You wear it on your
         head.", right: hat, wrong: [shoe, spoon, chair]}

A prompt has one gap (``___``) or describes what one of the choices means. The difficulty
of an item is the middle of its level, moved by ``placement.tsv`` beside it (key, tab,
logits) where that names the item: seeds from word frequencies, later what the answers of
learners made of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal, Self

import yaml
from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    model_validator,
)

from ..languages.function_words import DATA, primary
from ..learner import Level
from .items import GAP, Bank, Item, ItemKind
from .scale import centre

FILE = "placement.yaml"
DIFFICULTIES = "placement.tsv"
_MOST_BYTES = 400_000

_Line = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True, min_length=1, max_length=160, pattern=r"^[^\n<>]+$"
    ),
]
_Choice = Annotated[_Line, StringConstraints(max_length=60)]
_Key = Annotated[
    str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)
]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class _ItemPart(_Part):
    key: _Key
    kind: Literal["vocabulary", "grammar"]
    level: Literal["A1", "A2", "B1", "B2", "C1", "C2"]
    tests: _Choice
    prompt: _Line
    right: _Choice
    wrong: Annotated[list[_Choice], Field(min_length=3, max_length=3)]

    @model_validator(mode="after")
    def _checked(self) -> Self:
        choices = [choice.casefold() for choice in (self.right, *self.wrong)]
        if len(set(choices)) != len(choices):
            raise ValueError("two choices are the same")
        if self.prompt.count("_") != len(GAP) * self.prompt.count(GAP):
            raise ValueError(f"a gap is written {GAP}")
        if self.prompt.count(GAP) > 1:
            raise ValueError("has more than one gap")
        if self.kind == "grammar" and GAP not in self.prompt:
            raise ValueError("grammar needs a gap")
        if GAP not in self.prompt and self.right.casefold() in _words(self.prompt):
            raise ValueError("the prompt gives the answer away")
        return self


class _BankPart(_Part):
    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")]
    version: Annotated[int, Field(ge=1)]
    estimated: bool = False
    items: Annotated[list[_ItemPart], Field(min_length=1)]


@dataclass(frozen=True, slots=True)
class BankFault:
    """What is wrong, and where: ``line`` counts from 1, 0 for the whole file."""

    path: Path
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}"


class BankFaults(ValueError):
    """A bank that cannot be read; ``faults`` are all that was found."""

    def __init__(self, faults: Sequence[BankFault]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = tuple(faults)


def has_bank(tag: str) -> bool:
    """Whether a language can be placed."""
    return (DATA / primary(tag) / FILE).exists()


@cache
def read_bank(tag: str) -> Bank:
    """Return the bank of a language. Raises BankFaults."""
    folder = DATA / primary(tag)
    return read_bank_file(folder / FILE, folder / DIFFICULTIES)


def read_bank_file(path: Path, difficulties: Path | None = None) -> Bank:
    """Return the bank of a file. Raises BankFaults."""
    node, part = _parsed(path)
    lines = [_line(item) for item in _items(node)]
    faults = [
        BankFault(path, line, words) for line, words in _doubles(part.items, lines)
    ]
    moved = _moved(difficulties, {item.key for item in part.items}, faults)
    if faults:
        raise BankFaults(faults)
    items = [_item(one, moved.get(one.key)) for one in part.items]
    return Bank.of(
        part.language,
        f"{part.language}-{part.version}",
        items,
        estimated=part.estimated,
    )


def _item(part: _ItemPart, difficulty: float | None) -> Item:
    level = Level(part.level)
    return Item(
        key=part.key,
        kind=ItemKind(part.kind),
        level=level,
        tests=part.tests,
        prompt=part.prompt,
        right=part.right,
        wrong=tuple(part.wrong),
        difficulty=centre(level) if difficulty is None else difficulty,
    )


def _doubles(
    items: Sequence[_ItemPart], lines: Sequence[int]
) -> Iterator[tuple[int, str]]:
    """Yield items that are there twice, by key, by prompt or by the word they test."""
    for name, of in (
        ("key", [item.key for item in items]),
        ("prompt", [" ".join(_words(item.prompt)) for item in items]),
        ("test", [f"{item.kind} {item.tests.casefold()}" for item in items]),
    ):
        counts = Counter(of)
        for value, line in zip(of, lines, strict=True):
            if counts[value] > 1:
                yield line, f"the {name} {value!r} is there {counts[value]} times"


def _words(text: str) -> list[str]:
    return "".join(
        sign if sign.isalnum() or sign in "_'’" else " " for sign in text.casefold()
    ).split()


def _moved(
    path: Path | None, keys: Iterable[str], faults: list[BankFault]
) -> dict[str, float]:
    if path is None or not path.exists():
        return {}
    known, found = set(keys), dict[str, float]()
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        key, _tab, value = line.partition("\t")
        try:
            found[key] = float(value)
        except ValueError:
            faults.append(BankFault(path, number, "wants a key, a tab, and logits"))
        if key not in known:
            faults.append(BankFault(path, number, f"no item has the key {key!r}"))
    return found


def _parsed(path: Path) -> tuple[Any, _BankPart]:
    try:
        raw = path.read_bytes()
    except OSError:
        raise BankFaults([BankFault(path, 0, "the file is missing")]) from None
    if len(raw) > _MOST_BYTES:
        raise BankFaults([BankFault(path, 0, f"is larger than {_MOST_BYTES} bytes")])
    try:
        loader = _Loader(raw.decode("utf-8"))
        node = loader.get_single_node()
        data = loader.construct_document(node) if node else None
    except UnicodeDecodeError:
        raise BankFaults([BankFault(path, 0, "is not UTF-8")]) from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        words = str(getattr(error, "problem", None) or "is no YAML")
        line = mark.line + 1 if mark else 0
        raise BankFaults([BankFault(path, line, words)]) from None
    try:
        return node, _BankPart.model_validate(data)
    except ValidationError as error:
        raise BankFaults(
            [
                BankFault(path, _line_of(node, each["loc"]), _message(each))
                for each in error.errors()
            ]
        ) from None


class _Loader(yaml.SafeLoader):
    """Plain data: keys of a mapping each once, no aliases."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]
            raise yaml.composer.ComposerError(None, None, "no aliases, please", mark)
        return super().compose_node(parent, index)

    def construct_mapping(self, node: Any, deep: bool = False) -> Any:
        names = [key.value for key, _value in node.value]
        for key, _value in node.value:
            if names.count(key.value) > 1:
                words = f"{key.value!r} is there twice"
                raise yaml.constructor.ConstructorError(
                    None, None, words, key.start_mark
                )
        return super().construct_mapping(node, deep=deep)


def _message(error: Any) -> str:
    place = ".".join(str(step) for step in error["loc"] if not isinstance(step, int))
    return f"{place}: {str(error['msg']).removeprefix('Value error, ')}"


def _items(node: Any) -> list[Any]:
    for key, value in node.value:
        if key.value == "items":
            return list(value.value)
    return []


def _line_of(node: Any, place: Sequence[int | str]) -> int:
    """Return the line of the deepest part of a document that the place leads to."""
    for step in place:
        if isinstance(node, yaml.MappingNode):
            inside = [value for key, value in node.value if key.value == step]
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int):
            inside = node.value[step : step + 1]
        else:
            inside = []
        if not inside:
            break
        node = inside[0]
    return _line(node)


def _line(node: Any) -> int:
    return int(node.start_mark.line) + 1 if node is not None else 0
