"""Ready-made words that surely pass: a whole reply, or the end of one that was cut.

Whatever is said here has met the gates. A reply is looked for among the variants of the
move, then in its plainest sentence; where a gate refuses them all, since words that fill a
gap are unfit, the tutor goes on with the talk instead, in a sentence that nothing can refuse.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from .brief import LessonPlan
from .gates.gatekeeper import Gatekeeper
from .gates.inviting import invites
from .gates.move_lists import move_lists
from .gates.reading import read
from .gating import GateResult, ReplyContext
from .languages.function_words import is_known, primary
from .learner import LearnerTurn
from .moves import Move, MoveKind
from .wording.templates import endings, plainest, variants

# Says why a whole reply may not be said, or None.
Refusal = Callable[[str], GateResult | None]


class Finisher:
    """Speaks where a model may not, or could not to the end."""

    def __init__(self, plan: LessonPlan, gatekeeper: Gatekeeper) -> None:
        self._plan = plan
        self._gatekeeper = gatekeeper

    def reply(
        self,
        turn: LearnerTurn,
        context: ReplyContext,
        *,
        said_before: Sequence[str],
        refusal: Refusal,
    ) -> tuple[str, ReplyContext]:
        """Return a reply that passes, and what it passed as: the move, or going on."""
        found = variants(
            context.move,
            turn,
            context.learner,
            self._plan,
            avoid=said_before,
            seed=len(said_before),
            last=context.last_reply,
        )
        for words in found:
            if refusal(words) is None:
                return words, context
        *plain, going_on = plainest(context.move, turn, context.learner, self._plan)
        for words in plain:
            if self._passes(words, context):
                return words, context
        return going_on, replace(context, move=_going_on(context.move))

    def ending(
        self, said: str, context: ReplyContext, *, seed: int, refusal: Refusal
    ) -> str | None:
        """Return what a reply still needs to be whole: ``""`` if nothing.

        It then does its move and gives the word back to the learner. None if nothing can
        be added that passes and the reply cannot stand as it is.
        """
        stands = refusal(said) is None
        if stands and self._gives_back(said, context):
            return ""
        words = [
            *endings(context.learner, seed),
            *plainest(context.move, LearnerTurn(""), context.learner, self._plan),
        ]
        for more in words:
            if refusal(f"{said} {more}") is None:
                return more
        return "" if stands else None

    def _gives_back(self, said: str, context: ReplyContext) -> bool:
        language = context.learner.l2
        if not is_known(language):
            return True
        return invites(read(said, primary(language)), move_lists(language))

    def _passes(self, words: str, context: ReplyContext) -> bool:
        return self._gatekeeper.first_failure(words, context, whole=True) is None


def _going_on(move: Move) -> Move:
    reason = (
        f"Words of another move could not be said, so the talk goes on. ({move.reason})"
    )
    return Move(
        MoveKind.CONTINUE,
        flag_teacher=move.flag_teacher,
        reason=reason,
        situation=move.situation,
    )
