"""Pronunciation over the real socket: told, stored, and there again after a reload."""

from __future__ import annotations

from channels.db import database_sync_to_async

from learners.models import PhonemeMastery, User
from sessions.live.registry import live_sessions
from sessions.models import PronunciationAssessment, TutoringSession

from .conftest import Browser
from .test_socket import speak


async def test_how_it_was_said_is_told_stored_and_shown_again(
    learner: User, tutoring: TutoringSession
) -> None:
    browser = Browser(tutoring.uuid, user=learner)
    await browser.join()
    await browser.until("turn.ended", turn=0)
    await speak(browser)
    told = await browser.until("pronunciation.ready", turn=1)
    ended = [
        e for e in browser.events if (e["type"], e.get("turn")) == ("turn.ended", 1)
    ]
    if not ended:
        await browser.until("turn.ended", turn=1)
    await browser.drop()
    # The server stops: what comes back is what the database kept.
    await live_sessions.close()
    again = Browser(tutoring.uuid, user=learner)
    ready = await again.join()
    shown = ready["transcript"][1]["learner"]["pronunciation"]
    assert shown == {key: told[key] for key in shown}
    assert shown["outcome"] == "judged"
    await again.drop()

    row = await PronunciationAssessment.objects.aget()
    assert (row.learner_id, row.model) == (learner.pk, "scripted-1")
    counted = await database_sync_to_async(
        PhonemeMastery.objects.filter(learner=learner, language="en").count
    )()
    assert counted > 5
