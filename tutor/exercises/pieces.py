"""A sentence in pieces that can be put together in one order only."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from tutor.languages.function_words import function_words, is_known

from .forms import forms, tokens

FEWEST, MOST = 3, 9


def pieces_of(sentence: str, l2: str) -> tuple[str, ...]:
    """Return a sentence's pieces in their order.

    Articles and prepositions stay with the word behind them, and what "and" joins stays
    together, so that fewer wrong orders look right. Empty for an unknown language.
    """
    if not is_known(l2):
        return ()
    groups = function_words(l2).groups
    known = forms(l2)
    leading = (groups["articles"] | groups["prepositions"]) - known.single
    joining = known.coordinating
    found: list[list[str]] = []
    glued = False
    for word in sentence.split():
        bare = "".join(tokens(word, l2))
        joins = bare in joining
        if (glued or joins) and found:
            found[-1].append(word)
        else:
            found.append([word])
        ended = word[-1] in ",;:"
        glued = (bare in leading or joins) and not ended
    return tuple(" ".join(words) for words in found)


def other_orders(pieces: Sequence[str], l2: str) -> str:
    """Return why pieces may have another right order, ``""`` if nothing speaks for it.

    ``pieces`` are in the right order. The first shows its capital, the last its stop:
    only those between can move.
    """
    if not is_known(l2):
        return f"nothing is known of the order of words in {l2}"
    known, groups = forms(l2), function_words(l2).groups
    inner = [tokens(piece, l2) for piece in pieces[1:-1]]
    for words in inner:
        if known.movable.intersection(words):
            return f"{' '.join(words)!r} can stand elsewhere"
    leading = [words for words in inner if words and words[0] in groups["prepositions"]]
    if len(leading) > 1:
        return "two phrases with a preposition can change places"
    if len(set(inner)) < len(inner):
        return "two pieces are the same"
    if any(set(words) <= known.coordinating for words in inner):
        return "what 'and' joins can change places"
    if sum(piece.endswith(",") for piece in pieces[:-1]) > 1:
        return "things in a list can change places"
    if _other_beginning(pieces, l2):
        return "another piece with a capital could begin the sentence"
    return ""


def _other_beginning(pieces: Sequence[str], l2: str) -> bool:
    """Whether a name inside could change places with a name or noun at the beginning."""
    first = tokens(pieces[0], l2)
    if first and first[0] in function_words(l2):
        return False
    return any(
        piece[:1].isupper() and tokens(piece, l2)[0] not in function_words(l2)
        for piece in pieces[1:-1]
    )


def shuffled(pieces: Sequence[str], seed: str) -> tuple[str, ...]:
    """Return the pieces in another order, always the same for the same seed."""
    ordered = sorted(
        range(len(pieces)),
        key=lambda at: hashlib.sha256(f"{seed}/{at}/{pieces[at]}".encode()).digest(),
    )
    if ordered == sorted(ordered):
        ordered = ordered[1:] + ordered[:1]
    return tuple(pieces[at] for at in ordered)
