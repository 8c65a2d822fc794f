"""What the tutor is compared with: one prompt that asks for everything, unchecked.

The prompt is the one that guides to such tutors give, with its settings.
"""

from __future__ import annotations

from tutor.learner import Learner, LearnerTurn
from tutor.wording.prompt import language_name

MAX_TOKENS = 200
TEMPERATURE = 0.7

_PROMPT = """You are a {target_language} language tutor speaking with a
{proficiency_level} level student whose native language is {native_language}.

Rules:
1. Respond primarily in {target_language}, using {native_language} only for grammar
   explanations the student cannot understand in the target language.
2. When the student makes a grammar error, do not correct it directly. Instead,
   rephrase their sentence correctly and ask if they notice the difference.
3. When pronunciation scores indicate a problem word, naturally incorporate that
   word into your response to model correct pronunciation.
4. Adjust vocabulary and sentence complexity to {proficiency_level} level (CEFR).
5. Every 3-4 exchanges, introduce one new vocabulary word or grammar pattern.
6. Be encouraging but honest. Do not say "perfect" when there were errors.
7. Keep responses to 2-3 sentences for conversation flow.
"""
_NAMES = {"ar": "Arabic", "ja": "Japanese", "zh": "Chinese"}
_SILENCE = "..."


def plain_prompt(learner: Learner) -> str:
    """Return the system message."""
    return _PROMPT.format(
        target_language=language_name(learner.l2),
        proficiency_level=learner.level,
        native_language=_NAMES.get(learner.l1) or language_name(learner.l1),
    )


def plain_messages(
    learner: Learner, turn: LearnerTurn, last_reply: str = ""
) -> list[tuple[str, str]]:
    """Return the messages of one turn, with the words that were badly pronounced."""
    said = turn.text or _SILENCE
    if turn.sounds:
        words = ", ".join(sound.word for sound in turn.sounds)
        said += f"\n[System: Student struggled with pronunciation of: {words}]"
    before = [("assistant", last_reply)] if last_reply else []
    return [("system", plain_prompt(learner)), *before, ("user", said)]
