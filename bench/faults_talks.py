"""Learners who talk without end, and what came of each of their utterances."""

from __future__ import annotations

import asyncio
import random
import time
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from .client import SILENT_FRAME
from .returning_client import Came, ReturningClient
from .server import Seat
from .speech import LearnerSpeech

# Who hears nothing for so long gives up.
PATIENCE_S = 45.0
# A turn that failed is answered again by itself, twice, 5 s apart.
AGAIN_S = 20.0
LOOK_S = 0.02
ANSWERED = frozenset({"completed", "interrupted"})


@dataclass(slots=True)
class Said:
    """One utterance and what came of it. Times are ``time.monotonic``.

    ``outcome``: of its turn; "nothing" where there was no sign of it. ``told`` has the codes
    of errors and of parts that got worse, with the words that the learner read.
    """

    learner: int
    began_at: float
    last_voiced_at: float = 0.0
    heard_at: float | None = None
    text_at: float | None = None
    audio_at: float | None = None
    ended_at: float | None = None
    turn: int | None = None
    outcome: str = ""
    told: dict[str, str] = field(default_factory=dict)
    closes: int = 0

    @property
    def answer_s(self) -> float | None:
        """From the last voiced sample to the first sound of the answer."""
        return self.audio_at - self.last_voiced_at if self.audio_at else None

    @property
    def answered(self) -> bool:
        """Whether the tutor answered, aloud or in text."""
        return self.outcome in ANSWERED

    @property
    def lost(self) -> bool:
        """Whether the words were neither answered nor asked for again."""
        return not self.answered and not self.told

    def overlaps(self, start: float, end: float) -> bool:
        """Whether it was going on at some time in between."""
        return self.began_at < end and (self.ended_at or end) > start


class Talker:
    """One learner with a page: says something, waits for the end of the answer, goes on."""

    def __init__(
        self, number: int, seat: Seat, port: int, speech: Sequence[LearnerSpeech],
        *, faces: Sequence[str] = (),
    ) -> None:  # fmt: skip
        self.number = number
        self.client = ReturningClient(seat, lambda: [port], faces=faces)
        self.said: list[Said] = []
        self.current: Said | None = None
        self._speech = speech
        self._waiting: deque[bytes] = deque()
        self._seen = 0
        self._turn = 0
        self._tasks: list[asyncio.Task[None]] = []
        self._stopping = False

    async def begin(self) -> None:
        """Open the page, hear the opening, begin to talk."""
        await self.client.open()
        ready = await self.client.until("session.ready")
        if not ready.fields["transcript"]:
            await self.client.until("turn.ended", timeout_s=120)
        self._tasks = [
            asyncio.create_task(self.client.sound(self._frames())),
            asyncio.create_task(self._talk()),
        ]

    async def end(self) -> None:
        """Say the last, wait for the answer, leave."""
        self._stopping = True
        await asyncio.wait(self._tasks[1:], timeout=PATIENCE_S)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.client.close()

    @property
    def closed_for_good(self) -> bool:
        """Whether the page was told not to come back."""
        closes = [came for came in self.client.came if came.type == "close"]
        last = closes[-1].fields["code"] if closes else None
        return last in {4400, 4401, 4404, 4409, 4410, 4429, 4503}

    def _frames(self) -> Iterator[bytes]:
        while True:
            yield self._waiting.popleft() if self._waiting else SILENT_FRAME

    async def _talk(self) -> None:
        await asyncio.sleep(0.7 * self.number)
        while not self._stopping:
            speech = random.choice(self._speech)  # noqa: S311
            said = self.current = Said(self.number, time.monotonic())
            self.said.append(said)
            self._seen = len(self.client.came)
            self._waiting.extend(speech.frames[: speech.last_voiced_frame + 1])
            while self._waiting:  # noqa: ASYNC110 the microphone runs by the clock
                await asyncio.sleep(LOOK_S)
            said.last_voiced_at = time.monotonic()
            await self._answer(said)
            said.ended_at = time.monotonic()
            self._turn = max(self._turn, said.turn or 0)
            await asyncio.sleep(random.uniform(0.2, 0.6))  # noqa: S311

    async def _answer(self, said: Said) -> None:
        give_up_at = time.monotonic() + PATIENCE_S
        while time.monotonic() < give_up_at:
            for came in self.client.came[self._seen :]:
                had_failed = said.outcome == "failed"
                self._take(said, came)
                if said.outcome == "failed" and not had_failed:
                    give_up_at = time.monotonic() + AGAIN_S
            self._seen = len(self.client.came)
            if said.outcome in ANSWERED | {"not_understood"}:
                return
            await asyncio.sleep(LOOK_S)
        said.outcome = said.outcome or "nothing"

    def _take(self, said: Said, came: Came) -> None:
        fields = came.fields
        if came.type == "close":
            said.closes += 1
        elif came.type in ("error", "stage.degraded"):
            said.told[fields["code"]] = fields["message"]
        elif came.type == "session.ready" and not fields["resumed"]:
            self._redraw(said, came)
        turn = fields.get("turn")
        if turn is None or turn <= self._turn:
            return
        if came.type == "transcript.final":
            said.turn, said.heard_at = turn, came.at
        elif came.type == "reply.delta" and said.text_at is None:
            said.text_at = came.at
        elif came.type == "audio" and said.audio_at is None:
            said.audio_at = came.at
        elif came.type == "turn.ended" and fields["outcome"] != "cancelled":
            said.turn, said.outcome = turn, fields["outcome"]

    def _redraw(self, said: Said, came: Came) -> None:
        """The page is drawn anew: what became of the words stands in the transcript."""
        for line in came.fields["transcript"]:
            if line["turn"] > self._turn and line["learner"]:
                said.turn = line["turn"]
                said.heard_at = said.heard_at or came.at
                if line["outcome"] in ANSWERED and line["tutor"]:
                    said.outcome = line["outcome"]
                    said.text_at = said.text_at or came.at
