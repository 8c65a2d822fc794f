"""What counts as having used an item of a lesson."""

from __future__ import annotations

import pytest

from tutor.brief import LessonPlan
from tutor.learner import LearnerTurn
from tutor.moves import PlannedItem
from tutor.policy.progress import produced_items


@pytest.mark.parametrize(
    ("item", "said", "counts"),
    [
        ("der Tisch", "Wo ist mein Tisch?", True),
        ("der Tisch", "Der Stuhl ist neu.", False),
        ("l'œuf, les œufs", "Je voudrais deux œufs.", True),
        ("noir, noire", "Mon sac est noir.", True),
        ("le voisin, la voisine", "C'est ma voisine !", True),
        ("el perro", "Tengo un perro.", True),
        ("ankommen", "Ich komme um drei Uhr an.", True),
        ("ankommen", "Wann kommen Sie?", False),
        ("ankommen", "Wann werden wir ankommen?", True),
        ("sich freuen", "Ich freue mich.", True),
        ("Can I have … too?", "Can I have some tea too, please?", True),
        ("Can I have … too?", "Can I have some tea?", False),
        ("I'd like …, please.", "I'd like a big coffee, please.", True),
        ("We played / danced / talked …", "We danced all night.", True),
        ("I can … / I can't …", "I can't cook.", True),
        ("Well, thanks", "Well, I know.", False),
        ("…", "Anything.", False),
    ],
)
def test_an_item_may_be_said_in_its_other_forms(
    item: str, said: str, counts: bool
) -> None:
    plan = LessonPlan(items=(PlannedItem(item),))
    assert produced_items(LearnerTurn(said), plan) == ((item,) if counts else ())
