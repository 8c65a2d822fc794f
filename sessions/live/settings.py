"""What a live session needs to know to run: plain values."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from sessions.turns.budget import Budget
from sessions.turns.pauses import Pauses
from sessions.turns.prompting import Brief
from sessions.turns.segmenter import SegmenterSettings
from tutor.wording.prompt import system_prompt

from .teaching import TeachingSettings


@dataclass(frozen=True, slots=True)
class LiveSettings:
    """Identity, content and timing of one live session.

    Without ``teaching`` the model answers by its instructions alone. ``voice`` is the key
    of a person's voice that the tutor speaks with, ``""`` for the engine's own.
    ``max_reply_tokens`` and ``temperature`` are what it is asked for in each reply;
    ``model`` is who is asked, ``""`` for the deployment's. ``generation`` is how often
    the session was taken up, this time included; ``pauses`` are the learner's of earlier
    talks; ``is_shared``: another server may take it
    up in the middle of a turn. ``speculation`` is how many answers may be begun for one
    utterance before it is certain that it is over. ``budget`` is what answers are to keep to.
    """

    session_uuid: UUID
    language: str
    brief: Brief
    engines: dict[str, str]
    segmenter: SegmenterSettings
    max_reply_tokens: int
    temperature: float
    model: str = ""
    voice: str = ""
    teaching: TeachingSettings | None = None
    partial_every_ms: float = 700
    speculation: int = 3
    budget: Budget = field(default_factory=Budget)
    resume_grace_s: float = 120
    llm_retry_after_s: float = 5.0
    max_llm_retries: int = 2
    save_retry_after_s: float = 5.0
    pauses: Pauses = field(default_factory=Pauses)
    generation: int = 1
    is_shared: bool = False

    @property
    def system_prompt(self) -> str:
        """The instructions of the whole talk; ``""`` for the brief's own."""
        if self.teaching is None:
            return ""
        return system_prompt(self.teaching.learner, self.teaching.plan)
