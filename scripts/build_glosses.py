"""Builds ``tutor/languages/en/glosses.tsv``: short meanings of frequent English words.

``python -m scripts.build_glosses --wordnet FOLDER`` wants WordNet 3.0's database files
(Debian's package `wordnet-base` lays them in ``/usr/share/wordnet``) and `wordfreq` 3.1.1;
the product needs neither. The file is the same for the same versions.

A word gets its senses by how often they were counted in tagged text, the rare ones left
out, and the first clause of each definition. Names, and senses that are not for children,
are left out. Irregular forms point to their words. ``glosses.own.tsv``, written for this
project, wins: WordNet has no function words, and defines water as a binary compound.

WordNet 3.0 is © 2006 by Princeton University; its licence, which lets it be used, changed
and passed on with this notice, is in ``glosses.LICENCE`` beside the file. The choice of
words follows wordfreq's frequencies; the numbers themselves are not in the file.
"""

from __future__ import annotations

import argparse
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tutor.languages.function_words import DATA, function_words
from tutor.languages.glosses import FORM, GLOSSES
from tutor.languages.levels import ENDINGS, bases, read_endings

WORDS = 8_200
MOST_SENSES = 3
LONGEST_GLOSS = 125
LONGEST_EXAMPLE = 40
# Senses counted less often than this share of the first one are left out.
RARE_SHARE = 0.25
RAREST_FORM = 3.0
# A reading of a word counted less often than this share of the other is left out.
RARE_FORM_SHARE = 0.1
PARTS = {"n": "noun", "v": "verb", "a": "adj", "r": "adv"}
_SENSE_TYPES = {"1": "n", "2": "v", "3": "a", "4": "r", "5": "a"}
_UNFIT = re.compile(
    r"\bsex|semen|sperm|genital|intercourse|prostitut|vulgar|obscene|offensive|slur\b"
    r"|disparag|penis|vagina|excrement|urinat|copulat|masturbat|breast|narcotic|cocaine"
    r"|heroin|marijuana|methamphetamine|amphetamine|ethnic|erotic|pornograph|nazi|taboo"
    r"|\bslang\b|archaic|\blsd\b|suicid|\brape\b|make love|\bkill|\bmurder|\bnude",
    re.IGNORECASE,
)
_RUDE = re.compile(
    r"ass(es)?$|bitch|bastard|cocks?$|cunt|dicks?$|fuck|gay$|piss|porn|raped?s?$|sex|shit"
    r"|slut|tits?$|whore|nigger|faggot|pussy|boobs?$"
)
_ASIDE = re.compile(r"\s*\([^()]*\)")
_HEAD = (
    "# Built by scripts/build_glosses.py from WordNet 3.0. glosses.LICENCE: licence."
)


@dataclass(frozen=True, slots=True)
class Sense:
    """One meaning of a word. ``count`` is how often it was tagged."""

    part: str
    number: int
    count: int
    gloss: str
    example: str


def main() -> None:
    """Build the file."""
    parser = argparse.ArgumentParser(prog="scripts.build_glosses")
    parser.add_argument("--wordnet", type=Path, default=Path("/usr/share/wordnet"))
    parser.add_argument("--data", type=Path, default=DATA)
    options = parser.parse_args()
    text = written(built(options.wordnet))
    (options.data / "en" / GLOSSES).write_text(text, encoding="utf-8")
    print(f"{text.count(chr(10)) - 1:,} lines, {len(text.encode()):,} bytes")


def built(wordnet: Path) -> dict[str, list[str]]:
    """Return the columns of every word and irregular form."""
    from wordfreq import iter_wordlist, zipf_frequency

    senses = read_senses(wordnet)
    endings = read_endings(DATA / "en" / ENDINGS)
    functional = function_words("en").every
    forms: dict[str, list[str]] = defaultdict(list)
    for form, base in irregular(wordnet):
        if (
            form != base
            and not _RUDE.match(form)
            and zipf_frequency(form, "en") >= RAREST_FORM
        ):
            forms[form].append(base)
    found: dict[str, list[str]] = {}
    for word in iter_wordlist("en", wordlist="best"):
        if len(found) == WORDS:
            break
        if len(word) < 2 or not word.isascii() or word in functional:
            continue
        if _RUDE.match(word):
            continue
        regular = [base for base in bases(word, endings) if not _new_word(word)]
        columns = combined(senses, word, [*forms[word], *regular])
        if columns:
            found[word] = columns
    for columns in list(found.values()):
        for base in (one[1:] for one in columns if one.startswith(FORM)):
            if base not in found:
                found[base] = [column(sense) for sense in best(senses[base])]
    return found | {
        form: [f"{FORM}{base}" for base in bases_ if base in found]
        for form, bases_ in forms.items()
        if form not in found and form not in functional and found.keys() & set(bases_)
    }


