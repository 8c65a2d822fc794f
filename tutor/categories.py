"""Coarse kinds of mistakes that ledger, policy, templates and reports share."""

from __future__ import annotations

from enum import StrEnum


class Category(StrEnum):
    """One kind of mistake, in a learner's terms."""

    VERB_TENSE = "verb_tense"
    VERB_FORM = "verb_form"
    AGREEMENT = "agreement"
    ARTICLE = "article"
    PREPOSITION = "preposition"
    NOUN_NUMBER = "noun_number"
    PRONOUN = "pronoun"
    WORD_ORDER = "word_order"
    WORD_CHOICE = "word_choice"
    WORD_FORM = "word_form"
    COMPARISON = "comparison"
    NEGATION = "negation"
    CONNECTOR = "connector"
    GENDER = "gender"
    MISSING_WORD = "missing_word"
    EXTRA_WORD = "extra_word"
    OTHER = "other"
