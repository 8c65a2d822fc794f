"""Tells what is wrong with the catalogues."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from babel.messages.catalog import Catalog, Message

from .collecting import collect
from .files import LOCALE, catalogues
from .updating import is_translated, read

_PLACES = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
_TAGS = re.compile(r"</?[a-z][^>]*>")
MAKE_MESSAGES = "`make messages` brings it in step"


def problems(folder: Path = LOCALE) -> list[str]:
    """Return what is missing, left over, half done or broken, a line for each."""
    found: list[str] = []
    for language, domain, path in catalogues(folder):
        where = f"{language} {domain}"
        if not path.is_file():
            found.append(f"{where}: no catalogue; {MAKE_MESSAGES}")
            continue
        catalogue = read(path, language, domain)
        found += _out_of_step(where, catalogue, collect(domain))
        for message in catalogue:
            if message.id:
                found += [f"{where}: {words}" for words in faults(message, catalogue)]
    return found


def _out_of_step(where: str, catalogue: Catalog, wanted: Catalog) -> list[str]:
    have, need = _keys(catalogue), _keys(wanted)
    return [
        *(f"{where}: not there: {_named(key)}; {MAKE_MESSAGES}" for key in need - have),
        *(f"{where}: not used: {_named(key)}; {MAKE_MESSAGES}" for key in have - need),
    ]


_Key = tuple[str, "tuple[str, ...]"]


def _keys(catalogue: Catalog) -> set[_Key]:
    return {
        (message.context or "", _forms(message.id))
        for message in catalogue
        if message.id
    }


def _named(key: _Key) -> str:
    return repr(key[1][0])


def _forms(words: str | list[str] | tuple[str, ...]) -> tuple[str, ...]:
    return (words,) if isinstance(words, str) else tuple(words)


def faults(message: Message, catalogue: Catalog) -> list[str]:
    """Return what is wrong with one translation."""
    name = repr(_forms(message.id)[0])
    if message.fuzzy:
        return [f"only guessed (fuzzy): {name}"]
    if not is_translated(message):
        return [f"not translated: {name}"]
    forms = _forms(message.string or "")
    expected = catalogue.num_plurals if message.pluralizable else 1
    if len(forms) != expected:
        return [f"{len(forms)} plural forms instead of {expected}: {name}"]
    return [
        f"{words}: {name} -> {form!r}"
        for at, form in enumerate(forms)
        for words in _differences(message, form, is_singular=expected > 1 and at == 0)
    ]


def _differences(message: Message, form: str, *, is_singular: bool) -> list[str]:
    originals = _forms(message.id)
    original = originals[0] if is_singular else originals[-1]
    found = []
    places = Counter(_PLACES.findall(form))
    # "One word" may leave the number out, in either language.
    allowed = [Counter(_PLACES.findall(words)) for words in originals]
    if set(places) not in [set(counts) for counts in allowed]:
        found.append("other placeholders")
    if Counter(_TAGS.findall(form)) != Counter(_TAGS.findall(original)):
        found.append("other tags")
    if form.startswith("\n") != original.startswith("\n") or form.endswith(
        "\n"
    ) != original.endswith("\n"):
        found.append("other line breaks at the ends")
    if form[:1].isspace() != original[:1].isspace() or (
        form[-1:].isspace() != original[-1:].isspace()
    ):
        found.append("other spaces at the ends")
    return found
