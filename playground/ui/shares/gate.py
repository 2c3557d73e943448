"""The door to one kind of work: so many at once, and who used least of late goes first."""

import math
import time
from collections import Counter
from collections.abc import Hashable
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
LONGEST_COOLING_S = 2.0  # or as long as the work took
# A turn is as late as what was used of late, divided by these shares of a place: who uses less is never late.
ADDRESS_SHARE = 0.25
CLIENT_SHARE = 0.1
LATEST_S = 30.0
REMEMBERED = 4_096  # addresses and clients


@dataclass(eq=False)
class Ticket:
    """A piece of work that waits, or is under way once `admitted` is done."""

    client: Client
    since: float = 0.0  # when it came
    admitted: Future[None] = field(default_factory=Future)


class Gate:
    """Any thread may come and go.

    Whose turn is next: a turn is due when it was asked for; for an address that used more than its share of the place
    as much later as that takes, and inside an address the same for a client. So one that asks for much waits behind
    the others, many made-up tokens share what their address gets, and nobody waits for ever: whoever comes later is
    due later. Source: L. Zhang, Virtual Clock, 1990.
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
        # Addresses and clients: when their next turn is due, at the earliest.
        self._due: dict[Hashable, float] = {}
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
            self._put_off(client.address, seconds / ADDRESS_SHARE)
            self._put_off(account, seconds / CLIENT_SHARE)
            if self.kind.cools:
                self._cooling.append(self._clock() + self.cools_s(seconds))
            over = self._usage.of(account) / self.kind.share_s
        # The further over its share, the longer: one that never stops asking comes to a sixth of a core.
        return min(LONGEST_REST_S, seconds * over) if over > 1 else 0.0

    def cools_s(self, seconds: float) -> float:
        """How long a place stays free after work that took so long."""
        return min(max(seconds, LONGEST_COOLING_S), self.kind.cools * seconds)

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
        if not self._waiting:
            return None
        busy = Counter(ticket.client for ticket in (*self._running, *self._resting))
        may_begin = [
            ticket for ticket in self._waiting if busy[ticket.client] < self.kind.of_client
        ]
        return min(may_begin, key=self._due_for, default=None)

    def _due_for(self, ticket: Ticket) -> tuple[float, float]:
        """When it is due by its address, and by its client."""
        address, account = ticket.client.address, self._newcomers.account(ticket.client)
        of_address = max(ticket.since, self._due.get(address, 0.0))
        return of_address, max(ticket.since, self._due.get(account, 0.0))

    def _put_off(self, group: Hashable, seconds: float) -> None:
        now = self._clock()
        due = max(now, self._due.pop(group, 0.0)) + seconds
        # Put in at the end: the dict stays in order of the last turn.
        self._due[group] = min(due, now + LATEST_S)
        while len(self._due) > REMEMBERED:
            del self._due[next(iter(self._due))]

    def _retry_s(self) -> int:
        """About how long it takes until all who wait now were there."""
        needed_s = self._usual_s * (len(self._waiting) + 1) / self.kind.places
        return max(1, min(LONGEST_RETRY_S, math.ceil(needed_s)))
