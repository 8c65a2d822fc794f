from __future__ import annotations

import pytest

from tutor.analysis.hearing import same_when_heard
from tutor.analysis.speech_data import LANGUAGES, speech_data


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "i am gonna go", "I'm going to go."),
        ("en", "its great, thats all", "It's great. That's all!"),
        ("en", "I dont know", "I do not know"),
        ("en", "I have twenty-five cats", "I have 25 cats"),
        ("en", "twenty five", "25"),
        ("en", "my favourite colour", "my favorite color"),
        ("en", "I love travelling", "I love traveling"),
        ("en", "um I er like it", "I like it"),
        ("en", "cause I like it", "because I like it"),
        ("en", "everyday", "every day"),
        ("en", "there house", "their house"),
        ("es", "¿que tal?", "¿Qué tal?"),
        ("fr", "je sais pas", "je ne sais pas"),
        ("de", "ich hab zwei Hunde", "Ich habe 2 Hunde."),
    ],
)
def test_what_sounds_the_same_is_the_same(language: str, one: str, other: str) -> None:
    assert same_when_heard(one, other, speech_data(language))


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "I go", "I went"),
        ("en", "two apple", "two apples"),
        ("en", "twenty five", "20"),
        ("en", "that awesome", "that's awesome"),
        ("es", "la problema", "el problema"),
        ("fr", "la pomme", "le pomme"),
        ("de", "den Mann", "der Mann"),
    ],
)
def test_what_sounds_different_is_different(
    language: str, one: str, other: str
) -> None:
    assert not same_when_heard(one, other, speech_data(language))


