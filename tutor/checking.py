"""Whether words may follow what was said in a talk, and how a reply comes to its end.

A sentence may be heard only if the reply can then be brought to an end that passes, so what
is heard can always be finished. Nothing is said twice in a talk, in so many words.
"""

from __future__ import annotations

import time
from collections.abc import Sequence

from .attempts import Attempt, ends
from .brief import LessonPlan
from .finishing import Finisher
from .gates.gatekeeper import Gatekeeper
from .gates.trimming import trimmed
from .gating import GateResult, ReplyContext
from .learner import LearnerTurn
from .moves import EXACTING

# More than a talk of ten minutes has.
_REMEMBERED_REPLIES = 30
_FEWEST_WORDS = 4


class Checker:
    """Checks the replies of one talk, and has ready-made words that pass.

    ``replies`` are those that were said, as they are compared; the oldest first.
    """

    def __init__(self, plan: LessonPlan, gatekeeper: Gatekeeper) -> None:
        self._gatekeeper = gatekeeper
        self._finisher = Finisher(plan, gatekeeper)
        self.replies: tuple[str, ...] = ()

    def refusal(
        self,
        sentence: str,
        context: ReplyContext,
        attempt: Attempt,
        *,
        whole: bool = False,
    ) -> GateResult | None:
        """Return why a sentence may not follow what was said, or None."""
        began = time.perf_counter()
        reply = attempt.followed_by(sentence)
        found = self._gatekeeper.first_failure(reply, context, whole=whole)
        if not found and plain(" ".join([*attempt.said, sentence])) in self.replies:
            found = GateResult(
                "repeat", False, "You said this before. Say it otherwise."
            )
        attempt.gate_ms.append(1000 * (time.perf_counter() - began))
        return found

    def may_be_heard(
        self, held: Sequence[str], context: ReplyContext, attempt: Attempt
    ) -> bool:
        """Whether sentences that pass so far may go out before the rest is known."""
        if context.move.kind in EXACTING or _says_little(held) or not ends(held[-1]):
            return False
        return self.ending([*attempt.said, *held], context, attempt) is not None

    def ending(
        self, said: Sequence[str], context: ReplyContext, attempt: Attempt
    ) -> str | None:
        """Return what clauses behind the opener still need to be a whole reply.

        ``""`` if nothing, None if no ready-made words bring them to an end that passes.
        """
        own = Attempt(opener=attempt.opener, gate_ms=attempt.gate_ms)
        return self._finisher.ending(
            " ".join(said),
            context,
            seed=len(self.replies),
            refusal=lambda reply: self.refusal(reply, context, own, whole=True),
        )

    def shortened(
        self, held: Sequence[str], context: ReplyContext, attempt: Attempt
    ) -> str:
        """Return the first whole sentences of too long a reply, ``""`` if they are none."""
        reply = attempt.followed_by(" ".join(held))
        kept = trimmed(reply, context.learner.level)
        words = kept.removeprefix(attempt.opening).strip()
        if not words or self.refusal(words, context, attempt, whole=True):
            return ""
        return words

    def ready_made(
        self, turn: LearnerTurn, context: ReplyContext, attempt: Attempt
    ) -> tuple[str, ReplyContext]:
        """Return a ready-made reply as the data have it, and what it passed as.

        It was not said lately, if possible.
        """
        return self._finisher.reply(
            turn,
            context,
            said_before=self.replies,
            refusal=lambda reply: self.unfit(reply, context, attempt),
        )

    def unfit(
        self, reply: str, context: ReplyContext, attempt: Attempt
    ) -> GateResult | None:
        """Return why a ready-made reply may not be said as it follows the opener."""
        words = attempt.joined(reply)
        if plain(reply) in self.replies or attempt.doubles(words):
            return GateResult("repeat", False, "This was said before.")
        return self.refusal(words, context, attempt, whole=True)

    def remember(self, attempt: Attempt) -> None:
        """Not to be said again soon, whatever stands in front of it."""
        reply = plain(attempt.ready or " ".join(attempt.said))
        self.replies = (*self.replies, reply)[-_REMEMBERED_REPLIES:]


def plain(text: str) -> str:
    """Return words as they are compared."""
    return " ".join(text.casefold().split())


def _says_little(clauses: Sequence[str]) -> bool:
    """Whether this alone would be no answer ("I see.")."""
    return sum(len(clause.split()) for clause in clauses) < _FEWEST_WORDS
