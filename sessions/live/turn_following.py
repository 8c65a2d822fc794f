"""Tells figures and a trace of each turn: when what happened, and how it ended."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sessions.turns.context import SpokenInput, TurnContext, TypedInput
from sessions.turns.events import Outcome
from telemetry import ids, metrics
from telemetry.spans import NO_SPAN, Span, tracer


@contextmanager
def followed(ctx: TurnContext) -> Iterator[None]:
    """Make what happens meanwhile part of the turn's trace, then tell of it.

    A spoken turn's trace began with the learner's first word, so that what was recognised
    ahead of the end is a part of it, too.
    """
    kind, session = _kind(ctx), ctx.conversation
    span = ctx.input.span if isinstance(ctx.input, SpokenInput) else NO_SPAN
    if span is NO_SPAN:
        span = tracer().begin("turn", root=True)
    span.set(session=session, turn=ctx.index, attempt=ctx.attempt, input=kind)
    if isinstance(ctx.input, SpokenInput):
        span.child("endpoint", ctx.input.last_voiced_at, ctx.input.cut_at)
    with ids.about(session=session, turn=ctx.index), span.inside():
        try:
            yield
        finally:
            _tell(ctx, kind, span)


def _tell(ctx: TurnContext, kind: str, span: Span) -> None:
    outcome = ctx.outcome.value
    metrics.TURNS.labels(outcome, kind).inc()
    for step in ctx.pace.names or ("usual",):
        metrics.TURN_PACE.labels(step).inc()
    for code in ctx.errors:
        metrics.TURN_ERRORS.labels(code).inc()
    marks = ctx.timer.result(ctx.index).marks
    for name, ms in marks.items():
        if kind != "opening":
            metrics.TURN_SECONDS.labels(name.removesuffix("_ms"), kind).observe(
                max(0.0, ms / 1000)
            )
        span.note(name.removesuffix("_ms"), ctx.timer.zero_at + ms / 1000)
    pace = ",".join(ctx.pace.names)
    span.set(outcome=outcome, errors=",".join(ctx.errors), pace=pace, **marks)
    failed = ctx.outcome is Outcome.FAILED
    span.end(problem=(ctx.errors[-1] if ctx.errors else outcome) if failed else "")


def _kind(ctx: TurnContext) -> str:
    """Return where the learner's words came from; ``opening``: there are none."""
    if isinstance(ctx.input, SpokenInput):
        return "speech"
    return ctx.input.source.value if isinstance(ctx.input, TypedInput) else "opening"
