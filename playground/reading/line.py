"""A few places, and a short line in front of them in which nobody waits behind all that one client wants."""

import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

Client = tuple[str, str]  # the address it comes from, the name that it gave itself
NOBODY: Client = ("", "")
REMEMBERED = 2_000  # clients whose last turn is known


class LineFull(RuntimeError):
    """There is no room to wait in, or it took too long."""


@dataclass(frozen=True, eq=False)
class Ticket:
    """One client's wish for a place."""

    client: Client
    number: int  # in order of arrival


class Line:
    """Places in turn by address, inside an address by client, and for one client in order of arrival.

    Where there are several places, one of them stays out of reach of a client that has the others.
    For the machine's own programs (NOBODY) nothing is shared out.
    """

    def __init__(self, places: int, most_waiting: int, most_of_client: int):
        self._most_waiting = most_waiting
        self._most_of_client = most_of_client
        self._places_of_client = max(1, places - 1)
        self._free = places
        self._changed = threading.Condition()
        self._tickets: list[Ticket] = []
        self._n_tickets = 0
        self._n_turns = 0
        # By address, and by address and name.
        self._at_work: Counter[str | Client] = Counter()
        self._last_turn: dict[str | Client, int] = {}

    def __len__(self) -> int:
        """How many are waiting."""
        with self._changed:
            return len(self._tickets)

    @contextmanager
    def place(self, client: Client, wait_s: float) -> Iterator[None]:
        """Inside, one of the places is this client's. Raises: LineFull."""
        self._enter(client, wait_s)
        try:
            yield
        finally:
            self._leave(client)

    def _enter(self, client: Client, wait_s: float) -> None:
        until = time.monotonic() + wait_s
        with self._changed:
            ticket = self._ticket(client)
            try:
                while self._next() is not ticket:
                    left_s = until - time.monotonic()
                    if left_s <= 0:
                        raise LineFull("it took too long")
                    self._changed.wait(left_s)
            finally:
                self._tickets.remove(ticket)
                # The one behind it may be next now.
                self._changed.notify_all()
            self._begin_turn(client)

    def _ticket(self, client: Client) -> Ticket:
        n_of_client = sum(ticket.client == client for ticket in self._tickets)
        has_enough = client != NOBODY and n_of_client >= self._most_of_client
        if has_enough or len(self._tickets) >= self._most_waiting:
            raise LineFull("too many are waiting")
        self._n_tickets += 1
        ticket = Ticket(client, self._n_tickets)
        self._tickets.append(ticket)
        return ticket

    def _next(self) -> Ticket | None:
        """Whose turn it is; None where nobody may begin."""
        if not self._free:
            return None
        may_begin = [ticket for ticket in self._tickets if self._may_begin(ticket.client)]
        return min(may_begin, key=self._rank, default=None)

    def _may_begin(self, client: Client) -> bool:
        return client == NOBODY or self._at_work[client] < self._places_of_client

    def _rank(self, ticket: Ticket) -> tuple[int, ...]:
        """The lower, the sooner: who has the fewest places, then whose last turn is the longest ago."""
        address, _ = ticket.client
        rank: list[int] = []
        for group in (address, ticket.client):
            rank += [self._at_work[group], self._last_turn.get(group, 0)]
        return (*rank, ticket.number)

    def _begin_turn(self, client: Client) -> None:
        address, _ = client
        self._free -= 1
        self._n_turns += 1
        for group in (address, client):
            self._at_work[group] += 1
            # Taken out first, so that the dict stays in order of the last turn.
            self._last_turn.pop(group, None)
            self._last_turn[group] = self._n_turns
        while len(self._last_turn) > REMEMBERED:
            longest_ago = next(iter(self._last_turn))
            del self._last_turn[longest_ago]

    def _leave(self, client: Client) -> None:
        address, _ = client
        with self._changed:
            self._free += 1
            for group in (address, client):
                self._at_work[group] -= 1
                if not self._at_work[group]:
                    del self._at_work[group]
            self._changed.notify_all()
