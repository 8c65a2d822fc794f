"""Seeds the difficulties of placement items: ``python -m scripts.seed_placement [en ...]``.

Writes ``tutor/languages/<l2>/placement.tsv``. An item starts in the middle of its level; a
word that is rarer than the words of its level in the bank (Zipf frequency of wordfreq)
starts higher, a more frequent one lower, by half a logit at most. Expressions and grammar
have no frequency. Items that a file has already keep what they have, unless ``--anew``.
"""

from __future__ import annotations

import argparse
from statistics import median

from tutor.languages.function_words import DATA
from tutor.placement.bank_file import DIFFICULTIES, FILE, read_bank_file
from tutor.placement.items import Bank, Item, ItemKind
from tutor.placement.scale import centre

_PER_ZIPF = 0.4
_FURTHEST = 0.5
_HEAD = """\
# Difficulties in logits, by key of placement.yaml: seeded by scripts/seed_placement.py from
# levels and word frequencies, refined by `manage.py refine_placement` from answers.
"""


def main() -> None:
    """Seed the languages that are named, or all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("languages", nargs="*", default=[])
    parser.add_argument("--anew", action="store_true")
    options = parser.parse_args()
    found = sorted(path.parent.name for path in DATA.glob(f"*/{FILE}"))
    for language in options.languages or found:
        folder = DATA / language
        target = folder / DIFFICULTIES
        kept = None if options.anew else target
        bank = read_bank_file(folder / FILE, kept)
        lines = [f"{key}\t{value:.2f}\n" for key, value in seeds(bank).items()]
        target.write_text(_HEAD + "".join(lines), encoding="utf-8")
        print(f"{language}: {len(lines)} items")


def seeds(bank: Bank) -> dict[str, float]:
    """Return a difficulty for each item."""
    usual = {
        level: median(
            zipf
            for item in bank.items.values()
            if item.level == level and (zipf := _zipf(item, bank.language))
        )
        for level in {item.level for item in bank.items.values()}
    }
    found = {}
    for item in bank.items.values():
        value = item.difficulty
        zipf = _zipf(item, bank.language)
        if value == centre(item.level) and zipf:
            moved = _PER_ZIPF * (usual[item.level] - zipf)
            value += max(-_FURTHEST, min(_FURTHEST, moved))
        found[item.key] = value
    return found


def _zipf(item: Item, language: str) -> float:
    from wordfreq import zipf_frequency

    if item.kind is not ItemKind.VOCABULARY or " " in item.tests:
        return 0.0
    return float(zipf_frequency(item.tests, language))


if __name__ == "__main__":
    main()
