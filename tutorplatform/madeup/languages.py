"""First languages of made-up people: names, and which mistakes are common."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from tutor.categories import Category


@dataclass(frozen=True, slots=True)
class FirstLanguage:
    """A first language: its share of a school, names, and how common mistakes are.

    ``slips`` are weights beside those of all learners: articles for who has none in their
    own language, the pronoun that Spanish leaves out.
    """

    tag: str
    share: float
    names: tuple[str, ...]
    families: tuple[str, ...]
    slips: dict[Category, float]


_C = Category
ALL_LEARNERS: Final[dict[Category, float]] = {
    _C.VERB_TENSE: 1.0, _C.VERB_FORM: 0.8, _C.AGREEMENT: 1.0, _C.ARTICLE: 0.6,
    _C.PREPOSITION: 1.0, _C.NOUN_NUMBER: 0.5, _C.PRONOUN: 0.4, _C.WORD_ORDER: 0.4,
    _C.WORD_CHOICE: 0.6, _C.WORD_FORM: 0.6, _C.COMPARISON: 0.4, _C.NEGATION: 0.3,
    _C.CONNECTOR: 0.3, _C.MISSING_WORD: 0.2,
}  # fmt: skip

FIRST_LANGUAGES: Final = (
    FirstLanguage(
        "zh", 0.18,
        ("Li Wei", "Xinyi", "Haoran", "Meilin", "Jiahao", "Yutong", "Zihan", "Rui"),
        ("Wang", "Chen", "Liu", "Zhang", "Huang", "Zhao"),
        {_C.ARTICLE: 3.0, _C.VERB_TENSE: 2.5, _C.NOUN_NUMBER: 2.5, _C.AGREEMENT: 2.0},
    ),
    FirstLanguage(
        "es", 0.18,
        ("Sofía", "Mateo", "Valentina", "Diego", "Lucía", "Andrés", "Camila", "Javier"),
        ("García", "Rojas", "Torres", "Vega", "Molina", "Castro"),
        {_C.PRONOUN: 4.0, _C.PREPOSITION: 1.8, _C.NEGATION: 2.0, _C.WORD_ORDER: 1.5},
    ),
    FirstLanguage(
        "ar", 0.14,
        ("Layla", "Omar", "Nour", "Youssef", "Amina", "Karim", "Salma", "Tariq"),
        ("Haddad", "Mansour", "Saleh", "Khoury", "Nasser", "Farouk"),
        {_C.MISSING_WORD: 5.0, _C.ARTICLE: 2.0, _C.VERB_FORM: 1.8, _C.PREPOSITION: 1.5},
    ),
    FirstLanguage(
        "pt", 0.1,
        ("Beatriz", "João", "Mariana", "Pedro", "Inês", "Rafael", "Larissa", "Thiago"),
        ("Silva", "Costa", "Almeida", "Ribeiro", "Lopes", "Moreira"),
        {_C.PRONOUN: 3.0, _C.PREPOSITION: 2.0, _C.WORD_CHOICE: 1.5},
    ),
    FirstLanguage(
        "de", 0.08,
        ("Lena", "Jonas", "Mia", "Lukas", "Hanna", "Felix", "Clara", "Paul"),
        ("Becker", "Vogel", "Krüger", "Lorenz", "Brandt", "Seidel"),
        {_C.PREPOSITION: 2.0, _C.WORD_ORDER: 2.5, _C.WORD_FORM: 2.0},
    ),
    FirstLanguage(
        "fr", 0.08,
        ("Camille", "Hugo", "Inès", "Louis", "Manon", "Théo", "Chloé", "Nathan"),
        ("Moreau", "Lefèvre", "Garnier", "Chevalier", "Faure", "Rousseau"),
        {_C.NOUN_NUMBER: 1.5, _C.PREPOSITION: 1.8, _C.VERB_TENSE: 1.5},
    ),
    FirstLanguage(
        "vi", 0.08,
        ("Linh", "Minh", "Thảo", "Quang", "Mai", "Đức", "Hương", "Tuấn"),
        ("Nguyễn", "Trần", "Lê", "Phạm", "Võ", "Đặng"),
        {_C.VERB_TENSE: 3.0, _C.NOUN_NUMBER: 2.5, _C.ARTICLE: 2.0, _C.MISSING_WORD: 2.0},
    ),
    FirstLanguage(
        "ko", 0.06,
        ("Seo-yeon", "Min-jun", "Ji-woo", "Hyun-woo", "Ha-eun", "Do-yun"),
        ("Kim", "Park", "Choi", "Jung", "Kang", "Yoon"),
        {_C.ARTICLE: 3.0, _C.NOUN_NUMBER: 2.0, _C.PREPOSITION: 1.5},
    ),
    FirstLanguage(
        "ja", 0.05,
        ("Haruka", "Kenji", "Yui", "Sota", "Aoi", "Ren"),
        ("Sato", "Tanaka", "Kobayashi", "Mori", "Ishikawa", "Ueda"),
        {_C.ARTICLE: 3.0, _C.NOUN_NUMBER: 2.5, _C.PREPOSITION: 1.8},
    ),
    FirstLanguage(
        "tr", 0.05,
        ("Elif", "Mert", "Zeynep", "Emre", "Defne", "Can"),
        ("Yılmaz", "Demir", "Kaya", "Aydın", "Arslan", "Koç"),
        {_C.ARTICLE: 2.5, _C.WORD_ORDER: 2.0, _C.AGREEMENT: 1.5},
    ),
)  # fmt: skip
