"""How long a talk lasts and how its replies are written: what counts where several say it."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnLimits:
    """What a lesson, a course or a level says itself. None: nothing, see the next wider."""

    minutes: float | None = None
    reply_tokens: int | None = None
    temperature: float | None = None
    model: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkLimits:
    """What counts for one talk.

    ``minutes`` is when the tutor closes it, 0 for never; ``reply_tokens`` and
    ``temperature`` are asked for in each reply; ``model`` words them, ``""`` for the
    deployment's.
    """

    minutes: float
    reply_tokens: int
    temperature: float
    model: str = ""


def resolve(deployment: TalkLimits, *narrower: OwnLimits) -> TalkLimits:
    """Return the deployment's limits but for what is said more narrowly.

    The narrowest comes first: lesson, course, level. Each limit is looked up by itself, and
    0 is an answer like any other.
    """
    said = {
        name: value
        for own in reversed(narrower)
        for name, value in asdict(own).items()
        if value is not None
    }
    return replace(deployment, **said)
