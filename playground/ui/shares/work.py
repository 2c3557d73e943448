"""How a handler does its work: in the share of the client that asked, beside the event loop."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from contextvars import copy_context
from dataclasses import dataclass
from typing import Any, TypeVar

from starlette.requests import Request

from ...engine.clients import Client
from ...faults import ExperimentError
from ..apart.calculators import Calculated, Calculators
from .budget import EXPECTED_S, Budget
from .gate import Gate, Ticket
from .kept_answers import KeptAnswers
from .kinds import KINDS, Kind
from .room import Room

Result = TypeVar("Result")


class ClientGone(Exception):
    """Nobody waits for the answer any more."""


A_MOMENT_S = 0.001  # after which a place has surely cooled
MOST_OUTGOING_BYTES = 768 * 2**20  # files on their way out, in memory until they were sent


class Shares:
    """A gate for each kind of work with as many threads as it has places, outgoing files, and answers that are kept."""

    def __init__(
        self,
        kinds: tuple[Kind, ...] = KINDS,
        budget: Budget | None = None,
        calculators: Calculators | None = None,
    ):
        """In: processes beside the server that calculate; without them the server does it itself."""
        self.budget = budget or Budget()
        self.calculators = calculators
        self.gates = {kind.name: Gate(kind) for kind in kinds}
        half = MOST_OUTGOING_BYTES // 2
        self.outgoing = Room(MOST_OUTGOING_BYTES, of_client=half, fault="too_busy")
        self.kept_answers = KeptAnswers()
        self.threads: dict[str, ThreadPoolExecutor] = {}
        for kind in kinds:
            if kind.places == 0:
                continue
            name = f"playground-{kind.name}"
            self.threads[kind.name] = ThreadPoolExecutor(kind.places, thread_name_prefix=name)


@dataclass(frozen=True)
class Share:
    """What one request may use: whose it is, and the kind that its route declares."""

    shares: Shares
    client: Client
    kind: Kind


class Place:
    """A place that was waited for.

    `took_s`: what is charged when it is left, as far as that is known; of work that waits, the time until then.
    """

    def __init__(self, ticket: Ticket, threads: ThreadPoolExecutor, waits: bool, budget: Budget):
        self.ticket = ticket
        self.budget = budget
        self.began = time.monotonic()
        self.took_s: float | None = None if waits else 0.0
        self.threads = threads

    async def run(self, function: Callable[..., Result], *args: object) -> Result:
        """What the function returns, called in a thread of this kind of work."""
        # The thread takes along for whom files are read.
        context = copy_context()
        return await asyncio.wrap_future(
            self.threads.submit(context.run, self._timed, function, *args)
        )

    async def calculate(
        self, calculators: Calculators, task: str, options: dict[str, Any], body: bytes
    ) -> Calculated:
        """The answer of another process, whose time is counted to the client as well. Raises: ExperimentError."""
        client = self.ticket.client
        began = time.monotonic()
        try:
            calculated = await self.run(calculators.call, task, options, body, client)
        except ExperimentError:  # it was stopped after a time that nobody has told
            self._charge(time.monotonic() - began)
            raise
        self._charge(calculated.cpu_s)
        return calculated

    def _charge(self, seconds: float) -> None:
        if self.took_s is not None:
            self.took_s += seconds

    def _timed(self, function: Callable[..., Result], *args: object) -> Result:
        began = time.thread_time()
        try:
            return function(*args)
        finally:
            seconds = time.thread_time() - began
            self.budget.spend(seconds, self.ticket.client)
            self._charge(seconds)


def share_of(request: Request) -> Share:
    """The share that the route gave the request."""
    share: Share = request.state.share
    return share


@asynccontextmanager
async def place(request: Request, kind: Kind | None = None) -> AsyncIterator[Place]:
    """A place for work of this kind, else of the route's. The request's body must have been read.

    A client that has used more than its share is kept waiting afterwards.
    Raises: ExperimentError `too_busy`; ClientGone.
    """
    share = share_of(request)
    kind = kind or share.kind
    gate, threads = share.shares.gates[kind.name], share.shares.threads[kind.name]
    budget = share.shares.budget
    turn = budget.turn(share.client, EXPECTED_S)
    if turn is not None:
        await wanted(turn, request)
    try:
        ticket = gate.enter(share.client)
        try:
            if not ticket.admitted.done():
                await wanted(asyncio.wrap_future(ticket.admitted), request)
            taken = Place(ticket, threads, kind.waits, budget)
            try:
                yield taken
            finally:
                await _paid(gate, taken)
        finally:
            gate.leave(ticket)
    finally:
        budget.ended(share.client, EXPECTED_S)


async def work(
    request: Request, function: Callable[..., Result], *args: object, kind: Kind | None = None
) -> Result:
    """What the function returns, called in a thread as soon as it is the client's turn. Raises: as `place`."""
    async with place(request, kind) as taken:
        return await taken.run(function, *args)


async def wanted(
    future: asyncio.Future[Result], request: Request, timeout_s: float | None = None
) -> Result:
    """The future's result, as long as somebody waits for the answer to the request, whose body must have been read.

    Where nobody does, or the time is over, the future is cancelled. Raises: ClientGone; TimeoutError.
    """
    gone = asyncio.ensure_future(_until_gone(request))
    try:
        await asyncio.wait((future, gone), timeout=timeout_s, return_when=asyncio.FIRST_COMPLETED)
        if future.done():
            return future.result()
        raise ClientGone if gone.done() else TimeoutError
    finally:
        gone.cancel()
        future.cancel()


async def _paid(gate: Gate, taken: Place) -> None:
    """Counts what the work took, whether it went well or not; a client over its share rests."""
    took_s = taken.took_s
    if took_s is None:
        took_s = time.monotonic() - taken.began
    rest_s = gate.charge(taken.ticket.client, took_s)
    if gate.kind.cools:
        _look_at(time.monotonic() + gate.cools_s(took_s), gate)
    if rest_s > 0:
        gate.rest(taken.ticket)
        await asyncio.sleep(rest_s)


def _look_at(when: float, gate: Gate) -> None:
    """Looks when a place has cooled, not before: uvloop's timers count whole milliseconds, and some come early."""
    left_s = when - time.monotonic()
    if left_s > 0:
        loop = asyncio.get_running_loop()
        loop.call_later(left_s + A_MOMENT_S, _look_at, when, gate)
    else:
        gate.look()


async def _until_gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
