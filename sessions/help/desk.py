"""Answers what learners ask while they talk: data first, then the model, once for each question."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Hashable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from inference.runners.base import StageRunner
from tutor import help as tutor_help
from tutor.completion import Completion
from tutor.findings import Finding
from tutor.help import Gloss, HelpText
from tutor.languages.function_words import LanguageDataError
from tutor.languages.levels import word_levels
from tutor.learner import Learner

from .answers_json import gloss_json, text_json, translation_json
from .ipa import in_ipa
from .kept import KeptAnswers
from .occupation import turn_under_way
from .offer import offer
from .polite import BUSY, PoliteCompletion

OFF = "help.off"
# Nobody fills the line alone.
MOST_OF_ONE = 2
_T = TypeVar("_T", HelpText, Gloss)


class HelpRefused(Exception):
    """There is no help now. ``code``: ``help.off``, ``.busy``, ``.timeout``, ``.failed``."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks, in which session; ``spend`` is called before the model is asked.

    ``spend`` may refuse by raising whatever its caller knows.
    """

    user_id: int
    session: UUID
    learner: Learner
    spend: Callable[[], None]


@dataclass(eq=False, slots=True)
class _Place:
    """A place in the line, told from another one of the same user."""

    user_id: int


class HelpDesk:
    """Asks the model for one learner after the other where it is shared with the talks.

    ``shares_machine`` says that the model runs on this machine: then every turn of every
    talk goes first, and so does help that was asked for before. A server elsewhere only
    lets the asker's own turn go first.
    """

    def __init__(
        self,
        runner: StageRunner,
        *,
        shares_machine: bool,
        deadline_s: float,
        turn_under_way: Callable[[UUID | None], bool] = turn_under_way,
        kept: KeptAnswers | None = None,
    ) -> None:
        self._runner = runner
        self._shares_machine = shares_machine
        self._deadline_s = deadline_s
        self._turn_under_way = turn_under_way
        self._kept = kept or KeptAnswers()
        self._most = 4 if shares_machine else 16
        self._line: list[_Place] = []
        self._pool = ThreadPoolExecutor(self._most, thread_name_prefix="help")

    async def look_up(self, asker: Asker, word: str) -> dict[str, Any]:
        """Return what is known of a word without the model: at once."""
        return await asyncio.to_thread(_looked_up, word, asker.learner)

    async def meaning(self, asker: Asker, word: str, sentence: str) -> dict[str, Any]:
        """Return what a word means, by the model if nothing else knows. Raises HelpRefused."""
        learner = asker.learner
        known = tutor_help.gloss(word, learner.l2)
        if known.meanings:
            return gloss_json(known)

        def ask(completion: Completion) -> Gloss:
            return tutor_help.gloss(
                word,
                learner.l2,
                sentence=sentence,
                level=learner.level,
                completion=completion,
            )

        return gloss_json(
            await self._asked(asker, _meaning_key(learner, word, sentence), ask)
        )

    def known_meaning(self, asker: Asker, word: str, sentence: str) -> Gloss:
        """Return a meaning without asking: from data, or what was lately answered."""
        known = tutor_help.gloss(word, asker.learner.l2)
        if known.meanings:
            return known
        answered = self._kept.get(_meaning_key(asker.learner, word, sentence))
        return answered if isinstance(answered, Gloss) else known

    async def translation(
        self, asker: Asker, text: str, sentence: str = ""
    ) -> dict[str, Any]:
        """Return a line in the first language, or with ``sentence`` a word of it.

        Raises HelpRefused.
        """
        l1, l2 = asker.learner.l1, asker.learner.l2
        offered = offer(l1, l2)
        if not offered.translates:
            raise HelpRefused(OFF)

        def ask(completion: Completion) -> HelpText:
            if sentence:
                return tutor_help.translate_word(text, sentence, l2, l1, completion)
            return tutor_help.translate(text, l2, l1, completion)

        found = await self._asked(asker, ("line", text, sentence, l2, l1), ask)
        return translation_json(found, offered.grade, l1)

    async def how_to_say(self, asker: Asker, text: str) -> dict[str, Any]:
        """Return a short phrase in the language learned. Raises HelpRefused."""
        learner = asker.learner
        l1, l2, level = learner.l1, learner.l2, learner.level
        offered = offer(l1, l2)
        if not offered.translates:
            raise HelpRefused(OFF)

        def ask(completion: Completion) -> HelpText:
            return tutor_help.how_to_say(text, l1, l2, completion, level=level)

        found = await self._asked(asker, ("say", text, l1, l2, level), ask)
        hardest = tutor_help.hardest(found.text, l2)
        return {
            **translation_json(found, offered.grade, l1),
            "ipa": await asyncio.to_thread(in_ipa, found.text, l2),
            "level": str(hardest or ""),
        }

    async def explanation(
        self, asker: Asker, finding: Finding, sentence: str
    ) -> dict[str, Any]:
        """Return why something is wrong, in the first language. Raises HelpRefused.

        The model is asked only where there is no ready explanation.
        """
        learner = asker.learner
        ready = tutor_help.explain(finding, learner, sentence=sentence)
        if not ready.missing:
            return text_json(ready)
        if not offer(learner.l1, learner.l2).translates:
            raise HelpRefused(OFF)

        def ask(completion: Completion) -> HelpText:
            return tutor_help.explain_by_model(finding, learner, sentence, completion)

        key = ("explanation", sentence, finding.key, learner.l1, learner.l2)
        return text_json(await self._asked(asker, key, ask))

    def close(self) -> None:
        """Wait for no one."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    async def _asked(
        self, asker: Asker, key: Hashable, ask: Callable[[Completion], _T]
    ) -> _T:
        kept = self._kept.get(key)
        if kept is not None:
            # The same key has always the same kind of answer.
            return kept  # type: ignore[return-value]
        own = sum(place.user_id == asker.user_id for place in self._line)
        if len(self._line) >= self._most or own >= MOST_OF_ONE:
            raise HelpRefused(BUSY)
        asker.spend()
        place = _Place(asker.user_id)
        self._line.append(place)
        loop = asyncio.get_running_loop()
        completion = PoliteCompletion(
            self._runner,
            loop,
            occupied=lambda: self._occupied(asker, place),
            deadline_s=self._deadline_s,
        )
        try:
            answer = await loop.run_in_executor(self._pool, ask, completion)
        finally:
            self._line.remove(place)
            completion.cancel()
        if completion.failure and not answer.text:
            raise HelpRefused(completion.failure)
        self._kept.put(key, answer)
        return answer

    def _occupied(self, asker: Asker, place: _Place) -> bool:
        if not self._shares_machine:
            return self._turn_under_way(asker.session)
        return self._line[0] is not place or self._turn_under_way(None)


def _meaning_key(learner: Learner, word: str, sentence: str) -> Hashable:
    return ("meaning", word.casefold(), sentence, learner.l2, learner.level)


def _looked_up(word: str, learner: Learner) -> dict[str, Any]:
    found = tutor_help.gloss(word, learner.l2)
    level, estimated = _level(found.word, learner.l2)
    return {
        **gloss_json(found),
        "ipa": in_ipa(word, learner.l2),
        "level": level,
        "level_is_estimated": estimated,
    }


def _level(word: str, l2: str) -> tuple[str, bool]:
    try:
        levels = word_levels(l2)
    except LanguageDataError:
        return "", False
    return str(levels.level(word.casefold()) or ""), levels.estimated
