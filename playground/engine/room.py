"""What is taken at one moment, of places and of memory, and what a run lacks to train."""

from collections import Counter
from collections.abc import Iterable
from typing import Literal

from ..settings import Settings
from .clients import Client
from .facts import Facts
from .shares import Lack, Shares, Tally

Of = Literal["place", "memory"]


class Room:
    """Places of the machine, and memory of each of its devices, by who has them."""

    def __init__(self, settings: Settings, facts: Iterable[Facts], holders: Iterable[str]):
        """In: `holders`, ids of the runs that have a place."""
        self._holders = set(holders)
        self._places = Tally(Shares.of_places(settings))
        self._memory_shares = Shares.of_memory(settings)
        self._memory: dict[str, Tally] = {}
        for run in facts:
            if run.is_live and self.has_place(run):
                self._places.add(run.client, 1)
            self._memory_of(run).add(run.client, run.firm_bytes)

    def has_place(self, run: Facts) -> bool:
        """Whether it may train."""
        return run.run.id in self._holders

    def places_of(self, client: Client) -> int:
        """How many a client has."""
        return self._places.by_client[client]

    def lacks(self, run: Facts) -> tuple[Of, Lack] | None:
        """What keeps it from training; None where nothing does."""
        place = None if self.has_place(run) else self._places.lack(run.client, 1)
        if place is not None:
            return "place", place
        memory = self._memory_of(run).lack(run.client, run.missing_bytes)
        return None if memory is None else ("memory", memory)

    def lacks_memory(self, run: Facts) -> bool:
        """Whether there is too little memory for it."""
        return self._memory_of(run).lack(run.client, run.missing_bytes) is not None

    def take(self, run: Facts) -> None:
        """It has its place and its memory from now on."""
        if not self.has_place(run):
            self._holders.add(run.run.id)
            self._places.add(run.client, 1)
        self._memory_of(run).add(run.client, run.missing_bytes)

    def in_order(self, waiting: Iterable[Facts]) -> list[Facts]:
        """Who is next: the client with the fewest places, then who came first; who has used up its share comes last.

        In: first come first.
        """
        ahead = Counter[Client]()
        ranked = []
        for run in waiting:
            would_have = self.places_of(run.client) + ahead[run.client]
            ahead[run.client] += 1
            rank = 0 if run.client.is_owner else would_have
            ranked.append((rank, run))
        ranked.sort(key=lambda pair: pair[0])
        return self._those_with_a_share_first([run for _, run in ranked])

    def _those_with_a_share_first(self, waiting: list[Facts]) -> list[Facts]:
        by_client = Counter(self._places.by_client)
        by_address = Counter(self._places.by_address)
        within, beyond = [], []
        for run in waiting:
            by_client[run.client] += 1
            by_address[run.client.address] += 1
            is_over_client = by_client[run.client] > self._places.shares.client
            is_over_address = by_address[run.client.address] > self._places.shares.address
            if not run.client.is_owner and (is_over_client or is_over_address):
                beyond.append(run)
            else:
                within.append(run)
        return within + beyond

    def _memory_of(self, run: Facts) -> Tally:
        return self._memory.setdefault(run.device, Tally(self._memory_shares))