# Same words but for what is only written.
ALIKE = [
    ("fr", "les enfants mange", "les enfants mangent"),
    ("fr", "deux gâteau", "deux gâteaux"),
    ("fr", "il veut manger", "il veut mangé"),
    ("fr", "vous mangez", "vous manger"),
    ("fr", "elle est allé", "elle est allée"),
    ("fr", "ils sont venu", "ils sont venus"),
    ("fr", "ils mangeaient", "il mangeait"),
    ("fr", "tu parle", "tu parles"),
    ("fr", "ils parlent", "ils parle"),
    ("fr", "je veux", "je veut"),
    ("fr", "il prend", "il prends"),
    ("fr", "une joli fille", "une jolie fille"),
    ("fr", "elle est seul", "elle est seule"),
    ("fr", "je travail", "je travaille"),
    ("fr", "cet fille", "cette fille"),
    ("fr", "quel idée", "quelle idée"),
    ("fr", "leur amis", "leurs amis"),
    ("fr", "tout les jours", "tous les jours"),
    ("fr", "elle vient", "elle viens"),
    ("fr", "je suis content", "je suis contents"),
    ("fr", "les patient", "les patients"),
    ("fr", "si j'avais, je mangerai", "si j'avais, je mangerais"),
    ("fr", "ils étudie", "ils étudient"),
    ("fr", "ils voit", "ils voient"),
    ("fr", "j'ai vu", "j'ai vue"),
    ("fr", "il a finit", "il a fini"),
    ("fr", "les parent", "les parents"),
    ("fr", "mes ami", "mes amis"),
    ("fr", "la vie est cher", "la vie est chère"),
    ("fr", "ils appelle", "ils appellent"),
    ("fr", "les fille", "les filles"),
    ("fr", "ils achète", "ils achètent"),
    ("fr", "il ce lave", "il se lave"),
    ("fr", "ils crie", "ils crient"),
    ("es", "voy ha comer", "voy a comer"),
    ("es", "tubo un perro", "tuvo un perro"),
    ("es", "la baca", "la vaca"),
    ("es", "a echo", "ha hecho"),
    ("es", "vamos haber", "vamos a ver"),
    ("es", "valla", "vaya"),
    ("es", "me gusta el quezo", "me gusta el queso"),
    ("es", "la jente", "la gente"),
    ("es", "el sabe", "él sabe"),
    ("es", "haver", "haber"),
    ("es", "no se", "no sé"),
    ("de", "Ich mag die Straße", "Ich mag die Strasse"),
    ("de", "ich habe hunger", "Ich habe Hunger"),
    ("de", "ihr seit nett", "ihr seid nett"),
    ("de", "ich denke, das es gut ist", "ich denke, dass es gut ist"),
    ("de", "die Stat", "die Stadt"),
    ("de", "das ist nicht war", "das ist nicht wahr"),
    ("de", "können sie", "können Sie"),
    ("de", "er ist einen Apfel", "er isst einen Apfel"),
    ("en", "my brothers car", "my brother's car"),
    ("en", "I would of gone", "I would have gone"),
    ("en", "my parents house", "my parents' house"),
    ("en", "I no him", "I know him"),
    ("en", "there dog", "their dog"),
    ("fr", "je mangeais", "je mangeait"),
]
# A letter apart and yet to be heard.
APART = [
    ("fr", "un", "une"),
    ("fr", "le livre", "la livre"),
    ("fr", "le", "les"),
    ("fr", "il est petit", "il est petite"),
    ("fr", "elle est grand", "elle est grande"),
    ("fr", "je mange", "je mangé"),
    ("fr", "il est content", "elle est contente"),
    ("fr", "elle est content", "elle est contente"),
    ("fr", "ils vient", "ils viennent"),
    ("fr", "ils prend", "ils prennent"),
    ("fr", "il finit", "ils finissent"),
    ("fr", "ils dit", "ils disent"),
    ("fr", "un beau femme", "une belle femme"),
    ("fr", "les cheval", "les chevaux"),
    ("fr", "il est allé", "elle est allée"),
    ("fr", "je mangeais", "j'ai mangé"),
    ("fr", "je mangé", "je mangeais"),
    ("fr", "de", "des"),
    ("fr", "mon", "ma"),
    ("fr", "il a", "ils ont"),
    ("fr", "je suis vieux", "je suis vieille"),
    ("fr", "française", "français"),
    ("fr", "gros", "grosse"),
    ("fr", "comment", "comme"),
    ("fr", "premier", "première"),
    ("fr", "il part", "ils partent"),
    ("fr", "que tu viens", "que tu viennes"),
    ("fr", "que je peux", "que je puisse"),
    ("fr", "bon", "bonne"),
    ("fr", "fils", "fil"),
    ("fr", "cousin", "cousine"),
    ("fr", "italien", "italienne"),
    ("fr", "il doit", "ils doivent"),
    ("fr", "long", "longue"),
    ("fr", "elle met", "elle mette"),
    ("fr", "ce", "cet"),
    ("fr", "nouveau", "nouvelle"),
    ("fr", "fait", "faite"),
    ("fr", "acheté", "achète"),
    ("fr", "les amis", "des amis"),
    ("fr", "fille", "fil"),
    ("fr", "le chien", "les chiens"),
    ("fr", "heureux", "heureuse"),
    ("es", "dos manzana", "dos manzanas"),
    ("es", "el", "la"),
    ("es", "compro", "compró"),
    ("es", "casa rojo", "casa roja"),
    ("es", "está", "esta"),
    ("es", "viene", "venga"),
    ("es", "pero", "perro"),
    ("es", "hablo", "habló"),
    ("es", "por", "para"),
    ("es", "caro", "carro"),
    ("es", "ser", "estar"),
    ("es", "ano", "año"),
    ("es", "papa", "papá"),
    ("es", "chico", "ico"),
    ("de", "ein Hund", "einen Hund"),
    ("de", "der", "den"),
    ("de", "dem", "den"),
    ("de", "Apfel", "Äpfel"),
    ("de", "ihn", "in"),
    ("de", "ich gehe", "ich geht"),
    ("de", "ein", "eine"),
    ("de", "schön", "schöne"),
    ("de", "schon", "schön"),
    ("de", "habe", "hat"),
    ("de", "mein", "meine"),
    ("de", "Kind", "Kinder"),
    ("de", "er fährt", "er fahrt"),
    ("en", "we're happy", "were happy"),
    ("en", "that awesome", "that's awesome"),
    ("en", "I go", "I goes"),
    ("en", "two dog", "two dogs"),
    ("en", "he like", "he likes"),
    ("en", "I live", "I leave"),
    ("en", "he is", "his"),
]


@pytest.mark.parametrize(("language", "one", "other"), ALIKE)
def test_silent_endings_and_letters_are_no_difference(
    language: str, one: str, other: str
) -> None:
    data = speech_data(language)
    assert same_when_heard(one, other, data)
    assert same_when_heard(other, one, data)


@pytest.mark.parametrize(("language", "one", "other"), APART)
def test_endings_that_are_heard_are_a_difference(
    language: str, one: str, other: str
) -> None:
    data = speech_data(language)
    assert not same_when_heard(one, other, data)
    assert not same_when_heard(other, one, data)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_example_that_shows_a_mistake_can_be_heard(language: str) -> None:
    data = speech_data(language)
    for said, right in data.examples:
        assert said == right or not same_when_heard(said, right, data)
    unchanged = sum(said == right for said, right in data.examples)
    # A prompt that shows mistakes only finds mistakes only.
    assert unchanged / len(data.examples) >= 0.4
