"""What there is only so much of, shared by client: places for those who watch, memory for files on their way out."""

import math
from collections import Counter
from threading import Lock

from ...engine.clients import Client
from ...faults import ExperimentError


class Room:
    """Any thread may come and go."""

    def __init__(self, limit: int, of_client: int, fault: str, address_share: float = 0.5):
        """In: what there is; how much of it one client may have; the code that those are told who get nothing; the
        part of it that one address may have."""
        self.limit = limit
        self.of_client = of_client
        self.refused = 0
        self._of_address_limit = math.ceil(address_share * limit)
        self._fault = fault
        self._lock = Lock()
        self._of_client: Counter[Client] = Counter()
        self._of_address: Counter[str] = Counter()

    @property
    def taken(self) -> int:
        """How much of it is taken."""
        return self._of_address.total()

    def enter(self, client: Client, amount: int = 1) -> None:
        """Takes some of it; `leave` must follow. Raises: ExperimentError."""
        with self._lock:
            if not self._fits(client, amount):
                self.refused += 1
                raise ExperimentError.at("", self._fault)
            self._of_client[client] += amount
            self._of_address[client.address] += amount

    def leave(self, client: Client, amount: int = 1) -> None:
        """Gives it back."""
        with self._lock:
            self._of_client[client] -= amount
            self._of_address[client.address] -= amount
            # Without those who have nothing any more: a counter would keep the names of all who ever came.
            self._of_client += Counter()
            self._of_address += Counter()

    def _fits(self, client: Client, amount: int) -> bool:
        if self.taken + amount > self.limit:
            return False
        if self._of_address[client.address] + amount > self._of_address_limit:
            return False
        return self._of_client[client] + amount <= self.of_client
