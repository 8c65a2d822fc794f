"""What is wrong in a learner's turn: a model proposes, rules and speech decide."""

from .analyser import Analyser, analyser, warm
from .correction import Form
from .trust import EMBEDDED, STRONG, Trust

__all__ = ["EMBEDDED", "STRONG", "Analyser", "Form", "Trust", "analyser", "warm"]
