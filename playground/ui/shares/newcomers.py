"""Tokens are free: new ones of an address share one account until they have been there for a while."""

from collections.abc import Hashable

from ...engine.clients import Client
from .usage import Clock

NEW_S = 2.0
MOST_KNOWN = 8_192


class Newcomers:
    """Since when each client is known."""

    def __init__(self, clock: Clock):
        self._clock = clock
        self._since: dict[Client, float] = {}

    def account(self, client: Client) -> Hashable:
        """Under what its work is counted: itself, or all that is new at its address."""
        now = self._clock()
        since = self._since.setdefault(client, now)
        if len(self._since) > MOST_KNOWN:
            self._forget()
        return client if now - since >= NEW_S else ("new", client.address)

    def _forget(self) -> None:
        """The half that came last: honest people have been there for longer than a flood of names."""
        in_order = sorted(self._since, key=self._since.__getitem__)
        for last in in_order[MOST_KNOWN // 2 :]:
            del self._since[last]
