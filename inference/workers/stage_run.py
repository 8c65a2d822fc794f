"""Runs one order of a stage on a worker."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext

from redis import Redis
from redis.exceptions import RedisError

from inference.errors import StageError
from inference.stages.executor import GetEngine, execute_stage
from inference.stages.stage import STAGES, Stage
from inference.transport import keys
from inference.transport.dead_letters import DeadLetter, bury
from inference.transport.exchange import Exchange, ExchangeError
from inference.transport.payloads import REQUESTS, PayloadError, unpack
from inference.transport.run_order import RunOrder
from inference.types.face import AvatarRequest, RenderRequest

from .board import Board, RunHere
from .telling import Teller

logger = logging.getLogger(__name__)

CLAIM_TTL_S = 180

# What is done around each run: a span of a trace. What it yields takes the outcome.
Around = Callable[[RunOrder], AbstractContextManager[Callable[[str], None]]]


def nothing_around(order: RunOrder) -> AbstractContextManager[Callable[[str], None]]:
    """Do nothing around a run."""
    return nullcontext(lambda outcome: None)


class StageWorker:
    """Takes orders. Any number of threads may call `run` at the same time."""

    def __init__(
        self,
        *,
        name: str,
        redis: Redis,
        exchange: Exchange,
        get_engine: GetEngine,
        board: Board,
        around: Around = nothing_around,
    ) -> None:
        self._name = name
        self._redis = redis
        self._exchange = exchange
        self._get_engine = get_engine
        self._board = board
        self._around = around

    def run(self, order: RunOrder) -> str:
        """Do what was ordered and tell of it; return how it ended, in a word.

        Orders that nobody waits for any more, and ones that came twice, are passed over.
        """
        # Put up first: from now on a cancellation finds it.
        with self._board.working(order) as here:
            if not self._is_wanted(order):
                return "late"
            with self._around(order) as told:
                outcome = self._told(here)
                told(outcome)
        self._board.count(failed=outcome in ("failed", "untold"))
        return outcome

    def _told(self, here: RunHere) -> str:
        order = here.order
        teller = Teller(self._redis, self._exchange, here, self._name)
        try:
            return self._work(here, teller)
        except (RedisError, ExchangeError) as error:
            # Whoever ordered hears nothing more and orders again.
            logger.error(
                "%s run %s is not told of: %s",
                order.stage, order.run, type(error).__name__,
            )  # fmt: skip
            return "untold"

    def _is_wanted(self, order: RunOrder) -> bool:
        pipe = self._redis.pipeline(transaction=False)
        pipe.get(keys.run(order.run))
        claim = keys.claim(order.run, order.attempt)
        pipe.set(claim, self._name, nx=True, ex=CLAIM_TTL_S)
        current, claimed = pipe.execute()
        # Nothing is known of it where Redis lost its memory: then it is wanted.
        is_current = current is None or current == str(order.attempt).encode()
        return bool(is_current and claimed)

    def _work(self, here: RunHere, teller: Teller) -> str:
        order = here.order
        teller.started()
        try:
            stage = Stage(order.stage)
            request = self._request(stage, order)
        except (ValueError, PayloadError, ExchangeError) as error:
            return self._refuse(order, teller, error)
        if isinstance(request, RenderRequest):
            self._board.note_talk(request.talk)
        if isinstance(request, RenderRequest | AvatarRequest):
            self._board.note_avatar(request.avatar)
        try:
            for result in execute_stage(
                stage, request, get_engine=self._get_engine, cancelled=here.cancelled
            ):
                if here.cancelled.is_set():
                    return "cancelled"
                teller.result(result)
        except StageError as error:
            teller.failed(error.code, error.message, retryable=error.retryable)
            return "failed"
        if here.cancelled.is_set():
            return "cancelled"
        teller.done()
        return "done"

    def _request(self, stage: Stage, order: RunOrder) -> object:
        packed = (
            self._exchange.get(order.reference)
            if order.reference
            else order.inline_bytes()
        )
        return unpack(packed, REQUESTS[stage])

    def _refuse(self, order: RunOrder, teller: Teller, error: Exception) -> str:
        """What cannot be read is given up: no other worker could read it either."""
        cause = f"the request cannot be read: {type(error).__name__}"
        logger.error("%s run %s: %s", order.stage, order.run, cause)
        known = order.stage in list(Stage)
        code = STAGES[Stage(order.stage)].failed_code if known else "stage.unknown"
        teller.failed(code, f"{order.stage}: {cause}", retryable=False)
        bury(self._redis, DeadLetter(0.0, order.stage, order.run, cause, self._name))
        return "failed"
