"""Makes one file for Anki: the voice says what is new, then everything is packed."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np
import soundfile
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from inference.conf import get_engine
from inference.errors import StageError
from inference.protocols import Cancelled
from inference.stages.executor import execute_stage
from inference.stages.stage import Stage
from inference.types.speech import SpeechChunk, SynthesisRequest
from learners.review_selectors import list_cards
from lessons.levels import language_name

from ..job_claim import JobClaim
from ..lesson_exercise_voice import has_voice
from ..models import CardExport
from ..models.card_export import SILENT_FOR
from ..review_cards_page import back_text, front_text
from .files import delete_export, export_path
from .package import AnkiCard, write_package

if TYPE_CHECKING:
    from learners.models import ReviewCard

logger = logging.getLogger(__name__)

MOST_CARDS = 5000
# Sound for the cards that are learned; the voice takes some 0.2 s of a core for each.
MOST_SOUNDS = 600
# A voice that fails so often has gone.
MOST_FAILURES = 3
_State = CardExport.State
_ASKED = {
    "word": _("Which word is it?"),
    "pattern": _("How do you say it?"),
    "contrast": _("Which word do you hear?"),
    "sentence": _("Say it right"),
}


def make_export(export_id: int, *, cancelled: Cancelled) -> None:
    """Make a file that waits, or whose maker has died; of any other nothing is done.

    Safe to repeat. A failure is written down, not raised. One that is cancelled waits again.
    A voice that fails leaves its sounds out: the words are what counts.
    """
    export = _claimed(export_id)
    if export is None:
        return
    rows = CardExport.objects.filter(
        pk=export.pk, attempt=export.attempt, state=_State.RUNNING
    )
    claim = JobClaim(rows, cancelled)
    try:
        _make(export, claim)
    except Exception as error:
        # The words of a library may quote what is on a card.
        logger.exception(
            "export %s failed with %s", export.pk, type(error).__name__, exc_info=False
        )
        claim.keep(
            state=_State.FAILED, error_code="export.failed", finished_at=timezone.now()
        )
    if cancelled.is_set():
        claim.keep(state=_State.QUEUED)
    if not CardExport.objects.filter(pk=export.pk).exists():
        # Deleted while it was being made: what was written since goes too.
        delete_export(export.pk)


def anki_cards(learner_id: int, l2: str) -> list[AnkiCard]:
    """Return a learner's cards as Anki gets them; those set aside stay here."""
    rows = list_cards(learner_id=learner_id, l2=l2).filter(suspended_at=None)
    return [_anki_card(row) for row in rows[:MOST_CARDS]]


def _claimed(export_id: int) -> CardExport | None:
    now = timezone.now()
    waiting = Q(state=_State.QUEUED)
    silent = Q(state=_State.RUNNING, touched_at__lt=now - SILENT_FOR)
    claimed = CardExport.objects.filter(waiting | silent, pk=export_id).update(
        state=_State.RUNNING, attempt=F("attempt") + 1, touched_at=now
    )
    return CardExport.objects.get(pk=export_id) if claimed else None


def _make(export: CardExport, claim: JobClaim) -> None:
    cards = anki_cards(export.learner_id, export.l2)
    sounds = _sounds(cards, export.l2, claim)
    if claim.is_set():
        return
    now = timezone.now()
    write_package(
        cards,
        sounds,
        deck=gettext("Tutor: %(language)s") % {"language": language_name(export.l2)},
        language=export.l2,
        target=export_path(export.pk),
        at=now.timestamp(),
    )
    claim.keep(
        state=_State.READY, n_cards=len(cards), n_sounds=len(sounds), finished_at=now
    )


def _sounds(cards: Iterable[AnkiCard], l2: str, claim: JobClaim) -> dict[str, bytes]:
    """Return sounds by text, as many as the voice can make."""
    if not has_voice(l2):
        return {}
    texts = list(dict.fromkeys(text for card in cards for text in card.texts))
    texts = texts[:MOST_SOUNDS]
    claim.keep(total=len(texts))
    sounds: dict[str, bytes] = {}
    failures = 0
    for done, text in enumerate(texts):
        if claim.is_set():
            break
        claim.tell(done=done)
        try:
            sound = _said(text, l2, claim)
        except StageError as error:
            logger.error("the voice of an export: %s", error.code)
            failures += 1
            if failures == MOST_FAILURES:
                break
            continue
        if sound:
            sounds[text] = sound
    return sounds


def _said(text: str, language: str, cancelled: Cancelled) -> bytes:
    """Return a text's sound as MP3, which Anki plays everywhere. Raises StageError."""
    chunks: list[SpeechChunk] = list(
        execute_stage(
            Stage.SYNTHESIZE,
            SynthesisRequest(text, language=language),
            get_engine=get_engine,
            cancelled=cancelled,
        )
    )
    if not chunks:
        return b""
    pcm = b"".join(chunk.clip.pcm for chunk in chunks)
    out = io.BytesIO()
    rate = chunks[0].clip.sample_rate_hz
    soundfile.write(out, np.frombuffer(pcm, dtype="<i2"), rate, format="MP3")
    return out.getvalue()


def _anki_card(row: ReviewCard) -> AnkiCard:
    data = row.data
    return AnkiCard(
        id=str(row.uuid),
        kind=str(_ASKED[row.kind]),
        tag=f"tutor::{row.kind}",
        front=row.front,
        clue=data.get("clue", ""),
        back=row.back,
        example=data.get("example", "") if data.get("example") != row.back else "",
        met=data.get("met", {}).get("title", ""),
        front_sound=front_text(row),
        back_sound=back_text(row) if row.kind != row.Kind.CONTRAST else "",
    )
