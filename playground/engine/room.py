"""What is taken at one moment, of places and of memory, and what a run lacks to train."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from ..settings import Settings
from .clients import Client
from .run_facts import RunFacts
from .shares import Shares, Tally, Whose

Resource = Literal["place", "memory"]


@dataclass(frozen=True)
class Lack:
    """What a run lacks, and whose share of it is used up."""

    resource: Resource
    whose: Whose


class Room:
    """Places of the machine, and memory of each of its devices, by who has them."""

    def __init__(self, settings: Settings, all_facts: Iterable[RunFacts], holders: Iterable[str]):
        """In: `holders`, ids of the runs that have a place."""
        self._holders = set(holders)
        self._places = Tally(Shares.of_places(settings))
        self._memory_shares = Shares.of_memory(settings)
        self._memory: dict[str, Tally] = {}
        for facts in all_facts:
            if facts.is_live and facts.id in self._holders:
                self._places.add(facts.client, 1)
            self._memory_of(facts).add(facts.client, facts.firm_bytes)

    def places_of(self, client: Client) -> int:
        """How many a client has."""
        return self._places.by_client[client]

    def lack(self, facts: RunFacts) -> Lack | None:
        """What keeps a run from training; None where nothing does."""
        if facts.id not in self._holders:
            whose = self._places.used_up(facts.client, 1)
            if whose is not None:
                return Lack("place", whose)
        return self.lack_of_memory(facts)

    def lack_of_memory(self, facts: RunFacts) -> Lack | None:
        """The same where a place is not wanted."""
        whose = self._memory_of(facts).used_up(facts.client, facts.missing_bytes)
        return None if whose is None else Lack("memory", whose)

    def take(self, facts: RunFacts) -> None:
        """The run has its place and its memory from now on."""
        if facts.id not in self._holders:
            self._holders.add(facts.id)
            self._places.add(facts.client, 1)
        self._memory_of(facts).add(facts.client, facts.missing_bytes)

    def in_order(self, waiting: Iterable[RunFacts]) -> list[RunFacts]:
        """Who is next: the client with the fewest places, then who came first; who has used up its share comes last.

        In: first come first.
        """
        ahead = Counter[Client]()
        ranked = []
        for facts in waiting:
            rank = self.places_of(facts.client) + ahead[facts.client]
            ahead[facts.client] += 1
            ranked.append((0 if facts.client.is_owner else rank, facts))
        ranked.sort(key=lambda pair: pair[0])
        return self._those_with_a_share_first([facts for _, facts in ranked])

    def _those_with_a_share_first(self, waiting: list[RunFacts]) -> list[RunFacts]:
        by_client = Counter(self._places.by_client)
        by_address = Counter(self._places.by_address)
        within, beyond = [], []
        for facts in waiting:
            client = facts.client
            by_client[client] += 1
            by_address[client.address] += 1
            is_over_client = by_client[client] > self._places.shares.client
            is_over_address = by_address[client.address] > self._places.shares.address
            if not client.is_owner and (is_over_client or is_over_address):
                beyond.append(facts)
            else:
                within.append(facts)
        return within + beyond

    def _memory_of(self, facts: RunFacts) -> Tally:
        tally = self._memory.get(facts.device)
        if tally is None:
            tally = self._memory[facts.device] = Tally(self._memory_shares)
        return tally
