"""How much of something there is, and how much of it one client and one address may have."""

from collections import Counter
from dataclasses import dataclass
from typing import Literal

from ..settings import Settings
from .clients import Client

Whose = Literal["client", "address", "all"]  # "all": there is no more of it for anybody


@dataclass(frozen=True)
class Shares:
    """The most that all, one client and one address may have."""

    all: int
    client: int
    address: int

    @classmethod
    def of_places(cls, settings: Settings) -> "Shares":
        """Of the places for training: at least one for everybody."""
        places = settings.max_live_runs
        client = max(1, int(settings.client_share * places))
        address = max(1, int(settings.address_share * places))
        return cls(places, client, max(client, address))

    @classmethod
    def of_memory(cls, settings: Settings) -> "Shares":
        """Of the memory of a device, in bytes: at least a run of the largest kind for everybody."""
        memory = settings.max_held_bytes
        largest_run = min(memory, settings.max_training_bytes)
        client = max(largest_run, int(settings.client_share * memory))
        address = max(largest_run, int(settings.address_share * memory))
        return cls(memory, client, max(client, address))

    @classmethod
    def of_kept_runs(cls, settings: Settings) -> "Shares":
        """Of the runs that are kept in memory."""
        runs = settings.max_runs
        client = int(settings.client_share * runs)
        return cls(runs, client, max(client, int(settings.address_share * runs)))


class Tally:
    """Who has how much of it."""

    def __init__(self, shares: Shares):
        self.shares = shares
        self.taken = 0
        self.by_client: Counter[Client] = Counter()
        self.by_address: Counter[str] = Counter()

    def add(self, client: Client, amount: int) -> None:
        """In: a negative amount is given back."""
        self.taken += amount
        self.by_client[client] += amount
        self.by_address[client.address] += amount

    def used_up(self, client: Client, amount: int) -> Whose | None:
        """Whose share does not allow a client so much more; None where it may have it.

        The machine's owner has no share: only the end of it all.
        """
        if amount <= 0:
            return None
        if not client.is_owner:
            if self.by_client[client] + amount > self.shares.client:
                return "client"
            if self.by_address[client.address] + amount > self.shares.address:
                return "address"
        return "all" if self.taken + amount > self.shares.all else None