def combined(
    senses: Mapping[str, Sequence[Sense]], word: str, of: Sequence[str]
) -> list[str]:
    """Return a word's columns: itself, what it is a form of, or both.

    "Saw" is nearly always a form of "see", and "years" no late time of life.
    """
    own = list(best(senses.get(word, ())))
    base = max(of, key=lambda one: _counted(senses.get(one, ())), default="")
    told = [column(sense) for sense in own]
    if not senses.get(base) or not list(best(senses[base])):
        return told
    mine, theirs = _counted(senses.get(word, ())), _counted(senses[base])
    form = [f"{FORM}{base}"]
    if not own or mine < RARE_FORM_SHARE * theirs:
        return form
    if theirs < RARE_FORM_SHARE * mine:
        return told
    return form + told if mine < theirs else told + form


def _counted(senses: Iterable[Sense]) -> int:
    return sum(sense.count for sense in senses)


def _new_word(word: str) -> bool:
    """Whether an ending makes a word of its own: "teacher", "quickly"."""
    return word.endswith(("er", "ly", "est"))


def best(senses: Iterable[Sense]) -> Iterator[Sense]:
    """Yield a word's usual senses, the most usual first."""
    ordered = sorted(senses, key=lambda one: (-one.count, one.number, one.part))
    usual = ordered[0].count if ordered else 0
    told: set[str] = set()
    for sense in ordered[: 2 * MOST_SENSES]:
        rare = sense.count < max(1, RARE_SHARE * usual)
        if told and (rare or len(told) == MOST_SENSES):
            return
        if sense.gloss and sense.gloss not in told:
            told.add(sense.gloss)
            yield sense


def column(sense: Sense) -> str:
    """Return a sense as a column: ``noun: meaning`` and perhaps ``| example``."""
    example = f" | {sense.example}" if sense.example else ""
    return f"{PARTS[sense.part]}: {sense.gloss}{example}"


def written(found: dict[str, list[str]]) -> str:
    """Return the file's text, sorted."""
    lines = ["\t".join([word, *found[word]]) for word in sorted(found)]
    return "\n".join([_HEAD, *lines]) + "\n"


def read_senses(wordnet: Path) -> dict[str, list[Sense]]:
    """Return the senses of single lower-case words that are fit to be shown."""
    counts = _counts(wordnet / "cntlist.rev")
    found: dict[str, list[Sense]] = defaultdict(list)
    for part, name in (("n", "noun"), ("v", "verb"), ("a", "adj"), ("r", "adv")):
        synsets = dict(_synsets(wordnet / f"data.{name}"))
        for lemma, offsets in _index(wordnet / f"index.{name}"):
            for number, offset in enumerate(offsets, 1):
                words, text, instance = synsets[offset]
                if lemma not in words or instance or _UNFIT.search(text):
                    continue
                gloss, example = cleaned(text, lemma)
                count = counts.get((lemma, part, number), 0)
                found[lemma].append(Sense(part, number, count, gloss, example))
    return found


def cleaned(text: str, lemma: str) -> tuple[str, str]:
    """Return a definition's first clause and a short example with the word."""
    definition, *quoted = text.replace("`", "'").split('"')
    gloss = _ASIDE.sub("", definition.split(";")[0]).strip(" ;:,-")
    gloss = " ".join(gloss.split())
    if len(gloss) > LONGEST_GLOSS or not gloss or "(" in gloss or "|" in gloss:
        gloss = ""
    examples = (" ".join(piece.split()) for piece in quoted[::2])
    example = next(
        (
            one
            for one in examples
            if len(one) <= LONGEST_EXAMPLE and lemma in one.lower().split()
        ),
        "",
    )
    return gloss, "" if "|" in example or _UNFIT.search(example) else example


def irregular(wordnet: Path) -> Iterator[tuple[str, str]]:
    """Yield irregular forms with their words."""
    for name in ("verb", "noun", "adj", "adv"):
        for line in (wordnet / f"{name}.exc").read_text("ascii").splitlines():
            form, *bases = line.split()
            for base in bases:
                if form.isalpha() and base.isalpha():
                    yield form, base


def _counts(path: Path) -> dict[tuple[str, str, int], int]:
    counts = {}
    for line in path.read_text("ascii").splitlines():
        key, number, count = line.split()
        lemma, _, rest = key.partition("%")
        counts[lemma, _SENSE_TYPES[rest[0]], int(number)] = int(count)
    return counts


def _index(path: Path) -> Iterator[tuple[str, list[str]]]:
    for line in path.read_text("ascii").splitlines():
        if line.startswith(" "):
            continue
        fields = line.split()
        if fields[0].isalpha():
            yield fields[0], fields[len(fields) - int(fields[2]) :]


def _synsets(path: Path) -> Iterator[tuple[str, tuple[frozenset[str], str, bool]]]:
    for line in path.read_text("ascii", errors="replace").splitlines():
        if line.startswith(" "):
            continue
        head, _, gloss = line.partition(" | ")
        fields = head.split()
        number = int(fields[3], 16)
        words = frozenset(
            re.sub(r"\(.*\)$", "", word) for word in fields[4 : 4 + 2 * number : 2]
        )
        yield fields[0], (words, gloss.strip(), "@i" in fields)


if __name__ == "__main__":
    main()
