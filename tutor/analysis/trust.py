"""What a model, or a rule, may claim alone.

A wrong accusation costs more than a missed mistake. So each class of models may say alone
only what it was measured to be right about; the rest needs a rule that says the same.
"""

from __future__ import annotations

from dataclasses import dataclass

from .edit import Edit


@dataclass(frozen=True, slots=True)
class Trust:
    """What is believed of a class of models.

    ``types`` are ERRANT's types that it may claim alone (``None``: all). ``languages`` are
    those it can judge at all. A turn in which it changes more than ``most_edits`` is not
    believed; where more than ``most_doubtful`` are not to be believed, none is that no
    rule agrees with. ``overrules_rules``: a rule that the model contradicts is dropped.
    """

    name: str
    languages: frozenset[str]
    types: frozenset[str] | None = None
    most_edits: int = 6
    most_doubtful: int = 6
    overrules_rules: bool = False

    def believes(self, edit: Edit) -> bool:
        """Return whether the model may claim this alone."""
        return self.types is None or edit.type in self.types


# Models of 7B and more, and hosted ones.
STRONG = Trust(
    name="strong",
    languages=frozenset({"en", "es", "fr", "de"}),
    overrules_rules=True,
)
# The small model that runs beside everything else: figures in docs/tutor.md.
EMBEDDED = Trust(
    name="embedded",
    languages=frozenset({"en"}),
    types=frozenset(
        {
            # Verbs. Its changes of tense are half wrong: it tells the story in its own.
            "R:VERB:FORM",
            "R:VERB:SVA",
            "R:VERB:INFL",
            "M:VERB:FORM",
            "M:CONTR",
            # Nouns, articles, pronouns
            "R:NOUN:NUM",
            "R:NOUN:INFL",
            "M:DET",
            "R:PRON",
            "U:PRON",
            # The rest
            "R:PREP",
            "R:ADJ:FORM",
            "R:WO",
        }
    ),
    most_edits=5,
    most_doubtful=1,
)
