"""What exercises are made from, as the plain values that ``tutor.exercises`` takes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from lessons.brief import LessonBrief
from lessons.sounds.contrasts import contrasts_for
from lessons.sounds.library import sentences_of, sound_of
from tutor.brief import LessonPlan
from tutor.exercises import SoundPair
from tutor.exercises.levelling import LevelOf
from tutor.languages.function_words import LanguageDataError, primary
from tutor.languages.glosses import glosses
from tutor.languages.levels import word_levels
from tutor.learner import Learner, Level
from tutor.moves import PlannedItem

from .context import LearnerContext
from .mastery import SoundMastery
from .models import VocabularyItem

# Said right in fewer of a hundred attempts than this, a sound is worth practising.
_WEAK_BELOW = 0.85
_MOST_SOUNDS = 3
_PAIRS_A_SOUND = 2
_MOST_SENTENCES = 2
_FEWEST_EXAMPLE_WORDS = 3
# Stands in phrases for words of one's own: nothing that could be said.
_GAP = "…"


def tutor_learner(context: LearnerContext) -> Learner:
    """Return the learner as the tutor knows them: a minor, since nobody is asked."""
    return Learner(
        l1=context.l1,
        l2=primary(context.l2),
        level=Level(context.level),
        name=context.display_name,
    )


def level_test(l2: str) -> LevelOf:
    """Return what gives a word's level; nothing is known of a language without lists."""
    try:
        return word_levels(l2).level
    except LanguageDataError:
        return lambda word: None


def lesson_plan(
    brief: LessonBrief | None,
    *,
    met: Iterable[VocabularyItem] = (),
    sentences: Iterable[str] = (),
    l2: str,
) -> LessonPlan:
    """Return what a lesson, words met and sentences to read give to practise.

    Words come before phrases: they are what an open answer can be asked to use.
    """
    items = [_word(item.text, l2, gloss=item.gloss) for item in met]
    if brief is not None:
        items += [_word(text, l2) for text in brief.target_words]
        items += [_phrase(text) for text in brief.target_phrases]
    items += [_phrase(text) for text in sentences]
    by_text = {item.text.casefold(): item for item in reversed(items)}
    unique = tuple(reversed(by_text.values()))
    if brief is None:
        return LessonPlan(items=unique)
    about = " ".join([brief.title, brief.situation, *brief.goals])
    return LessonPlan(
        title=brief.title,
        situation=brief.situation,
        tutor_role=brief.tutor_role,
        goals=brief.goals,
        items=unique,
        topic_words=frozenset(about.casefold().split()),
    )


def new_sentences(l2: str, level: str, *, known_sources: Collection[str]) -> list[str]:
    """Return sentences of the level that no exercise was made from yet."""
    found = sentences_of(primary(l2)).get(level, [])
    fresh = [one for one in found if f"item:{one}" not in known_sources]
    return fresh[:_MOST_SENTENCES]


def sound_pairs(
    learner: Learner, weakest_first: Sequence[SoundMastery]
) -> list[SoundPair]:
    """Return pairs for the learner's weak sounds, and what is hard from their language."""
    weak = [s.phoneme for s in weakest_first if s.is_known and s.mean < _WEAK_BELOW]
    well = {s.phoneme for s in weakest_first if s.is_known and s.low >= _WEAK_BELOW}
    contrasts = contrasts_for(learner.l1, learner.l2).contrasts
    hard = dict.fromkeys([*weak, *(contrast.sound for contrast in contrasts)])
    found = [list(_pairs(learner.l2, one)) for one in hard if one not in well]
    with_pairs = [pairs for pairs in found if pairs]
    return [pair for pairs in with_pairs[:_MOST_SOUNDS] for pair in pairs]


def _pairs(l2: str, phoneme: str) -> Iterator[SoundPair]:
    sound = sound_of(l2, phoneme)
    if sound is None:
        return
    for pair in sound.pairs[:_PAIRS_A_SOUND]:
        yield SoundPair(pair.word, pair.other_word, sound.ipa, pair.other)


def _word(text: str, l2: str, *, gloss: str = "") -> PlannedItem:
    """Return a word with a meaning, where it has just one that is said simply."""
    known = glosses(l2)
    return PlannedItem(text, gloss or (known.only_own_meaning(text) if known else ""))


def _phrase(text: str) -> PlannedItem:
    """Return a phrase; one that is a whole sentence is its own example."""
    whole = _GAP not in text and len(text.split()) >= _FEWEST_EXAMPLE_WORDS
    return PlannedItem(text, example=text if whole else "")
