"""Tokens are free: where an address brings more new ones than a class does, these share one account for a while."""

from collections import deque
from collections.abc import Hashable

from ...engine.clients import Client
from .usage import Clock

NEW_S = 2.0  # after which a token counts for itself, whatever comes from its address
ARRIVAL_S = 10.0
MOST_ARRIVING = 60  # new tokens of an address in that time, each of which counts for itself
MOST_KNOWN = 8_192
MOST_ADDRESSES = 4_096


class Newcomers:
    """Since when each client is known, and how many came from each address of late."""

    def __init__(self, clock: Clock):
        self._clock = clock
        self._since: dict[Client, float] = {}
        self._arrivals: dict[str, deque[float]] = {}

    def account(self, client: Client) -> Hashable:
        """Under what its work is counted: itself, or all that is new at its address."""
        now = self._clock()
        since = self._since.get(client)
        if since is None:
            since = self._note(client, now)
        is_new = now - since < NEW_S
        return ("new", client.address) if is_new and self._is_flood(client.address, now) else client

    def _note(self, client: Client, now: float) -> float:
        """A token that was not seen before. Out: when that was."""
        if len(self._since) >= MOST_KNOWN:
            self._forget()
        if len(self._arrivals) >= MOST_ADDRESSES:
            self._arrivals.clear()  # costs nobody more than a few seconds
        self._since[client] = now
        arrivals = self._arrivals.setdefault(client.address, deque(maxlen=MOST_ARRIVING + 1))
        arrivals.append(now)
        return now

    def _is_flood(self, address: str, now: float) -> bool:
        """The queue keeps one more than may come: it is a flood when even the first of them came a moment ago."""
        arrivals = self._arrivals.get(address, deque())
        return len(arrivals) > MOST_ARRIVING and now - arrivals[0] < ARRIVAL_S

    def _forget(self) -> None:
        """The half that came last: honest people have been there for longer than a flood of names."""
        in_order = sorted(self._since, key=self._since.__getitem__)
        for last in in_order[MOST_KNOWN // 2 :]:
            del self._since[last]
