"""How much is being received at a time: of each client, of each address, and of all."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from ...engine.clients import Client
from ...faults import ExperimentError


class Receiving:
    """Bytes that were sent to us and are still in memory. Used on the event loop only."""

    def __init__(self, most: int, most_of_client: int):
        self._most = most
        self._most_of_client = most_of_client
        self._bytes: Counter[Client | str] = Counter()
        self._n_of: Counter[str] = Counter()  # bodies of which something is there, by address
        self.total = 0

    @contextmanager
    def body(self, client: Client) -> Iterator["Body"]:
        """One more body of this client; what it took is free again at the end."""
        body = Body(self, client)
        try:
            yield body
        finally:
            self.add(client, -body.size)
            if body.size:
                self.count(client.address, -1)

    def n_of(self, address: str) -> int:
        """Bodies of this address of which something is there."""
        return self._n_of[address]

    def add(self, client: Client, size: int) -> None:
        """Counts bytes that came, or went (a negative number)."""
        self.total += size
        for sharer in (client, client.address):
            self._bytes[sharer] += size
            if not self._bytes[sharer]:
                del self._bytes[sharer]

    def count(self, address: str, more: int) -> None:
        """One body more of which something is there, or one less."""
        self._n_of[address] += more
        if not self._n_of[address]:
            del self._n_of[address]

    def check(self, body: "Body", more: int) -> None:
        """Raises: ExperimentError where this much more would be too much.

        A client's only body, or an address's, may be as long as its route takes: a checkpoint is larger than a share.
        """
        if self.total + more > self._most:
            raise ExperimentError.at("", "too_many_bodies")
        client = body.client
        shares: list[tuple[Client | str, int]] = [
            (client, self._most_of_client),
            (client.address, self._most // 2),
        ]
        for sharer, limit in shares:
            held = self._bytes[sharer]
            if held > body.size and held + more > limit:
                raise ExperimentError.at("", "too_many_bodies")


class Body:
    """One body as it arrives."""

    def __init__(self, receiving: Receiving, client: Client):
        self._receiving = receiving
        self.client = client
        self.size = 0

    @property
    def n_of_address(self) -> int:
        """How many bodies of its address are in memory, wholly or in part, with this one."""
        return self._receiving.n_of(self.client.address)

    def check(self, declared: int) -> None:
        """Before any of it arrives. Raises: ExperimentError."""
        self._receiving.check(self, declared)

    def take(self, size: int) -> None:
        """A part of it arrived. Raises: ExperimentError."""
        self._receiving.check(self, size)
        if size and not self.size:
            self._receiving.count(self.client.address, 1)
        self.size += size
        self._receiving.add(self.client, size)
