"""Help while talking: what a word means, a line in the first language, how to say it.

Every answer says where it comes from; what a model wrote is marked as "from the tutor".
Where data are missing the answer says so in ``missing`` and nothing raises.
"""

from .answers import Gloss, HelpText, Meaning, Source
from .explaining import explain, explain_by_model
from .glossing import gloss
from .pairs import Grade, grade, name
from .saying import hardest, how_to_say
from .translating import translate, translate_word

__all__ = [
    "Gloss",
    "Grade",
    "HelpText",
    "Meaning",
    "Source",
    "explain",
    "explain_by_model",
    "gloss",
    "grade",
    "hardest",
    "how_to_say",
    "name",
    "translate",
    "translate_word",
]
