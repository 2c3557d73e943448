"""The door to one kind of work: so many at once, and who used least of late goes first."""

import math
import time
from collections import Counter
from concurrent.futures import Future
from dataclasses import dataclass, field
from threading import Lock

from ...engine.clients import Client
from ...faults import ExperimentError
from .kinds import Kind
from .newcomers import Newcomers
from .usage import Clock, Usage

USUAL_S = 0.05  # of a piece of work, as long as none was measured
LONGEST_RETRY_S = 60
LONGEST_REST_S = 10.0
# Each second of waiting counts for so many seconds of work that were not used: else one who used a little would wait
# for ever behind many who ask for what costs next to nothing.
PATIENCE = 1.0


@dataclass(eq=False)
class Ticket:
    """A piece of work that waits, or is under way once `admitted` is done."""

    client: Client
    since: float = 0.0  # when it came
    admitted: Future[None] = field(default_factory=Future)


class Gate:
    """Any thread may come and go.

    The next is of the address that used least, and there of the client that used least: so one that asks for much
    waits behind the others, and many made-up tokens share what their address gets. Waiting counts as well.
    """

    def __init__(self, kind: Kind, clock: Clock = time.monotonic):
        self.kind = kind
        self._lock = Lock()
        self._waiting: list[Ticket] = []  # in the order in which they came
        self._running: list[Ticket] = []
        self._resting: list[Ticket] = []  # of clients that used more than their share
        self._cooling: list[float] = []  # when each of these places is free again
        self._clock = clock
        self._usage = Usage(clock)
        self._newcomers = Newcomers(clock)
        self._usual_s = USUAL_S
        self.refused = 0

    @property
    def n_waiting(self) -> int:
        """Pieces of work that wait."""
        return len(self._waiting)

    @property
    def n_running(self) -> int:
        """Pieces of work under way."""
        return len(self._running)

    def enter(self, client: Client) -> Ticket:
        """A ticket, admitted at once or later. Raises: ExperimentError `too_busy` where too many wait already."""
        ticket = Ticket(client, self._clock())
        with self._lock:
            self._newcomers.account(client)  # so that a flood is seen as it comes
            n_own = sum(other.client == client for other in self._waiting)
            is_full = len(self._waiting) >= self.kind.waiting
            if is_full or n_own >= self.kind.waiting_of_client:
                self.refused += 1
                raise ExperimentError.at("", "too_busy", seconds=self._retry_s())
            self._waiting.append(ticket)
            self._admit()
        return ticket

    def rest(self, ticket: Ticket) -> None:
        """Frees the place for others; until the ticket leaves, its client counts as busy with it."""
        with self._lock:
            if ticket in self._running:
                self._running.remove(ticket)
                self._resting.append(ticket)
            self._admit()

    def leave(self, ticket: Ticket) -> None:
        """The work is done, or nobody wants it any more."""
        with self._lock:
            for tickets in (self._waiting, self._running, self._resting):
                if ticket in tickets:
                    tickets.remove(ticket)
            self._admit()

    def charge(self, client: Client, seconds: float) -> float:
        """Counts what a piece of work took. Out: seconds that its client has to rest, where that was too much."""
        with self._lock:
            self._usual_s += 0.1 * (seconds - self._usual_s)
            account = self._newcomers.account(client)
            self._usage.add(account, seconds)
            self._usage.add(client.address, seconds)
            if self.kind.cools:
                self._cooling.append(self._clock() + seconds)
            over = self._usage.of(account) / self.kind.share_s
        # The further over its share, the longer: one that never stops asking comes to a sixth of a core.
        return min(LONGEST_REST_S, seconds * over) if over > 1 else 0.0

    def look(self) -> None:
        """Gives out the places that have cooled meanwhile: to be called when one has."""
        with self._lock:
            self._admit()

    def _admit(self) -> None:
        """Gives free places to those who wait, with the lock held."""
        now = self._clock()
        self._cooling = [until for until in self._cooling if until > now]
        while len(self._running) + len(self._cooling) < self.kind.places:
            ticket = self._next()
            if ticket is None:
                return
            self._waiting.remove(ticket)
            if ticket.admitted.set_running_or_notify_cancel():
                self._running.append(ticket)
                ticket.admitted.set_result(None)

    def _next(self) -> Ticket | None:
        """Who goes in next; None where nobody waits who may."""
        busy = Counter(ticket.client for ticket in (*self._running, *self._resting))
        best, least = None, (math.inf, math.inf)
        now = self._clock()
        for ticket in self._waiting:
            client = ticket.client
            if busy[client] >= self.kind.of_client:
                continue
            account = self._newcomers.account(client)
            waited = PATIENCE * (now - ticket.since)
            used = self._usage.of(client.address) - waited, self._usage.of(account) - waited
            if used < least:
                best, least = ticket, used
        return best

    def _retry_s(self) -> int:
        """About how long it takes until all who wait now were there."""
        needed_s = self._usual_s * (len(self._waiting) + 1) / self.kind.places
        return max(1, min(LONGEST_RETRY_S, math.ceil(needed_s)))
