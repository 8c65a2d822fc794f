"""Is it one person who reads the statement, in the language it is in?

Recognition and the scorer answer where they are here. Where nobody can tell the clip is
taken unchecked, and pages say so: a person has to listen to it.
"""

from __future__ import annotations

import logging
import re
from difflib import SequenceMatcher
from threading import Event

from django.utils.translation import gettext as _

from inference.conf import get_engine
from inference.errors import StageError
from inference.protocols import PronunciationScorer, Transcriber
from inference.stages.stage import EngineKind
from inference.types.assessment import AssessmentOutcome, AssessRequest
from inference.types.audio import AudioClip
from inference.types.speech import TranscribeRequest, Transcript

from .clip import VoiceRefused

logger = logging.getLogger(__name__)

# So much of the statement has to be heard: names are often written otherwise.
_LEAST_HEARD = 0.6
_WORD = re.compile(r"[^\W_]+")


def check_words(clip: AudioClip, *, statement: str, language: str) -> Transcript | None:
    """Return what was heard, None where nobody can tell here.

    Raises VoiceRefused ``voice.other_language`` or ``voice.other_words``.
    """
    try:
        transcriber: Transcriber = get_engine(EngineKind.TRANSCRIBER)
        if language not in transcriber.capabilities.languages:
            return None
        heard = transcriber.transcribe(
            TranscribeRequest(clip, language=None), cancelled=Event()
        )
    except StageError as error:
        logger.warning("the words of a voice go unchecked: %s", error.code)
        return None
    if share_heard(statement, heard.text) >= _LEAST_HEARD:
        return heard
    if heard.language != language and heard.text.strip():
        raise VoiceRefused(
            "voice.other_language",
            _("That is another language than the statement's."),
        )
    raise VoiceRefused(
        "voice.other_words",
        _("The statement was not heard in it. Have it read aloud word by word."),
    )


def check_person(
    clip: AudioClip, *, statement: str, language: str, heard: Transcript | None
) -> bool:
    """Return True for one voice all through, False where nobody can tell here.

    The scorer compares the halves of a clip; somebody who says a word in between is not
    noticed. Raises VoiceRefused ``voice.several_people``.
    """
    try:
        scorer: PronunciationScorer = get_engine(EngineKind.SCORER)
        if language not in scorer.capabilities.languages:
            return False
        request = AssessRequest(clip, statement, language, heard=heard)
        found = scorer.assess(request, cancelled=Event())
    except StageError as error:
        logger.warning("whose voice it is goes unchecked: %s", error.code)
        return False
    if found.outcome is AssessmentOutcome.OTHER_VOICE:
        raise VoiceRefused(
            "voice.several_people",
            _("It sounds as if more than one person spoke. Record one person alone."),
        )
    return found.voice is not None


def share_heard(statement: str, heard: str) -> float:
    """Return which share of a statement's words was heard, in their order."""
    wanted, words = _words(statement), _words(heard)
    matcher = SequenceMatcher(None, wanted, words, autojunk=False)
    same = sum(block.size for block in matcher.get_matching_blocks())
    return same / max(1, len(wanted))


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())
