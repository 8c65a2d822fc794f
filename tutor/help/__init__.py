"""Help while talking: what a word means, a line in the first language, how to say it.

Every answer says where it comes from; what a model wrote is marked as "from the tutor".
Where data are missing the answer says so in ``missing`` and nothing raises.
"""

from .answers import Gloss, HelpText, Meaning, Source
from .explaining import explain
from .glossing import gloss
from .translating import how_to_say, translate

__all__ = [
    "Gloss",
    "HelpText",
    "Meaning",
    "Source",
    "explain",
    "gloss",
    "how_to_say",
    "translate",
]
