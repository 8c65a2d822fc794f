"""Weak forms: how English function words sound when nothing stresses them.

The words and forms are those that descriptions of English pronunciation agree on; the
choice of forms for each is ours. A rhotic form stands for the non-rhotic one too, which
``accents`` derives.
"""

from __future__ import annotations

Phones = tuple[str, ...]

# Forms are separated by semicolons, the most usual first.
_TABLE = {
    "a": "AH0", "an": "AH0 N; N", "the": "DH AH0; DH IY0", "some": "S AH0 M; S M",
    "and": "AH0 N; AH0 N D; N", "but": "B AH0 T", "or": "ER0", "nor": "N ER0",
    "as": "AH0 Z", "than": "DH AH0 N; DH N", "that": "DH AH0 T",
    "that's": "DH AH0 T S", "because": "K AH0 Z; B IH0 K AH0 Z",
    "at": "AH0 T", "for": "F ER0; F R", "from": "F R AH0 M", "of": "AH0 V; AH0",
    "to": "T AH0; T IH0; T UW0", "into": "IH1 N T AH0; IH1 N T UW0",
    "onto": "AA1 N T AH0", "till": "T AH0 L", "until": "AH0 N T AH0 L",
    "upon": "AH0 P AH0 N", "on": "AH0 N", "by": "B AH0", "so": "S AH0", "just": "JH AH0 S T; JH AH0 S",
    "he": "IY0; HH IY0; HH IH0", "him": "IH0 M; HH IH0 M", "his": "IH0 Z; HH IH0 Z",
    "her": "ER0; HH ER0", "hers": "ER0 Z", "them": "DH AH0 M; AH0 M", "us": "AH0 S; S",
    "she": "SH IY0; SH IH0", "we": "W IY0; W IH0", "me": "M IY0; M IH0",
    "you": "Y AH0; Y UW0", "your": "Y ER0; Y AO0 R", "my": "M AH0; M IY0",
    "it": "IH0 T", "who": "UW0; HH UW0", "our": "AA0 R", "their": "DH ER0",
    "there": "DH ER0; DH EH0 R", "there's": "DH ER0 Z",
    "am": "AH0 M; M", "are": "ER0", "is": "Z; S; AH0 Z", "was": "W AH0 Z",
    "were": "W ER0", "be": "B IY0; B IH0", "been": "B IH0 N",
    "have": "HH AH0 V; AH0 V; V", "has": "HH AH0 Z; AH0 Z; Z", "had": "HH AH0 D; AH0 D; D",
    "do": "D AH0; D UW0; D UH0", "does": "D AH0 Z", "can": "K AH0 N; K N",
    "could": "K AH0 D; K UH0 D", "would": "W AH0 D; AH0 D; D", "should": "SH AH0 D",
    "must": "M AH0 S T; M AH0 S", "shall": "SH AH0 L; SH L", "will": "AH0 L; L; W AH0 L",
    "i'm": "AH0 M", "i'll": "AA0 L; AH0 L", "you're": "Y ER0; Y AO0 R",
    "they're": "DH ER0", "we're": "W ER0", "you'll": "Y AH0 L", "we'll": "W IH0 L",
    "he'll": "HH IH0 L; IH0 L", "it'll": "IH0 T AH0 L", "can't": "K AH0 N T",
    "not": "N AH0 T", "sir": "S ER0", "saint": "S AH0 N T",
}  # fmt: skip
WEAK_FORMS: dict[str, tuple[Phones, ...]] = {
    word: tuple(tuple(form.split()) for form in forms.split(";"))
    for word, forms in _TABLE.items()
}
# Other function words lose their weak form at the end of a sentence ("What is it for?").
_WEAK_AT_THE_END = frozenset(
    [
        "he",
        "him",
        "his",
        "her",
        "them",
        "us",
        "she",
        "we",
        "me",
        "you",
        "your",
        "it",
        "the",
        "a",
        "an",
    ]
)


def weak_forms(word: str, *, final: bool) -> tuple[Phones, ...]:
    """Return the weak forms of a lower-case word; none for most words."""
    if final and word not in _WEAK_AT_THE_END:
        return ()
    return WEAK_FORMS.get(word, ())


def is_function_word(word: str) -> bool:
    """Whether the word has weak forms."""
    return word in WEAK_FORMS
